"""What leaves the store as a table holds what was shared, and nothing else; one's own comes back whole."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from casework.errors import StoreError
from casework.store import Visit, exports

DOCS = Path(__file__).parents[3] / "docs" / "formats" / "export.md"


def table(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data):
    rows = load_workbook(io.BytesIO(data))["answers"].iter_rows(values_only=True)
    names = next(rows)
    return [dict(zip(names, (value or "" for value in row), strict=True)) for row in rows]


READ = {"csv": table, "xlsx": sheet}


@pytest.fixture
def group(store, people):
    """Return a group in which everything happened: kept, shared with the trainer, unnamed, named, below the floor."""
    run, trainer = people.group(store, floor=3)
    learners = [people.joins(store, run, f"Name {number}") for number in range(4)]
    for number, learner in enumerate(learners[:3]):
        people.shares(store, learner, run, "group_unnamed", people.writes(store, learner, run, f"Unnamed {number}"))
    lonely = people.writes(store, learners[0], run, "Lonely.", prompt="body")
    people.shares(store, learners[0], run, "group_unnamed", lonely, form="body")
    people.shares(store, learners[3], run, "group_named", people.writes(store, learners[3], run, "Named."))
    told = people.writes(store, learners[3], run, "Told.", prompt="wonder")
    people.shares(store, learners[3], run, "trainer", told, form="wonder")
    people.writes(store, learners[3], run, "Private.", prompt="wonder")
    return run, trainer, learners


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_groups_table_holds_what_its_trainer_may_read(store, group, form):
    run, trainer, _ = group

    rows = READ[form](exports.export(store, trainer, run, form))

    assert sorted((row["text"], row["name"], row["audience"]) for row in rows) == [
        ("Named.", "Name 3", "group_named"),
        ("Told.", "", "trainer"),
        *((f"Unnamed {number}", "", "group_unnamed") for number in range(3)),
    ]
    assert {row["at"] for row in rows} == {""}


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_nothing_that_was_not_shared_is_in_any_file(store, group, form):
    run, trainer, learners = group
    data = exports.export(store, trainer, run, form)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())

    for hidden in ("Private.", "Lonely.", "Name 0", *(learner.learner_id for learner in learners)):
        assert hidden.encode() not in data
    own = [event for learner in learners for _, event in store.events(learner, run)]
    assert not any(event.id.encode() in data for event in own)


def test_a_pseudonym_is_in_a_table_only_once_it_is_revealed(store, people, group):
    run, trainer, _ = group
    before = table(exports.export(store, trainer, run, "csv"))
    people.reveals(store, trainer, run)
    after = table(exports.export(store, trainer, run, "csv"))

    unnamed = [[row["author"] for row in rows if row["audience"] == "group_unnamed"] for rows in (before, after)]
    assert set(unnamed[0]) == {""}
    assert len(set(unnamed[1])) == 3


def test_a_learner_of_a_group_exports_their_own(store, group):
    run, _, learners = group

    rows = table(exports.export(store, learners[3], run, "csv"))

    assert [row["text"] for row in rows if row["kind"] == "write"] == ["Named.", "Told.", "Private."]


def test_ones_own_table_says_when(store, people):
    visit = store.local_visit("ana")
    run = store.open_run(visit, "the-first-goodbye")
    event = people.writes(store, visit, run, "Mine.", extra={"b": 1})

    [row] = table(exports.export(store, visit, run, "csv"))

    assert row["at"] == event.at.isoformat(timespec="seconds")
    assert (row["prompt"], row["perspective"], row["text"]) == ("notice", "child", "Mine.")
    assert json.loads(row["details"]) == {"extra": {"b": 1}}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "|x", "%x"])
def test_words_that_look_like_a_formula_stay_words(store, people, form, text):
    visit = store.local_visit("ana")
    run = store.open_run(visit, "the-first-goodbye")
    people.writes(store, visit, run, text)

    data = exports.export(store, visit, run, form)

    if form == "csv":
        assert table(data)[0]["text"] == f"'{text}"
    else:
        cell = load_workbook(io.BytesIO(data))["answers"].cell(2, list(exports.COLUMNS).index("text") + 1)
        assert cell.data_type == "s"


@given(text=st.text())
def test_words_of_any_kind_can_be_exported(text):
    rows = [dict.fromkeys(exports.COLUMNS, "") | {"text": text}]

    assert len(table(exports._csv(rows))) == 1
    assert len(sheet(exports._sheet(rows))) == 1


def test_what_is_exported_is_readable_by_its_owner_alone(tmp_path):
    exports.write_private(tmp_path / "answers.csv", b"words")

    assert (tmp_path / "answers.csv").stat().st_mode & 0o777 == 0o600


def test_ones_own_comes_back_in_another_store_and_nothing_twice(store, people, sqlite_store):
    visit = store.local_visit("ana")
    run = store.open_run(visit, "the-first-goodbye")
    events = [people.writes(store, visit, run, f"Mine {number}.") for number in range(3)]
    data = exports.export(store, visit, run, "json")
    there = sqlite_store if store.url != sqlite_store.url else store
    other = there.local_visit("ana at work")

    counts = [exports.take_over(there, other, data) for _ in range(2)]

    assert counts == [3, 0]
    own = there.open_run(other, "the-first-goodbye")
    assert [event for _, event in there.events(other, own)] == events


def test_everything_of_a_learner_is_in_their_own_file(store, people, group):
    _, _, learners = group
    alone = Visit("", learners[3].learner_id)
    people.writes(store, alone, store.open_run(alone, "another"), "At home.")

    found = store.everything_of(alone)

    assert [(each.workbook, each.name, len(each.events)) for each in found.runs] == [
        ("the-first-goodbye", "Name 3", 5),
        ("another", None, 1),
    ]
    assert "Unnamed" not in found.model_dump_json()


def test_what_a_group_shared_is_read_elsewhere_as_it_was_here(store, people, group, opened, tmp_path):
    run, trainer, _ = group
    people.reveals(store, trainer, run)
    data = exports.export(store, trainer, run, "json")
    there = opened(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")

    counts = [exports.take_over(there, there.local_visit("ana"), data) for _ in range(2)]

    assert counts == [5, 0]

    def told(shared):
        return sorted(
            (each.form, each.cell, each.body["text"], each.audience, each.name or "", each.revealed) for each in shared
        )

    read = there.shared(exports.as_trainer(run), there.find_run(run.id))
    assert told(read) == told(store.shared(trainer, run))
    screen = Visit("", "", "screen", run.id)
    assert told(there.shared(screen, run)) == told(store.shared(screen, run))


def test_what_is_here_already_is_not_overwritten_by_what_was_carried(store, group):
    run, trainer, _ = group
    data = exports.export(store, trainer, run, "json")

    with pytest.raises(StoreError, match="in this store itself"):
        exports.take_over(store, store.local_visit("ana"), data)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"casework": "own", "version": 2, "runs": []}', "\xff"])
def test_another_file_is_not_taken_over(store, text):
    with pytest.raises(StoreError, match="nothing was taken over"):
        exports.take_over(store, store.local_visit("ana"), text.encode("latin-1"))


def test_nobody_exports_what_is_another_learners_own(store, people):
    run = store.open_run(people.alone(store), "the-first-goodbye")

    with pytest.raises(StoreError, match="one learner's own"):
        exports.find(store, run.id)


def test_each_column_is_documented():
    told = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", DOCS.read_text("utf-8"), re.MULTILINE))

    assert told == exports.COLUMNS
