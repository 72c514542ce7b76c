"""What a room and its pages say to each other, version 1: every message, both ways.

A page holds one WebSocket to its room. Each frame from a page is one JSON object of at most 256 KiB, and one message;
anything else, a list or an unknown key among them, is refused. Nothing in a message says who sends it: the server knows
that from its own cookie (`casework.live.state.Visitor`), and no message gives a right. Each frame to a page is one JSON
object, which is one message, or a JSON array of two or more of them that go together, to be taken in their order: as if
each had come in a frame of its own. `casework.live.frames` reads both ways.

From any page: `Hello` once it is open, `Ping`. From a learner's page: `Act` and `Cast`. From the trainer's page:
`TrainerIntent`. What carries an `id` (32 hexadecimal digits, made by the page) is sent again with the same id until
it is answered by `ack`, `refused` or `unsaved`, and counts once. An activity's own messages travel as they are,
inside `Act` with the activity's place in the agenda; what answers them carries the place, too.

To a page: `Welcome`, `Where`, `Content`, `State`, `OwnEarlier`, `Board`, `Changed`, `Roster`, `Desk`, `Answer`, `Pong`,
`Bye`. Each is the whole of what it tells, and replaces what was told before, so that a page that missed some has missed
nothing; `Changed` alone tells what is different in a board that this very connection was sent. What stands inside them,
key by key, is in `casework.live.told`; which page is sent which is in `casework.live.showing`; the page `docs/live.md`
says it in words.

The version has been 1 since before anything was released. It goes up with the first change after a release that a page
of the version before could not read; a page that says hello with another is told `bye: older` or `newer`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, model_validator

from casework.activity.intents import EventId, Intent, Name
from casework.live.agenda import Agenda, Place  # noqa: TC001  pydantic reads them when the classes are made

PROTOCOL = 1

LONGEST_NAME = 80

CardId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""Names a card on a board, or the words on it; a room makes it."""

Seconds = Annotated[int, Field(ge=5, le=86_400)]

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class Message(BaseModel):
    """What every message has."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def told(self) -> dict[str, Any]:
        """Return it as JSON, as it is sent."""
        return self.model_dump(mode="json", exclude_none=True)


# -- from any page ------------------------------------------------------------------------------------


class Hello(Message):
    """The first message of a page, and again when the name or the language changes."""

    hello: Annotated[int, Field(ge=1, le=1_000)]
    """The version that the page speaks."""
    language: Language = "en"
    name: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    """What a learner wants to be called here, if anything."""


class Ping(Message):
    """The heartbeat."""

    ping: Annotated[int, Field(ge=0, le=2**53)]


# -- from a learner's page ----------------------------------------------------------------------------


class Act(Message):
    """An intent of an activity, with the activity's place in the agenda; its rules read what is inside."""

    place: Place
    intent: Annotated[dict[str, JsonValue], Field(max_length=40)]


class Cast(Intent):
    """Vote for a choice of the walk; the latest counts until the votes are counted."""

    do: Literal["cast"]
    place: Place
    scene: Name
    choice: Name


# -- from the trainer's page --------------------------------------------------------------------------


class Plan(Intent):
    """Give the room its agenda; the server finds the content in its own folder."""

    do: Literal["plan"]
    agenda: Agenda


class Start(Intent):
    """Lead the group out of the waiting room."""

    do: Literal["start"]


class Open(Intent):
    """Bring the group to an activity, for a while or for as long as it takes."""

    do: Literal["open"]
    place: Place
    seconds: Seconds | None = None


class Extend(Intent):
    """Give more time."""

    do: Literal["extend"]
    seconds: Seconds


class Close(Intent):
    """Take no more shares in an activity; what people write there is still kept for themselves."""

    do: Literal["close"]
    place: Place


class Move(Intent):
    """Take the whole group one step on in a walk: the walk's own intent, without an id."""

    do: Literal["move"]
    place: Place
    deed: Annotated[dict[str, JsonValue], Field(max_length=10)]


class Vote(Intent):
    """Let the group vote on the choices that are open where it is in a walk."""

    do: Literal["vote"]
    place: Place


class Count(Intent):
    """Take no more votes at a scene, and count."""

    do: Literal["count"]
    place: Place
    scene: Name


class Reveal(Intent):
    """Show a form to the group: words that were shared with it, or, as ``vote/SCENE``, how it voted."""

    do: Literal["reveal"]
    place: Place
    form: Annotated[str, Field(pattern=r"^(vote/)?[a-z0-9-]{1,100}$")]


class Hold(Intent):
    """Hold the free text of a form back until each card is approved, or no longer."""

    do: Literal["hold"]
    place: Place
    form: Name
    on: bool


class Arrange(Intent):
    """Show a form by prompt, its perspectives hidden, so that a small group reaches the floor; before anyone shares."""

    do: Literal["arrange"]
    place: Place
    form: Name
    merged: bool


class Approve(Intent):
    """Let one card be shown, with the words that it has now."""

    do: Literal["approve"]
    card: CardId
    words: CardId


class Hide(Intent):
    """Take one card off the board, or put it back."""

    do: Literal["hide"]
    card: CardId
    hidden: bool


class Spotlight(Intent):
    """Show one card large, or none."""

    do: Literal["spotlight"]
    card: CardId | None


class Deal(Intent):
    """Deal perspectives of a prompt to the group, evenly."""

    do: Literal["deal"]
    place: Place
    prompt: Name
    perspectives: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20, strict=False)]


class Pace(Intent):
    """Lead the group, or let each go on alone, until a date if one is given."""

    do: Literal["pace"]
    pace: Literal["led", "self"]
    until: Annotated[AwareDatetime, Field(strict=False)] | None = None


class Undo(Intent):
    """Take back the last thing that the group saw happen; it is named, so that a repeat undoes nothing else."""

    do: Literal["undo"]
    act: EventId


class End(Intent):
    """End the session."""

    do: Literal["end"]


TrainerIntent = Annotated[
    Plan
    | Start
    | Open
    | Extend
    | Close
    | Move
    | Vote
    | Count
    | Reveal
    | Hold
    | Arrange
    | Approve
    | Hide
    | Spotlight
    | Deal
    | Pace
    | Undo
    | End,
    Field(discriminator="do"),
]


# -- to a page ----------------------------------------------------------------------------------------


class Welcome(Message):
    """The answer to a hello: what this page is part of."""

    welcome: int = PROTOCOL
    role: Literal["learner", "trainer", "screen"]
    language: Language
    convener: str
    run: str = ""
    """Stands for this person here, and tells nothing of them. What a page keeps on its device, it keeps under it."""
    floor: int
    """How many different people must have shared something unnamed before anyone sees it."""


class Stop(Message):
    """One activity of the agenda, as a page may know it."""

    place: Place
    activity: str
    title: str
    opened: bool
    closed: bool


class Where(Message):
    """Where the group is."""

    where: Literal["waiting", "going", "ended"]
    pace: Literal["led", "self"]
    pace_until: AwareDatetime | None = None
    here: Place | None = None
    """The activity that the group is at."""
    until: AwareDatetime | None = None
    """When its time is up. Nothing ends by itself then: the trainer sees to that."""
    agenda: tuple[Stop, ...]
    """Led: what was opened so far. On one's own, or for the trainer: all of it."""
    votes: tuple[dict[str, Any], ...] = ()
    """The votes that are being taken: where, at which scene, among which choices; a learner's own choice."""
    spotlight: dict[str, Any] | None = None
    """The card that is shown large."""


class Content(Message):
    """What the page of an activity is given and never changes, in its language."""

    place: Place
    about: str = ""
    """What its events concern; activities about the same share their words."""
    content: dict[str, Any]


class State(Message):
    """What the page of an activity shows now: a learner's own; on the screen and to the trainer, the group's way."""

    place: Place
    state: dict[str, Any]


class OwnEarlier(Message):
    """What this page's own person wrote in sessions that this one goes on from; to nobody else's page."""

    place: Place
    earlier: dict[str, list[dict[str, str]]]
    """By cell, ``at`` and ``text``, the latest session first. Empty where there is nothing, or nothing any more."""


class Board(Message):
    """What an activity's answers add up to, as far as this page may see it."""

    place: Place
    board: dict[str, Any]
    """Its ``forms`` and ``votes``. A page that has it is then sent what is different, as `Changed`."""


class Changed(Message):
    """A form of a board that a page has: all but its cards, the cards that are new or different, and what is gone."""

    place: Place
    form: dict[str, Any]
    gone: tuple[str, ...]
    """The cards that are there no longer."""


class Roster(Message):
    """Who is here; to the trainer alone."""

    roster: tuple[dict[str, Any], ...]


class Desk(Message):
    """What the trainer may know of the whole: numbers, and what an undo would take back; to the trainer alone."""

    desk: dict[str, Any]


class Answer(Message):
    """The answer to something with an id; with the place that it was about, if it was about one."""

    place: Place | None = None
    ack: str | None = None
    """It is on disk."""
    refused: str | None = None
    """It never will be; `why` is for the person, and empty where the page was merely behind."""
    unsaved: str | None = None
    """The store is in trouble: send it again."""
    why: str | None = None

    @model_validator(mode="after")
    def _answers_one_thing(self) -> Answer:
        if [self.ack, self.refused, self.unsaved].count(None) != 2:  # noqa: PLR2004  all but one
            raise ValueError("An answer says what came of one thing.")
        return self


class Pong(Message):
    """The heartbeat's answer."""

    pong: int


class Bye(Message):
    """The last message; after it a page does not come back by itself."""

    bye: Literal["ended", "elsewhere", "erased", "full", "newer", "older", "too-much", "unknown"]
    why: str = ""


ToPage = Welcome | Where | Content | State | OwnEarlier | Board | Changed | Roster | Desk | Answer | Pong | Bye
