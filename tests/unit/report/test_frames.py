"""Frames hold what a reader may see, as it is documented, whether from a store or from an export."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from casework.content.words import words
from casework.errors import ReportError, StoreError
from casework.report import read_frames
from casework.report.asked import Asked
from casework.report.frames import COLUMNS
from casework.session import Session
from casework.store import Visit, exports
from twelve import FOR_TRAINER, NAMES, PRIVATE

DOCS = Path(__file__).parents[3] / "docs/formats/frames.md"


@pytest.fixture(scope="module")
def frames(twelve):
    return read_frames(twelve.run.id, store=twelve.store)


def test_every_frame_has_the_columns_and_types_that_are_told(frames):
    for name, columns in COLUMNS.items():
        frame = getattr(frames, name)
        assert {column: str(kind) for column, kind in frame.dtypes.items()} == dict(columns), name


def test_an_empty_frame_has_the_same_columns_and_types(twelve):
    stranger = Visit("x", "nobody", "learner", None)

    frames = read_frames(twelve.run.id, store=twelve.store, reader=stranger)

    for name, columns in COLUMNS.items():
        frame = getattr(frames, name)
        assert frame.empty
        assert {column: str(kind) for column, kind in frame.dtypes.items()} == dict(columns), name


@pytest.mark.parametrize("name", COLUMNS)
def test_the_page_about_frames_tells_every_column(name):
    said = words("en")
    lines = [f"| `{column}` | {kind} | {said[f'frames.column.{column}']} |" for column, kind in COLUMNS[name].items()]

    assert f"## `{name}`\n\n{said[f'frames.about_{name}']}\n\n" in DOCS.read_text("utf-8")
    assert "\n".join(lines) in DOCS.read_text("utf-8")


@pytest.mark.parametrize("name", COLUMNS)
def test_a_docstring_names_every_column(name):
    told = getattr(type(read_frames()), name).func.__doc__

    assert [column for column in COLUMNS[name] if f"`{column}`" not in told] == []


def test_nobody_reads_in_a_frame_what_was_not_shared(frames):
    assert not frames.responses["text"].str.contains(PRIVATE).any()
    assert (
        frames.responses["text"].str.contains(FOR_TRAINER).sum()
        == (frames.responses["audience"] == "trainer").sum()
        > 0
    )
    assert set(frames.responses["name"]) | set(frames.ratings["name"]) == {""}
    assert frames.responses["at"].isna().all()


def test_the_group_reads_only_what_was_revealed(twelve):
    frames = read_frames(twelve.run.id, store=twelve.store, reader=twelve.visits[0])

    assert frames.responses["revealed"].all()
    assert set(frames.responses["prompt"]) == {
        "notice",
        "wonder",
        "wonder-again",
        "glad-of",
        "would-change-most",
    }
    assert not frames.responses["text"].str.contains(f"{PRIVATE}|{FOR_TRAINER}").any()
    assert frames.attendance.empty


def test_a_first_and_a_later_answer_of_one_person_have_the_same_pair(frames):
    rows = frames.responses[frames.responses["pair"] != ""]
    sides = rows.groupby(["pair", "perspective"])["again"].agg(lambda told: sorted(told != ""))

    assert set(sides.map(tuple)) == {(False, True)}
    assert rows.groupby("pair")["perspective"].nunique().max() == 1


def test_fewer_pairs_than_the_floor_are_not_named(twelve, frames):
    unnamed = frames.responses[(frames.responses["audience"] == "group_unnamed") & (frames.responses["pair"] != "")]

    assert (unnamed.groupby(["prompt", "perspective"]).size() >= twelve.floor).all()


def test_ratings_of_a_team_have_no_author_and_no_pair(frames):
    team = frames.ratings[frames.ratings["survey"] == "our-program"]

    assert len(team) > 0
    for column in ("author", "pair", "name", "audience"):
        assert set(team[column]) == {""}
    assert (team.groupby("item").size() >= 5).all()


def test_ratings_of_a_survey_that_is_not_at_hand_are_told_as_a_spread(twelve, tmp_path, monkeypatch):
    monkeypatch.setattr(Asked, "_survey", lambda _self, _name: None)

    frames = read_frames(twelve.run.id, store=twelve.store, folder=tmp_path)

    assert set(frames.ratings["author"]) == set(frames.ratings["pair"]) == {""}


def test_an_observation_is_folded_as_its_page_shows_it(frames, twelve):
    seen = frames.observations

    assert set(seen["checklist"]) == {"being-together"}
    assert set(seen["moment"]) == {"first-goodbye/at-the-door"}
    assert set(seen["kind"]) == {"point"}
    assert seen["beat"].between(0, len(twelve.case.find_moment("at-the-door").beats) - 1).all()


def test_the_way_of_the_group_is_the_one_that_was_led(frames, twelve):
    assert frames.paths["scene"].iloc[0] == twelve.case.scenes[0].id
    assert frames.paths["stop"].tolist() == list(range(1, len(frames.paths) + 1))
    assert set(frames.paths["whose"]) == {"group"}


def test_attendance_is_in_the_order_of_names_and_not_of_coming(frames):
    assert frames.attendance["name"].tolist() == sorted(NAMES)


def test_an_export_gives_the_same_frames_as_the_store(twelve, tmp_path, frames):
    file = tmp_path / "spring.json"
    file.write_bytes(exports.export(twelve.store, exports.as_trainer(twelve.run), twelve.run, "json", Asked().earlier))

    again = read_frames(file)

    for name in ("responses", "observations", "ratings"):
        assert_frame_equal(getattr(again, name), getattr(frames, name))
    assert again.attendance.empty


def test_several_sessions_stand_one_below_the_other(twelve, tmp_path, frames):
    file = tmp_path / "spring.json"
    file.write_bytes(exports.export(twelve.store, exports.as_trainer(twelve.run), twelve.run, "json"))

    both = read_frames(twelve.run.id, str(file), store=twelve.store)

    assert len(both.responses) == 2 * len(frames.responses)


def test_a_file_that_is_no_export_gets_a_sentence(tmp_path):
    file = tmp_path / "other.json"
    file.write_text("{}")

    with pytest.raises(ReportError, match="casework export"):
        read_frames(file)
    with pytest.raises(ReportError, match="cannot be read"):
        read_frames(tmp_path / "nothing.json")


def test_a_session_that_is_not_there_gets_a_sentence(twelve):
    with pytest.raises(StoreError, match="no such session"):
        read_frames("nothing", store=twelve.store)


def test_ones_own_session_is_whole_and_has_times(empty_store, workbooks, send):
    session = Session("own", folder=workbooks)
    walk = send(session.case("small").walk())
    walk("start")
    walk("go_on", scene="arrival", step="read")
    walk("write", prompt="notice", perspective="child", text="=A hand.")
    walk("write", prompt="notice", perspective="child", text="A hand.")
    walk("go_on", scene="arrival", step="pause")
    walk("choose", scene="arrival", choice="sit")

    frames = read_frames("own", store=empty_store, folder=workbooks)

    assert frames.responses[["prompt", "perspective", "text", "pair", "audience"]].to_numpy().tolist() == [
        ["notice", "child", "A hand.", "own", "private"]
    ]
    assert frames.responses["at"].notna().all()
    assert frames.paths[["stop", "scene", "choice"]].to_numpy().tolist() == [[1, "arrival", "sit"], [2, "floor", ""]]


def test_ones_own_observation_and_log_are_there_too(empty_store, workbooks, send):
    session = Session("own", folder=workbooks)
    seen = send(session.checklist("small-list").observe(session.case("small"), "at-the-door"))
    seen("begin")
    seen("mark", item="waits", beat=0, clock=1.0)
    log = send(session.log())
    log("add", entry=f"{1:032x}", date="2026-03-02", minutes=60, kind="group", people=4, topics=["child"])

    frames = read_frames("own", "own-papers", store=empty_store, folder=workbooks)

    assert frames.observations[["moment", "item", "beat"]].to_numpy().tolist() == [["small/at-the-door", "waits", 0]]
    assert frames.observations["at"].iloc[0] <= pd.Timestamp(datetime.now(UTC))
    assert frames.log_entries[["minutes", "kind", "people", "topics"]].to_numpy().tolist() == [
        [60, "group", 4, "child"]
    ]


@pytest.fixture
def send():
    """Return what makes a widget answer messages as its page would send them."""
    count = iter(range(1, 10_000))

    def joined(widget):
        said = []
        widget.send = lambda message, _buffers=None: said.append(message)

        def do(what, **body):
            widget._handle_custom_msg({"id": f"{next(count):032x}", "do": what, **body}, [])
            assert "ack" in said[-1], said[-1]

        return do

    return joined


def test_nothing_heavy_is_imported_before_a_frame_is_asked_for():
    asked = "print('pandas' in sys.modules, 'scipy' in sys.modules)"
    told = f"import sys, casework.report.frames as f; f.read_frames(); {asked}"

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
