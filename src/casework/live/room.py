"""The rules of a room: what its people did, folded.

A room joins its `Terms` and what finds its content to the same three functions as every activity: `decide` says what
comes of a message, `apply` folds it, and `casework.live.showing` says what each page sees. Who is who comes from
outside, as a `Visitor`. The rules of the activities are called for each learner with the `Group` that the room makes
for them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from casework.activity.acts import LEADING, Entry, act_of, taken_back
from casework.activity.events import Event
from casework.activity.group import Group
from casework.activity.rules import MOVED_ON
from casework.activity.seeing import Form, Word, settled_audience, share, veiled, word_of
from casework.activity.sharing import WIDTH
from casework.content.words import languages, words
from casework.errors import Refused
from casework.live.dealing import dealt_to
from casework.live.leading import Leading
from casework.live.protocol import Act, Cast
from casework.live.state import ABOUT, Member, RoomState
from casework.live.together import MOVES, meet
from casework.live.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from casework.activity.rules import Rules
    from casework.live.agenda import Asked, Item, Playable, Resolve
    from casework.live.earlier import Earlier
    from casework.live.state import Led, Terms, Visitor


class Room:
    """The rules of a room.

    Parameters
    ----------
    terms : Terms
        What was fixed before it opened.
    resolve : Resolve
        Finds the activity of an item of the agenda, such as `FolderResolve`.
    """

    def __init__(self, terms: Terms, resolve: Resolve) -> None:
        self.terms = terms
        self.resolve = resolve
        self._leading = Leading(self._rules_about)
        self._resolved: tuple[tuple[Item, ...], dict[str, Playable]] = ((), {})

    def start(self) -> RoomState:
        """Return the state before anything happened."""
        return RoomState()

    def fold(self, entries: Iterable[Entry]) -> RoomState:
        """Return the room after its events, as the store gives them: this is how a restart rebuilds it."""
        return reduce(self.apply, entries, self.start())

    # -- content ----------------------------------------------------------------------------------

    def playable(self, led: Led, place: str, language: str | None = None) -> Playable | None:
        """Return the activity that stands at a place of the agenda; None if nothing does."""
        item = next((item for item in led.agenda if item.place == place), None)
        return None if item is None else self.resolve(item, language or item.language)

    def playables(self, agenda: tuple[Item, ...]) -> dict[str, Playable]:
        """Return the activities of an agenda, by place, in the notebook's language."""
        if self._resolved[0] is not agenda:  # it is asked for with every event, and changes hardly ever
            self._resolved = agenda, {item.place: self.resolve(item, item.language) for item in agenda}
        return self._resolved[1]

    def _rules_about(self, agenda: tuple[Item, ...], about: str) -> Rules[Any] | None:
        found = (one.rules for one in self.playables(agenda).values())
        return next((rules for rules in found if rules.about == about), None)

    def _asked(self, led: Led, about: str, form: str) -> Asked | None:
        for one in self.playables(led.agenda).values():
            if one.rules.about == about and form in one.forms:
                return one.forms[form]
        return None

    # -- people -----------------------------------------------------------------------------------

    def join(self, state: RoomState, visitor: Visitor, language: str, at: datetime) -> Entry | None:
        """Return the event with which a learner comes in, or changes their language; None if nothing is new.

        A language that the interface does not speak is the first one.
        """
        known = state.members.get(visitor.id)
        chosen = spoken(language)
        if visitor.role != "learner" or (known and known.language == chosen):
            return None
        number = len(known.joins) if known else 0
        made = veiled(self.terms.secret, "join", visitor.id, str(number), chosen)  # another one in every room
        return Entry(visitor.id, Event(made, "join", ABOUT, at, {"language": chosen}))

    def group(self, state: RoomState, learner: str) -> Group:
        """Return what a learner's rules know of the group."""
        joined = tuple(state.members)
        few = state.led.pace == "led" and len(joined) < self.terms.floor
        return Group(
            self.terms.convener,
            self.terms.widest,
            revealed=state.led.revealed,
            dealt={
                key: dealt[learner]
                for key, deal in state.led.deals.items()
                if learner in (dealt := dealt_to(deal, joined))
            },
            few=few,
        )

    def own_state(self, state: RoomState, learner: str, rules: Rules[Any]) -> Any:  # noqa: ANN401  of any activity
        """Return where a learner is in an activity; who has not begun is where the group is."""
        known = state.members[learner].states
        if rules.about in known:
            return known[rules.about]
        return meet(rules.start(), state.led.walks.get(rules.about))

    def rules_of(self, state: RoomState, learner: str, one: Playable, earlier: Earlier | None = None) -> Rules[Any]:
        """Return the rules by which one learner's page of an activity is drawn: with the first round in sight.

        The first round is the one that they did here, or else in a session that this one goes on from. What is done
        once is set beside what they did in such a session.
        """
        first = one.first
        if first is None or one.beside is None:
            return one.rules
        found = state.members[learner].states.get(first.about) if first.about != one.rules.about else None
        if found is None and earlier is not None:
            found = earlier.state(first)
        return one.rules if found is None else one.beside(found)

    def knows(self, state: RoomState, visitor: Visitor, event_id: str) -> bool:
        """Return whether this person's event with that id is folded already, so that it is only acknowledged again."""
        if (visitor.id, event_id) in state.known:
            return True
        member = state.members.get(visitor.id)
        return member is not None and _is_known(member, event_id)

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: RoomState, entry: Entry) -> RoomState:
        """Return the room after one more event; a repeat, or one that no longer fits, changes nothing."""
        who, event = entry.who, entry.event
        if event.kind in LEADING:
            return state if (who, event.id) in state.known else self._lead(state, entry)
        if event.kind == "join":
            return self._join(state, who, event)
        member = state.members.get(who)
        if member is None or _is_known(member, event.id):
            return state
        return self._cast(state, member, event) if event.kind == "vote" else self._act(state, member, event)

    def _join(self, state: RoomState, who: str, event: Event) -> RoomState:
        member = state.members.get(who) or Member(who, len(state.members))
        if event.id in member.joins:
            return state
        language = event.body.get("language", "en")
        joined = replace(member, language=language, joins=member.joins | {event.id})
        return replace(_with(state, joined), languages={**state.languages, who: language})

    def _cast(self, state: RoomState, member: Member, event: Event) -> RoomState:
        key = event.about, event.body["scene"]
        call = state.led.calls.get(key)
        state = _with(state, replace(member, casts=member.casts | {event.id}))
        if call is None or event.body["choice"] not in call.choices:
            return state
        casts = {**state.votes.get(key, {}), member.id: event.body["choice"]}
        return replace(state, votes={**state.votes, key: casts})

    def _act(self, state: RoomState, member: Member, event: Event) -> RoomState:
        rules = self._rules_about(state.led.agenda, event.about)
        if rules is None:
            return state
        after = rules.apply(self.own_state(state, member.id, rules), event)
        states = {**member.states, event.about: after}
        changed = replace(member, states=states, events={**member.events, event.id: event})
        state = _with(state, changed)
        if event.about not in member.states:
            state = replace(state, began={**state.began, event.about: state.began.get(event.about, 0) + 1})
        return self._share(state, changed, event) if event.kind == "share" else state

    def _share(self, state: RoomState, member: Member, event: Event) -> RoomState:
        form, asked = event.body["form"], self._asked(state.led, event.about, event.body["form"])
        audience = event.body["audience"]
        if asked is None or audience not in WIDTH:
            return state
        widest = Group("", self.terms.widest).offers(asked.offered)
        settled = settled_audience(audience, widest)
        before = state.forms.get((event.about, form), Form())
        named = (one for each in event.body["events"] if (one := member.events.get(each)))
        word = word_of(event, member.id, named, settled, merged=before.merged, language=member.language)
        after = share(before, member.id, word, self.terms.floor)
        return replace(state, forms={**state.forms, (event.about, form): after})

    def _lead(self, state: RoomState, entry: Entry) -> RoomState:
        event, act = entry.event, act_of(entry.event)
        state = replace(state, known=state.known | {(entry.who, event.id)})
        if act == "undo":
            return self._undo(state, str(event.body.get("act")))
        if act == "arrange":
            return _arranged(state, event)
        if act == "vote":
            state = replace(state, votes={**state.votes, (event.about, event.body["scene"]): {}})
        led = self._leading.apply(state.led, event)
        return self._gather(replace(state, led=led, acts=(*state.acts, entry)), state.led)

    def _undo(self, state: RoomState, act_id: str) -> RoomState:
        acts = taken_back(state.acts, act_id)
        if acts is None:
            return state
        return self._gather(replace(state, led=self._leading.fold(acts), acts=acts), state.led)

    def _gather(self, state: RoomState, before: Led) -> RoomState:
        """Bring everyone to where the group is, if it moved, or if it is led again."""
        led = state.led
        if led.pace == "self" or (led.walks == before.walks and led.pace == before.pace):
            return state
        return replace(state, members={who: _met(one, led.walks) for who, one in state.members.items()})

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: RoomState, visitor: Visitor, message: object, at: datetime) -> Entry:
        """Return the event that a page's message asks for.

        Parameters
        ----------
        state : RoomState
            The room.
        visitor : Visitor
            Whose page sent it.
        message : Act, Cast, or an intent of the trainer
            What `casework.live.frames.read_message` made of the frame.
        at : datetime
            When it arrived, UTC.

        Raises
        ------
        Refused
            If the rules do not allow it now. The sentence is for the person, and empty where the page was behind.
        """
        match message:
            case Act() if visitor.role == "learner":
                event = self._decide_act(state, visitor, message, at)
            case Cast() if visitor.role == "learner":
                event = self._decide_cast(state, visitor, message, at)
            case _ if visitor.role == "trainer":
                event = Trainer(self, spoken(visitor.language)).decide(state, message, at)
            case _:
                raise Refused(words(spoken(visitor.language))["live.unknown"])
        return Entry(visitor.id, event)

    def _decide_act(self, state: RoomState, visitor: Visitor, message: Act, at: datetime) -> Event:
        member, led = self._member(state, visitor), state.led
        said = words(member.language)
        found = self.playable(led, message.place, member.language)
        if found is None:
            raise Refused(said["live.gone"])
        if not is_open(led, message.place):
            raise Refused(said["live.not_open"])
        if led.pace == "led" and found.led and message.intent.get("do") in MOVES:
            raise Refused(MOVED_ON)
        own = self.own_state(state, member.id, found.rules)
        event = found.rules.decide(own, message.intent, at, self.group(state, member.id))
        if event.kind == "share":
            self._may_share(state, member, message.place, event)
        return event

    def _may_share(self, state: RoomState, member: Member, place: str, event: Event) -> None:
        """Raise `Refused` once sharing is over, unless it makes what was shared narrower."""
        led = state.led
        late = led.phase == "ended" or place in led.closed or (led.pace_until is not None and event.at > led.pace_until)
        form = state.forms.get((event.about, event.body["form"]), Form())
        said = form.words.get(member.id, Word("private")).audience
        if late and WIDTH.index(event.body["audience"]) >= max(WIDTH.index(said), 1):
            raise Refused(words(member.language)["live.closed"])

    def _decide_cast(self, state: RoomState, visitor: Visitor, message: Cast, at: datetime) -> Event:
        self._member(state, visitor)
        found = self.playable(state.led, message.place)
        call = None if found is None else state.led.calls.get((found.rules.about, message.scene))
        if found is None or call is None or not call.taking or message.choice not in call.choices:
            raise Refused(MOVED_ON)
        body = {"scene": message.scene, "choice": message.choice}
        return Event(message.id, "vote", found.rules.about, at, body, content_hash=found.rules.content_hash)

    def _member(self, state: RoomState, visitor: Visitor) -> Member:
        if visitor.id not in state.members:
            raise Refused(words(spoken(visitor.language))["live.unknown"])
        return state.members[visitor.id]


def spoken(language: str) -> str:
    """Return a language if the interface speaks it, and else the first that it speaks."""
    return language if language in languages() else languages()[0]


def is_open(led: Led, place: str) -> bool:
    """Return whether learners may work on what stands at a place: it was opened, or each goes on alone."""
    return led.phase != "waiting" and (place in led.opened or led.pace == "self")


def _is_known(member: Member, event_id: str) -> bool:
    return event_id in member.events or event_id in member.casts or event_id in member.joins


def _with(state: RoomState, member: Member) -> RoomState:
    return replace(state, members={**state.members, member.id: member})


def _met(member: Member, walks: Mapping[str, Any]) -> Member:
    states = {about: meet(own, walks.get(about)) for about, own in member.states.items()}
    return replace(member, states=states)


def _arranged(state: RoomState, event: Event) -> RoomState:
    key = event.about, event.body["form"]
    form = state.forms.get(key, Form())
    if form.words:
        return state
    return replace(state, forms={**state.forms, key: replace(form, merged=event.body["merged"])})
