"""What a group's boards show, to whom, and when."""

from __future__ import annotations

import json

from casework.activity.seeing import BATCH
from casework.live.state import Visitor

WALK = "walk:small"
OBSERVE = "observe:small/at-the-door/small-list"
MAP = "map:small/map"
OTHER = Visitor("ben", "learner")


def test_unnamed_words_are_seen_from_the_floor_on_and_by_the_group_once_revealed(play):
    play.gives("ana", "AAA")
    play.gives("ben", "BBB")
    assert play.texts(play.trainer) == set()
    assert play.form(play.trainer)["counts"]["cells"] == [
        {"cell": "notice/child", "audience": "group_unnamed", "people": 2}
    ]

    play.gives("cam", "CCC")
    assert play.texts(play.trainer) == {"AAA", "BBB", "CCC"}
    assert "CCC" not in play.sent(OTHER)

    play.leads("reveal", place=WALK, form="notice")
    assert play.texts(OTHER) == play.texts(play.screen) == {"AAA", "BBB", "CCC"}


def test_what_comes_later_waits_until_nobody_can_tell_whose_it_is(new_play):
    play = new_play()
    people = [f"learner-{number}" for number in range(3 + BATCH)]
    play.begins(*people)
    for who in people[:3]:
        play.gives(who, f"first {who}")
    play.leads("reveal", place=WALK, form="notice")
    shown = [play.sent(play.screen)]
    for who in people[3:]:
        play.gives(who, f"later {who}")
        shown.append(play.sent(play.screen))

    assert shown[:BATCH] == [shown[0]] * BATCH
    assert len(play.texts(play.screen)) == 3 + BATCH


def test_named_words_carry_the_name_and_only_those(play):
    play.names.update(ana="NAME-ANA", ben="NAME-BEN")
    play.gives("ana", "I am here.", "named", "", "group_named")
    play.gives("ben", "I am here, too.", "named", "", "trainer")
    play.leads("reveal", place=WALK, form="named")

    [card] = play.form(play.screen, "named")["cards"]

    assert (card["text"], card["name"]) == ("I am here.", "NAME-ANA")
    assert "NAME-BEN" not in play.sent(play.screen)
    assert [card.get("name") for card in play.form(play.trainer, "named")["cards"] if card["alias"]] == [None]


def test_cards_stand_in_an_order_that_says_nothing_of_time_and_person(new_play):
    orders = []
    for people in (["a", "b", "c"], ["c", "b", "a"]):
        play = new_play()
        play.begins(*people)
        for who in people:
            play.gives(who, f"words of {who}")
        orders.append([card["text"] for card in play.form(play.trainer)["cards"]])

    assert orders[0] == orders[1]
    assert orders[0] != sorted(orders[0])


def test_the_perspectives_from_which_there_is_nothing_to_show_are_named(play):
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    play.leads("reveal", place=WALK, form="notice")

    assert play.form(play.screen)["quiet"] == ["parent"]
    assert play.form(play.trainer)["counts"]["nobody"] == ["parent"]


def test_a_language_is_told_with_the_words(play):
    play.joins("ana", "es")
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")

    cards = play.form(play.trainer)["cards"]

    assert {card["text"]: card["language"] for card in cards}["words of ana"] == "es"


def test_held_words_wait_for_approval_and_new_words_for_a_new_one(play):
    play.leads("hold", place=WALK, form="notice", on=True)
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    play.leads("reveal", place=WALK, form="notice")
    assert play.texts(play.screen) == set()

    card = next(card for card in play.form(play.trainer)["cards"] if card["text"] == "words of ana")
    play.leads("approve", card=card["id"], words=card["words"])
    assert play.texts(play.screen) == {"words of ana"}

    play.gives("ana", "other words of ana")
    assert play.texts(play.screen) == set()


def test_a_hidden_card_stays_hidden_with_other_words(new_play):
    play = new_play()
    play.begins("ana", "ben", "cam", "dee")
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    play.leads("reveal", place=WALK, form="notice")
    card = next(card for card in play.form(play.trainer)["cards"] if card["text"] == "words of ana")
    play.leads("hide", card=card["id"], hidden=True)
    for who in ("ana", "ben", "dee"):
        play.gives(who, f"other words of {who}")

    assert play.texts(play.screen) == {"words of cam", "other words of ben", "other words of dee"}


def test_a_card_in_the_spotlight_is_one_that_the_group_may_see(play):
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    card = play.form(play.trainer)["cards"][0]
    play.leads("spotlight", card=card["id"])
    assert "spotlight" not in play.told(play.screen, "where")

    play.leads("reveal", place=WALK, form="notice")
    assert play.told(play.screen, "where")["spotlight"]["card"]["text"] == card["text"]


def test_a_long_card_is_cut_on_the_board(play):
    for who in ("ana", "ben", "cam"):
        play.gives(who, "x" * 2_001)

    assert {(len(card["text"]), card["cut"]) for card in play.form(play.trainer)["cards"]} == {(2_000, True)}


def test_before_and_after_are_laid_side_by_side_from_the_floor_on(play):
    people = ["ana", "ben", "cam"]
    for who in people:
        play.gives(who, f"first {who}")
    play.moves("go_on", scene="arrival", step="pause")
    play.moves("choose", scene="arrival", choice="sit")
    play.moves("go_on", scene="floor", step="read")
    for who in people:
        play.gives(who, f"later {who}", "notice-again")
    for form in ("notice", "notice-again"):
        play.leads("reveal", place=WALK, form=form)

    board = play.form(play.screen, "notice-again")
    texts = {card["id"]: card["text"] for card in board["cards"] + play.form(play.screen)["cards"]}

    assert sorted((texts[pair["first"]], texts[pair["later"]]) for pair in board["pairs"]) == [
        (f"first {who}", f"later {who}") for who in people
    ]


def test_a_small_group_reaches_the_floor_with_perspectives_merged(play):
    play.leads("arrange", place=WALK, form="notice", merged=True)
    for who, perspective in (("ana", "child"), ("ben", "parent"), ("cam", "child")):
        play.gives(who, f"words of {who}", perspective=perspective)
    play.leads("reveal", place=WALK, form="notice")

    cards = play.form(play.screen)["cards"]

    assert len(cards) == 3
    assert not any("perspective" in card and card["perspective"] for card in cards)
    play.refuses(
        "shared this already",
        play.trainer,
        {"id": "f" * 32, "do": "arrange", "place": WALK, "form": "notice", "merged": False},
    )


def test_no_page_is_told_a_pseudonym_of_the_store(play):
    people = ["ana", "ben", "cam", "dee", "eli"]
    play = play.__class__(play.room.resolve)
    play.begins(*[f"pseudonym-{who}" for who in people])
    for who in people:
        play.gives(f"pseudonym-{who}", "Words.")
    play.leads("reveal", place=WALK, form="notice")

    for visitor in (Visitor("pseudonym-ana", "learner"), play.screen, play.trainer):
        assert "pseudonym" not in play.sent(visitor)
    assert json.loads(play.sent(play.screen))


def test_a_page_can_name_what_stands_on_a_board_and_loses_what_is_taken_back(play):
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    play.leads("reveal", place=WALK, form="notice")
    play.leads("open", place=OBSERVE)
    told = {one["place"]: one for one in play.messages(play.screen) if "content" in one}
    assert set(told) == {WALK, OBSERVE}
    assert told[WALK]["about"] == "small"
    assert len([one for one in play.messages(play.trainer) if "content" in one]) == len(play.state.led.agenda)

    play.undoes()
    play.undoes()

    assert [one["board"]["forms"] for one in play.messages(play.screen) if "board" in one] == [[]]


def draws(play, who, quality, note=""):
    """Let someone say what is between the child and themselves, and share the map."""
    drawn = [play.does(who, "tie", MAP, one="0-me", other="child", quality=quality)]
    if note:
        drawn.append(play.does(who, "write", MAP, prompt="0-me", perspective="child", text=note))
    play.does(who, "share", MAP, form="map", audience="group_unnamed", events=drawn)


def test_a_map_shows_each_tie_from_the_floor_on_and_nobody_as_a_coder(play):
    walk = {"place": WALK, "activity": "walk", "content": "small"}
    play.leads("plan", agenda=[walk, {"place": MAP, "activity": "map", "content": "small/map"}])
    play.leads("open", place=MAP)
    draws(play, "ana", "close", "She looks up when I come.")
    draws(play, "ben", "both")
    lone = play.does("cam", "tie", MAP, one="0-me", other="0-consultant", quality="close")
    play.does("cam", "share", MAP, form="map", audience="group_unnamed", events=[lone])
    play.leads("reveal", place=MAP, form="map")
    assert play.form(play.screen, "map", MAP)["spreads"] == {}

    draws(play, "dee", "close")
    board = play.form(OTHER, "map", MAP)
    assert board["spreads"] == {"0-me/child": {"people": 3, "values": {"both": 1, "close": 2}}}
    assert board["cards"] == []
    assert board["timeline"] is None


def test_a_card_says_what_it_answers(play):
    play.gives("ana", "I am here.", "named", "", "group_named")
    play.leads("reveal", place=WALK, form="named")

    assert [card["prompt"] for card in play.form(OTHER, "named")["cards"]] == ["named"]


def test_whom_somebody_put_on_their_own_map_is_not_named_by_their_event(play):
    walk = {"place": WALK, "activity": "walk", "content": "small"}
    play.leads("plan", agenda=[walk, {"place": MAP, "activity": "map", "content": "small/map"}])
    play.leads("open", place=MAP)
    add = {"id": play.new_id(), "do": "add", "name": "Aunt", "place": "family"}
    own = play.send(Visitor("ana", "learner"), {"place": MAP, "intent": add})
    drawn = [
        own,
        play.does("ana", "tie", MAP, one="child", other=own, quality="close"),
        play.does("ana", "write", MAP, prompt="child", perspective=own, text="She sings."),
    ]
    play.does("ana", "share", MAP, form="map", audience="trainer", events=drawn)

    [card] = play.form(play.trainer, "map", MAP)["cards"]

    assert card["text"] == "She sings."
    assert not any(event in play.sent(play.trainer) for event in drawn)
    assert [spread["people"] for spread in play.form(play.trainer, "map", MAP)["spreads"].values()] == [1]
