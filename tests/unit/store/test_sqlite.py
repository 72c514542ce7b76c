"""What holds for a store in a file."""

from __future__ import annotations

import sqlite3
import stat

import pytest

from casework.errors import StoreError
from casework.store import open_store


def test_a_token_is_nowhere_in_the_file(sqlite_store, tmp_path):
    device = sqlite_store.register_device()

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert device.learner_id.encode() in kept
    assert device.token.encode() not in kept


def test_a_local_accounts_name_is_nowhere_in_the_file(sqlite_store, tmp_path):
    sqlite_store.local_visit("ana-maria-quispe")

    assert not any(b"ana-maria-quispe" in file.read_bytes() for file in tmp_path.iterdir())


def test_the_file_is_readable_by_its_owner_alone(sqlite_store, tmp_path, people):
    people.alone(sqlite_store)

    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_what_is_acknowledged_is_synced_to_disk(sqlite_store):
    with sqlite_store._engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")]

    assert found == ["wal", 2]


def test_a_locked_file_is_said_in_a_sentence(sqlite_store, tmp_path, monkeypatch, opened):
    monkeypatch.setattr("casework.store._engine.BUSY_SECONDS", 0.05)
    impatient = opened(sqlite_store.url)
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


def test_a_newer_store_is_refused_with_a_sentence(sqlite_store, tmp_path, opened):
    with sqlite3.connect(tmp_path / "casework.sqlite") as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()

    with pytest.raises(StoreError, match="newer casework"):
        opened(sqlite_store.url)


def test_the_address_comes_from_the_environment(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    monkeypatch.setenv("CASEWORK_STORE", url)

    assert open_store().url == url
