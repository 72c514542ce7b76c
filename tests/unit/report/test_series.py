"""A session that goes on from an earlier one: what stands side by side, for whom, and what never does."""

from __future__ import annotations

import base64
import io
import math
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cli import main
from casework.content.words import words
from casework.report.asked import Asked
from casework.report.drawings import Drawing
from casework.report.frames import COLUMNS as FRAMES
from casework.report.page import as_page
from casework.report.reports import LEFT_OUT, frames_for, group_report, read_series
from casework.report.series import COLUMNS, Series, Sitting, series_frame
from casework.report.sheet import as_sheets
from casework.report.word import as_word
from casework.session import Session
from casework.store import Visit, _tables, open_store
from casework.store.exports import as_trainer
from papers import DOT, WHOM, spoken, text_of
from twelve import CONVENER, NAMES, PRIVATE, WORKBOOKS, Twelve

EN = words("en")


def opened(session, at):
    """Say that a session was opened on another day."""
    with session.store._writing() as db:
        db.execute(_tables.runs.update().where(_tables.runs.c.id == session.run.id).values(opened_at=at))


@pytest.fixture(scope="session")
def october(tmp_path_factory):
    """Return a session in Spanish, on 3 October."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('series') / 'casework.sqlite'}") as store:
        session = Twelve(store, "es", seed=1).fill()
        opened(session, datetime(2026, 10, 3, 9, tzinfo=UTC))
        yield session


@pytest.fixture(scope="session")
def november(october):
    """Return a session in English that goes on from the one in October, on 7 November, with one more who leads it."""
    session = Twelve(october.store, "en", seed=5, people=11, floor=6, after=october).fill()
    opened(session, datetime(2026, 11, 7, 9, tzinfo=UTC))
    return session


@pytest.fixture(scope="session")
def helper(november):
    """Return the page of somebody who leads the later session alone."""
    store = november.store
    return store.record_visit(store.register_device().learner_id, "trainer", november.run.id)


def report(session, whom="trainer", reader=None):
    return group_report(session.store, session.run, whom, folder=WORKBOOKS, reader=reader or session.trainer)


@pytest.fixture(scope="session")
def reported(november):
    """Return what makes the report of the later session, once for each whom it is for."""
    return cache(lambda whom="trainer": report(november, whom))


def undrawn(drawing, _theme="page"):
    """Return what stands for a picture where it need not be drawn."""
    return f"<svg>{drawing.alt}</svg>"


def section_of(document):
    return next((each for each in document.sections if each.title == EN["reports.earlier"]), None)


# -- who reads -----------------------------------------------------------------------------------------


def test_a_series_begins_with_the_earliest(october, november):
    listed = november.store.series(november.trainer, november.run)

    assert [each.run.id for each in listed] == [october.run.id, november.run.id]
    assert [each.people for each in listed] == [12, 11]


def test_a_series_holds_no_more_than_it_was_asked_for(november):
    [only] = november.store.series(november.trainer, november.run, most=1)

    assert only.run == november.run


def test_whoever_looks_after_the_store_reads_the_whole_series(november):
    assert len(november.store.series(as_trainer(november.run), november.run)) == 2


@pytest.mark.parametrize("role", ["learner", "screen"])
def test_nobody_but_the_trainer_is_told_of_a_series(november, role):
    reader = Visit("x", november.trainer.learner_id, role, november.run.id)

    assert november.store.series(reader, november.run) == []


def test_who_took_part_in_the_earlier_session_does_not_lead_it(october, november):
    store = november.store
    both = store.record_visit(october.visits[0].learner_id, "trainer", november.run.id)

    assert [each.run for each in store.series(both, november.run)] == [november.run]


def test_who_leads_the_later_session_alone_reads_nothing_of_the_earlier(october, november, helper, monkeypatch):
    monkeypatch.setattr(Drawing, "svg", undrawn)
    document = report(november, reader=helper)

    assert section_of(document) is None
    assert EN["reports.earlier_lacking"] in document.says
    told = as_page(document)
    assert "October" not in told
    assert october.run.id not in told


def test_a_notebook_reads_as_whoever_opened_it(november, helper, monkeypatch):
    monkeypatch.setattr(Drawing, "svg", undrawn)
    heads = []
    for visit in (november.trainer, helper):
        monkeypatch.setenv("CASEWORK_VISIT", visit.id)
        widget = Session("the-first-goodbye", folder=WORKBOOKS, store=november.store).report()
        widget.send = lambda _message, _buffers=None: None
        widget._handle_custom_msg({"id": "a" * 32, "do": "draw"}, [])
        heads.append(EN["reports.earlier"] in widget.state["html"])

    assert heads == [True, False]


def test_an_erased_session_is_gone_from_the_series(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'gone.sqlite'}") as store:
        first = Twelve(store, people=1)
        second = Twelve(store, people=1, after=first)
        third = Twelve(store, people=1, after=second)
        assert [each.run for each in store.series(third.trainer, third.run)] == [first.run, second.run, third.run]

        store.erase_run(second.run)

        assert [each.run for each in store.series(third.trainer, third.run)] == [third.run]
        assert EN["reports.earlier_lacking"] in report(third).says
        assert EN["reports.earlier_lacking"] not in report(third, "group").says


# -- what stands side by side --------------------------------------------------------------------------


def test_each_figure_is_what_that_session_alone_can_show(october, november, reported):
    section = section_of(reported())

    shown = section.drawings[0].table.set_index(EN["reports.place"])
    floors = {"October 3, 2026": october, "November 7, 2026": november}
    case = november.case
    for day, session in floors.items():
        rows = frames_for(session.store, session.run, session.trainer, "trainer", Asked(WORKBOOKS)).responses
        for prompt, head in (("wonder", "asked first"), ("wonder-again", "asked again")):
            for view in case.find_prompt("wonder").perspectives:
                people = int(((rows["prompt"] == prompt) & (rows["perspective"] == view)).sum())
                told = str(people) if people >= session.floor else f"<{session.floor}"
                assert shown.loc[case.find_perspective(view).name, f"{day}, {head}"] == told


@pytest.mark.parametrize("theme", ["light", "dark", "page"])
def test_its_pictures_are_drawn_with_every_day_on_them(reported, theme):
    section = section_of(reported())

    for drawing in (section.drawings[0], section.drawings[-1]):
        assert "Oct 3" in drawing.svg(theme)
        assert "Nov 7" in drawing.svg(theme)


def test_ratings_of_each_session_stand_below_each_other(reported):
    section = section_of(reported())

    drawing = next(each for each in section.drawings if "How I work" in each.title)
    days = drawing.table[EN["reports.when"]].tolist()[:4]
    told = [f"{day}, {round_id}" for day in ("October 3, 2026", "November 7, 2026") for round_id in ("before", "after")]
    assert days == told
    assert all(day in drawing.alt for day in days)


def test_a_trainer_is_told_how_many_came_again_and_others_are_not(reported):
    to_trainer, to_group = section_of(reported()), section_of(reported("group"))

    title, table = to_trainer.tables[-1]
    assert (title, table.to_numpy().tolist()) == (
        EN["reports.earlier_people"],
        [["October 3, 2026", "12", "–", "–"], ["November 7, 2026", "11", "10", "2"]],
    )
    assert EN["reports.earlier_each"].format(people=10) in to_trainer.says
    assert EN["reports.earlier_not_all"] in to_group.says
    assert EN["reports.earlier_people"] not in [title for title, _ in to_group.tables]


def test_a_perspective_that_appeared_or_went_missing_is_named(reported):
    section = section_of(reported())

    counted = section.drawings[0].table.set_index(EN["reports.place"]).map(lambda told: not told.startswith("<"))
    then, now = (counted.filter(like=day).any(axis=1) for day in ("October", "November"))
    lines = [line for line in section.says if "since the time before" in line]
    assert [name for name in counted.index if any(name in line for line in lines)] == list(counted.index[then != now])


def test_a_report_says_that_nobody_is_followed_and_nothing_is_an_effect(reported):
    document = reported("organisation")

    assert EN["reports.earlier_apart"] in section_of(document).says
    assert "no effect" in EN["reports.earlier_apart"]


def test_two_sessions_of_one_day_are_told_apart(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'day.sqlite'}") as store:
        first = Twelve(store, people=1)
        second = Twelve(store, people=1, after=first)
        for session in (first, second):
            opened(session, datetime(2026, 10, 3, 9, tzinfo=UTC))

        section = section_of(report(second))

    assert section.tables[-1][1].iloc[:, 0].tolist() == ["October 3, 2026 (1)", "October 3, 2026 (2)"]
    assert EN["reports.earlier_nothing"] in section.says
    assert not section.drawings


def test_a_session_that_goes_on_from_none_has_no_such_part(october):
    document = report(october)

    assert section_of(document) is None
    assert EN["reports.earlier_lacking"] not in document.says


# -- what never does -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def files(november, reported):
    """Return everything that the later session's report is written as: by whom it is for."""
    found = {}
    for whom in WHOM:
        document = reported(whom)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Drawing, "png", lambda _self: base64.b64decode(DOT))
            patch.setattr(Drawing, "svg", undrawn)
            word, page = as_word(document), as_page(document)
        asked = Asked(WORKBOOKS)
        frames = frames_for(november.store, november.run, november.trainer, whom, asked)
        series = read_series(november.store, november.run, november.trainer, whom, asked)
        found[whom] = page, word, as_sheets(frames, leave_out=LEFT_OUT[whom], series=series)
    return found


@pytest.mark.parametrize("whom", WHOM)
def test_no_word_of_the_earlier_session_and_nothing_private_of_either_is_in_a_report(files, whom):
    for file in files[whom]:
        text = text_of(file)
        assert [said for said in (*spoken("es"), *NAMES, CONVENER, PRIVATE) if said in text] == []


def test_every_form_of_the_report_holds_the_earlier_figures(files):
    page, word, sheets = files["group"]
    book = openpyxl.load_workbook(io.BytesIO(sheets))

    assert EN["reports.earlier_views"] in page
    assert EN["reports.earlier_views"] in text_of(word)
    assert [cell.value for cell in book[EN["frames.earlier"]][1]] == list(COLUMNS)
    assert {row[1].value.isoformat()[:10] for row in book[EN["frames.earlier"]].iter_rows(min_row=2)} == {
        "2026-10-03",
        "2026-11-07",
    }


def test_the_command_writes_the_sheet(november, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEWORK_STORE", str(november.store._engine.url))
    file = tmp_path / "series.xlsx"

    done = CliRunner().invoke(main, ["report", november.run.id, "--to", str(file), "--folder", str(WORKBOOKS)])

    assert done.exit_code == 0, done.output
    assert EN["frames.earlier"] in openpyxl.load_workbook(file).sheetnames


WROTE = st.tuples(st.sampled_from("ab"), st.sampled_from(["one", "two"]), st.sampled_from(["", "child", "parent"]))
RATED = st.tuples(st.sampled_from(["", "before"]), st.sampled_from("xy"), st.sampled_from([1.0, 2.0, float("nan")]))


def frame_of(name, rows):
    told = {column: [row.get(column, "") for row in rows] for column in FRAMES[name]}
    return pd.DataFrame(told)


@settings(max_examples=60, deadline=None)
@given(
    wrote=st.lists(st.lists(WROTE, max_size=25), min_size=2, max_size=3),
    rated=st.lists(RATED, max_size=25),
    floor=st.integers(3, 6),
)
def test_no_cell_of_any_session_is_there_below_its_floor(wrote, rated, floor):
    sittings = []
    for number, cells in enumerate(wrote):
        frames = SimpleNamespace(
            responses=frame_of(
                "responses", [dict(zip(("about", "prompt", "perspective"), cell, strict=True)) for cell in cells]
            ),
            ratings=frame_of("ratings", [{"survey": "s", "round": r, "item": i, "value": v} for r, i, v in rated]),
        )
        sittings.append(Sitting(str(number), datetime(2026, 10, 3, tzinfo=UTC), floor + number, frames, frozenset()))

    found = series_frame(Series(tuple(sittings)))

    for number, cells in enumerate(wrote):
        here = found[found["session"] == str(number)]
        written = {
            tuple(row)
            for row in here.loc[here["prompt"] != "", ["about", "prompt", "perspective", "answered"]].to_numpy()
        }
        assert written == {(*cell, cells.count(cell)) for cell in cells if cells.count(cell) >= floor + number}
        sums = here[here["item"] != ""].groupby(["round", "item"])["answered"].sum()
        known = [(r, i) for r, i, v in rated if not math.isnan(v)]
        assert sums.to_dict() == {cell: known.count(cell) for cell in known if known.count(cell) >= floor + number}


def test_the_page_about_frames_tells_the_columns_of_a_series():
    docs = (WORKBOOKS.parent / "docs/formats/frames.md").read_text("utf-8")

    assert EN["frames.about_earlier"] in docs
    for column, kind in COLUMNS.items():
        assert f"| `{column}` | {kind} | {EN[f'frames.column.{column}']} |" in docs
