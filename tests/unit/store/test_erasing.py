"""What is erased is gone for good."""

from __future__ import annotations

import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import StoreError
from casework.store import _erasing, open_store
from casework.store import _tables as tables
from casework.store._files import copy_of

WORDS = "The heron stands still"


def found_in_files(folder, words=WORDS):
    return sorted(path.name for path in folder.iterdir() if words.encode() in path.read_bytes())


def rows_of(store, learner_id):
    """Count the rows that name a learner, in every table there is."""
    with store._reading() as db:
        return sum(
            db.execute(sa.select(sa.func.count()).select_from(table).where(column == learner_id)).scalar_one()
            for table in tables.metadata.sorted_tables
            for column in table.c
            if column.name == "learner_id" or column is tables.learners.c.id
        )


@pytest.fixture
def left(store, people):
    """Return a learner who left something everywhere, and what they left it in."""
    device = store.register_device()
    run, trainer = people.group(store)
    alone = store.record_visit(device.learner_id)
    own = store.open_run(alone, "the-first-goodbye")
    people.writes(store, alone, own, WORDS)
    visit = store.join_run(run, device.learner_id, f"{WORDS} too")
    people.shares(store, visit, run, "trainer", people.writes(store, visit, run, WORDS))
    store.make_code(device.learner_id)
    return visit, run, trainer


def test_an_erased_learner_has_left_nothing(store, people, left):
    visit, run, trainer = left
    other = people.joins(store, run, "Ana")
    kept = people.writes(store, other, run)

    erased = store.erase_learner(visit.learner_id)

    assert (erased.events, erased.done, erased.backups) == (3, True, ())
    assert rows_of(store, visit.learner_id) == 0
    assert store.shared(trainer, run) == []
    assert [event for _, event in store.events(other, run)] == [kept]


def test_an_erased_session_is_gone_with_all_that_was_in_it(store, left):
    visit, run, _ = left
    store.make_trainer_key(run)

    erased = store.erase_run(run)

    assert (erased.events, erased.done) == (2, True)
    with pytest.raises(StoreError, match="no such session"):
        store.find_run(run.id)
    with pytest.raises(StoreError, match="not known here"):
        store.find_visit(visit.id)
    assert store.has_work(visit.learner_id)


def test_who_deletes_everything_of_their_own_leaves_nothing(store, left):
    visit, _, _ = left

    assert store.delete_everything_of(visit).events == 3
    assert rows_of(store, visit.learner_id) == 0


def test_erasing_what_is_not_there_is_said_in_a_sentence(store):
    with pytest.raises(StoreError, match="no such learner"):
        store.erase_learner("0" * 32)
    with pytest.raises(StoreError, match="no such session"):
        store.erase_run("0" * 32)
    assert store.finish_erasing()


def test_what_an_erased_learner_still_writes_is_refused(store, people, left):
    visit, run, _ = left
    store.erase_learner(visit.learner_id)

    with pytest.raises(StoreError, match="nothing was stored"):
        people.writes(store, visit, run)


def test_a_session_is_erased_when_its_days_are_over(store, people):
    short, trainer = people.group(store, keep_days=7)
    long, _ = people.group(store, keep_days=30)
    for_good, _ = people.group(store)
    store.close_run(trainer, short)
    later = datetime.now(UTC) + timedelta(days=8)

    assert store.erase_expired(datetime.now(UTC) + timedelta(days=6)).events == 0
    assert store.find_run(short.id) == short
    store.erase_expired(later)

    with pytest.raises(StoreError, match="no such session"):
        store.find_run(short.id)
    assert [store.find_run(run.id) for run in (long, for_good)] == [long, for_good]


def test_days_count_from_the_last_event_where_a_session_was_never_closed(store, people):
    run, _ = people.group(store, keep_days=7)
    people.writes(store, people.joins(store, run), run)

    assert store.erase_expired(datetime.now(UTC) + timedelta(days=6, hours=23)).events == 0
    assert store.erase_expired(datetime.now(UTC) + timedelta(days=7, hours=1)).events == 1


# -- in a file ------------------------------------------------------------------------------------


def test_erased_words_are_in_no_file_of_the_store(sqlite_store, people, tmp_path):
    visit = people.alone(sqlite_store)
    run = sqlite_store.open_run(visit, "the-first-goodbye")
    for _ in range(50):
        people.writes(sqlite_store, visit, run, WORDS + " for a long time" * 300)
    copy_of(tmp_path / "casework.sqlite").write_text(WORDS)  # as an upgrade that was killed leaves it
    assert len(found_in_files(tmp_path)) >= 2

    assert sqlite_store.erase_learner(visit.learner_id).done

    assert found_in_files(tmp_path) == []


def test_erased_words_leave_the_files_as_soon_as_nobody_reads_them(sqlite_store, people, tmp_path, opened, monkeypatch):
    monkeypatch.setattr(_erasing, "PATIENCE", 0.1)
    visit = people.alone(sqlite_store)
    run = sqlite_store.open_run(visit, "the-first-goodbye")
    people.writes(sqlite_store, visit, run, WORDS)
    reader = sqlite3.connect(tmp_path / "casework.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM events").fetchall()

    erased = sqlite_store.erase_learner(visit.learner_id)

    assert not erased.done
    assert "still being erased" in sqlite_store.check().problems[0]
    reader.execute("COMMIT")  # it stays open, but reads no more
    opened(sqlite_store.url)  # whoever comes next finishes what was begun
    assert found_in_files(tmp_path) == []
    assert sqlite_store.check().problems == ()
    reader.close()


def test_erased_words_leave_while_others_have_the_file_open(sqlite_store, people, tmp_path, opened):
    others = [opened(sqlite_store.url) for _ in range(3)]
    feeds = [other.feed() for other in others]
    visit = people.alone(sqlite_store)
    run = sqlite_store.open_run(visit, "the-first-goodbye")
    people.writes(sqlite_store, visit, run, WORDS)
    assert all(other.events(visit, run) for other in others)

    assert sqlite_store.erase_learner(visit.learner_id).done

    assert found_in_files(tmp_path) == []
    assert [other.events(visit, run) for other in others] == [[], [], []]
    for feed in feeds:
        feed.close()


def test_backups_that_still_hold_erased_words_are_named(sqlite_store, people, tmp_path):
    visit = people.alone(sqlite_store)
    run = sqlite_store.open_run(visit, "the-first-goodbye")
    people.writes(sqlite_store, visit, run, WORDS)
    for name in ("kept.sqlite", "gone.sqlite"):
        sqlite_store.backup(tmp_path / name)
    (tmp_path / "gone.sqlite").unlink()

    assert sqlite_store.erase_learner(visit.learner_id).backups == (str(tmp_path / "kept.sqlite"),)
    assert found_in_files(tmp_path) == ["kept.sqlite"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["write", "erase"]), st.integers(0, 3), st.integers(1, 5000)),
        min_size=5,
        max_size=60,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_came_before_no_trace_of_the_erased_is_left(people, tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("store")
    store = open_store(f"sqlite:///{folder / 'casework.sqlite'}")
    here, gone = {}, []
    for kind, who, length in steps:
        if kind == "write":
            if who not in here:
                visit = people.alone(store)
                here[who] = visit, store.open_run(visit, "the-first-goodbye"), f"word{visit.learner_id}end"
            visit, run, word = here[who]
            people.writes(store, visit, run, word * (1 + length // len(word)))
        elif who in here:
            visit, _, word = here.pop(who)
            store.erase_learner(visit.learner_id)
            gone.append(word)

    files = b"".join(path.read_bytes() for path in folder.iterdir())
    traces = [trace for word in gone for trace in (word, word.removeprefix("word").removesuffix("end"))]
    assert [trace for trace in traces if trace.encode() in files] == []  # neither the words nor the pseudonym
    store.close()


# -- on a server ----------------------------------------------------------------------------------


def test_erased_words_are_in_no_dump_of_the_server(postgres_store, people, server):
    program = server.tools / "pg_dump"
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    people.writes(postgres_store, visit, run, WORDS)
    url = postgres_store.url

    before = subprocess.run([program, url], capture_output=True, text=True, check=True).stdout
    postgres_store.erase_learner(visit.learner_id)
    after = subprocess.run([program, url], capture_output=True, text=True, check=True).stdout

    assert WORDS in before
    assert WORDS not in after
    assert visit.learner_id not in after
