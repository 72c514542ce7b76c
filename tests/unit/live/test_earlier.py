"""One's own words of an earlier session of the same group: on one's own page, and on no other."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from casework.activity.events import Event
from casework.content import Folder
from casework.live.agenda import FolderResolve
from casework.live.earlier import Earlier
from casework.live.showing import Showing
from casework.live.state import Company, Visitor
from twelve import WORKBOOKS
from unit.live.conftest import Play

OCTOBER, SEPTEMBER = datetime(2026, 10, 3, 9, tzinfo=UTC), datetime(2026, 9, 5, 9, tzinfo=UTC)
NUMBERS = iter(range(10_000))


def wrote(text, at=OCTOBER, *, prompt="notice", perspective="child", about="small"):
    body = {"prompt": prompt, "perspective": perspective, "text": text}
    return Event(f"{next(NUMBERS):032x}", "write", about, at, body)


def rated(value, about, at=OCTOBER):
    return Event(f"{next(NUMBERS):032x}", "answer", about, at, {"item": ITEM, "value": value})


def shown(play, who, earlier):
    company = Company(earlier=earlier)
    return [one.told() for one in Showing(play.room, play.state, company).to(Visitor(who, "learner"))]


def told_earlier(messages):
    return {one["place"]: one["earlier"] for one in messages if "earlier" in one}


# -- words ---------------------------------------------------------------------------------------------


def test_the_last_words_of_each_session_count_the_latest_session_first():
    earlier = Earlier.of(
        [[wrote("In September.", SEPTEMBER)], [wrote("A draft."), wrote("In October."), wrote("  ", prompt="body")]]
    )

    assert earlier.words("small") == {
        "notice/child": [
            {"at": OCTOBER.isoformat(), "text": "In October."},
            {"at": SEPTEMBER.isoformat(), "text": "In September."},
        ]
    }
    assert earlier.words("another") == {}


def test_words_that_one_took_back_do_not_come_again():
    assert Earlier.of([[wrote("No."), wrote(" ")]]).words("small") == {}


def test_ones_own_page_shows_them_beside_the_same_question_and_no_other_page_does(play):
    earlier = {"ana": Earlier.of([[wrote("Only Ana's.")]]), "ben": Earlier.of([])}
    company = Company(earlier=earlier)

    pages = {who: shown(play, who, earlier) for who in ("ana", "ben", "cam")}
    others = [Showing(play.room, play.state, company).to(visitor) for visitor in (play.trainer, play.screen)]

    told = told_earlier(pages["ana"])
    assert told == {"walk:small": {"notice/child": [{"at": OCTOBER.isoformat(), "text": "Only Ana's."}]}}
    assert told_earlier(pages["ben"]) == {"walk:small": {}}
    assert told_earlier(pages["cam"]) == {}
    elsewhere = json.dumps([pages["ben"], pages["cam"], *([one.told() for one in told] for told in others)])
    assert "Only Ana's." not in elsewhere


def test_a_room_that_goes_on_from_none_says_nothing_of_it(play):
    assert not any("earlier" in one for one in play.messages(Visitor("ana", "learner")))


# -- rounds --------------------------------------------------------------------------------------------

ITEM = "from-down-there"


@pytest.fixture
def survey():
    """Return a group on its own way through a survey in two rounds, and one that is answered once."""
    play = Play(FolderResolve(Folder(WORKBOOKS)))
    play.joins("ana")
    items = [
        ("survey:how-i-work/before", "how-i-work/before"),
        ("survey:how-i-work/after", "how-i-work/after"),
        ("survey:how-i-work", "how-i-work"),
    ]
    play.leads("plan", agenda=[{"place": at, "activity": "survey", "content": what} for at, what in items])
    play.leads("start")
    play.leads("pace", pace="self")
    return play


def answers(play, place, value):
    play.does("ana", "answer", place=place, item=ITEM, value=value)
    play.does("ana", "finish", place=place)


def state_of(play, place, earlier=None):
    messages = shown(play, "ana", {"ana": earlier} if earlier else {})
    return next(one["state"] for one in messages if one.get("place") == place and "state" in one)


def test_a_later_round_shows_ones_first_answers_once_it_is_ended(survey):
    answers(survey, "survey:how-i-work/before", 2)

    begun = state_of(survey, "survey:how-i-work/after")
    answers(survey, "survey:how-i-work/after", 4)
    ended = state_of(survey, "survey:how-i-work/after")

    assert (begun["again"], begun["earlier"]) == (True, None)
    assert ended["earlier"]["answers"][ITEM]["value"] == 2
    assert state_of(survey, "survey:how-i-work/before")["earlier"] is None


def test_a_later_round_without_a_first_stands_by_itself(survey):
    answers(survey, "survey:how-i-work/after", 4)

    ended = state_of(survey, "survey:how-i-work/after")

    assert (ended["again"], ended["earlier"]) == (False, None)


@pytest.mark.parametrize(
    ("place", "about"),
    [
        ("survey:how-i-work/after", "how-i-work/before"),
        ("survey:how-i-work/before", "how-i-work/before"),
        ("survey:how-i-work", "how-i-work"),
    ],
)
def test_what_one_answered_in_an_earlier_session_is_the_first_round(survey, place, about):
    earlier = Earlier.of([[rated(1, about, SEPTEMBER)], [rated(3, about)], [wrote("Elsewhere.")]])

    begun = state_of(survey, place, earlier)
    answers(survey, place, 5)
    ended = state_of(survey, place, earlier)

    assert (begun["again"], begun["earlier"]) == (True, None)
    assert ended["earlier"]["answers"][ITEM]["value"] == 3
    assert ended["answers"][ITEM]["value"] == 5


def test_a_first_round_of_this_session_goes_before_one_of_an_earlier(survey):
    answers(survey, "survey:how-i-work/before", 2)
    answers(survey, "survey:how-i-work/after", 4)

    ended = state_of(survey, "survey:how-i-work/after", Earlier.of([[rated(5, "how-i-work/before")]]))

    assert ended["earlier"]["answers"][ITEM]["value"] == 2


def test_a_later_map_has_the_first_beside_it(new_play):
    play = new_play()
    play.joins("ana")
    rounds = [("map:small/map/before", "small/map/before"), ("map:small/map/after", "small/map/after")]
    play.leads("plan", agenda=[{"place": at, "activity": "map", "content": what} for at, what in rounds])
    play.leads("start")
    play.leads("pace", pace="self")
    one, other = (each["id"] for each in state_of(play, rounds[0][0])["people"][:2])
    alone = state_of(play, rounds[1][0])["beside"]

    play.does("ana", "tie", place=rounds[0][0], one=one, other=other, quality="close")

    assert alone is None
    assert state_of(play, rounds[1][0])["beside"] is not None
