"""What people in a room can do, and what each page of it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.live.room import Room
from casework.live.showing import touched, welcome
from casework.live.state import Terms, Visitor
from unit.live.conftest import AT

WALK = "walk:small"
OBSERVE = "observe:small/at-the-door/small-list"
OTHER = Visitor("ben", "learner")


# -- where the group is -------------------------------------------------------------------------------


def test_a_waiting_room_shows_nothing_of_the_agenda_to_learners(new_play):
    play = new_play()
    visitor = play.joins("ana")
    play.leads("plan", agenda=[{"place": WALK, "activity": "walk", "content": "small"}])

    assert play.messages(visitor) == [
        {"where": "waiting", "pace": "led", "agenda": [], "votes": []},
    ]


def test_everyone_is_where_the_group_is(play):
    play.writes("ana", "Small hands.")
    play.moves("go_on", scene="arrival", step="pause")
    play.moves("choose", scene="arrival", choice="sit")

    for visitor in (Visitor("ana", "learner"), play.joins("late"), play.screen, play.trainer):
        state = play.told(visitor, "state")["state"]
        assert (state["scene"], state["step"], state["visited"]) == ("floor", "read", ["arrival", "floor"])
    assert play.told(Visitor("ana", "learner"), "state")["state"]["responses"]["notice/child"]["text"] == "Small hands."


def test_a_learner_does_not_move_alone_in_a_group_that_is_led(play):
    play.refuses(
        "^$", OTHER, {"place": WALK, "intent": {"id": "f" * 32, "do": "go_on", "scene": "arrival", "step": "pause"}}
    )


def test_each_goes_on_alone_when_the_group_is_not_led(play):
    play.leads("pace", pace="self", until="2026-12-01T00:00:00+00:00")
    play.does("ana", "go_on", scene="arrival", step="pause")

    assert play.told(Visitor("ana", "learner"), "state")["state"]["step"] == "turn"
    assert play.told(OTHER, "state")["state"]["step"] == "pause"
    assert len(play.told(OTHER, "where")["agenda"]) == 3


def test_the_group_is_together_again_when_it_is_led_again(play):
    play.leads("pace", pace="self")
    play.does("ana", "go_on", scene="arrival", step="pause")
    play.does("ana", "choose", scene="arrival", choice="leave")
    play.leads("pace", pace="led")

    state = play.told(Visitor("ana", "learner"), "state")["state"]

    assert (state["scene"], state["step"], state["visited"]) == ("arrival", "pause", ["arrival", "street"])


def test_stepping_out_is_a_learners_own_and_nobody_is_told(play):
    before = [play.sent(OTHER), play.sent(play.screen)]
    play.does("ana", "step_out")

    assert play.told(Visitor("ana", "learner"), "state")["state"]["steppedOut"]
    assert [play.sent(OTHER), play.sent(play.screen)] == before


def test_nothing_can_be_done_before_it_is_open(new_play):
    play = new_play()
    visitor = play.joins("ana")
    play.leads("plan", agenda=[{"place": WALK, "activity": "walk", "content": "small"}])
    message = {"place": WALK, "intent": {"id": "f" * 32, "do": "start"}}

    play.refuses("not open yet", visitor, message)
    play.refuses("no longer part", visitor, message | {"place": "walk:other"})


def test_words_that_arrive_after_the_group_went_on_are_kept(play):
    play.leads("close", place=WALK)
    play.leads("open", place="observe:small/at-the-door/small-list")

    event = play.writes("ana", "Late words.")

    assert event in play.state.members["ana"].events


def test_sharing_ends_with_the_activity_and_withdrawing_does_not(play):
    event = play.gives("ana", "Mine.")
    late = play.writes("ben", "Late.")
    play.leads("close", place=WALK)

    play.refuses("Sharing has ended", OTHER, share(late))
    play.shares("ana", audience="private")
    play.refuses("Sharing has ended", Visitor("ana", "learner"), share(event))


def test_sharing_ends_at_the_date_of_a_room_on_its_own(play):
    play.leads("pace", pace="self", until="2026-11-01T00:00:00+00:00")
    event = play.writes("ben", "Late.")

    play.refuses("Sharing has ended", OTHER, share(event))


def share(*events, audience="group_unnamed", form="notice"):
    intent = {"id": "f" * 32, "do": "share", "form": form, "audience": audience, "events": list(events)}
    return {"place": WALK, "intent": intent}


def test_time_is_a_deadline_that_can_be_extended(play):
    play.leads("open", place=WALK, seconds=60)
    play.leads("extend", seconds=30)

    assert play.told(OTHER, "where")["until"] == "2026-11-22T09:01:30Z"
    assert play.state.led.until == play.entries[-1].event.at + timedelta(seconds=90)


# -- who sees what ------------------------------------------------------------------------------------


def lead(do, **body):
    return {"id": "f" * 32, "do": do, **body}


def test_a_group_under_the_floor_is_not_offered_to_share_unnamed(new_play):
    play = new_play(floor=5)
    play.begins("ana", "ben", "cam")
    event = play.writes("ben", "Words.")
    forms = play.told(OTHER, "state")["state"]["sharing"]["forms"]

    assert (forms["notice"]["widest"], forms["named"]["widest"]) == ("trainer", "group_named")
    play.refuses("too few people", OTHER, share(event))


# -- votes --------------------------------------------------------------------------------------------


def vote(play, **choices):
    play.moves("go_on", scene="arrival", step="pause")
    play.leads("vote", place=WALK)
    for who, choice in choices.items():
        cast(play, who, choice)


def cast(play, who, choice):
    message = {"id": play.new_id(), "do": "cast", "place": WALK, "scene": "arrival", "choice": choice}
    return play.send(Visitor(who, "learner"), message)


def votes(play, visitor):
    boards = [one["board"]["votes"] for one in play.messages(visitor) if "board" in one]
    return [vote for board in boards for vote in board]


def test_votes_are_counted_before_anyone_sees_them(play):
    vote(play, ana="sit", ben="leave", cam="leave", dee="sit")
    cast(play, "dee", "leave")
    assert votes(play, play.trainer)[0]["voted"] == 4
    assert "counts" not in votes(play, play.trainer)[0] or votes(play, play.trainer)[0]["counts"] is None
    assert play.told(OTHER, "where")["votes"][0]["own"] == "leave"
    play.refuses("still voting", play.trainer, lead("reveal", place=WALK, form="vote/arrival"))

    play.leads("count", place=WALK, scene="arrival")
    assert votes(play, play.trainer)[0]["counts"] == {"sit": 1, "leave": 3}
    assert votes(play, play.screen) == []

    play.leads("reveal", place=WALK, form="vote/arrival")
    assert votes(play, play.screen)[0]["counts"] == {"sit": 1, "leave": 3}
    assert "voted" not in votes(play, play.screen)[0]


def test_fewer_votes_than_the_floor_are_a_number_only(play):
    vote(play, ana="sit", ben="leave")
    play.leads("count", place=WALK, scene="arrival")
    play.leads("reveal", place=WALK, form="vote/arrival")

    assert (votes(play, play.trainer)[0]["voted"], votes(play, play.trainer)[0]["counts"]) == (2, None)
    assert votes(play, play.screen)[0].get("counts") is None


def test_a_vote_is_over_when_the_group_moves_on(play):
    vote(play, ana="sit")
    play.moves("choose", scene="arrival", choice="sit")

    play.refuses("^$", OTHER, {"id": "f" * 32, "do": "cast", "place": WALK, "scene": "arrival", "choice": "sit"})


# -- undo ---------------------------------------------------------------------------------------------


def test_the_last_public_act_can_be_taken_back(play):
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    play.leads("reveal", place=WALK, form="notice")
    play.leads("hold", place=WALK, form="body", on=True)
    play.undoes()

    assert "words of ana" not in play.sent(play.screen)
    assert play.told(play.trainer, "desk")["desk"]["undo"]["did"] == "move"


def test_taking_back_a_step_of_the_walk_brings_everyone_back(play):
    play.undoes()

    assert play.told(OTHER, "state")["state"]["step"] == "read"
    assert play.told(play.screen, "state")["state"]["step"] == "read"


def test_undo_that_comes_twice_takes_back_one_thing(play):
    act = play.told(play.trainer, "desk")["desk"]["undo"]["act"]
    play.leads("undo", act=act)

    play.refuses("^$", play.trainer, lead("undo", act=act))


# -- who may do what ----------------------------------------------------------------------------------


@pytest.mark.parametrize("visitor", [OTHER, Visitor("the-screen", "screen"), Visitor("nobody", "learner")])
def test_only_the_trainer_leads(play, visitor):
    play.refuses("unknown", visitor, lead("reveal", place=WALK, form="notice"))


def test_the_trainer_does_nothing_in_a_learners_place(play):
    message = {
        "place": WALK,
        "intent": {"id": "f" * 32, "do": "write", "prompt": "body", "perspective": "", "text": "."},
    }

    play.refuses("unknown", play.trainer, message)


def test_who_never_joined_does_nothing(play):
    stranger = Visitor("stranger", "learner")
    message = {
        "place": WALK,
        "intent": {"id": "f" * 32, "do": "write", "prompt": "body", "perspective": "", "text": "."},
    }

    play.refuses("does not know", stranger, message)


def test_an_agenda_is_refused_where_the_server_cannot_show_it(new_play):
    play = new_play()
    item = {"place": WALK, "activity": "walk", "content": "smal"}

    play.refuses("small", play.trainer, lead("plan", agenda=[item]))
    play.refuses("twice", play.trainer, lead("plan", agenda=[item | {"content": "small"}] * 2))
    play.refuses("which is none of", play.trainer, lead("plan", agenda=[item | {"activity": "dance"}]))
    play.refuses("no agenda", play.trainer, lead("start"))


def test_content_that_is_another_version_on_the_server_is_told_to_the_trainer(new_play):
    play = new_play()
    play.leads("plan", agenda=[{"place": WALK, "activity": "walk", "content": "small", "content_hash": "0" * 64}])

    assert play.told(play.trainer, "desk")["desk"]["changed"] == [WALK]


def test_a_room_is_the_same_after_a_restart(play, resolve):
    play.gives("ana", "Small hands.")
    play.leads("deal", place=WALK, prompt="notice", perspectives=["child", "parent"])
    play.joins("late")

    assert Room(play.room.terms, resolve).fold(play.entries) == play.state


def test_a_repeat_is_one_event(play):
    was = play.state
    for entry in play.entries:
        assert play.room.apply(was, entry) is was


def test_only_those_whom_it_concerns_are_touched(play):
    before = play.state
    event = play.writes("ana", "Small hands.")
    assert touched(before, play.state, "ana", 3) == {"ana"}

    before = play.state
    play.shares("ana", event)
    assert touched(before, play.state, "ana", 3) == {"ana"}

    before = play.state
    play.leads("reveal", place=WALK, form="notice")
    assert touched(before, play.state, "the-trainer", 3) is None


def test_whoever_joins_changes_the_pages_of_others_only_where_the_floor_is_reached(play):
    there = len(play.state.members)
    before = play.state
    play.joins("late")
    assert touched(before, play.state, "late", there) == {"late"}
    assert touched(before, play.state, "late", there + 1) is None
    assert touched(before, play.state, "late", there + 2) == {"late"}


def test_the_desk_counts_who_began_also_after_a_restart(play):
    play.writes("ana", "Small hands.")
    play.writes("ana", "Small hands, again.")
    play.writes("ben", "A coat.")
    play.state = play.room.fold(play.entries)
    assert play.told(play.trainer, "desk")["desk"]["answered"] == {WALK: 2}


def test_a_person_has_one_page_whatever_the_visit(play):
    runs = {welcome(play.room, play.state, Visitor(who, "learner")).run for who in ("a", "b", "a")}
    assert len(runs) == 2


def test_the_event_with_which_one_joins_is_another_in_every_room(resolve):
    rooms = [Room(Terms("Ana Ruiz", secret), resolve) for secret in ("a secret", "another")]
    ana = Visitor("ana", "learner")

    first, again, elsewhere = (room.join(room.start(), ana, "en", AT).event.id for room in (*rooms[:1], *rooms))

    assert first == again
    assert first != elsewhere
