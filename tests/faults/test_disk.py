"""A disk that is full, a file that is locked or only to be read: said in a sentence, and nothing is called saved."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import _engine, open_store

FULL = """
import resource, secrets, signal, sys
from datetime import UTC, datetime
from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import open_store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
visit = store.record_visit(store.register_device().learner_id)
run = store.open_run(visit, "a-workbook")

def append(number):
    words = {"text": secrets.token_hex(2000)}
    store.append(visit, run, Event(f"{number:032x}", "write", "a-case", datetime.now(UTC), words))

resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, resource.RLIM_INFINITY))
acknowledged, said = 0, ""
while not said:
    try:
        append(acknowledged)
        acknowledged += 1
    except StoreError as trouble:
        said = str(trouble)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
append(acknowledged)
found = [event.id for _, event in store.events(visit, run)]
assert found == [f"{number:032x}" for number in range(acknowledged + 1)], (acknowledged, len(found))
print(acknowledged, said)
"""


def write(store, visit, run, event_id):
    return store.append(visit, run, Event(event_id, "write", "a-case", datetime.now(UTC), {"text": event_id}))


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'casework.sqlite'}"


def test_a_full_disk_loses_nothing_and_is_written_to_again_when_there_is_room(url):
    said = subprocess.run([sys.executable, "-c", FULL, url], check=True, capture_output=True, text=True).stdout

    acknowledged, sentence = said.split(" ", 1)
    assert int(acknowledged) > 10
    assert sentence.startswith("The store ")
    assert "could not be used" in sentence


def test_a_locked_file_is_said_and_written_to_when_it_is_free(url, tmp_path, monkeypatch):
    monkeypatch.setattr(_engine, "BUSY_SECONDS", 0.2)
    store = open_store(url)
    visit = store.record_visit(store.register_device().learner_id)
    run = store.open_run(visit, "a-workbook")
    with contextlib.closing(sqlite3.connect(tmp_path / "casework.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program holds it; it will be tried again"):
            write(store, visit, run, "a" * 32)
        other.execute("ROLLBACK")

    assert write(store, visit, run, "a" * 32)
    assert [event.id for _, event in store.events(visit, run)] == ["a" * 32]


def test_a_disk_that_may_only_be_read_is_said_and_what_is_there_can_be_read(url):
    store = open_store(url)
    visit = store.record_visit(store.register_device().learner_id)
    run = store.open_run(visit, "a-workbook")
    write(store, visit, run, "a" * 32)

    store.close()  # every connection from here on is like one to a file on a disk that was mounted anew
    sa.event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    with pytest.raises(StoreError, match="cannot be written to; check the permissions"):
        write(store, visit, run, "b" * 32)
    assert [event.id for _, event in store.events(visit, run)] == ["a" * 32]
