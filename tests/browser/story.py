"""One session with six people, led over the protocol; pages that are open follow it. `states` brings it through all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
from group import OBSERVE, WALK, Leader, Somebody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from conftest import Server

REFLECT, RATED, SORTED, MAP = (
    "reflect:first-goodbye:missing",
    "survey:what-holds-us",
    "survey:in-the-way",
    "map:around-one-child/map",
)
WORKBOOK = "every-state"
CELLS = (
    (
        'import casework as cw\n\nsession = cw.Session("every-state", language="{language}")\n'
        'case = session.case("first-goodbye")\nsession.group()'
    ),
    "case.walk()",
    'case.reflect("missing")',
    'session.checklist("everyday-interaction").observe(case, "at-the-door")',
    'session.survey("what-holds-us").answer()',
    'session.survey("in-the-way").answer()',
    'session.map("around-one-child")',
)
TITLES = {"en": "Every state of a room", "es": "Todos los estados de una sala"}
AGENDA = [
    {"place": WALK, "activity": "walk", "content": "first-goodbye"},
    {"place": REFLECT, "activity": "reflect", "content": "first-goodbye", "options": {"prompts": ["missing"]}},
    {"place": OBSERVE, "activity": "observe", "content": OBSERVE.partition(":")[2]},
    {"place": RATED, "activity": "survey", "content": "what-holds-us"},
    {"place": SORTED, "activity": "survey", "content": "in-the-way"},
    {"place": MAP, "activity": "map", "content": "around-one-child/map"},
]
NAMES = ("Marisol", "Thu Hà", "", "Consuelo Fernández de la Vega", "", "")
LONG = (
    "The clock over the stove says ten to four, and Trinh has seen me see it. She is already in her uniform; one "
    "sleeve is still turned in. Khoai has both hands around the one boot as if it could leave by itself."
)
SAID = (
    "She looks at the boot, not at the face.",
    "My own shoulders, up by my ears. I noticed when the door closed.",
    "La niña ya tiene los zapatos puestos, y nadie se ha movido.",
    LONG,
    "The wet wool smell.",
    "Nobody says the word goodbye.",
)
VIEWS = ("child", "parent", "child", "parent", "child", "parent")
PICKS = ("the-words", "first-to-go", "no-door", "not-well", "who-knew")


def write_workbook(folder: Path) -> None:
    """Put the workbook into a folder that shows everything a group can do, in both languages."""
    for language, title in TITLES.items():
        book = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python"}})
        book.cells = [nbformat.v4.new_markdown_cell(f"# {title}")]
        book.cells += [nbformat.v4.new_code_cell(cell.format(language=language)) for cell in CELLS]
        nbformat.write(book, folder / language / f"{WORKBOOK}.ipynb")


class Story:
    """A room with six people, who are led through everything; `me` is the one whose page is looked at.

    Parameters
    ----------
    server : Server
        Where the room is.
    leaving : ExitStack
        Lets everybody leave in the end.
    language : str
        In which the pages are read.
    """

    def __init__(self, server: Server, leaving: ExitStack, language: str = "en") -> None:
        self.leader = Leader(server, leaving)
        self.code = self.leader.open_room(workbook=WORKBOOK)
        tongues = (language, "en", "es", "en", "en", "es")
        self.people = [
            Somebody(server, leaving).join(self.code, name, tongue) for name, tongue in zip(NAMES, tongues, strict=True)
        ]
        self.me, *self.others = self.people

    def listens(self) -> None:
        """Let everybody hear what there is to hear: whoever never listens is taken to be gone."""
        for one in (self.leader, *self.people):
            catch_up(one)

    def leads(self, deed: str, /, place: str = "", **more: object) -> None:
        """Lead; nothing may be refused."""
        self.leader.leads(deed, **({"place": place} if place else {}), **more)

    def moves(self, deed: str, /, **more: object) -> None:
        """Take the group a step on in the walk."""
        self.leader.moves(deed, **more)

    def goes_on(self, scene: str, *steps: str) -> None:
        """Go on through some steps of a scene."""
        for step in steps:
            self.moves("go_on", scene=scene, step=step)

    def all_give(self, prompt: str, *, views: bool = False, again: str = "") -> None:
        """Let all but me write, and share it."""
        for one, said, view in zip(self.others, SAID[1:], VIEWS[1:], strict=True):
            one.gives(prompt, said + again, view if views else "")

    def shares(self, one: Somebody, place: str, audience: str = "group_unnamed") -> None:
        """Share what somebody did in an activity that is shared as one."""
        state = state_of(one, place)
        for form in state["sharing"]["forms"]:
            acted(one.do("share", place=place, form=form, audience=audience, events=state["events"]))

    def card(self, place: str, form: str, nth: int = 0) -> dict[str, Any]:
        """Return a card of a form, as the trainer's page has it."""
        return cards_of(self.leader, place, form)[nth]


def acted(answer: Mapping[str, Any]) -> str:
    """Return the id of what is stored now; nothing may be refused."""
    assert "ack" in answer, answer
    return str(answer["ack"])


def state_of(one: Somebody, place: str) -> dict[str, Any]:
    """Return what an activity shows to somebody, with all that they did."""
    catch_up(one)
    return next(told["state"] for told in reversed(one.told) if told.get("place") == place and "state" in told)


def cards_of(one: Somebody, place: str, form: str) -> list[dict[str, Any]]:
    """Return the cards of a form, with all that was told of them."""
    catch_up(one)
    cards: dict[str, dict[str, Any]] = {}
    for told in one.told:
        if told.get("place") == place and "board" in told:
            found = [each for each in told["board"]["forms"] if each["form"] == form]
            cards = {card["id"]: card for each in found for card in each["cards"]}
        elif told.get("place") == place and "gone" in told and told["form"]["form"] == form:
            cards |= {card["id"]: card for card in told["form"]["cards"]}
            cards = {name: card for name, card in cards.items() if name not in told["gone"]}
    return sorted(cards.values(), key=lambda card: str(card["text"]))


def catch_up(one: Somebody) -> None:
    """Let somebody hear all that there is to hear."""
    number = len(one.told)
    one.say({"ping": number})
    one.hear(lambda told: told.get("pong") == number)
