"""What the store keeps, for whom, and what it says when it cannot."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import Store, Visit, open_store

if TYPE_CHECKING:
    from pathlib import Path


def an_event(number: int = 1, text: str = "The door.") -> Event:
    body = {"prompt": "notice", "perspective": "child", "text": text}
    return Event(f"{number:032x}", "write", "first-goodbye", datetime.now(UTC), body)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")


def a_visit(store: Store) -> Visit:
    return store.record_visit(store.register_device().learner_id)


def test_a_device_is_found_again_by_its_token(store):
    device = store.register_device()

    assert store.find_device(device.token) == device
    assert store.find_device("guessed") is None


def test_a_token_is_nowhere_in_the_file(store, tmp_path):
    device = store.register_device()

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert device.learner_id.encode() in kept
    assert device.token.encode() not in kept


def test_two_devices_are_two_learners(store):
    assert store.register_device().learner_id != store.register_device().learner_id


def test_a_visit_is_found_by_its_id(store):
    visit = a_visit(store)

    assert store.find_visit(visit.id) == visit


def test_an_unknown_visit_is_refused_with_a_sentence(store):
    with pytest.raises(StoreError, match="not known here"):
        store.find_visit("0" * 32)


def test_a_local_account_stays_the_same_learner(store):
    first, second = store.local_visit("ana"), store.local_visit("ana")

    assert first == second
    assert first.role == "owner"
    assert store.local_visit("luz").learner_id != first.learner_id


def test_a_local_accounts_name_is_nowhere_in_the_file(store, tmp_path):
    store.local_visit("ana-maria-quispe")

    assert not any(b"ana-maria-quispe" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_learners_run_of_a_workbook_goes_on(store):
    visit = a_visit(store)

    run = store.open_run(visit, "the-first-goodbye")

    assert store.open_run(visit, "the-first-goodbye") == run
    assert store.open_run(visit, "another") != run
    assert store.open_run(a_visit(store), "the-first-goodbye") != run


def test_an_event_comes_back_as_it_was(store):
    visit = a_visit(store)
    run = store.open_run(visit, "the-first-goodbye")
    event = an_event(text="¿Qué ve? 🚪 \u202e <b>")

    assert store.append(visit, run, event)

    assert [found for _, found in store.events(visit, run)] == [event]


def test_a_repeated_event_is_stored_once(store):
    visit = a_visit(store)
    run = store.open_run(visit, "the-first-goodbye")
    event = an_event()
    store.append(visit, run, event)

    assert not store.append(visit, run, event)

    assert len(store.events(visit, run)) == 1


def test_only_what_came_after_a_number_is_read(store):
    visit = a_visit(store)
    run = store.open_run(visit, "the-first-goodbye")
    store.append(visit, run, an_event(1))
    [(number, _)] = store.events(visit, run)
    store.append(visit, run, an_event(2))

    assert [found.id for _, found in store.events(visit, run, after=number)] == [an_event(2).id]


def test_nobody_reads_what_another_wrote(store):
    author, other = a_visit(store), a_visit(store)
    run = store.open_run(author, "the-first-goodbye")
    store.append(author, run, an_event())

    assert store.events(other, run) == []


def test_nobody_writes_into_anothers_run(store):
    run = store.open_run(a_visit(store), "the-first-goodbye")

    with pytest.raises(StoreError, match="someone else"):
        store.append(a_visit(store), run, an_event())


def test_an_event_of_an_unknown_learner_is_never_called_stored(store):
    run = store.open_run(a_visit(store), "the-first-goodbye")
    nobody = Visit("x", "0" * 32)
    for_all = type(run)(run.id, run.workbook, None)

    with pytest.raises(StoreError, match="nothing was stored"):
        store.append(nobody, for_all, an_event())


def test_someone_has_work_once_they_did_something(store):
    visit = a_visit(store)
    before = store.has_work(visit.learner_id)
    store.append(visit, store.open_run(visit, "the-first-goodbye"), an_event())

    assert not before
    assert store.has_work(visit.learner_id)


def test_the_file_is_readable_by_its_owner_alone(store, tmp_path):
    a_visit(store)

    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_what_is_acknowledged_is_synced_to_disk(store):
    with store._engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")]

    assert found == ["wal", 2]


def test_a_second_process_sees_what_was_stored(store):
    visit = a_visit(store)
    run = store.open_run(visit, "the-first-goodbye")
    store.append(visit, run, an_event())

    assert open_store(store.url).events(visit, run) == store.events(visit, run)


def test_a_locked_file_is_said_in_a_sentence(store, tmp_path, monkeypatch):
    monkeypatch.setattr("casework.store._engine.BUSY_SECONDS", 0.05)
    impatient = open_store(store.url)
    holder = sqlite3.connect(tmp_path / "casework.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="another program holds it"):
        impatient.register_device()

    holder.close()
    assert impatient.register_device().token


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"The store .* could not be used"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'casework.sqlite'}")


def test_a_file_that_is_no_store_is_said_in_a_sentence(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all, " * 100)

    with pytest.raises(StoreError, match="not a store of casework"):
        open_store(f"sqlite:///{tmp_path / 'letter.txt'}")


def test_an_address_that_is_none_is_said_in_a_sentence():
    with pytest.raises(StoreError, match="not the address of a database"):
        open_store("my file")


def test_a_newer_store_is_refused_with_a_sentence(store, tmp_path):
    with sqlite3.connect(tmp_path / "casework.sqlite") as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()

    with pytest.raises(StoreError, match="newer casework"):
        open_store(store.url)


def test_the_address_comes_from_the_environment(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    monkeypatch.setenv("CASEWORK_STORE", url)

    assert open_store().url == url


def test_two_tabs_that_open_at_once_share_one_run(store):
    visit = a_visit(store)
    found = []
    stores = [open_store(store.url) for _ in range(4)]
    tabs = [threading.Thread(target=lambda s=s: found.append(s.open_run(visit, "the-first-goodbye"))) for s in stores]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert len(set(found)) == 1
    assert len(found) == 4
