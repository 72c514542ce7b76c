"""Thematic coding in a session: answers from wherever they come, kept codings, tables and files."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from casework.errors import ContentError, SessionError
from casework.report.pages import chapters
from casework.session import Session
from casework.store import open_store
from seat import Page

CODEBOOK = """\
schema: 1
id: needs
language: en
title: What <b>leaders</b> need
summary: What stands in the way.
rights: Ours.
codes:
  - {id: time, name: Time, definition: There is <i>too</i> little of it.}
  - {id: space, name: Space, definition: A room of one's own.}
"""
TEXTS = ["We have no time.", "<script>alert(1)</script> The room is loud.", "We have no time."]
HOSTILE = ["=1+1", '"><img src=x onerror=alert(1)>', "\u202eevil \x00 null", "🙂🙂 two faces", "a" * 19_999]


@pytest.fixture
def open_session(workbooks, tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    (workbooks / "codebooks").mkdir()
    (workbooks / "codebooks" / "needs.yaml").write_text(CODEBOOK, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")
    return lambda: Session("a-workbook", folder=workbooks, store=store)


@pytest.fixture
def session(open_session):
    return open_session()


class Coder(Page):
    """The page of a coding."""

    def mark(self, number, start, end, *codes):
        answer = self.widget.content["answers"][number][0]
        return self.do("excerpt", answer=answer, start=start, end=end, codes=list(codes))


def texts(widget):
    return [text for _, text in widget.content["answers"]]


def test_a_coding_is_kept_also_when_the_answers_come_in_another_order(session, open_session):
    Coder(session.code("needs", TEXTS)).mark(1, 26, 30, "space")
    again = open_session().code("needs", TEXTS[::-1])

    assert [(row.number, row.code, row.text) for row in again.to_frame().itertuples()] == [(2, "space", "The ")]


def test_each_coder_has_a_coding_of_their_own(session, open_session):
    Coder(session.code("needs", TEXTS, coder="Ana")).mark(0, 8, 15, "time")

    assert open_session().code("needs", TEXTS, coder="Ana").read == 1
    assert open_session().code("needs", TEXTS, coder="Ben").read == 0
    assert open_session().code("needs", TEXTS).read == 0


def test_a_notebook_can_watch_what_is_coded(session):
    widget = session.code("needs", TEXTS)
    seen = []
    widget.observe(lambda change: seen.append(change["new"]), "read")
    page = Coder(widget)
    page.mark(0, 0, 2, "time")
    page.do("nothing", answer=widget.content["answers"][1][0], nothing=True)

    assert seen == [1, 2]
    assert widget.codes == ("Time", "Space")
    assert widget.excerpts == ((widget.content["answers"][0][0], 0, 2, ("time",)),)


def test_answers_come_from_a_series_a_frame_and_a_file(session, workbooks):
    (workbooks / "data").mkdir(exist_ok=True)
    (workbooks / "data" / "told.csv").write_text("id;text\n1;Time; \n2;\n3;Space\n", encoding="utf-8-sig")
    frame = pd.DataFrame({"text": ["One.", None, "Two."], "person": ["ana", "ben", "ben"]})

    assert texts(session.code("needs", pd.Series(["One.", float("nan")]))) == ["One."]
    assert texts(session.code("needs", frame)) == ["One.", "Two."]
    assert texts(session.code("needs", "told.csv")) == ["Time", "Space"]


def test_a_file_in_the_language_of_the_page_comes_before_the_other(session, workbooks):
    (workbooks / "told.csv").write_text("text\nTiempo", encoding="utf-8")
    (workbooks / "told.en.csv").write_text("text\nTime", encoding="utf-8")

    assert texts(session.code("needs", "told.csv")) == ["Time"]


def test_the_words_of_a_survey_and_of_a_case_are_those_that_one_may_read(session):
    case = session.case("small")
    walk = Coder(case.walk())
    walk.do("start")
    walk.do("go_on", scene="arrival", step="read")
    walk.do("write", prompt="notice", perspective="child", text="Small shoes.")

    assert texts(session.code("needs", case)) == ["Small shoes."]
    assert texts(session.code("needs", case, item="body")) == []
    assert [one.openness for one in session.code("needs", case).answers.all] == ["own"]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (7, "cannot take answers from int"),
        (["One.", 2], "as answer 2"),
        ("nowhere.csv", "no CSV file 'nowhere.csv'"),
        ("../../etc/passwd", "no CSV file"),
        (pd.DataFrame({"said": ["One."]}), "no column 'text'; it has: said"),
        (pd.DataFrame({"text": ["One.", "Two."], "id": ["a", "a"]}), "the same id"),
        (["a" * 20_001], "Answer 1 has 20,001 characters"),
        (["a"] * 10_001, "10,001 answers"),
    ],
)
def test_answers_that_cannot_be_coded_are_refused_with_a_sentence(session, answers, why):
    with pytest.raises(SessionError, match=why):
        session.code("needs", answers)


def test_what_is_not_there_is_refused_with_the_nearest_name(session):
    with pytest.raises(ContentError, match="'needs'"):
        session.code("need", TEXTS)
    with pytest.raises(SessionError, match="no option 'coders'"):
        session.code("needs", TEXTS, coders="Ana")
    with pytest.raises(SessionError, match="coder='a/b'"):
        session.code("needs", TEXTS, coder="a/b")
    with pytest.raises(SessionError, match="asks nothing called 'hands'"):
        session.code("needs", session.case("small"), item="hands")


def test_the_tables_say_what_their_columns_promise(session):
    widget = session.code("needs", pd.DataFrame({"text": TEXTS, "person": list("abc")}))
    page = Coder(widget)
    page.mark(0, 8, 15, "time", "space")
    page.mark(1, 26, 30, "space")

    assert list(widget.themes().itertuples(index=False, name=None)) == [
        ("time", "Time", "There is <i>too</i> little of it.", 1, 1, pd.NA),
        ("space", "Space", "A room of one's own.", 2, 2, pd.NA),
    ]
    assert widget.co_occurrence().to_numpy().tolist() == [[1, 1], [1, 2]]
    assert widget.co_occurrence("overlapping").loc["Time", "Space"] == 1
    assert list(widget.quotations("Space")["text"]) == ["no time", "The "]
    with pytest.raises(ValueError, match="no code 'Noise'"):
        widget.quotations("Noise")
    with pytest.raises(ValueError, match="by 'x'"):
        widget.co_occurrence("x")


def test_an_empty_coding_has_empty_tables_with_their_columns(session):
    widget = session.code("needs", [])

    assert list(widget.to_frame().columns)[:4] == ["answer", "number", "person", "code"]
    assert widget.quotations().empty
    assert widget.co_occurrence().to_numpy().tolist() == [[0, 0], [0, 0]]


def test_the_group_is_given_only_words_that_were_shown_to_it(session):
    told = {
        "text": ["Shown.", "Not yet.", "For the trainer."],
        "audience": ["group_unnamed", "group_named", "trainer"],
        "revealed": [True, False, False],
    }
    widget = session.code("needs", pd.DataFrame(told))
    page = Coder(widget)
    for number in range(3):
        page.mark(number, 0, 4, "time")

    assert len(widget.quotations("time")) == 3
    assert list(widget.quotations("time", to="group")["text"]) == ["Show"]
    with pytest.raises(ValueError, match="for 'them'"):
        widget.quotations(to="them")


def test_people_are_not_counted_across_forms_that_have_pseudonyms_of_their_own(session):
    rows = {"text": list("abcdefgh"), "author": list("abcdefgh"), "prompt": ["one"] * 4 + ["two"] * 4}

    assert {one.person for one in session.code("needs", pd.DataFrame(rows)).answers.all} == {""}
    one_form = pd.DataFrame({**rows, "prompt": ["one"] * 8})
    assert len({one.person for one in session.code("needs", one_form).answers.all}) == 8


def test_what_is_stored_and_handed_on_holds_none_of_the_answers(session):
    widget = session.code("needs", TEXTS)
    page = Coder(widget)
    page.mark(0, 8, 15, "time")
    file = json.loads(page.do("json")["buffers"][0])

    assert file == widget.coding()
    assert file["excerpts"] == [
        {"answer": widget.content["answers"][0][0], "start": 8, "end": 15, "codes": ["time"], "memo": ""}
    ]
    stored = [event for _, event in session._store.events(session._visit, session._ledger.run)]
    assert "no time" not in json.dumps([dict(event.body) for event in stored])
    assert "no time" not in json.dumps(file)


def test_the_table_to_keep_holds_no_formula(session):
    page = Coder(session.code("needs", HOSTILE))
    page.mark(0, 0, 4, "time")

    assert b"'=1+1" in page.do("csv")["buffers"][0]


def test_hostile_words_are_text_and_nothing_else(session):
    widget = session.code("needs", HOSTILE)

    assert "<script" not in widget.fallback()
    assert "<b>leaders" not in widget.fallback()
    assert "evil  null" in texts(widget)
    page = Coder(widget)
    said = page.mark(3, 0, 2, "time")
    assert "ack" in said
    assert list(widget.to_frame()["text"]) == ["🙂🙂"]


def test_the_fallback_tells_the_codes_and_none_of_the_answers(session):
    told = session.code("needs", TEXTS).fallback()

    assert "A room of one&#x27;s own." in told
    assert "no time" not in told


# -- two cells, one coding --------------------------------------------------------------------------


def test_two_cells_with_one_codebook_are_one_coding_and_each_shows_its_own_answers(session):
    here, there = Coder(session.code("needs", TEXTS[:1])), Coder(session.code("needs", TEXTS[1:2]))
    here.mark(0, 8, 15, "time")
    here.do("add_code", name="Money")
    there.mark(0, 26, 30, "space")

    assert [row.name for row in here.widget.to_frame().itertuples()] == ["Time"]
    assert [row.name for row in there.widget.to_frame().itertuples()] == ["Space"]
    assert there.widget.codes == here.widget.codes == ("Time", "Space", "Money")


def test_a_step_is_taken_back_where_it_was_done(session):
    here, there = Coder(session.code("needs", TEXTS[:1])), Coder(session.code("needs", TEXTS[1:2]))
    steps = []
    for page, do in (
        (here, lambda: here.mark(0, 8, 15, "time")),
        (there, lambda: there.do("nothing", answer=there.widget.content["answers"][0][0], nothing=True)),
        (here, lambda: here.do("add_code", name="Money")),
    ):
        do()
        other = there if page is here else here
        steps.append([one.widget.state["step"] and one.widget.state["step"]["kind"] for one in (page, other)])

    assert steps == [["excerpt", None], ["nothing", None], ["add_code", "add_code"]]


def test_ones_own_pages_tell_of_the_answers_of_every_cell(session):
    Coder(session.code("needs", TEXTS[:1])).mark(0, 8, 15, "time")
    Coder(session.code("needs", TEXTS[1:2])).mark(0, 26, 30, "space")
    [desk] = session._ledger.desks.values()

    [chapter] = chapters(desk.rules, desk.state, session.words)

    assert [title for title, _ in chapter.entries] == [
        "Time (answers: 1, passages: 1)",
        "Space (answers: 1, passages: 1)",
    ]


# -- several coders ---------------------------------------------------------------------------------


def test_coders_of_one_computer_and_a_file_are_laid_side_by_side(session, workbooks):
    for coder, start in (("Ana", 0), ("Ben", 8)):
        Coder(session.code("needs", TEXTS, coder=coder)).mark(0, start, 15, "time" if coder == "Ana" else "space")
    (workbooks / "cleo.json").write_text(json.dumps(session.code("needs", TEXTS, coder="Ana").coding() | {"coder": ""}))

    beside = session.compare_coders("needs", TEXTS, ["Ana", "Ben", "cleo.json"])

    assert list(beside.units.columns) == ["Ana", "Ben", "cleo"]
    assert beside.differed[["name", "gave", "left"]].to_numpy().tolist() == [
        ["Time", ("Ana", "cleo"), ("Ben",)],
        ["Space", ("Ben",), ("Ana", "cleo")],
    ]


def test_a_coders_file_in_the_language_of_the_page_comes_before_the_other(session, workbooks):
    for name, code in (("cleo.json", "space"), ("cleo.en.json", "time")):
        widget = session.code("needs", TEXTS, coder=name)
        Coder(widget).mark(0, 8, 15, code)
        (workbooks / name).write_text(json.dumps(widget.coding() | {"coder": ""}))

    beside = session.compare_coders("needs", TEXTS, ["cleo.json"])

    assert list(beside.units.columns) == ["cleo"]
    assert beside.units["cleo"].groupby("item").sum().to_dict() == {"space": 0, "time": 1}


@pytest.mark.parametrize(
    ("coder", "why"),
    [(7, "cannot lay 7"), ("nobody.json", "no file 'nobody.json'"), ("no-coding.json", "is no coding")],
)
def test_a_coder_who_is_not_there_is_refused_with_a_sentence(session, workbooks, coder, why):
    (workbooks / "no-coding.json").write_text("[]")

    with pytest.raises(SessionError, match=why):
        session.compare_coders("needs", TEXTS, [coder])


def test_ones_own_pages_hold_the_themes_and_notes_and_none_of_the_answers(session):
    page = Coder(session.code("needs", TEXTS))
    page.mark(0, 8, 15, "time")
    page.do(
        "write", prompt=page.widget.state["excerpts"][texts_id(page)][0]["id"], perspective="", text="Ask <b>her</b>."
    )
    desk = next(iter(session._ledger.desks.values()))

    [chapter] = chapters(desk.rules, desk.state, session.words)

    assert chapter.entries == (
        ("Time (answers: 1, passages: 1)", "There is <i>too</i> little of it.\nAsk <b>her</b>."),
    )


def texts_id(page):
    return page.widget.content["answers"][0][0]
