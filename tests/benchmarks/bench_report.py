"""How long frames, change, agreement and a report take, beside pandas reading and grouping the same rows; and how much
memory.

Run it with ``python tests/benchmarks/bench_report.py``. The peer, in the same run and on the same SQLite file, is
``pandas.read_sql`` of all events, with their bodies as columns, and a count by what was asked and what was answered.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import shutil
import sqlite3
import tempfile
import time
import uuid
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from casework.activity.events import Event
from casework.content import Folder
from casework.store import open_store
from casework.store._events import as_row
from casework.store._tables import events

SIZES = (10_000, 50_000, 200_000, 1_000_000)
PEOPLE = 40
TRIES = 3
WANTED, AT = 4, 200_000
"""How many times the peer's time it may take, and with how many events that is asked."""

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
TEXT = "She says it facing the stove, and he looks at the door. " * 2
MEGABYTE = 1024


def person(chance: random.Random, items: list[str], marks: list[str]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what one learner does and shares: a form, what it is about, and a body."""
    views = ("child", "parent", "practitioner", "relationship")
    told = [
        (prompt, "first-goodbye", {"prompt": prompt, "perspective": view, "text": TEXT})
        for prompt in ("wonder", "wonder-again")
        for view in views
    ]
    for turn in ("before", "after"):
        told += [("survey", f"how-i-work/{turn}", {"item": item, "value": chance.randint(1, 5)}) for item in items]
    for number in range(30):
        place = {"item": chance.choice(marks), "beat": chance.randrange(16), "clock": number * 2.0}
        told.append(("coding", "first-goodbye/at-the-door/being-together", place))
    return told


def rows_of(run_id: str, learner_id: str, chance: random.Random, items: list[str], marks: list[str]) -> list[Any]:
    """Return a learner's events, the shares among them."""
    kinds = {"survey": "answer", "coding": "mark"}
    forms: dict[tuple[str, str], list[str]] = {}
    found = []
    for form, about, body in person(chance, items, marks):
        event = Event(uuid.uuid4().hex, kinds.get(form, "write"), about, datetime.now(UTC), body)
        forms.setdefault((about, form), []).append(event.id)
        found.append(event)
    for (about, form), ids in forms.items():
        body = {"form": form, "audience": "group_unnamed", "events": ids}
        found.append(Event(uuid.uuid4().hex, "share", about, datetime.now(UTC), body, "group_unnamed"))
    return [as_row(learner_id, run_id, event) for event in found]


def fill(url: str, size: int) -> list[str]:
    """Leave so many events in as many sessions as it takes, all revealed, and return the sessions' ids."""
    chance, folder, runs, count = random.Random(size), Folder(WORKBOOKS), [], 0
    items = [item.id for item in folder.find_survey("how-i-work").items if item.kind == "rated" and not item.private]
    marks = [item.id for item in folder.find_checklist("being-together").items if item.kind == "point"]
    with open_store(url) as store:
        learners = [store.register_device().learner_id for _ in range(PEOPLE)]
        while count < size:
            run = store.open_group_run("the-first-goodbye", convener="Bench")
            runs.append(run.id)
            with store._writing() as db:  # one transaction, so that it takes seconds
                for learner in learners:
                    rows = rows_of(run.id, learner, chance, items, marks)
                    db.execute(events.insert(), rows)
                    count += len(rows)
                abouts = {
                    ("first-goodbye", "wonder"),
                    ("first-goodbye", "wonder-again"),
                    ("how-i-work/before", "survey"),
                    ("how-i-work/after", "survey"),
                    ("first-goodbye/at-the-door/being-together", "coding"),
                }
                for about, form in abouts:
                    reveal = Event(uuid.uuid4().hex, "reveal", about, datetime.now(UTC), {"form": form})
                    db.execute(events.insert(), [as_row(learners[0], run.id, reveal)])
    return runs


def peer(file: str, _runs: list[str]) -> None:
    """Read all rows with pandas, and group them."""
    with sqlite3.connect(file) as connection:
        rows = pd.read_sql("SELECT id, run_id, learner_id, kind, about, body, share, at FROM events", connection)
    bodies = pd.DataFrame([json.loads(body) for body in rows["body"]])
    rows = rows.drop(columns="body").join(bodies)
    rows.groupby(["about", "prompt", "perspective"]).size()
    rows.groupby(["about", "item"])["value"].agg(["size", "mean"])
    rows.groupby(["about", "item", "beat"]).size()


def ours(file: str, runs: list[str]) -> None:
    """Make frames, change, agreement and the page, and tell how long each took."""
    from casework.report import read_frames  # noqa: PLC0415  the import is part of neither
    from casework.report.page import as_page  # noqa: PLC0415
    from casework.report.reports import frames_report  # noqa: PLC0415

    begun = time.perf_counter()
    frames = read_frames(*runs, store=f"sqlite:///{file}", folder=WORKBOOKS)
    sizes = [len(frames.responses), len(frames.ratings), len(frames.observations)]
    read = time.perf_counter()
    page = as_page(frames_report(frames, "organisation", people=PEOPLE, folder=WORKBOOKS))
    done = time.perf_counter()
    print(f"  frames {read - begun:.1f} s ({sum(sizes):,} rows), report {done - read:.1f} s ({len(page):,} characters)")


def measured(work: Any, file: str, runs: list[str], results: Any) -> None:
    """Do something in a process of its own, its imports made before; send back the seconds, and the megabytes."""
    import matplotlib.figure  # noqa: F401, PLC0415
    import scipy.special  # noqa: F401, PLC0415

    begun = time.perf_counter()
    work(file, runs)
    took = time.perf_counter() - begun
    results.put((took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE))


def measure(work: Any, file: str, runs: list[str]) -> tuple[float, float]:
    """Return the seconds and the megabytes that something takes."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=measured, args=(work, file, runs, results))
    process.start()
    found: tuple[float, float] = results.get()
    process.join()
    return found


def best(file: str, runs: list[str]) -> tuple[tuple[float, float], ...]:
    """Return the fewest seconds and the most megabytes that the peer and we take, in turn; noise only adds."""
    tries = [(measure(peer, file, runs), measure(ours, file, runs)) for _ in range(TRIES)]
    return tuple((min(took for took, _ in each), max(held for _, held in each)) for each in zip(*tries, strict=True))


def main() -> None:
    """Print everything."""
    folder = Path(tempfile.mkdtemp(prefix="casework-bench-"))
    ratios, took_all = {}, {}
    try:
        for size in SIZES:
            file = str(folder / f"{size}.sqlite")
            runs = fill(f"sqlite:///{file}", size)
            (alone, megabytes), (took, memory) = best(file, runs)
            ratios[size], took_all[size] = took / alone, took
            print(
                f"{size:,} events in {len(runs)} sessions: pandas {alone:.2f} s, {megabytes:.0f} MB; "
                f"casework {took:.2f} s, {memory:.0f} MB; ratio {took / alone:.1f}, "
                f"{1e6 * took / size:.1f} µs for each event",
                flush=True,
            )
            Path(file).unlink()
        print(f"ratio at {AT:,} events: {ratios[AT]:.1f} (at most {WANTED} is wanted)")
        steps = pairwise(took_all.items())
        told = "; ".join(
            f"{few:,} to {many:,}: {1e6 * (more - less) / (many - few):.0f}" for (few, less), (many, more) in steps
        )
        print(f"µs for each further event, {told}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
