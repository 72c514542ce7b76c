"""A store can be looked after: checked, copied while it is in use, and put back."""

from __future__ import annotations

import sqlite3
import stat
import threading

import pytest

from casework.errors import StoreError


def write_some(people, store, count=3):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    return visit, run, [people.writes(store, visit, run) for _ in range(count)]


def test_a_store_that_is_whole_has_nothing_to_mend(store, people):
    write_some(people, store)

    found = store.check()

    assert (found.learners, found.runs, found.events, found.problems) == (1, 1, 3, ())


def test_a_damaged_file_is_noticed(sqlite_store, people, file, opened):
    write_some(people, sqlite_store, 200)
    sqlite_store.close()
    with file.open("r+b") as damaged:
        damaged.seek(-4096, 2)
        damaged.write(b"\xff" * 4096)

    assert any("damaged" in problem for problem in opened(sqlite_store.url).check().problems)


def test_a_file_that_others_can_read_is_noticed(sqlite_store, file):
    file.chmod(0o644)

    [problem] = sqlite_store.check().problems

    assert problem == f"Others on this computer can read {file}. Run: chmod 600 '{file}'"


def test_a_backup_made_while_others_write_is_whole(sqlite_store, people, tmp_path, opened):
    visit, run, _ = write_some(people, sqlite_store)
    stop = threading.Event()

    def write():
        while not stop.is_set():
            people.writes(sqlite_store, visit, run)

    writer = threading.Thread(target=write)
    writer.start()
    sqlite_store.backup(tmp_path / "backup.sqlite")
    stop.set()
    writer.join()

    copied = opened(f"sqlite:///{tmp_path / 'backup.sqlite'}")
    events = copied.events(visit, run)
    assert len(events) >= 3
    assert events == sqlite_store.events(visit, run)[: len(events)]
    assert copied.check().problems == ()


def test_a_backup_is_readable_by_its_owner_alone_and_overwrites_nothing(sqlite_store, tmp_path):
    sqlite_store.backup(tmp_path / "backup.sqlite")

    assert stat.S_IMODE((tmp_path / "backup.sqlite").stat().st_mode) == 0o600
    with pytest.raises(StoreError, match="overwrites none"):
        sqlite_store.backup(tmp_path / "backup.sqlite")


def test_a_restored_store_is_as_it_was_and_what_it_was_since_is_kept(sqlite_store, people, tmp_path, opened):
    visit, run, before = write_some(people, sqlite_store)
    sqlite_store.backup(tmp_path / "backup.sqlite")
    people.writes(sqlite_store, visit, run)

    kept = sqlite_store.restore(tmp_path / "backup.sqlite")

    assert [event for _, event in sqlite_store.events(visit, run)] == before
    assert len(opened(f"sqlite:///{kept}").events(visit, run)) == 4
    assert set(sqlite_store.erase_run(run).backups) == {str(tmp_path / "backup.sqlite"), str(kept)}


def test_a_store_in_use_is_not_restored(sqlite_store, people, tmp_path, opened):
    visit, run, _ = write_some(people, sqlite_store)
    sqlite_store.backup(tmp_path / "backup.sqlite")
    people.writes(sqlite_store, visit, run)
    other = opened(sqlite_store.url)
    feed = other.feed()

    with pytest.raises(StoreError, match="Somebody is using"):
        sqlite_store.restore(tmp_path / "backup.sqlite")

    assert len(other.events(visit, run)) == 4
    feed.close()


@pytest.mark.parametrize("text", ["Dear all, " * 100, ""])
def test_what_is_no_backup_is_not_restored(sqlite_store, people, tmp_path, text):
    visit, run, before = write_some(people, sqlite_store)
    (tmp_path / "letter.txt").write_text(text)

    with pytest.raises(StoreError, match="not a backup"):
        sqlite_store.restore(tmp_path / "letter.txt")
    with pytest.raises(StoreError, match="no file"):
        sqlite_store.restore(tmp_path / "nowhere")

    assert [event for _, event in sqlite_store.events(visit, run)] == before


def test_a_newer_backup_is_not_restored(sqlite_store, tmp_path):
    sqlite_store.backup(tmp_path / "backup.sqlite")
    with sqlite3.connect(tmp_path / "backup.sqlite") as db:
        db.execute("PRAGMA user_version=99")
    db.close()

    with pytest.raises(StoreError, match="newer casework"):
        sqlite_store.restore(tmp_path / "backup.sqlite")


def test_a_server_is_copied_with_its_own_tool(postgres_store, people, server, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(server.tools))
    write_some(people, postgres_store)

    postgres_store.backup(tmp_path / "store.dump")

    assert (tmp_path / "store.dump").read_bytes().startswith(b"PGDMP")
    assert stat.S_IMODE((tmp_path / "store.dump").stat().st_mode) == 0o600


def test_without_that_tool_one_is_told_its_name(postgres_store, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(StoreError, match="pg_dump is not on this computer"):
        postgres_store.backup(tmp_path / "store.dump")
    with pytest.raises(StoreError, match="pg_restore"):
        postgres_store.restore(tmp_path / "store.dump")
