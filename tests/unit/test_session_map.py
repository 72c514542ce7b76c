"""A relationship map in a session: kept, set beside its first round, taken along as a picture and as tables."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from casework.errors import ContentError, SessionError
from casework.session import Session
from casework.store import open_store
from seat import Page

MAP = """\
schema: 1
id: around-teo
language: en
title: Around Teo
summary: Who is there.
rights: Ours.
people:
  - {id: teo, name: Teo, role: Nineteen months old}
  - {id: luz, name: <b>Luz</b> & co, role: His <i>mother</i>}
ties: [{between: [teo, luz], text: He looks "for" her.}]
"""


@pytest.fixture
def open_session(workbooks, tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    (workbooks / "maps").mkdir()
    (workbooks / "maps" / "around-teo.yaml").write_text(MAP, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")
    return lambda: Session("a-workbook", folder=workbooks, store=store)


@pytest.fixture
def session(open_session):
    return open_session()


CLOSE = {"one": "teo", "other": "luz", "quality": "close"}


def test_a_map_is_kept(session, open_session):
    said = Page(session.map("around-teo")).do("tie", "a" * 32, **CLOSE)

    assert said["ack"] == "a" * 32
    assert open_session().map("around-teo").ties == (("<b>Luz</b> & co", "Teo", "close"),)


def test_the_people_of_a_case_can_be_drawn_too(session):
    widget = session.case("small").map()

    assert widget.content["about"] == "small/map"
    assert widget.people == ("Noa", "Me", "My supervisor")


def test_a_notebook_can_watch_what_is_drawn(session):
    widget = session.map("around-teo")
    seen = []
    widget.observe(lambda change: seen.append(change["new"]), "ties")
    page = Page(widget)
    page.do("tie", **CLOSE)
    page.do("finish")

    assert seen == [(("<b>Luz</b> & co", "Teo", "close"),)]
    assert widget.finished
    assert widget.people == ("Teo", "<b>Luz</b> & co", "Me", "My supervisor")
    with pytest.raises(Exception, match="read-only"):
        widget.ties = ()


def test_a_table_has_a_row_for_each_tie(session):
    page = Page(session.map("around-teo", round="before"))
    page.do("tie", **CLOSE)
    page.do("write", prompt="luz", perspective="teo", text="Her back.")
    [row] = page.widget.to_frame().to_dict("records")

    assert row == {
        "between": "Teo and <b>Luz</b> & co",
        "one": "<b>Luz</b> & co",
        "other": "Teo",
        "quality": "close",
        "given": 'He looks "for" her.',
        "note": "Her back.",
        "round": "before",
    }


def test_a_second_round_begins_afresh_beside_the_first_and_follows_it(session):
    after = session.map("around-teo", round="after")
    before = Page(session.map("around-teo", round="before"))
    empty = after.state["beside"]
    before.do("tie", **CLOSE)
    later = Page(after)
    later.do("tie", **{**CLOSE, "quality": "both"})

    assert empty is None
    assert after.state["beside"]["differs"] == ["Teo and <b>Luz</b> & co: first close, now close and strained."]
    assert after.compare().to_dict("records") == [
        {"between": "Teo and <b>Luz</b> & co", "before": "close", "after": "both"}
    ]
    before.do("tie", **{**CLOSE, "quality": "unknown"})
    assert after.compare()["before"].tolist() == ["unknown"]
    assert session.map("around-teo", round="before").state["beside"] is None


def test_a_table_of_two_rounds_is_empty_without_a_first(session):
    assert session.map("around-teo").compare().columns.tolist() == ["between", "before", "after"]
    assert session.map("around-teo").compare().empty


@pytest.mark.parametrize("on", ["wide", "narrow"])
def test_the_picture_is_one_file_that_needs_nothing_else_and_holds_no_note(session, on):
    page = Page(session.map("around-teo", round="before"))
    page.do("tie", **CLOSE)
    page.do("write", prompt="luz", perspective="teo", text="Her back.")
    page.do("add", name="</svg><script>x</script>", place="around")

    said = page.do("take", on=on)
    [document] = said["buffers"]

    svg = ET.fromstring(document.decode())  # noqa: S314  our own picture
    names = {element.tag.rpartition("}")[2] for element in svg.iter()}
    text = "".join(svg.itertext())
    assert (said["name"], said["type"]) == ("map-around-teo-before.svg", "image/svg+xml")
    assert names == {"svg", "title", "desc", "rect", "ellipse", "g", "path", "text", "tspan"}
    assert "First map" in text
    assert "Teo and <b>Luz</b> & co: Close." in text
    assert "Her back." not in text
    assert document.decode().count("http") == 1


def test_where_no_widget_runs_there_are_a_picture_and_a_table(session):
    page = Page(session.map("around-teo"))
    page.do("write", prompt="luz", perspective="teo", text="<script>1</script>")

    html = page.widget.fallback()

    assert 'src="data:image/svg+xml;base64,' in html
    assert "<td>Teo and &lt;b&gt;Luz&lt;/b&gt; &amp; co</td>" in html
    assert "&lt;script&gt;1&lt;/script&gt;" in html
    assert "<script" not in html
    assert repr(page.widget) == "MapWidget('map:around-teo/map')"


def test_ones_own_pages_hold_the_drawing_and_the_notes(session):
    page = Page(session.map("around-teo", round="before"))
    page.do("tie", **CLOSE)
    page.do("write", prompt="luz", perspective="teo", text="<b>Her</b> back.")
    session.map("around-teo", round="after")

    said = Page(session.report()).do("take")
    text = said["buffers"][0].decode()

    assert "The map I drew: Around Teo · First map" in text
    assert "&lt;b&gt;Her&lt;/b&gt; back." in text
    assert text.count('src="data:image/svg+xml;base64,') == 1
    assert "http" not in text.replace("data:image/svg+xml;base64,", "")


@pytest.mark.parametrize("name", ["Before", "a b", "../x", ""])
def test_a_round_needs_a_name_in_small_letters(session, name):
    with pytest.raises(SessionError, match="cannot name a round"):
        session.map("around-teo", round=name)


def test_an_unknown_option_or_map_is_refused_with_the_nearest_one(session):
    with pytest.raises(SessionError, match=r"map\(\) has no option 'rounds'; perhaps 'round' is meant"):
        session.case("small").map(rounds="before")
    with pytest.raises(ContentError, match="around-teo"):
        session.map("around-tea")


def test_a_case_without_people_says_what_a_map_needs(session, workbooks):
    file = workbooks / "cases" / "small.yaml"
    text = file.read_text("utf-8").replace("people: [{id: child, name: Noa, role: two years old}]\n", "")
    file.write_text(text, encoding="utf-8")

    with pytest.raises(SessionError, match="names no people"):
        session.case("small").map()
