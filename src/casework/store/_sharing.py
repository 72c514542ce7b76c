"""What a group's run settles about who may see what, folded as its room folds it: by `casework.activity.seeing`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from casework.activity.acts import Entry, Shown, act_of, taken_back
from casework.activity.group import Group
from casework.activity.seeing import (
    FLOOR,
    Form,
    lets_see,
    next_batch,
    seen,
    settled_audience,
    share_all,
    veiled,
    veiler,
    word_of,
)
from casework.activity.sharing import WIDTH
from casework.store._pairs import find_pairs, mark_of
from casework.store.records import SharedEvent, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from casework.activity.events import Event
    from casework.activity.seeing import Done, Given, Reader
    from casework.activity.sharing import Audience
    from casework.store._pairs import Again


@dataclass(frozen=True, slots=True)
class Terms:
    """What was fixed when a group's run was opened."""

    floor: int = FLOOR
    secret: str = field(default="", repr=False)
    """The run's own; pseudonyms come from it."""
    widest: str = "group_named"
    carried: bool = False
    """Whether it came from another store, where all of it could be seen: nothing has to wait here a second time."""


class Named(NamedTuple):
    """An event that a share names."""

    number: int
    id: str
    kind: str
    about: str
    body: Mapping[str, Any]


class Signs(NamedTuple):
    """What stands beside all that one author gave in a form to one audience."""

    author: str
    """The author's pseudonym."""
    event: Callable[[str], str]
    """Makes of an event's id what it is called."""


_BY_PLACE = attrgetter("cell", "id")


@dataclass(slots=True)
class Settled:
    """What was settled in a run, step by step."""

    terms: Terms
    shown: Shown = field(default_factory=Shown)
    _said: dict[tuple[str, str], list[tuple[str, Audience, Done, Sequence[tuple[Any, ...]]]]] = field(
        default_factory=dict
    )
    """By what it is about, and the form: who spoke, to which audience, in what words, naming what."""
    _merged: dict[tuple[str, str], bool] = field(default_factory=dict)
    _acts: tuple[Entry, ...] = ()
    _signs: dict[tuple[str, ...], Signs] = field(default_factory=dict)

    @property
    def _floor(self) -> int:
        return 1 if self.terms.carried else self.terms.floor

    def share(self, author: str, said: Done, named: Sequence[tuple[Any, ...]]) -> None:
        """Take an author's word on who may see a form; `named` is what they had done before, and name.

        Each is what makes a `Named`: plain tuples, until their form has its turn, since there are very many.
        """
        form, audience = said.body.get("form"), said.body.get("audience")
        if not isinstance(form, str) or audience not in WIDTH:
            return
        allowed = settled_audience(audience, Group("", _audience(self.terms.widest)).offers("group_named"))
        self._said.setdefault((said.about, form), []).append((author, allowed, said, named))

    def form(self, key: tuple[str, str]) -> Form:
        """Return what was shared of a form."""
        merged = self._merged.get(key, False)
        words = (
            (author, word_of(said, author, map(Named._make, named), audience, merged=merged))
            for author, audience, said, named in self._said[key]
        )
        return share_all(Form(merged), words, self._floor)

    def lead(self, who: str, event: Event) -> None:
        """Take one more act of a trainer; one that makes no sense changes nothing."""
        act = act_of(event)
        if act == "undo":
            acts = taken_back(self._acts, str(event.body.get("act")))
            if acts is not None:
                self._acts, self.shown = acts, reduce(_after, acts, Shown())
        elif act == "arrange":
            self._arrange(event.about, event.body)
        else:
            entry = Entry(who, event)
            self._acts, self.shown = (*self._acts, entry), _after(self.shown, entry)

    def _arrange(self, about: str, body: Mapping[str, Any]) -> None:
        form = body.get("form")
        if isinstance(form, str) and (about, form) not in self._said:
            self._merged[about, form] = body.get("merged") is True

    def visible(self, reader: Reader, names: Mapping[str, str], again: Again | None = None) -> Iterator[SharedEvent]:
        """Yield what the trainer, or else the group and its screen, may see; in an order that tells nothing.

        Parameters
        ----------
        reader : {"trainer", "group"}
            Who reads.
        names : Mapping[str, str]
            What learners call themselves.
        again : callable, optional
            Says which form asks another again; then one person's before and after are given as a pair.
        """
        found = {key: list(self._seen(reader, key, self.form(key))) for key in sorted(self._said)}
        pairs = find_pairs(found, again, self._floor, self.terms.secret) if again else {}
        for key in list(found):
            yield from sorted(self._shown(key, found.pop(key), names, pairs), key=_BY_PLACE)

    def _seen(self, reader: Reader, key: tuple[str, str], form: Form) -> Iterable[Given]:
        form = _all_at_once(form) if self.terms.carried else form
        found = seen(form, reader, revealed=key in self.shown.revealed, floor=self._floor)
        if reader == "trainer":
            return found
        return (one for one in found if lets_see(self.shown, self.terms.secret, one))

    def _shown(
        self, key: tuple[str, str], given: Iterable[Given], names: Mapping[str, str], pairs: Mapping[Any, str]
    ) -> Iterator[SharedEvent]:
        revealed, merged = key in self.shown.revealed, self._merged.get(key, False)
        about, form = key
        for one in given:
            audience, signs = one.audience, self._signs_of(one)
            yield SharedEvent(
                signs.event(one.event),
                about,
                form,
                one.cell,
                one.kind,
                _body(one.body, signs, merged=merged),
                audience,
                None if audience == "group_unnamed" and not revealed else signs.author,
                names.get(one.author) if audience == "group_named" else None,
                revealed,
                pairs.get(mark_of(one), ""),
            )

    def _signs_of(self, one: Given) -> Signs:
        who = one.about, one.form, one.audience, one.author
        found = self._signs.get(who)
        if found is None:
            secret = self.terms.secret
            found = self._signs[who] = Signs(veiled(secret, "author", *who), veiler(secret, "event", *who))
        return found

    def tallies(self) -> list[Tally]:
        """Return how many people gave something, by cell and audience, and how many keep a form to themselves."""
        found = []
        for (about, form), shared in ((key, self.form(key)) for key in self._said):
            cells: dict[tuple[str, str], set[str]] = defaultdict(set)
            for one in _given(shared):
                cells[one.cell, one.audience].add(one.author)
            found += [Tally(about, form, cell, audience, len(people)) for (cell, audience), people in cells.items()]
            kept = sum(word.audience == "private" for word in shared.words.values())
            found += [Tally(about, form, "", "private", kept)] if kept else []
        return sorted(found, key=lambda each: (each.about, each.form, each.cell, WIDTH.index(_audience(each.audience))))

    def has_named(self) -> bool:
        """Return whether anybody gave anything with their name, be it for a while."""
        return any(audience == "group_named" for said in self._said.values() for _, audience, *_ in said)


def _after(shown: Shown, act: Entry) -> Shown:
    try:
        return shown.after(act.event)
    except (KeyError, TypeError, ValueError):  # written by another version, or for other content
        return shown


def _audience(name: str) -> Audience:
    return next((each for each in WIDTH if each == name), "private")


def _given(form: Form) -> Iterator[Given]:
    for word in form.words.values():
        yield from word.given


def _all_at_once(form: Form) -> Form:
    cells: dict[str, list[Given]] = defaultdict(list)
    for one in _given(form):
        cells[one.cell].append(one)
    return replace(form, ready={cell: next_batch((), given, 1) for cell, given in cells.items()})


def _body(body: Mapping[str, Any], signs: Signs, *, merged: bool) -> Mapping[str, Any]:
    """Return a body that names other events of its author's as they are shown: what corrects a mark names the mark."""
    if merged and "perspective" in body:
        body = {key: value for key, value in body.items() if key != "perspective"}
    if "mark" in body and isinstance(body["mark"], str):
        return {**body, "mark": signs.event(body["mark"])}
    return body
