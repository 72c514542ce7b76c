"""The commands about the store: what they do, and what they say."""

from __future__ import annotations

import csv
import getpass
import io

import pytest
from click.testing import CliRunner

from casework.cli import main
from casework.store import exports
from casework.store._tables import SCHEMA

WORDS = "The heron stands still"


def run(*arguments, answer=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


@pytest.fixture
def mine(sqlite_store, people, monkeypatch, tmp_path):
    """Make this test's store the one that commands use, and leave something of one's own in it."""
    monkeypatch.setenv("CASEWORK_STORE", sqlite_store.url)
    monkeypatch.setenv("JUPYTERHUB_USER", "ana")
    monkeypatch.chdir(tmp_path)
    visit = exports.own_visit(sqlite_store)
    own = sqlite_store.open_run(visit, "the-first-goodbye")
    people.writes(sqlite_store, visit, own, WORDS)
    return visit, own


@pytest.mark.usefixtures("mine")
def test_check_counts_and_finds_nothing_to_mend():
    done = run("store", "check")

    assert done.exit_code == 0
    assert done.output.endswith("1 learners, 1 sessions, 1 events; nothing to mend.\n")


@pytest.mark.usefixtures("mine")
def test_check_names_what_is_to_be_mended_and_fails(file):
    file.chmod(0o644)

    done = run("store", "check")

    assert done.exit_code == 1
    assert "chmod 600" in done.output


@pytest.mark.usefixtures("mine")
def test_a_store_that_is_up_to_date_is_left_as_it_is():
    assert run("store", "upgrade").output == f"The store is up to date, at version {SCHEMA}.\n"


def test_a_backup_can_be_restored(mine, sqlite_store, tmp_path):
    visit, own = mine
    assert run("store", "backup", "backup.sqlite").exit_code == 0
    sqlite_store.erase_run(own)
    sqlite_store.close()

    done = run("store", "restore", "backup.sqlite")

    assert done.exit_code == 0
    assert str(tmp_path / "casework.sqlite.before-restore") in done.output
    assert len(sqlite_store.events(visit, own)) == 1


def test_the_list_names_sessions_and_nobody(mine, sqlite_store, people):
    visit, own = mine
    group, _ = people.group(sqlite_store)

    lines = run("store", "list").output.splitlines()

    assert lines[0].startswith(own.id)
    assert lines[0].endswith("the-first-goodbye  one learner, 1 events")
    assert lines[1].startswith(group.id)
    assert visit.learner_id not in "".join(lines)


@pytest.mark.usefixtures("mine")
def test_ones_own_is_exported_by_the_name_of_its_workbook(tmp_path):
    done = run("export", "the-first-goodbye", "--to", "mine.csv")

    assert done.output == "mine.csv is written, readable by you alone.\n"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "mine.csv").read_text("utf-8-sig"), newline="")))
    assert [row["text"] for row in rows] == [WORDS]
    assert (tmp_path / "mine.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("mine")
def test_ones_own_is_imported_once(monkeypatch, tmp_path):
    run("export", "the-first-goodbye", "--format", "json", "--to", "mine.json")
    monkeypatch.setenv("CASEWORK_STORE", f"sqlite:///{tmp_path / 'other.sqlite'}")
    monkeypatch.setenv("JUPYTERHUB_USER", "luz")

    assert run("import", "mine.json").output == "1 event taken over from mine.json.\n"
    assert run("import", "mine.json").output == "0 events taken over from mine.json.\n"


def test_what_is_another_learners_own_is_not_exported(mine, monkeypatch, tmp_path):
    _, own = mine
    monkeypatch.setenv("JUPYTERHUB_USER", "luz")

    done = run("export", own.id)

    assert done.exit_code == 1
    assert "one learner's own" in done.output
    assert list(tmp_path.glob("*.csv")) == []


def test_a_learner_is_erased_by_their_code_and_backups_are_named(mine, sqlite_store, tmp_path):
    visit, own = mine
    code = sqlite_store.make_code(visit.learner_id)
    run("store", "backup", "backup.sqlite")

    done = run("erase", "--learner", code.lower(), answer="y\n")

    assert "1 event erased." in done.output
    assert f"A backup from before still holds it: {tmp_path / 'backup.sqlite'}" in done.output
    assert sqlite_store.events(visit, own) == []


def test_nothing_is_erased_unless_one_says_yes(mine, sqlite_store):
    visit, own = mine

    assert run("erase", "--session", own.id, answer="n\n").exit_code == 1
    assert len(sqlite_store.events(visit, own)) == 1
    assert run("erase", "--session", own.id, "--yes").output == "1 event erased.\n"


@pytest.mark.usefixtures("mine")
def test_what_is_expired_is_erased_without_a_question():
    assert run("erase", "--expired").output == "0 events erased.\n"


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize("options", [[], ["--expired", "--session", "x"]])
def test_erasing_wants_to_know_exactly_what(options):
    done = run("erase", *options)

    assert done.exit_code == 2
    assert "Say one of" in done.output


def test_without_a_hub_ones_own_is_the_local_users(sqlite_store, monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)

    assert exports.own_visit(sqlite_store) == sqlite_store.local_visit(getpass.getuser())
