"""Whatever is killed, at whatever moment: what was acknowledged is stored, exactly once, and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from casework.errors import StoreError
from casework.store import open_store
from postgres import Server

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from writer import append, lines  # noqa: E402  a script beside this file

pytestmark = pytest.mark.timeout(1200)  # two hundred kills take a few minutes, and more on a busy machine


@pytest.fixture(scope="module")
def zygote():
    """Run the process that forks writers."""
    command = [sys.executable, str(HERE / "writer.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def prepare(folder, url):
    """Make a learner with a run, and note for the writers who that is."""
    store = open_store(url)
    visit = store.record_visit(store.register_device().learner_id)
    run = store.open_run(visit, "a-workbook")
    store.close()
    (folder / "who.json").write_text(json.dumps({"visit": asdict(visit), "run": asdict(run)}))
    return visit, run


def kill_one(zygote, folder, url, chance):
    """Start a writer, and kill it at a moment of chance once it has stored something."""
    before = len(lines(folder / "acknowledged"))
    zygote.stdin.write(f"{folder} {url}\n")
    zygote.stdin.flush()
    writer = int(zygote.stdout.readline())
    deadline = time.monotonic() + 30
    while len(lines(folder / "acknowledged")) == before:
        assert time.monotonic() < deadline, "the writer never began"
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.03))  # the moment of chance itself
    os.kill(writer, signal.SIGKILL)
    assert zygote.stdout.readline() == "gone\n"


def check(folder, url, visit, run):
    """Compare what is stored with what was intended and what was acknowledged."""
    store = open_store(url)
    stored = Counter(event.id for _, event in store.events(visit, run))
    store.close()
    acknowledged, intended = set(lines(folder / "acknowledged")), set(lines(folder / "intended"))
    assert acknowledged <= stored.keys(), "acknowledged, and not stored"
    assert stored.keys() <= intended, "stored, and never intended"
    assert set(stored.values()) <= {1}, "stored twice"
    return len(stored)


@pytest.fixture(scope="module")
def server():
    """Run a PostgreSQL."""
    one = Server()
    yield one
    one.close()


def kill_many(zygote, folder, url, kills):
    """Kill one writer after the other, and look each time whether everything is as it was said to be."""
    who, chance, stored = prepare(folder, url), random.Random(2026), 0
    for _ in range(kills):
        kill_one(zygote, folder, url, chance)
        stored = check(folder, url, *who)
    print(f"{kills} writers killed on {url.partition(':')[0]}: {stored} events stored, once each")  # noqa: T201  the figure
    assert stored >= kills


def test_a_writer_killed_at_any_moment_has_stored_what_it_acknowledged(zygote, tmp_path, times):
    kill_many(zygote, tmp_path, f"sqlite:///{tmp_path / 'casework.sqlite'}", times(12, 200))


def test_a_writer_killed_on_postgresql_has_stored_what_it_acknowledged(zygote, server, tmp_path, times):
    kill_many(zygote, tmp_path, server.new_database(), times(5, 50))


def test_a_postgresql_that_stops_and_starts_again_has_what_it_acknowledged(server, tmp_path, times):
    url = server.new_database()
    visit, run = prepare(tmp_path, url)
    store, acknowledged = open_store(url), []
    for round_ in range(times(2, 10)):
        for number in range(20):
            event_id = f"{round_:016x}{number:016x}"
            append(store, visit, run, event_id)
            acknowledged.append(event_id)
        server.stop()
        with pytest.raises(StoreError):
            append(store, visit, run, "f" * 32)
        server.start()
    append(store, visit, run, "f" * 32)
    assert [event.id for _, event in store.events(visit, run)] == [*acknowledged, "f" * 32]
    store.close()
