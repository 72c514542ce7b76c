"""The rules of the log, and what no sequence of intents may do to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.activity.log import Log
from casework.activity.log_state import TOPICS
from casework.activity.rules import fold
from casework.errors import Refused

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
A, B, C = "a" * 32, "b" * 32, "c" * 32


@pytest.fixture
def rules():
    return Log(today=lambda: TODAY)


def after(rules, *bodies, state=None):
    """Return the state after intents that the rules allow."""
    state = state or rules.start()
    for number, body in enumerate(bodies):
        event = rules.decide(state, {"id": f"{number:032x}", **body}, NOW)
        state = rules.apply(state, event)
    return state


def meeting(entry=A, day="2026-11-20", minutes=90, **more):
    return {"do": "add", "entry": entry, "date": day, "minutes": minutes, "kind": "group", **more}


def series(name=B, start="2026-01-15", **more):
    plan = {"minutes": 120, "every": "month-weekday", "weeks": 2, "months": 24, "kind": "group"}
    return {"do": "plan", "series": name, "start": start, **plan, **more}


def note(text, entry=A):
    return {"do": "write", "prompt": entry, "perspective": "note", "text": text}


def test_a_meeting_is_there_as_it_was_said(rules):
    said = {"people": 6, "provider": " M. Rivera ", "credential": "IMH-E", "topics": ["self"], "other": "the rain"}

    [entry] = rules.view(after(rules, meeting(**said)))["entries"]

    assert entry == {
        "id": A,
        "date": "2026-11-20",
        "minutes": 90,
        "kind": "group",
        **said,
        "provider": "M. Rivera",
    }


def test_the_latest_meeting_comes_first_whenever_it_was_written_down(rules):
    state = after(rules, meeting(A, "2026-11-20"), meeting(B, "2025-01-02"), meeting(C, "2026-11-21"))

    assert [entry["id"] for entry in rules.view(state)["entries"]] == [C, A, B]


def test_a_change_says_the_meeting_again_whole(rules):
    changed = {**meeting(minutes=60), "do": "change", "kind": "individual", "people": 5}

    [entry] = rules.view(after(rules, meeting(people=6, provider="M."), changed))["entries"]

    assert (entry["minutes"], entry["kind"], entry["people"], entry["provider"]) == (60, "individual", None, "")


def test_what_is_removed_can_be_brought_back_with_its_note(rules):
    removed = after(rules, meeting(), note("Held my breath."), {"do": "remove", "of": A})
    back = after(rules, {"do": "restore", "of": A}, state=removed)

    assert rules.view(removed)["entries"] == []
    assert rules.view(removed)["totals"]["all"]["minutes"] == 0
    assert (rules.view(back)["totals"]["all"]["minutes"], back.note(A)) == (90, "Held my breath.")


def test_a_note_can_be_written_before_its_meeting_is_in_the_log(rules):
    state = after(rules, note("First words."), meeting())

    assert rules.view(state)["responses"][f"{A}/note"]["text"] == "First words."


@pytest.mark.parametrize("day", ["2026-11-24", "2027-01-01", "2199-12-31"])
def test_a_meeting_cannot_have_been_held_in_the_future(rules, day):
    with pytest.raises(Refused, match="has not come yet"):
        after(rules, meeting(day=day))


def test_a_page_east_of_here_may_already_be_in_tomorrow(rules):
    late = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert rules.decide(rules.start(), {"id": A, **meeting(day="2026-11-23")}, late).kind == "add"


@pytest.mark.parametrize(
    "body",
    [
        meeting(minutes=0),
        meeting(minutes=721),
        meeting(minutes=1.5),
        meeting(day="2026-02-30"),
        meeting(day="20261120"),
        meeting(day="1969-12-31"),
        meeting(entry="short"),
        meeting(people=1),
        meeting(provider="two\nlines"),
        meeting(provider="x" * 201),
        meeting(topics=["gossip"]),
        meeting(kind="peer"),
        series(months=0),
        series(weeks=0),
        series(every="moon"),
        {"do": "aim", "target": C, "hours": float("nan"), "within_months": 12},
        {"do": "aim", "target": C, "hours": 0, "within_months": 12},
        {"do": "follow", "targets": ["no slash"]},
        {"do": "write", "prompt": A, "perspective": "child", "text": "x"},
        {"do": "write", "prompt": "notice", "perspective": "note", "text": "x"},
        {"do": "change", **{key: value for key, value in meeting().items() if key != "do"}},
        {"do": "remove", "of": A},
        {"do": "move", "series": B, "date": "2026-01-15", "to": None},
        {"do": "end", "series": B, "last": None},
        {"do": "share", "form": "log", "audience": "trainer", "events": [A]},
    ],
)
def test_what_no_log_knows_is_refused(rules, body):
    with pytest.raises(Refused):
        after(rules, body)


def test_months_lay_what_was_held_beside_what_was_planned(rules):
    state = after(
        rules,
        series(start="2026-10-15", months=3),
        meeting(A, "2026-10-15", 90),
        meeting(C, "2026-11-20", 150, kind="individual"),
    )

    assert [(one["month"], one["held"], one["planned"], one["due"]) for one in rules.view(state)["months"]] == [
        ("2026-10", 90, 120, 120),
        ("2026-11", 150, 120, 120),
        ("2026-12", 0, 120, 0),
    ]


def test_one_date_of_a_series_can_be_moved_called_off_and_put_back(rules):
    plan = series(start="2026-10-15", months=3)
    move = {"do": "move", "series": B, "date": "2026-11-19"}
    moved = after(rules, plan, {**move, "to": "2026-12-01"})
    off = after(rules, {**move, "to": None}, state=moved)
    back = after(rules, {**move, "to": "2026-11-19"}, state=off)

    assert [one["planned"] for one in rules.view(moved)["months"]] == [120, 0, 240]
    assert [one["date"] for one in rules.view(off)["series"][0]["dates"]] == ["2026-10-15", None, "2026-12-17"]
    assert [one["date"] for one in rules.view(back)["series"][0]["dates"]] == ["2026-10-15", "2026-11-19", "2026-12-17"]


def test_a_series_ends_after_a_day_and_can_go_on_after_all(rules):
    ended = after(rules, series(start="2026-10-15", months=3), {"do": "end", "series": B, "last": "2026-11-01"})
    again = after(rules, {"do": "end", "series": B, "last": None}, state=ended)

    assert len(rules.view(ended)["series"][0]["dates"]) == 1
    assert len(rules.view(again)["series"][0]["dates"]) == 3


def test_the_last_planned_meeting_that_is_not_in_the_log_is_offered(rules):
    plan = series(start="2026-10-15", months=3, provider="M. Rivera")
    before = rules.view(after(rules, plan))["due"]
    held = rules.view(after(rules, plan, meeting(A, "2026-11-19")))["due"]

    assert (before["date"], before["minutes"], before["provider"]) == ("2026-11-19", 120, "M. Rivera")
    assert held is None


def test_a_target_of_ones_own_counts_its_months_back_from_today_and_its_kind_alone(rules):
    aim = {"do": "aim", "target": C, "text": "For the program", "hours": 20, "within_months": 12, "kind": "group"}
    state = after(
        rules,
        aim,
        meeting("1" * 32, "2025-11-22", 60),
        meeting("2" * 32, "2025-11-23", 60),
        meeting("3" * 32, "2026-11-22", 45),
        meeting("4" * 32, "2026-11-01", 500, kind="individual"),
    )

    [shown] = rules.view(state)["aims"]

    assert (shown["held"], shown["hours"], shown["until"], shown["own"]) == (105, 20, "2026-11-22", True)


def test_nothing_it_shows_is_a_verdict(rules):
    aim = {"do": "aim", "target": C, "hours": 1, "within_months": 12, "kind": "any"}

    shown = str(rules.view(after(rules, aim, meeting(minutes=600)))).lower()
    words = " ".join(text for key, text in rules.words.items() if key.startswith("log.")).lower()

    assert not {"eligib", "'met'", "reached", "fulfil", "complete"} & {
        word for word in ("eligib", "'met'", "reached", "fulfil", "complete") if word in shown + words
    }


def test_a_name_counts_as_one_however_it_is_capitalised(rules):
    state = after(rules, meeting(A, provider="M. Rivera"), meeting(B, provider="m. rivera", credential="IMH-E"))

    [one] = rules.view(state)["totals"]["all"]["providers"]

    assert (one["minutes"], one["meetings"], one["credential"]) == (180, 2, "IMH-E")


def test_an_earlier_log_is_brought_in_once(rules):
    bring = {"do": "bring", "text": "date,minutes,kind\n2026-01-02,60,group\n2026-02-03,90,individual\n"}
    state = after(rules, meeting(A, "2026-01-02", 60), bring)
    twice = after(rules, {**bring, "id": "f" * 32}, state=state)

    assert [(entry["date"], entry["minutes"]) for entry in rules.view(twice)["entries"]] == [
        ("2026-02-03", 90),
        ("2026-01-02", 60),
    ]


def test_a_table_with_a_bad_row_brings_in_nothing_and_names_the_row(rules):
    with pytest.raises(Refused, match="Row 3: “1 hour” is no number of minutes"):
        after(rules, {"do": "bring", "text": "date,minutes\n2026-01-02,60\n2026-01-03,1 hour\n"})


IDS = st.sampled_from([A, B, C])
DAYS = st.dates(date(1969, 6, 1), date(2027, 12, 31)).map(str) | st.sampled_from(["", "soon", "2026-02-30"])
NUMBERS = st.integers(-1, 800)
BODIES = st.one_of(
    st.fixed_dictionaries(
        {
            "do": st.sampled_from(["add", "change"]),
            "entry": IDS,
            "date": DAYS,
            "minutes": NUMBERS,
            "kind": st.sampled_from(["individual", "group", "peer"]),
        },
        optional={
            "people": st.none() | st.integers(0, 9),
            "provider": st.text(max_size=5),
            "topics": st.lists(st.sampled_from([*TOPICS, "x"]), max_size=3),
        },
    ),
    st.fixed_dictionaries({"do": st.sampled_from(["remove", "restore"]), "of": IDS}),
    st.fixed_dictionaries(
        {
            "do": st.just("plan"),
            "series": IDS,
            "start": DAYS,
            "minutes": NUMBERS,
            "every": st.sampled_from(["month-weekday", "month-day", "weeks", "moon"]),
            "months": st.integers(0, 30),
            "weeks": st.integers(0, 5),
            "kind": st.just("group"),
        }
    ),
    st.fixed_dictionaries({"do": st.just("move"), "series": IDS, "date": DAYS, "to": st.none() | DAYS}),
    st.fixed_dictionaries({"do": st.just("end"), "series": IDS, "last": st.none() | DAYS}),
    st.fixed_dictionaries({"do": st.just("aim"), "target": IDS, "hours": st.floats(), "within_months": NUMBERS}),
    st.fixed_dictionaries({"do": st.just("follow"), "targets": st.lists(st.sampled_from(["a/b", "x", "c/d"]))}),
    st.fixed_dictionaries({"do": st.just("write"), "prompt": IDS, "perspective": st.just("note"), "text": st.text()}),
    st.fixed_dictionaries({"do": st.just("bring"), "text": st.text() | st.just("date,minutes\n2026-01-02,60")}),
    st.dictionaries(st.sampled_from(["do", "entry", "of"]), st.sampled_from(["add", "x", "", A])),
)


class AnyLog(RuleBasedStateMachine):
    """A log, whatever is sent to it, in whichever order, however often."""

    @initialize()
    def begin(self):
        self.rules = Log(today=lambda: TODAY)
        self.state, self.events, self.number = self.rules.start(), [], 0

    @rule(body=BODIES)
    def send(self, body):
        self.number += 1
        try:
            event = self.rules.decide(self.state, {"id": f"{self.number:032x}", **body}, NOW)
        except Refused:
            return
        self.events.append(event)
        self.state = self.rules.apply(self.state, event)

    @rule()
    def come_late(self):
        """An event of another tab may change nothing that does not fit, and never raises."""
        for event in reversed(self.events):
            self.rules.apply(self.rules.start(), event)

    @invariant()
    def it_adds_up(self):
        view = self.rules.view(self.state)
        held = sum(entry["minutes"] for entry in view["entries"])
        totals = view["totals"]
        assert totals["all"]["minutes"] == held == sum(month["held"] for month in view["months"])
        assert held == sum(one["minutes"] for year, one in totals.items() if year != "all")
        assert held == sum(one["minutes"] for one in totals["all"]["providers"])
        assert all(entry["date"] <= "2026-11-22" and 1 <= entry["minutes"] <= 720 for entry in view["entries"])
        assert all(aim["held"] <= held for aim in view["aims"])
        assert len({entry["id"] for entry in view["entries"]}) == len(view["entries"])

    @invariant()
    def it_is_the_fold_of_its_events(self):
        assert fold(self.rules, self.events) == self.state


TestAnyLog = AnyLog.TestCase
TestAnyLog.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), TODAY), st.integers(1, 720)), max_size=20))
def test_minutes_stay_exact_in_every_sum(pairs):
    rules = Log(today=lambda: TODAY)
    state = after(rules, *(meeting(f"{n:032x}", str(day), minutes) for n, (day, minutes) in enumerate(pairs)))

    assert rules.view(state)["totals"]["all"]["minutes"] == sum(minutes for _, minutes in pairs)
