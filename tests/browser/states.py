"""Every state that a room can be in, in the order in which one session comes through them.

Each says what stands on a learner's page, on the screen and on the trainer's page once they have come to it; a page of
which it says nothing shows nothing that it did not show before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

from group import OBSERVE, WALK, Somebody
from story import AGENDA, MAP, PICKS, RATED, REFLECT, SAID, SORTED, VIEWS, Story, acted, cards_of, catch_up, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class State:
    """One state of a room: how the group comes to it, and what each page shows then."""

    name: str
    come: Callable[[Story], None]
    shown: Mapping[str, str]
    """By page (``phone``, ``screen``, ``desk``): a selector of what is there then."""
    pressed: Mapping[str, tuple[str, ...]]
    """By page: what is pressed there, before one looks."""


STATES: list[State] = []


def state(
    phone: str = "", screen: str = "", desk: str = "", *, press: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[Callable[[Story], None]], Callable[[Story], None]]:
    """Add a state; it is called as its function is."""

    def add(come: Callable[[Story], None]) -> Callable[[Story], None]:
        told = {"phone": phone, "screen": screen, "desk": desk}
        shown = {page: selector for page, selector in told.items() if selector}
        STATES.append(State(come.__name__, come, shown, press or {}))
        return come

    return add


def of(form: str, inside: str = "") -> str:
    """Return a selector of a form's board, or of something on it."""
    return f'.board[data-form="{form}"] {inside}'.strip()


def panel(form: str, inside: str = "") -> str:
    """Return a selector of a form on the desk, or of something in it."""
    return f'.form-panel[data-form="{form}"] {inside}'.strip()


@state(phone=".waiting", screen=".join .code", desk=".join-panel .ways", press={"desk": (".keys > summary",)})
def waiting(_: Story) -> None:
    """Nothing has begun."""


@state(phone=".soon", screen=".said h1", desk=".next .minutes")
def begun(story: Story) -> None:
    """The session has begun, and nothing is open."""
    story.leads("plan", agenda=AGENDA)
    story.leads("start")


@state(phone="[data-activity=walk] .group-waits", screen=".sheets h1", desk=".next")
def at_the_start_of_a_walk(story: Story) -> None:
    """The case is about to begin, with everyone."""
    story.leads("open", WALK, seconds=1200)


@state(
    phone="[data-activity=walk] .story",
    screen=".sheets .story",
    desk=".stage",
    press={"phone": (".introduce-fold > summary",)},
)
def in_a_scene(story: Story) -> None:
    """A scene is read."""
    story.moves("start")


@state(phone='[data-cell="notice/"]', screen=".question-on-wall", desk=panel("wonder", ".warning"))
def at_a_pause(story: Story) -> None:
    """People are about to write."""
    story.goes_on("the-mat", "turn")
    story.goes_on("clothespins", "turn")
    story.goes_on("ten-to-four", "read")


@state(
    phone=".invited",
    desk=panel("wonder", ".deal"),
    press={"desk": (panel("wonder", ".form-tools [aria-expanded=false]"),)},
)
def dealt(story: Story) -> None:
    """Perspectives are dealt."""
    story.leads("deal", WALK, prompt="wonder", perspectives=["child", "parent"])


@state(phone=".swap", press={"phone": (".invited .row button:nth-child(2)",)})
def swapping(_: Story) -> None:
    """Somebody looks which other perspective to take."""


@state(phone=".taken", press={"phone": (".swap button:nth-child(2)",)})
def taken(story: Story) -> None:
    """Somebody has taken one."""
    acted(story.me.do("take", prompt="wonder", perspective="parent"))


@state(phone=".share .row", desk=panel("notice", '[aria-pressed="true"]'))
def written(story: Story) -> None:
    """Words are written and not shared, and the trainer will look through what comes."""
    acted(story.me.do("decline", prompt="wonder"))
    story.leads("hold", WALK, form="notice", on=True)
    story.leads("arrange", WALK, form="missing", merged=False)
    written_by_me = story.me.do("write", prompt="notice", perspective="", text=SAID[0])
    acted(written_by_me)
    acted(story.me.do("write", prompt="wonder", perspective="child", text="The door is very tall from down here."))


@state(phone='.share[data-audience="group_unnamed"]', desk=panel("notice", ".card-tools .plain"))
def shared(story: Story) -> None:
    """All have shared, but two who keep it or give it to the trainer; the trainer has not let anything through."""
    event = state_of(story.me, WALK)["responses"]["notice/"]["id"]
    acted(story.me.do("share", form="notice", audience="group_unnamed", events=[event]))
    story.all_give("notice")
    story.all_give("wonder", views=True)
    acted(story.others[0].do("share", form="missing", audience="private", events=[]))
    story.others[1].gives("missing", "Her father, on the boat. He has not said goodbye to anybody.", audience="trainer")


@state(phone=of("notice", ".gentle"), screen=".sheets .gentle", desk=panel("notice", ".form-tools .tag"))
def shown_and_held(story: Story) -> None:
    """What is shown to the group is empty, since nothing was let through."""
    story.leads("reveal", WALK, form="notice")


@state(phone=of("notice", ".card"), screen=".card", desk=panel("notice", ".card-tools .tag"))
def let_through(story: Story) -> None:
    """Some of it was let through, and one card was hidden again."""
    for card in cards_of(story.leader, WALK, "notice")[:4]:
        story.leads("approve", card=card["id"], words=card["words"])
    story.leads("hide", card=story.card(WALK, "notice", 3)["id"], hidden=True)


@state(phone=".spotlight", screen=".lit", desk=".card[data-lit]")
def lit(story: Story) -> None:
    """One card is shown large."""
    story.leads("spotlight", card=story.card(WALK, "notice", 2)["id"])


@state(phone=of("wonder", ".card"), screen=".from", desk=panel("wonder", ".card"))
def by_perspective(story: Story) -> None:
    """What was written from each perspective is shown; from two of them nobody did."""
    story.leads("spotlight", card=None)
    story.leads("hold", WALK, form="notice", on=False)
    story.leads("reveal", WALK, form="wonder")


@state(phone=".talked", screen=".choices-on-wall", desk=".next .others")
def at_a_turn(story: Story) -> None:
    """The group talks about where to go."""
    story.goes_on("ten-to-four", "pause")


@state(phone=".vote", screen=".care-on-wall")
def voting(story: Story) -> None:
    """The group votes."""
    story.leads("vote", WALK)


@state(phone='.vote [aria-pressed="true"]', desk=".next .others .plain")
def voted(story: Story) -> None:
    """People have voted."""
    for one, choice in zip(story.people, cycle(("stay-on-the-mat", "ask-trinh", "ask-trinh")), strict=False):
        acted(one.do("cast", place=WALK, scene="ten-to-four", choice=choice))


@state(phone=".board[data-vote]", screen=".bars", desk=".board[data-vote]")
def vote_shown(story: Story) -> None:
    """The votes are counted, and shown."""
    story.leads("count", WALK, scene="ten-to-four")
    story.leads("reveal", WALK, form="vote/ten-to-four")


@state(phone="[data-activity=walk] .story", screen=".chosen-way", desk=".stage")
def on_the_way_taken(story: Story) -> None:
    """The group went one way; what it was shown before is folded away."""
    story.moves("choose", scene="ten-to-four", choice="stay-on-the-mat")


@state(phone='[data-cell="notice-again/"]', screen=".question-on-wall", desk=panel("notice-again"))
def asked_again(story: Story) -> None:
    """The second round: first words stand beside."""
    story.goes_on("one-boot-on", "turn")
    story.goes_on("the-bank-drawer", "read", "pause", "turn")
    story.goes_on("folded-arms", "turn")
    story.goes_on("not-boot", "read")
    for number, one in enumerate(story.people):
        view = VIEWS[number]
        one.gives("notice-again", f"{SAID[number]} And now the sleeve.")
        one.gives("wonder-again", "It was never about the boot. I would have said so, had anybody asked me.", view)


@state(phone=".card[data-pair]", screen=".card[data-pair]", desk=panel("notice-again", ".card[data-pair]"))
def before_and_after(story: Story) -> None:
    """Pairs of first and later words are shown."""
    story.leads("reveal", WALK, form="notice-again")


@state(phone="[data-activity=reflect] textarea", screen=".question-on-wall", desk=panel("missing"))
def reflecting(story: Story) -> None:
    """A prompt by itself."""
    story.leads("open", REFLECT)


@state(phone="[data-activity=observe] .main", screen=".said", desk=".agenda [aria-current=step]")
def about_to_observe(story: Story) -> None:
    """A moment is about to be watched."""
    story.leads("open", OBSERVE, seconds=70)


@state(phone="[data-activity=observe] button.item")
def observing(story: Story) -> None:
    """Somebody marks what they see."""
    acted(story.me.do("begin", place=OBSERVE, when=1_700_000_000_000))
    acted(story.me.do("at_beat", place=OBSERVE, beat=2))
    acted(story.me.do("mark", place=OBSERVE, item="points-out", beat=2, clock=3.0))


MARKED = (
    ("points-out", (2, 2, 2, 2, 2, 2)),
    ("makes-a-turn", (3, 3, None, 3, None, None)),
    ("holds-both", (0, 1, 1, None, 1, 1)),
    ("says-a-strength", (3, 3, 3, 3, 3, None)),
    ("watches-with", (5, None, 5, None, None, 5)),
    ("builds-on", (0, 0, None, None, None, 0)),
    ("finds-pleasure", (1, None, None, None, 1, 1)),
)


@state(phone="[data-activity=observe] .share", desk=panel("coding"))
def observed(story: Story) -> None:
    """All have marked, and shared it."""
    for number, one in enumerate(story.people):
        if one is not story.me:
            acted(one.do("begin", place=OBSERVE, when=1_700_000_000_000))
        for clock, (item, beats) in enumerate(MARKED):
            if (beat := beats[number]) is not None:
                acted(one.do("at_beat", place=OBSERVE, beat=beat))
                acted(one.do("mark", place=OBSERVE, item=item, beat=beat, clock=10.0 * clock))
        acted(one.do("finish", place=OBSERVE))
        story.shares(one, OBSERVE)


@state(phone=".coded .spot", screen=".coded .spot", desk=panel("coding", ".spot"))
def where_they_differed(story: Story) -> None:
    """Where they saw it differently is shown."""
    story.leads("reveal", OBSERVE, form="coding")


@state(phone="[data-activity=survey] [type=radio]", screen=".said")
def answering(story: Story) -> None:
    """A survey is open."""
    story.leads("open", RATED)
    acted(story.me.do("answer", place=RATED, item="fever-at-seven", value=4))


def answer_all(story: Story) -> None:
    """Let everybody answer, and share it."""
    items = state_items(story.me, RATED)
    for number, one in enumerate(story.people):
        for at, item in enumerate(items):
            if item["kind"] == "rated":
                acted(one.do("answer", place=RATED, item=item["id"], value=1 + (at * 3 + number * (at % 3 + 1)) % 5))
        acted(one.do("write", place=RATED, prompt="an-hour-later", perspective="", text=SAID[number]))
        acted(one.do("finish", place=RATED))
        story.shares(one, RATED)


def state_items(one: Somebody, place: str) -> list[dict[str, Any]]:
    """Return the items of a survey, as a page is given them."""
    catch_up(one)
    told = next(told["content"] for told in one.told if told.get("place") == place and "content" in told)
    items: list[dict[str, Any]] = told["items"]
    return items


@state(phone="[data-activity=survey] .share", desk=panel("survey"))
def answered(story: Story) -> None:
    """All have answered, and shared it."""
    answer_all(story)


@state(phone=".spreads .bars", screen=".spreads .bars", desk=panel("survey", ".bars"))
def spread_out(story: Story) -> None:
    """How many gave which answer is shown."""
    story.leads("reveal", RATED, form="survey")


@state(phone="[data-activity=survey]", screen=".said")
def sorting(story: Story) -> None:
    """Cards are to be put into piles."""
    story.leads("open", SORTED)


@state(phone=of("survey", ".bars"), screen=".bars", desk=panel("survey", ".bars"))
def named(story: Story) -> None:
    """How many named which of several is shown, with words."""
    for number, one in enumerate(story.people):
        picks = [PICKS[(number + step) % len(PICKS)] for step in (0, 1, 3)]
        acted(one.do("answer", place=SORTED, item="on-the-table", value=picks))
        acted(one.do("write", place=SORTED, prompt="without-asking", perspective="", text=SAID[number]))
        acted(one.do("finish", place=SORTED))
        story.shares(one, SORTED)
    story.leads("reveal", SORTED, form="survey")


@state(phone="[data-activity=map] .stage", screen=".said")
def drawing(story: Story) -> None:
    """A map is drawn."""
    story.leads("open", MAP)
    acted(story.me.do("tie", place=MAP, one="child", other="me", quality="close"))


@state(phone="[data-activity=map] .share", desk=panel("map"))
def drawn(story: Story) -> None:
    """All have drawn, and shared it."""
    for number, one in enumerate(story.people):
        acted(one.do("tie", place=MAP, one="child", other="first-grown-up", quality="both"))
        acted(one.do("write", place=MAP, prompt="child", perspective="first-grown-up", text=SAID[number]))
        acted(one.do("finish", place=MAP))
        story.shares(one, MAP)


@state(phone=of("map"), screen=".sheets", desk=panel("map"))
def drawn_and_shown(story: Story) -> None:
    """What was written on the maps is shown."""
    story.leads("reveal", MAP, form="map")


@state(phone=".boards > details:not([open]) > summary", desk=".agenda .tag")
def closed(story: Story) -> None:
    """Nothing more can be shared."""
    story.leads("close", MAP)


@state(phone=".agenda .stops", screen=".titles", desk=".next")
def alone(story: Story) -> None:
    """Each goes on alone, until a day."""
    story.leads("pace", pace="self", until="2030-03-07T17:30:00Z")


@state(
    phone=".the-end",
    screen=".said",
    desk=".next .sure[role=group]",
    press={"desk": (".next .sure .quiet",)},
)
def ended(story: Story) -> None:
    """The session is over."""
    story.leads("pace", pace="led")
    story.leads("end")


@state(phone=".bye a.button", desk="section .story")
def over(story: Story) -> None:
    """The room is closed, and says so."""
    story.leader.get(f"group/desk?room={story.leader.room}")
    story.leader.post(f"rooms/{story.leader.room}/close", page="/")
