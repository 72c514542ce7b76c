"""What somebody left, in words: the questions, answers and steps as the content and the interface name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.activity.log import ABOUT as LOG
from casework.activity.map import CONSULTANT, ME
from casework.content import Case, Checklist, Survey
from casework.content.markdown import to_plain
from casework.content.people import RelationshipMap
from casework.content.words import words as words_in
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from casework.content import Folder
    from casework.store import OwnEvent

_ID = re.compile(r"[0-9a-f]{32}")
_FOR_PROGRAMS = frozenset({"clock", "x", "y", "on", "events"})
"""What is in every data file, and says nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How what somebody did with one piece of content is told.

    Parameters
    ----------
    title : str
        What the content is called; its id, where it is gone.
    words : Mapping[str, str]
        The interface's words in the learner's language.
    names : Mapping[str, str]
        What the content calls things, by their ids; an option's id stands behind its question's, with a slash.
    things : Mapping[str, str]
        What somebody made themselves, by its id: a step of a plan, a meeting, a person on a map.
    """

    title: str
    words: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)

    def question(self, place: Mapping[str, Any]) -> str:
        """Return what somebody wrote an answer to: the question, from which perspective or in which field."""
        asked, where = str(place.get("prompt") or ""), str(place.get("perspective") or "")
        beat, _, number = asked.partition("-")
        if beat in {"beat", "second"} and number.isdecimal():
            return f"{self.words['observe.note']} ({asked})"
        told = [self._name(asked), self._part(asked, where)]
        return ". ".join(filter(None, told if where not in self.names else reversed(told)))

    def _part(self, asked: str, where: str) -> str:
        note, _, number = where.partition("-")
        if note == "note":
            return self.words["plan.note"] if number else self.words["log.note"]
        column = f"{asked}/{number}"
        if column in self.names:
            return f"{self.names[column]} {note}"
        return self.words.get(f"plan.{where}") or self._name(where)

    def step(self, event: OwnEvent) -> tuple[str, str]:
        """Return what somebody did, and with what, each with the id that it has in the data file."""
        did = self.words.get(f"site.did_{event.kind}", event.kind.replace("_", " "))
        return did, "; ".join(self._details(event.body))

    def _details(self, body: Mapping[str, Any]) -> Iterator[str]:
        item = str(body.get("item") or "")
        for name, value in body.items():
            told = None if name in _FOR_PROGRAMS else self._value(item, value)
            if told:
                yield f"{self.words.get(f'site.field_{name}', name.replace('_', ' '))}: {told}"

    def _value(self, item: str, value: Any) -> str:  # noqa: ANN401  as JSON has it
        if isinstance(value, dict):
            pairs = ((self._value(item, name), self._value(item, one)) for name, one in value.items())
            return ", ".join(f"{name}: {one}" for name, one in pairs)
        if isinstance(value, list):
            return ", ".join(filter(None, (self._value(item, one) for one in value)))
        if value is None or value == "":
            return ""
        text = str(value)
        name = self.names.get(f"{item}/{text}") or self._name(text)
        if name in {text, ""} or _ID.fullmatch(text):
            return name
        return f"{name} ({text})"

    def _name(self, what: str) -> str:
        """Return what something is called; nothing for an id that means something to programs alone."""
        words = next((self.words[key] for key in (f"site.value_{what}", f"plan.how_{what}") if key in self.words), "")
        found = self.names.get(what) or self.things.get(what) or words or self.words.get(f"map.quality_{what}", what)
        return "" if _ID.fullmatch(found) else found


def naming(folder: Folder, about: str, events: Iterable[OwnEvent], language: str) -> Naming:
    """Return how what somebody did with some content is told.

    Parameters
    ----------
    folder : Folder
        Where the content is; where it is gone, ids stand for it.
    about : str
        What the events concern.
    events : iterable of OwnEvent
        What somebody did.
    language : str
        The learner's language.
    """
    words = words_in(language)
    names = {ME: words["map.me"], CONSULTANT: words["map.consultant"]}
    title = words["log.title"] if about == LOG else about
    for number, document in enumerate(_documents(folder, about, language)):
        names |= dict(_names(document))
        title = document.title if number == 0 else title
    if about.endswith("/plan"):
        title = words["plan.title"].format(title=title)
    return Naming(title, words, names, dict(_things(events, words)))


def _documents(folder: Folder, about: str, language: str) -> Iterator[Any]:
    first, *_, last = [*about.split("/"), about.split("/", maxsplit=1)[0]] if "/" not in about else about.split("/")
    finders: tuple[tuple[Callable[[str, str], Any], str], ...] = (
        (folder.find_case, first),
        (folder.find_survey, first),
        (folder.find_map, first),
        (folder.find_checklist, last),
    )
    for find, name in finders:
        for spoken in dict.fromkeys((language, "en")):  # what is not translated yet is told as it is
            try:
                yield find(name, spoken)
                break
            except ContentError:  # it is about something else, or gone
                continue


def _names(document: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  any kind of content
    match document:
        case Case():
            yield from ((prompt.id, to_plain(prompt.prompt)) for _, prompt in document.prompts())
            for scene in document.scenes:
                yield from ((choice.id, to_plain(choice.text)) for choice in scene.choices or ())
            called: list[Any] = [*document.people, *document.perspectives]  # an id can be both
            yield from ((one.id, one.name) for one in called)
        case Survey():
            for item in document.items:
                yield item.id, to_plain(item.text)
                for option in (*(item.options or ()), *(item.piles or ()), *(item.columns or ())):
                    yield f"{item.id}/{option.id}", to_plain(option.text)
        case RelationshipMap():
            yield from ((one.id, one.name) for one in document.people)
        case Checklist():
            yield from ((item.id, to_plain(item.text)) for item in document.items)


def _things(events: Iterable[OwnEvent], words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    steps = 0
    for event in events:
        body = event.body
        match event.kind:
            case "add" | "change" if "entry" in body:
                yield str(body["entry"]), str(body.get("date", ""))
            case "add" if "name" in body:
                yield event.id, str(body["name"])
            case "add":
                steps += 1
                yield event.id, words["plan.step"].format(at=steps)
            case "plan":
                yield str(body.get("series", "")), str(body.get("start", ""))
