"""What a board makes of what may be seen: spreads, and where coders differed."""

from __future__ import annotations

import hypothesis
from hypothesis import strategies as st

from casework.activity.seeing import (
    Form,
    Given,
    Word,
    cell_of,
    next_batch,
    settled_audience,
    share,
    share_all,
    veiled,
    veiler,
)
from casework.live.board import spreads, timeline
from casework.live.state import Visitor

OBSERVE = "observe:small/at-the-door/small-list"


def given(author, kind="write", event="e", audience="group_unnamed", **body):
    cell = cell_of(kind, body)
    return Given(author, "about", "form", cell, audience, f"{author}-{event}", kind, "en", body)


def test_ratings_are_spread_over_the_scale_item_by_item():
    seen = [given(who, "answer", item="hope", value=value) for who, value in (("a", 2), ("b", 2), ("c", 5))]
    seen.append(given("a", "answer", item="needs", value=["sleep", "food"]))

    assert spreads(seen) == {
        "hope": {"people": 3, "values": {"2": 2, "5": 1}},
        "needs": {"people": 1, "values": {"food": 1, "sleep": 1}},
    }


def test_of_an_item_of_strain_only_whole_batches_are_counted_whoever_looks():
    def shown(people):
        seen = [given(who, "answer", item="tired", value=4, audience="trainer") for who in "abcdefghijk"[:people]]
        seen.append(given("a", "answer", item="hope", value=2, audience="trainer"))
        return spreads(seen, frozenset({"tired"}), floor=5)

    assert [shown(people).get("tired", {}).get("people") for people in (1, 4, 5, 7, 8, 10, 11)] == [
        None,
        None,
        5,
        5,
        8,
        8,
        11,
    ]
    assert shown(8)["tired"]["values"] == {"4": 8}
    assert shown(1)["hope"]["people"] == 1


def test_the_timeline_begins_where_coders_differed_most():
    seen = [given(who, "mark", "1", item="waits", beat=0) for who in "abcd"]
    seen += [given(who, "mark", "2", item="waits", beat=2) for who in "ab"]
    seen += [given("a", "mark", "3", item="names", beat=1), given("b", "mark", "4", item="names", beat=0)]
    seen.append(given("b", "correct", "5", mark="b-4", item=None, beat=1))
    seen += [given("c", "answer", "6", item="smiles", interval=3, answer="yes")]

    told = timeline(seen)

    assert told["coders"] == 4
    assert [(row["item"], row["beat"], row["interval"], row["people"]) for row in told["marks"]] == [
        ("names", 1, None, 2),
        ("waits", 2, None, 2),
        ("smiles", None, 3, 1),
        ("waits", 0, None, 4),
    ]


def test_who_shared_unnamed_did_not_share_with_the_trainer():
    assert settled_audience("group_unnamed", "trainer") == "private"
    assert settled_audience("group_named", "trainer") == "trainer"
    assert settled_audience("group_named", "group_unnamed") == "group_unnamed"
    assert settled_audience("trainer", None) == "private"


def test_withdrawn_words_go_at_once_and_new_ones_wait():
    words = [given(who, prompt="notice", perspective="child", text=who) for who in "abcdefg"]
    ready = next_batch((), words[:3], 3)
    assert ready == set(words[:3])

    assert next_batch(ready, words[1:5], 3) == set(words[1:3])
    assert next_batch(ready, words[1:6], 3) == set(words[1:6])


def test_each_cell_waits_for_its_own_floor():
    form = Form()
    for who, perspective in (("a", "child"), ("b", "child"), ("c", "parent"), ("d", "child")):
        one = given(who, prompt="notice", perspective=perspective, text=who)
        form = share(form, who, Word("group_unnamed", (one,)), 3)

    assert {cell: {one.author for one in ready} for cell, ready in form.ready.items()} == {
        "notice/child": {"a", "b", "d"},
        "notice/parent": set(),
    }


GIVEN = st.lists(st.tuples(st.sampled_from(["child", "parent"]), st.integers(0, 2)), max_size=4)
SHARES = st.lists(
    st.tuples(
        st.sampled_from("abcdef"), st.sampled_from(["private", "trainer", "group_unnamed", "group_unnamed"]), GIVEN
    )
)


@hypothesis.given(SHARES, st.sampled_from([1, 3, 4]))
def test_sharing_again_and_again_shows_what_looking_at_all_of_it_each_time_would(shares, floor):
    form, words, naive, said = Form(), {}, {}, []
    for author, audience, told in shares:
        some = tuple(
            given(author, event=f"{view}{number}", audience=audience, prompt="notice", perspective=view)
            for view, number in told
            if audience != "private"
        )
        said.append((author, Word(audience, some)))
        form, words[author] = share(form, author, Word(audience, some), floor), some
        for cell in ("notice/child", "notice/parent"):
            now = [one for word in words.values() for one in word if one.cell == cell]
            now = [one for one in now if one.audience == "group_unnamed"]
            naive[cell] = next_batch(naive.get(cell, ()), now, floor)

    for cell in ("notice/child", "notice/parent"):
        assert form.ready.get(cell, frozenset()) == naive.get(cell, frozenset())
    assert share_all(Form(), said, floor) == form


@hypothesis.given(st.text(max_size=80), st.lists(st.text(), min_size=1), st.text())
def test_names_made_in_great_numbers_are_those_made_one_by_one(secret, what, last):
    assert veiler(secret, *what)(last) == veiled(secret, *what, last)


def test_the_same_words_are_one_thing_in_whatever_language_and_other_words_are_not():
    one = given("ana", prompt="notice", text="The door.")

    assert one == one._replace(language="es")
    assert not one != one._replace(language="es")  # noqa: SIM202  the two have to go together
    assert len({one, one._replace(language="es"), one._replace(audience="trainer"), one._replace(body={})}) == 3


def test_what_coders_marked_is_seen_from_the_floor_on(play):
    play.leads("open", place=OBSERVE)
    marks = {}
    for who in ("ana", "ben", "cam"):
        play.does(who, "begin", OBSERVE)
        marks[who] = play.does(who, "mark", OBSERVE, item="waits", beat=0, clock=1.0)
    for who in ("ana", "ben"):
        play.does(who, "share", OBSERVE, form="coding", audience="group_unnamed", events=[marks[who]])
    play.leads("reveal", place=OBSERVE, form="coding")
    assert play.form(play.screen, "coding", OBSERVE)["timeline"] is None

    play.does("cam", "share", OBSERVE, form="coding", audience="group_unnamed", events=[marks["cam"]])
    told = play.form(Visitor("ana", "learner"), "coding", OBSERVE)["timeline"]
    assert (told["coders"], told["marks"][0]["people"]) == (3, 3)
