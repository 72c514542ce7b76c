"""What holds for a store on a server."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
import sqlalchemy as sa

from casework.errors import StoreError
from casework.store import look_at_store, open_store
from casework.store._engine import read_address
from casework.store._tables import SCHEMA


def test_what_is_acknowledged_is_synced_to_disk(postgres_store):
    with postgres_store._engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_a_connection_that_was_cut_is_made_anew_without_a_word(postgres_store, people, server):
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    server.cut(postgres_store.url)

    event = people.writes(postgres_store, visit, run)

    assert [found for _, found in postgres_store.events(visit, run)] == [event]


def test_a_server_that_is_gone_is_said_in_a_sentence_and_used_again_when_it_is_back(postgres_store, people, server):
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    before, event = people.writes(postgres_store, visit, run), people.event()

    server.stop()
    try:
        with pytest.raises(StoreError, match="does not answer; it will be tried again"):
            postgres_store.append(visit, run, event)
        with pytest.raises(StoreError, match="does not answer"):
            open_store(postgres_store.url)
    finally:
        server.start()

    assert postgres_store.append(visit, run, event)
    assert [found for _, found in postgres_store.events(visit, run)] == [before, event]


def test_a_server_that_is_lost_in_the_middle_of_a_transaction_keeps_nothing_of_it(postgres_store, people, server):
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")

    def lose_it():
        with postgres_store._writing() as db:
            db.exec_driver_sql("DELETE FROM visits")
            server.cut(postgres_store.url)
            db.exec_driver_sql("DELETE FROM visits")

    with pytest.raises(StoreError, match="does not answer"):
        lose_it()

    assert postgres_store.find_visit(visit.id) == visit
    assert people.writes(postgres_store, visit, run)


def test_a_lock_that_another_holds_is_said_in_a_sentence(postgres_store, people, monkeypatch):
    monkeypatch.setattr("casework.store._engine._PATIENCE", {"options": "-c lock_timeout=50"})
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    impatient = open_store(postgres_store.url)

    with postgres_store._writing() as holder:
        holder.exec_driver_sql("LOCK TABLE events IN EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="another program holds it"):
            people.writes(impatient, visit, run)

    assert people.writes(impatient, visit, run)
    impatient.close()


def test_a_database_that_is_not_there_is_said_in_a_sentence(server):
    url = server.process.get_uri(database="nowhere")

    with pytest.raises(StoreError, match="no such database"):
        open_store(url)


def test_a_password_is_in_no_sentence(server):
    url = server.process.get_uri(database="nowhere").replace("postgres:@", "postgres:verysecret@")

    with pytest.raises(StoreError) as caught:
        open_store(url)

    assert "verysecret" not in str(caught.value)


def test_without_its_package_one_is_told_what_to_install():
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from casework.store import open_store\n"
        "open_store('postgresql://nobody@localhost/nowhere')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "pip install 'casework[postgresql]'" in done.stderr


def test_those_who_listen_are_told(postgres_store, people):
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    url = read_address(postgres_store.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as listener:
        listener.execute("LISTEN casework")
        people.writes(postgres_store, visit, run)

        assert [told.payload for told in listener.notifies(timeout=5, stop_after=1)] == [""]


def test_looking_at_it_says_how_old_its_tables_are_and_whether_one_may_write(server, postgres_store):
    server.execute("CREATE ROLE reader LOGIN", "postgres")
    name = psycopg.conninfo.conninfo_to_dict(postgres_store.url)["dbname"]
    as_reader = sa.make_url(postgres_store.url).set(username="reader").render_as_string(hide_password=False)

    mine, theirs = look_at_store(postgres_store.url), look_at_store(as_reader)
    empty = look_at_store(server.new_database())

    assert (mine.version, mine.trouble, mine.file) == (SCHEMA, "", None)
    assert (empty.version, empty.trouble) == (0, "")
    assert "may not be written to by this name" in theirs.trouble or "may not be used" in theirs.trouble
    server.execute("DROP OWNED BY reader; DROP ROLE reader", name)
