"""What `casework doctor` finds in a store, each time with one thing made wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import psutil
import pytest

from casework.cli import _doctor_keeping as keeping
from casework.cli._finding import Finding
from casework.store import look_at_store
from casework.store._tables import SCHEMA


class Partition(NamedTuple):
    """A disk, as the system lists it."""

    mountpoint: str
    fstype: str


def test_it_finds_a_store_that_can_be_written_to(store):
    found = keeping.look_at_store(look_at_store())

    assert found == Finding("good", "Store", f"{store} can be written to (tables of version {SCHEMA}).")


def test_it_says_where_the_store_will_be_or_why_it_cannot_be(tmp_path, monkeypatch):
    file = tmp_path / "not" / "yet" / "casework.sqlite"
    looked = look_at_store(f"sqlite:///{file}")
    will_be = keeping.look_at_store(looked)
    monkeypatch.setattr(keeping.os, "access", lambda *_asked: False)
    cannot = keeping.look_at_store(looked)

    assert (will_be.level, will_be.says) == ("good", f"{file} will be made at first use.")
    assert (cannot.level, str(tmp_path) in cannot.says) == ("mend", True)


@pytest.mark.parametrize(
    ("version", "level", "said"),
    [(SCHEMA - 1, "note", "brought up to date when it is next opened"), (SCHEMA + 1, "mend", "a newer casework")],
)
def test_it_knows_tables_of_another_version(version, level, said, store):
    with sqlite3.connect(store) as db:
        db.execute(f"PRAGMA user_version={version}")
    db.close()

    found = keeping.look_at_store(look_at_store())

    assert (found.level, said in found.says) == (level, True)
    db = sqlite3.connect(store)
    assert db.execute("PRAGMA user_version").fetchone()[0] == version  # it was not upgraded by looking
    db.close()


def test_it_leaves_another_programs_database_alone(tmp_path):
    file = tmp_path / "theirs.sqlite"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE birds (name)")
    db.close()
    before = file.read_bytes()

    found = keeping.look_at_store(look_at_store(f"sqlite:///{file}"))

    assert (found.level, "another program's database" in found.says) == ("mend", True)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.sqlite"]


def test_it_says_what_is_wrong_with_an_address():
    wrong = keeping.look_at_store(look_at_store("mysql://somewhere"))
    text = look_at_store(f"sqlite:///{__file__}")

    assert (wrong.level, "CASEWORK_STORE is not the address of a database" in wrong.says) == ("mend", True)
    assert "it is not a store of casework" in text.trouble


def test_it_says_that_a_database_on_a_server_does_not_answer_and_hides_its_password(free_port):
    looked = look_at_store(f"postgresql://ana:secret@127.0.0.1:{free_port}/casework")

    found = keeping.look_at_store(looked)

    assert (found.level, "its server does not answer" in found.says) == ("mend", True)
    assert "secret" not in found.says
    assert list(keeping.look_at_its_place(looked, Path())) == []


@pytest.mark.parametrize(
    ("kind", "name", "level", "said"),
    [
        ("ext4", "data", "good", "is on this computer (ext4 at"),
        ("nfs4", "data", "mend", "is on a network (nfs4)"),
        ("ext4", "Dropbox", "mend", "is copied to the internet (Dropbox)"),
    ],
)
def test_it_knows_disks_on_which_a_store_should_not_be(kind, name, level, said, tmp_path, monkeypatch):
    there = tmp_path / name
    there.mkdir()
    mounts = [Partition("/", "ext4"), Partition(str(there), kind)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_options: mounts)

    found = keeping.look_at_file_system(there)

    assert (found.level, said in found.says) == (level, True)


@pytest.mark.parametrize(("free", "level"), [(5_000_000, "mend"), (500_000_000, "note"), (50_000_000_000, "good")])
def test_it_says_how_much_space_is_left(free, level, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping.shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))

    assert keeping.look_at_space(tmp_path).level == level


def test_it_says_that_a_store_lies_among_the_workbooks_that_are_served(store):
    found = list(keeping.look_at_its_place(look_at_store(), store.parents[1]))

    assert "lies among the workbooks that are served" in found[-1].says


def test_it_finds_a_key_that_others_may_read(store):
    key = store.parent / "cookie-secret"
    key.touch(0o644)

    found = list(keeping.look_at_its_place(look_at_store(), Path("elsewhere")))

    assert f"Other accounts may read {key}" in found[-1].says
