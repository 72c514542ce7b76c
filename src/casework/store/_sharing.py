"""Who may see what: pure rules over what authors said, what was revealed, and the floor.

- The latest share of a learner for a form governs. Others see exactly the events that it names, never an earlier
  version, and never that somebody shared, took, declined or stepped out.
- ``trainer``: the trainer of the run sees it under a pseudonym.
- ``group_named``: the trainer sees it with the name its author chose; the group does, too, once it is revealed.
- ``group_unnamed``: in each cell, nobody sees anything before the floor is reached. From then on the trainer sees it
  without an author, and once it is revealed, the group sees it, too, with a pseudonym that holds for this form alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.activity.sharing import WIDTH
from casework.store.records import LEADING, SharedEvent, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NEVER = frozenset({"share", "take", "decline", "step_out", "come_back"}) | LEADING
"""Kinds that are shown to nobody else, even if a share names them."""

_PSEUDONYM = 16  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Word:
    """An author's latest word on who may see a form."""

    learner_id: str
    about: str
    form: str
    audience: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An event that its author gave to an audience."""

    word: Word
    id: str
    kind: str
    body: Mapping[str, Any]

    @property
    def cell(self) -> str:
        """The cell that it is shown in."""
        return cell_of(self.body)

    @property
    def spot(self) -> tuple[str, str, str]:
        """What it is about, its form and its cell."""
        return self.word.about, self.word.form, self.cell


@dataclass(slots=True)
class Settled:
    """What was settled in a run: the latest word for each form, and what was revealed."""

    words: dict[tuple[str, str, str], Word] = field(default_factory=dict)
    revealed: set[tuple[str, str, str | None]] = field(default_factory=set)
    """What it is about, the form, and the cell, or None for the whole form."""

    def take(self, learner_id: str, kind: str, about: str, body: Mapping[str, Any], share: str) -> None:
        """Take one more event that settles something, in the order in which they were accepted."""
        form = body.get("form")
        if kind not in {"share", "reveal"} or not isinstance(form, str):
            return
        if kind == "reveal":
            cell = body.get("cell")
            self.revealed.add((about, form, cell if isinstance(cell, str) else None))
            return
        audience = share if share in WIDTH else "private"
        named = body.get("events") or ()
        events = tuple(each for each in named if isinstance(each, str)) if isinstance(named, list | tuple) else ()
        self.words[learner_id, about, form] = Word(learner_id, about, form, audience, events)

    def is_revealed(self, about: str, form: str, cell: str) -> bool:
        """Return whether a cell was revealed to the group, alone or with its whole form."""
        return not self.revealed.isdisjoint({(about, form, None), (about, form, cell)})


def cell_of(body: Mapping[str, Any]) -> str:
    """Return the cell of an answer: its prompt or item, its perspective and its round, joined by ``/``."""
    prompt = body.get("prompt") or body.get("item") or ""
    parts = [prompt, body.get("perspective") or "", body.get("round") or ""]
    return "/".join(str(part) for part in parts).rstrip("/")


def visible(  # noqa: PLR0913  what it depends on, and nothing else
    given: Iterable[Given], *, trainer: bool, settled: Settled, floor: int, secret: str, names: Mapping[str, str]
) -> list[SharedEvent]:
    """Return what a trainer, or else the group and its screen, may see; in an order that tells nothing.

    Parameters
    ----------
    given : iterable of Given
        Everything that the latest words give to an audience.
    trainer : bool
        Whether the trainer of the run reads, rather than the group.
    settled : Settled
        What was revealed.
    floor : int
        How many authors a cell needs before anything unnamed in it is shown.
    secret : str
        The run's own secret, which pseudonyms come from.
    names : Mapping[str, str]
        What learners call themselves.
    """
    given = list(given)
    crowded = {spot for spot, authors in _authors(given, "group_unnamed").items() if len(authors) >= floor}
    found = []
    for each in given:
        revealed = settled.is_revealed(*each.spot)
        audience = each.word.audience
        seen = {
            "trainer": trainer,
            "group_named": trainer or revealed,
            "group_unnamed": each.spot in crowded and (trainer or revealed),
        }
        if seen.get(audience, False):
            found.append(_shown(each, revealed=revealed, secret=secret, names=names))
    return sorted(found, key=lambda each: (each.about, each.form, each.cell, each.id))


def tallies(given: Sequence[Given], words: Iterable[Word]) -> list[Tally]:
    """Return how many people gave something, by cell and audience, and how many keep a form to themselves."""
    found = [
        Tally(*spot, audience, len(authors))
        for audience in WIDTH[1:]
        for spot, authors in _authors(given, audience).items()
    ]
    kept: dict[tuple[str, str], int] = defaultdict(int)
    for word in words:
        kept[word.about, word.form] += word.audience == "private"
    found += [Tally(about, form, "", "private", people) for (about, form), people in kept.items() if people]
    return sorted(found, key=lambda each: (each.about, each.form, each.cell, WIDTH.index(each.audience)))


def _authors(given: Sequence[Given], audience: str) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for each in given:
        if each.word.audience == audience:
            found[each.spot].add(each.word.learner_id)
    return found


def event_name(secret: str, each: Given) -> str:
    """Return what names something given, to whoever may see it."""
    return _event_name(secret, each.word, each.id)


def _event_name(secret: str, word: Word, event_id: str) -> str:
    return veiled(secret, "event", word.about, word.form, word.audience, word.learner_id, event_id)


def _body(secret: str, each: Given) -> Mapping[str, Any]:
    """Return a body that names other events of its author's as they are shown: what corrects a mark names the mark."""
    mark = each.body.get("mark")
    return {**each.body, "mark": _event_name(secret, each.word, mark)} if isinstance(mark, str) else each.body


def _shown(each: Given, *, revealed: bool, secret: str, names: Mapping[str, str]) -> SharedEvent:
    word, (about, form, cell) = each.word, each.spot
    named = word.audience == "group_named"
    unknown = word.audience == "group_unnamed" and not revealed
    # With the audience in it, words that were shared with a name and then without are not linked either.
    author = veiled(secret, "author", about, form, word.audience, word.learner_id)
    return SharedEvent(
        id=event_name(secret, each),
        about=about,
        form=form,
        cell=cell,
        kind=each.kind,
        body=_body(secret, each),
        audience=word.audience,
        author=None if unknown else author,
        name=names.get(word.learner_id) if named else None,
        revealed=revealed,
    )


def veiled(secret: str, *what: str) -> str:
    """Return what stands for something: always the same for the same, and telling nothing of it."""
    return hmac.new(secret.encode(), json.dumps(what).encode(), hashlib.sha256).hexdigest()[:_PSEUDONYM]
