"""Older tables become today's: by themselves in a file, by command on a server, and never newer ones."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import _upgrade, open_store, upgrade_store
from casework.store._engine import make_engine, read_address
from casework.store._files import copy_of
from casework.store._tables import SCHEMA

FIRST = """\
CREATE TABLE learners (
  id VARCHAR(32) NOT NULL, account VARCHAR(64), created_at {moment} NOT NULL, PRIMARY KEY (id), UNIQUE (account));
CREATE TABLE devices (
  token_hash VARCHAR(64) NOT NULL, learner_id VARCHAR(32) NOT NULL, created_at {moment} NOT NULL,
  PRIMARY KEY (token_hash), FOREIGN KEY(learner_id) REFERENCES learners (id));
CREATE INDEX ix_devices_learner_id ON devices (learner_id);
CREATE TABLE runs (
  id VARCHAR(32) NOT NULL, workbook VARCHAR(200) NOT NULL, learner_id VARCHAR(32), opened_at {moment} NOT NULL,
  PRIMARY KEY (id), CONSTRAINT one_open_run_of_a_workbook UNIQUE (learner_id, workbook),
  FOREIGN KEY(learner_id) REFERENCES learners (id));
CREATE TABLE visits (
  id VARCHAR(32) NOT NULL, learner_id VARCHAR(32) NOT NULL, role VARCHAR(16) NOT NULL, session_id VARCHAR(32),
  created_at {moment} NOT NULL, PRIMARY KEY (id), FOREIGN KEY(learner_id) REFERENCES learners (id),
  FOREIGN KEY(session_id) REFERENCES runs (id));
CREATE TABLE events (
  number {number} NOT NULL, id VARCHAR(64) NOT NULL, run_id VARCHAR(32) NOT NULL, learner_id VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL, about VARCHAR(250) NOT NULL, body JSON NOT NULL, share VARCHAR(16) NOT NULL,
  content_hash VARCHAR(64) NOT NULL, at {moment} NOT NULL, PRIMARY KEY (number),
  CONSTRAINT one_event_for_one_id UNIQUE (learner_id, id), FOREIGN KEY(run_id) REFERENCES runs (id),
  FOREIGN KEY(learner_id) REFERENCES learners (id));
CREATE INDEX events_of_a_learner_in_a_run ON events (run_id, learner_id, number);
INSERT INTO learners VALUES ('ana', NULL, '2026-11-20 08:00:00.000000');
INSERT INTO runs VALUES ('run', 'the-first-goodbye', 'ana', '2026-11-20 08:00:00.000000');
INSERT INTO visits VALUES ('visit', 'ana', 'learner', NULL, '2026-11-20 08:00:00.000000');
INSERT INTO events (number, id, run_id, learner_id, kind, about, body, share, content_hash, at)
  VALUES (7, 'e7', 'run', 'ana', 'write', 'small', '{{"text": "A small hand."}}', 'private', 'h', '2026-11-20 09:00');
"""
"""The first version's tables, as they stood in files before there was a second."""


def make_first(file):
    with sqlite3.connect(file) as db:
        db.executescript("PRAGMA journal_mode=WAL;" + FIRST.format(moment="DATETIME", number="INTEGER"))
        db.execute("PRAGMA user_version=1")
    db.close()
    return f"sqlite:///{file}"


def make_first_on(server):
    url = server.new_database()
    server.execute(FIRST.format(moment="TIMESTAMP WITH TIME ZONE", number="BIGSERIAL"), url_database(url))
    return url


def url_database(url):
    return read_address(url).database


def read_all(store):
    visit = store.find_visit("visit")
    return [(number, event.body) for number, event in store.events(visit, store.find_run("run"))]


def tables_of(url):
    """Describe every table, so that two databases can be compared."""
    engine = make_engine(read_address(url))
    looked = sa.inspect(engine)
    found = {
        table: (
            {each["name"]: (str(each["type"]), each["nullable"]) for each in looked.get_columns(table)},
            sorted((each["name"], tuple(each["column_names"]), each["unique"]) for each in looked.get_indexes(table)),
            sorted(
                (tuple(each["constrained_columns"]), each["referred_table"]) for each in looked.get_foreign_keys(table)
            ),
            sorted(tuple(each["column_names"]) for each in looked.get_unique_constraints(table)),
            looked.get_pk_constraint(table)["constrained_columns"],
        )
        for table in looked.get_table_names()
    }
    engine.dispose()
    return found


def open_quietly(url):
    open_store(url).close()


def test_a_file_of_the_first_version_is_upgraded_when_it_is_opened(file, opened):
    store = opened(make_first(file))

    assert read_all(store) == [(7, {"text": "A small hand."})]
    assert store.append(store.find_visit("visit"), store.find_run("run"), an_event())
    assert not copy_of(file).exists()


def an_event():
    return Event("e8", "write", "small", datetime.now(UTC), {"text": "Later."})


def test_an_upgraded_file_has_the_tables_of_a_new_one(file, tmp_path):
    upgraded, new = make_first(file), f"sqlite:///{tmp_path / 'new.sqlite'}"
    open_quietly(upgraded)
    open_quietly(new)

    assert tables_of(upgraded) == tables_of(new)


def test_an_upgraded_server_has_the_tables_of_a_new_one(server):
    upgraded, new = make_first_on(server), server.new_database()
    upgrade_store(upgraded)
    open_quietly(new)

    assert tables_of(upgraded) == tables_of(new)


def test_a_server_is_upgraded_only_by_command(server, opened):
    url = make_first_on(server)

    with pytest.raises(StoreError, match="casework store upgrade"):
        opened(url)

    assert upgrade_store(url) == (1, SCHEMA)
    assert upgrade_store(url) == (SCHEMA, SCHEMA)
    assert read_all(opened(url)) == [(7, {"text": "A small hand."})]


def test_a_newer_server_is_refused_with_a_sentence(server, opened):
    url = server.new_database()
    opened(url)
    server.execute("UPDATE alembic_version SET version_num = '99'", url_database(url))

    with pytest.raises(StoreError, match="newer casework"):
        opened(url)


def test_another_programs_tables_are_left_alone(file, opened):
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()

    with pytest.raises(StoreError, match="another program's tables"):
        opened(f"sqlite:///{file}")


def test_a_store_whose_making_was_cut_short_is_made_anew(file, opened):
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE learners (id VARCHAR(32) PRIMARY KEY)")
    db.close()

    assert opened(f"sqlite:///{file}").register_device().token


@pytest.mark.parametrize("is_new", [True, False])
def test_many_processes_that_open_a_file_at_once_all_find_it_ready(file, is_new):
    url = f"sqlite:///{file}" if is_new else make_first(file)
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(open_quietly, [url] * 8, chunksize=1)

    assert not copy_of(file).exists()
    with sqlite3.connect(file) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert db.execute("SELECT count(*) FROM events").fetchone() == (0 if is_new else 1,)
    db.close()


def test_processes_that_make_the_tables_on_a_server_at_once_do_not_collide(server):
    url = server.new_database()
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(open_quietly, [url] * 6, chunksize=1)

    assert server.execute("SELECT count(*) FROM alembic_version", url_database(url)) == [(1,)]


def test_an_upgrade_that_fails_leaves_everything_as_it_was_and_a_copy(file, opened, monkeypatch):
    url = make_first(file)

    def fail(_db):
        raise StoreError("The upgrade was cut short.")

    monkeypatch.setattr(_upgrade, "_check_links", fail)
    with pytest.raises(StoreError, match="cut short"):
        opened(url)
    with sqlite3.connect(copy_of(file)) as db:
        assert db.execute("SELECT id FROM events").fetchall() == [("e7",)]
    db.close()
    monkeypatch.undo()

    assert read_all(opened(url)) == [(7, {"text": "A small hand."})]
    assert not copy_of(file).exists()


def test_an_upgrade_that_was_killed_after_it_was_done_leaves_no_copy_for_long(file, opened):
    url = make_first(file)
    opened(url)
    copy_of(file).write_text("as it was before")

    opened(url)

    assert not copy_of(file).exists()


def test_the_copy_kept_while_upgrading_is_readable_by_its_owner_alone(file, opened, monkeypatch):
    url = make_first(file)
    seen = []
    monkeypatch.setattr(_upgrade, "_check_links", lambda _db: seen.append(copy_of(file).stat().st_mode & 0o777))

    opened(url)

    assert seen == [0o600]


def test_a_store_that_is_up_to_date_opens_without_what_upgrades_it(sqlite_store):
    opens = f"from casework.store import open_store; open_store({sqlite_store.url!r})"
    code = f"import sys; {opens}; sys.exit('alembic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_number_is_not_given_twice_even_after_the_last_event_is_gone(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    people.writes(store, visit, run)
    [(first, _)] = store.events(visit, run)
    with store._writing() as db:
        db.exec_driver_sql("DELETE FROM events")

    people.writes(store, visit, run)

    assert store.events(visit, run)[0][0] > first
