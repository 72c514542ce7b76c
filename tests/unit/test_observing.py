"""Observing from a notebook: what one can observe, what is refused in a sentence, and the table one gets."""

from __future__ import annotations

import pytest

from casework.activity.group import Group
from casework.errors import ContentError, SessionError
from casework.session import Session
from casework.store import open_store

HEAD = "schema: 1\nlanguage: en\nrights: Ours.\n"
SOURCES = "sources: [{id: own, cite: Written for the tests.}]\n"
FILES = {
    "moments/shared.yaml": HEAD
    + "id: shared\ntitle: Shared\ncontent_note: A child *waits*.\ntrainer_notes: A SECRET.\nmoments:\n"
    + "  - {id: gate, title: At the gate, beats: [{at: 0, text: So.}, {at: 4, text: And so.}]}\n"
    + "  - id: hum\n    title: A hum\n    media: {file: hum.mp3, alt: Somebody hums., transcript: '*Humming.*'}\n",
    "moments/hum.mp3": "",
    "checklists/kinds.yaml": HEAD
    + SOURCES
    + "id: kinds\ntitle: Kinds\nsummary: Every kind.\n"
    + "scales: [{id: much, highest: 4, labels: [{at: 1, text: Not}, {at: 4, text: All}]}]\n"
    + "items:\n"
    + "  - {id: waits, text: Waits., definition: A silence., key: w}\n"
    + "  - {id: near, kind: state, text: Near., definition: Close.}\n"
    + "  - {id: looks, kind: interval, seconds: 10, sampling: partial, text: Looks., definition: Eyes.}\n"
    + "  - {id: pace, kind: rating, scale: much, text: Pace., definition: How fast.}\n",
    "codings/reading.yaml": HEAD
    + SOURCES
    + "id: reading\ntitle: A reading\nsummary: One of us.\ncase: small\nmoment: at-the-door\nchecklist: small-list\n"
    + "marks: [{id: a, item: waits, beat: 5, reason: She is quiet.}]\n",
}


@pytest.fixture
def session(workbooks, tmp_path, monkeypatch):
    monkeypatch.delenv("CASEWORK_VISIT", raising=False)
    for name, text in FILES.items():
        path = workbooks / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Session("a-workbook", folder=workbooks, store=open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}"))


def do(widget, *bodies):
    for body in bodies:
        do.number += 1
        widget._handle_custom_msg({"id": f"{do.number:032x}", **body}, [])
    return widget


do.number = 0


def test_a_moment_that_belongs_to_no_case_is_observed(session):
    widget = session.checklist("kinds").observe(session.moments("shared"), "gate")

    assert repr(session.moments("shared")) == "SessionMoments('shared')"
    assert widget.content["about"] == "moments/shared/gate/kinds"
    assert [beat["at"] for beat in widget.content["moment"]["beats"]] == [0, 4]


def test_what_may_come_close_in_a_file_of_moments_is_said_before_the_start(session):
    widget = session.checklist("kinds").observe(session.moments("shared"), "gate")

    assert widget.content["moment"]["contentNote"] == "<p>A child <em>waits</em>.</p>"
    assert "<p>A child <em>waits</em>.</p>" in widget.fallback()


def test_a_case_says_what_may_come_close_where_it_is_walked(session):
    widget = session.checklist("small-list").observe(session.case("small"), "at-the-door")

    assert widget.content["moment"]["contentNote"] == ""


def test_the_notes_of_a_file_of_moments_are_on_the_desk_of_whoever_leads_alone(session):
    widget = session.checklist("kinds").observe(session.moments("shared"), "gate")

    bar = session.group()

    assert [stop["notes"] for stop in bar.state["agenda"]] == [{"": "<p>A SECRET.</p>"}]
    assert "SECRET" not in str(widget.content) + widget.fallback() + str(bar.agenda)


def test_a_recording_brings_its_words_and_reads_well_without_a_page(session):
    widget = session.checklist("kinds").observe(session.moments("shared"), "hum")

    assert widget.content["moment"]["media"]["film"] is False
    assert "<em>Humming.</em>" in widget.fallback()
    assert "where the recording is played" in widget.fallback()


def test_told_and_stepped_share_their_marks(session):
    case = session.case("small")
    stepped = session.checklist("small-list").observe(case, "at-the-door")
    told = session.checklist("small-list").observe(case, "at-the-door", pace="told")
    do(told, {"do": "begin"}, {"do": "mark", "item": "waits", "beat": 0, "seconds": 2.5, "clock": 1})

    assert stepped.marks == told.marks
    assert stepped.content["key"] != told.content["key"]


def test_a_live_observation_has_a_name_that_is_not_shown(session):
    widget = session.checklist("kinds").observe_live("monday-lunch", title="Lunch <on> Monday")

    assert widget.content["about"] == "live/monday-lunch/kinds"
    assert "Lunch &lt;on&gt; Monday" in widget.fallback()
    assert "a clock runs along" in widget.fallback()
    assert session.checklist("kinds").observe_live("lunch").content["title"] == "A live observation"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"pase": "told"}, r"observe\(\) has no option 'pase'; perhaps 'pace' is meant"),
        ({"pace": "slow"}, "pace cannot be 'slow'"),
        ({"tolerance": -1}, "tolerance cannot be -1"),
        ({"reference": "readin"}, "perhaps 'reading' is meant"),
    ],
)
def test_a_wrong_option_is_refused_in_one_sentence(session, options, why):
    with pytest.raises((SessionError, ContentError), match=why) as told:
        session.checklist("small-list").observe(session.case("small"), "at-the-door", **options)

    assert "\n" not in str(told.value)


def test_a_recording_is_not_told_at_another_pace(session):
    with pytest.raises(SessionError, match="has a pace of its own"):
        session.checklist("kinds").observe(session.moments("shared"), "hum", pace="told")


@pytest.mark.parametrize("name", ["Monday lunch", "", 3, "a" * 65])
def test_a_live_observation_needs_an_id(session, name):
    with pytest.raises(SessionError, match="small letters, digits and hyphens"):
        session.checklist("kinds").observe_live(name)


def test_a_reference_about_something_else_is_refused(session):
    with pytest.raises(SessionError, match="is about small / at-the-door / small-list, and not about"):
        session.checklist("kinds").observe(session.case("small"), "at-the-door", reference="reading")


def test_a_reference_that_does_not_fit_is_refused(session):
    path = session.folder.path / "codings" / "reading.yaml"
    path.write_text(path.read_text().replace("beat: 5", "beat: 6"))

    with pytest.raises(SessionError, match="does not fit: no beat begins at 6 seconds; perhaps 5 is meant"):
        session.checklist("small-list").observe(session.case("small"), "at-the-door", reference="reading")


def test_a_reference_is_seen_only_once_one_has_finished(session):
    widget = session.checklist("small-list").observe(session.case("small"), "at-the-door", reference="reading")
    do(widget, {"do": "begin"}, {"do": "at_beat", "beat": 2})
    assert "She is quiet." not in str(widget.get_state())

    do(widget, {"do": "finish"})
    assert [one["reason"] for one in widget.state["differing"]] == ["She is quiet."]


def everything(session):
    widget = session.checklist("kinds").observe(session.moments("shared"), "gate")
    near = f"{do.number + 3:032x}"
    return do(
        widget,
        {"do": "begin"},
        {"do": "mark", "item": "waits", "beat": 0, "clock": 1},
        {"do": "start_state", "item": "near", "beat": 0, "clock": 2},
        {"do": "at_beat", "beat": 1},
        {"do": "end_state", "mark": near, "beat": 1, "clock": 4},
        {"do": "answer", "item": "looks", "interval": 1, "answer": "no"},
        {"do": "rate", "item": "pace", "value": 4},
        {"do": "write", "prompt": "beat-1", "perspective": "", "text": "Her <eyes>."},
    )


def test_a_table_holds_a_row_for_each_mark_answer_rating_and_note(session):
    frame = everything(session).to_frame()

    told = frame.astype(object).where(frame.notna(), None)
    assert told.drop(columns="text").values.tolist() == [
        ["waits", "point", 0, 0, None, None, None, None],
        ["near", "state", 0, 0, 1, 4, None, None],
        ["looks", "interval", 1, 4, None, None, 0, None],
        ["pace", "rating", None, None, None, None, 4, None],
        [None, "note", 1, 4, None, None, None, "Her <eyes>."],
    ]


def test_an_empty_table_has_the_same_columns(session):
    empty = session.checklist("kinds").observe_live("lunch").to_frame()

    assert list(empty.columns) == list(everything(session).to_frame().columns)
    assert empty.empty


def test_a_notebook_can_follow_marks_and_end(session):
    widget = session.checklist("kinds").observe_live("lunch")
    heard = []
    widget.observe(lambda change: heard.append((change["name"], change["new"])), ["marks", "finished"])
    do(widget, {"do": "begin", "when": 1}, {"do": "mark", "item": "waits", "seconds": 3, "clock": 3}, {"do": "finish"})

    assert [(name, new if name == "finished" else len(new)) for name, new in heard] == [
        ("marks", 1),
        ("finished", True),
    ]
    with pytest.raises(Exception, match="read-only"):
        widget.finished = False


def test_ones_own_pages_tell_every_kind(session):
    everything(session)
    pages = session._report.page()

    for words in ("Waits.", "Moment 1: So.", "Near.", "Moment 1 to Moment 2", "Moment 2: no", "4 (All)"):
        assert words in pages
    assert "Her &lt;eyes&gt;." in pages


def test_in_a_group_a_coding_can_be_shared(session):
    session._group = Group("Ana Ruiz")
    widget = everything(session)
    events = widget.state["events"]
    do(widget, {"do": "share", "form": "coding", "audience": "group_unnamed", "events": events})

    form = widget.state["sharing"]["forms"]["coding"]
    assert (form["audience"], form["events"]) == ("group_unnamed", events)
