"""What else a group does in a random session beside its walk: a survey and a map in two rounds, and an observation."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from casework.live.state import Visitor
from oracle import FLOOR, WHOLE, Oracle
from unit.live.test_room_machine import PEOPLE, WALK, Sessions

OBSERVE = "observe:small/at-the-door/small-list"
ROUNDS = ["survey:brief/before", "survey:brief/after", "map:small/map/before", "map:small/map/after", OBSERVE]
AGENDA = [
    {"place": place, "activity": place.partition(":")[0], "content": place.partition(":")[2]}
    for place in [WALK, *ROUNDS]
]

people = st.sampled_from(PEOPLE)
places = st.sampled_from(ROUNDS)
audiences = st.sampled_from(["private", "trainer", "group_unnamed", "group_unnamed", "group_unnamed", "group_named"])


def form_at(place):
    return WHOLE[place.partition(":")[0]]


class Rounds(Sessions):
    """Sessions with an agenda of every activity that is shared as one."""

    def __init__(self, new_play):
        super().__init__(new_play)
        self.play.leads("plan", agenda=AGENDA)
        playables = self.play.room.playables(self.play.state.led.agenda)
        self.rules = {place: one.rules for place, one in playables.items()}
        self.about = {place: rules.about for place, rules in self.rules.items()}

    def oracle(self):
        places = {about: place for place, about in self.about.items()}
        return Oracle(self.play.entries, self.approved, self.hidden, places)

    def act_at(self, who, at, do, /, **body):
        intent = {"id": self.play.new_id(), "do": do, **body}
        return self.attempt(Visitor(who, "learner"), {"place": at, "intent": intent})

    def marker(self):
        return f"MARK{next(self.markers)}END"

    @rule(place=places)
    def opens_a_round(self, place):
        self.lead("open", place=place)

    @rule(who=people, place=places, number=st.integers(1, 5))
    def does_something(self, who, place, number):
        {"survey": self.answers, "map": self.draws, "observe": self.marks}[place.partition(":")[0]](who, place, number)

    def answers(self, who, place, number):
        self.act_at(who, place, "answer", item=("often", "tired")[number % 2], value=number)
        self.act_at(who, place, "answer", item="which", value=["one", "two"][: number % 3])
        prompt = ("words", "only-mine")[number // 5]
        self.act_at(who, place, "write", prompt=prompt, perspective="", text=self.marker())

    def draws(self, who, place, number):
        quality = ["close", "strained", "both", "distant", "unknown"][number - 1]
        others = ["0-me", self.act_at(who, place, "add", name=f"OWN-{who[-3:]}", place="family")]
        other = others[number % 2] or "0-me"
        self.act_at(who, place, "tie", one="child", other=other, quality=quality)
        self.act_at(who, place, "write", prompt="child", perspective=other, text=self.marker())

    def marks(self, who, place, number):
        self.act_at(who, place, "begin", when=1_700_000_000_000)
        self.act_at(who, place, "at_beat", beat=number % 3)
        self.act_at(who, place, "mark", item=("waits", "names")[number % 2], beat=number % 3, clock=float(number))
        self.act_at(who, place, "write", prompt=f"beat-{number % 3}", perspective="", text=self.marker())

    @rule(who=people, place=places, audience=audiences)
    def shares_all_of_it(self, who, place, audience):
        if who not in self.play.state.members:
            return
        own = self.play.room.own_state(self.play.state, who, self.rules[place])
        told = self.rules[place].view(own, self.play.room.group(self.play.state, who))
        events = [] if audience == "private" else told["events"]
        self.act_at(who, place, "share", form=form_at(place), audience=audience, events=events)

    @rule(place=places, several=st.integers(FLOOR - 1, FLOOR + 3), number=st.integers(1, 5), reveal=st.booleans())
    def many_do_it_and_share_it(self, place, several, number, reveal):
        self.opens_a_round(place)
        for at, who in enumerate(list(self.play.state.members)[:several]):
            self.does_something(who, place, (number + at) % 5 + 1)
            self.shares_all_of_it(who, place, "group_unnamed")
        if reveal:
            self.reveals_a_round(place)

    @rule(place=places)
    def reveals_a_round(self, place):
        self.lead("reveal", place=place, form=form_at(place))

    @rule(place=places, on=st.booleans())
    def holds_a_round(self, place, on):
        self.lead("hold", place=place, form=form_at(place), on=on)
