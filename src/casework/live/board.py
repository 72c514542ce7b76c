"""What may be shown to whom: pure functions over what was shared, which `casework.activity.seeing` has the rules of.

Everything on a board is drawn from `seen`, and from nothing else: what a reader may not see is not there to be drawn.
Only the counts for the trainer (`counts`) are made of the rest, and they hold numbers alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from casework.activity.observe import FORM as CODING
from casework.activity.seeing import BATCH, FLOOR, authors, card_of, cell_of, lets_see, seen, veiled, words_of
from casework.activity.sharing import WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from casework.activity.seeing import Form, Given, Reader
    from casework.live.agenda import Asked
    from casework.live.state import Led, Terms

LONGEST_CARD = 2_000
"""Characters of a card; what is longer is cut on the board, and nowhere else."""

_WRITTEN = frozenset({"write"})
_RATED = frozenset({"answer", "rate", "tie"})
_MARKED = frozenset({"mark", "start_state"})
_SPOT = "item", "beat", "second", "interval"
_OWN = re.compile(r"[0-9a-f]{32}")
"""Whom somebody put on their own map is named by the event that did so, which nobody else is told."""


# -- one form -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at a form, and as of when."""

    reader: Reader
    about: str
    asked: Asked
    led: Led
    terms: Terms
    names: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """What it is about, and the form."""
        return self.about, self.asked.form

    @property
    def revealed(self) -> bool:
        """Whether the form was revealed."""
        return self.key in self.led.revealed

    def seen(self, form: Form) -> list[Given]:
        """Return what the reader may see."""
        found = seen(form, self.reader, revealed=self.revealed, floor=self.terms.floor)
        return (
            found if self.reader == "trainer" else [one for one in found if lets_see(self.led, self.terms.secret, one)]
        )

    def card(self, one: Given) -> str:
        """Return what names a card: the same while its author writes it anew, and another in every form."""
        return card_of(self.terms.secret, one)

    def words(self, one: Given) -> str:
        """Return what names the words on a card."""
        return words_of(self.terms.secret, one)

    def told(self, cell: str) -> str:
        """Return a cell, or a part of one, without anybody's event."""
        return _OWN.sub(lambda own: veiled(self.terms.secret, "own", own[0]), cell)


class Cards:
    """The cards of one form as one reader sees them, kept from one drawing to the next.

    A card that still says the same is the same object, so that whoever writes it out need not do so again.
    """

    def __init__(self) -> None:
        self._drawn: dict[int, tuple[Given, dict[str, Any]]] = {}
        self._of: tuple[Any, ...] = ()

    def of(self, look: Look, form: Form, visible: Iterable[Given]) -> list[dict[str, Any]]:
        """Return the cards of what a reader may see, in their order."""
        of = look.led, look.names, form.merged
        if len(self._of) != len(of) or any(now is not then for now, then in zip(of, self._of, strict=True)):
            self._of, self._drawn = of, {}
        before = self._drawn
        drawn = [before.get(id(one)) or (one, _card(look, form, one)) for one in visible if one.kind in _WRITTEN]
        self._drawn = {id(each[0]): each for each in drawn}
        return sorted([card for _, card in drawn], key=itemgetter("id"))


def form_board(
    look: Look, form: Form, earlier: tuple[Look, Form] | None = None, cards: Cards | None = None
) -> dict[str, Any]:
    """Return the board of one form, as JSON.

    Parameters
    ----------
    look : Look
        Who looks.
    form : Form
        What was shared of it.
    earlier : tuple of Look and Form, optional
        The form that this one asks again.
    cards : Cards, optional
        Those of this form for this reader, as they were kept.
    """
    visible = look.seen(form)
    board: dict[str, Any] = {
        "form": look.asked.form,
        "again": look.asked.again,
        "merged": form.merged,
        "revealed": look.revealed,
        "cards": (cards or Cards()).of(look, form, visible),
        "quiet": _quiet(look, form, visible),
        "spreads": {
            look.told(item): spread
            for item, spread in spreads(visible, look.asked.spread_only, look.terms.floor).items()
        },
        "timeline": timeline(visible) if look.asked.form == CODING else None,
        "pairs": _pairs(look, visible, *earlier) if earlier and not form.merged else [],
    }
    if look.reader == "trainer":
        board |= {"held": look.key in look.led.held, "counts": counts(look, form, visible)}
    return board


def _card(look: Look, form: Form, one: Given) -> dict[str, Any]:
    text = str(one.body.get("text", ""))
    card = {
        "id": look.card(one),
        "prompt": look.told(str(one.body.get("prompt", ""))),
        "perspective": None if form.merged else look.told(one.body.get("perspective", "")) or None,
        "text": text[:LONGEST_CARD],
        "cut": len(text) > LONGEST_CARD,
        "language": one.language,
        "name": look.names.get(one.author) if one.audience == "group_named" else None,
    }
    if look.reader == "group":
        return card
    approved = (card["id"], look.words(one)) in look.led.approved
    told = {"words": look.words(one), "audience": one.audience, "approved": approved}
    alias = veiled(look.terms.secret, "alias", one.about, one.form, one.author) if one.audience == "trainer" else None
    return {**card, **told, "alias": alias, "hidden": card["id"] in look.led.hidden}


def _quiet(look: Look, form: Form, visible: Iterable[Given]) -> list[str]:
    """Return the perspectives from which there is nothing to show: nobody wrote, or too few for the floor."""
    if form.merged or not look.asked.perspectives:
        return []
    spoken = {one.body.get("perspective") for one in visible}
    return [each for each in look.asked.perspectives if each not in spoken] if spoken else []


def _pairs(look: Look, visible: Iterable[Given], earlier: Look, first: Form) -> list[dict[str, str]]:
    """Return which card was whose first one: before and after are one form. Unnamed, from the floor on."""
    before = {(one.author, one.body.get("perspective"), one.audience): one for one in earlier.seen(first)}
    found: dict[tuple[Any, str], list[dict[str, str]]] = defaultdict(list)
    for one in visible:
        was = before.get((one.author, one.body.get("perspective"), one.audience))
        if was and not first.merged and one.kind in _WRITTEN:
            found[one.body.get("perspective"), one.audience].append(
                {"first": earlier.card(was), "later": look.card(one)}
            )
    enough = [
        pair
        for (_, audience), pairs in found.items()
        if audience != "group_unnamed" or len(pairs) >= look.terms.floor
        for pair in pairs
    ]
    return sorted(enough, key=lambda pair: pair["later"])


def spreads(
    visible: Iterable[Given], spread_only: Collection[str] = (), floor: int = FLOOR
) -> dict[str, dict[str, Any]]:
    """Return by item how many people gave which answer: a number on a scale, an option, or each of several.

    Of a map an item is a tie, named by its two people.

    Parameters
    ----------
    visible : iterable of Given
        What may be seen, in the order in which it was shared.
    spread_only : collection of str, optional
        The items of which nobody, the trainer neither, may know what one person answered.
    floor : int, optional
        From how many people on these are shown; later ones are added some at a time.
    """
    answers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in (each for each in visible if each.kind in _RATED):
        tie = one.kind == "tie"
        value = one.body.get("quality" if tie else "value")
        if isinstance(value, int | str | list) and value != []:
            told = value if isinstance(value, list) else [value]
            item = cell_of(one.kind, one.body).replace("+", "/") if tie else str(one.body.get("item", ""))
            answers[item][one.author] += map(str, told)
    found = {}
    for item, given in sorted(answers.items()):
        shown = list(given.values())[: _whole_batches(len(given), floor) if item in spread_only else None]
        counted = Counter(chain.from_iterable(shown))
        if shown:
            found[item] = {"people": len(shown), "values": dict(sorted(counted.items()))}
    return found


def _whole_batches(people: int, floor: int) -> int:
    """Return of how many people an answer can be counted so that nobody can tell by the time whose came last."""
    return 0 if people < floor else floor + (people - floor) // BATCH * BATCH


def timeline(visible: Iterable[Given]) -> dict[str, Any] | None:
    """Return how many coders marked what where, the places where they differed most first; None without coders."""
    coding = [one for one in visible if not one.cell]
    coders = authors(coding)
    if not coders:
        return None
    people = Counter(spot for _, spot in {(author, spot) for (author, _), spot in _marks(coding).items()})
    rows = [
        {**dict(zip(_SPOT, spot, strict=True)), "people": number, "differ": min(number, len(coders) - number)}
        for spot, number in sorted(people.items(), key=str)
    ]
    return {"coders": len(coders), "marks": sorted(rows, key=lambda row: row["differ"], reverse=True)}


def _marks(coding: Iterable[Given]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return where each mark, or each interval with something to see, stands: by who said so, and its id."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for one in coding:
        if one.kind in _MARKED or one.body.get("answer") == "yes":
            told[one.author, one.event] = dict(one.body)
    for one in coding:
        mark = one.author, str(one.body.get("mark"))
        if one.kind == "correct" and mark in told:
            told[mark] |= {key: value for key, value in one.body.items() if value is not None}
    return {mark: _spot(body) for mark, body in told.items()}


def _spot(body: Mapping[str, Any]) -> tuple[Any, ...]:
    beat, interval = body.get("beat"), body.get("interval")
    second = int(body.get("seconds") or 0) if beat is None and interval is None else None
    return str(body.get("item", "")), beat, second, interval


# -- votes --------------------------------------------------------------------------------------------


def vote_board(choices: Iterable[str], casts: Mapping[str, str], floor: int) -> dict[str, int] | None:
    """Return how many voted for each choice, once the votes are counted; None where they are fewer than the floor."""
    if len(casts) < floor:
        return None
    counted = Counter(casts.values())
    return {choice: counted[choice] for choice in choices}


# -- numbers for the trainer --------------------------------------------------------------------------


def counts(look: Look, form: Form, visible: Iterable[Given]) -> dict[str, Any]:
    """Return what the trainer knows of a form in numbers: who took part, what is given where, what waits."""
    given = [one for word in form.words.values() for one in word.given]
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in given:
        cells[one.cell, one.audience].add(one.author)
    perspectives = look.asked.perspectives
    written = {one.body.get("perspective") for one in given} if perspectives else ()
    shown = list(visible)
    waiting = authors(set(given).difference(shown)) if len(shown) < len(given) else ()
    return {
        "took_part": len(form.words),
        "kept": [word.audience for word in form.words.values()].count("private"),
        "cells": [
            {"cell": look.told(cell), "audience": audience, "people": len(people)}
            for (cell, audience), people in sorted(
                cells.items(), key=lambda each: (each[0][0], WIDTH.index(each[0][1]))
            )
        ],
        "nobody": [] if form.merged else [each for each in perspectives if each not in written],
        "waiting": len(waiting),
    }
