"""What a group's run settles about who may see what, folded as its room folds it: by `casework.activity.seeing`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from casework.activity.acts import Entry, Shown, act_of, taken_back
from casework.activity.group import Group
from casework.activity.seeing import (
    FLOOR,
    Form,
    authors,
    lets_see,
    next_batch,
    seen,
    settled_audience,
    share,
    veiled,
    word_of,
)
from casework.activity.sharing import WIDTH
from casework.store._pairs import find_pairs
from casework.store.records import SharedEvent, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casework.activity.events import Event
    from casework.activity.seeing import Given, Reader
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


@dataclass(slots=True)
class Settled:
    """What was settled in a run, step by step."""

    terms: Terms
    forms: dict[tuple[str, str], Form] = field(default_factory=dict)
    """By what it is about, and the form."""
    shown: Shown = field(default_factory=Shown)
    _acts: tuple[Entry, ...] = ()
    _aliases: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Pseudonyms that were made already: each stands beside all that its author gave in a form."""

    @property
    def _floor(self) -> int:
        return 1 if self.terms.carried else self.terms.floor

    def share(self, author: str, said: Event, named: Iterable[Event]) -> None:
        """Take an author's word on who may see a form; `named` is what they had done before, and name."""
        form, audience = said.body.get("form"), said.body.get("audience")
        if not isinstance(form, str) or audience not in WIDTH:
            return
        before = self.forms.get((said.about, form), Form())
        allowed = settled_audience(audience, Group("", _audience(self.terms.widest)).offers("group_named"))
        word = word_of(said, author, named, allowed, merged=before.merged)
        self.forms[said.about, form] = share(before, author, word, self._floor)

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
        if isinstance(form, str) and not (before := self.forms.get((about, form), Form())).words:
            self.forms[about, form] = replace(before, merged=body.get("merged") is True)

    def visible(self, reader: Reader, names: Mapping[str, str], again: Again | None = None) -> list[SharedEvent]:
        """Return what the trainer, or else the group and its screen, may see; in an order that tells nothing.

        Parameters
        ----------
        reader : {"trainer", "group"}
            Who reads.
        names : Mapping[str, str]
            What learners call themselves.
        again : callable, optional
            Says which form asks another again; then one person's before and after are given as a pair.
        """
        found = [one for key, form in self.forms.items() for one in self._seen(reader, key, form)]
        pairs = find_pairs(found, again, self._floor, self.terms.secret) if again else {}
        shown = [self._shown(one, names, pairs.get(one, "")) for one in found]
        return sorted(shown, key=lambda each: (each.about, each.form, each.cell, each.id))

    def _seen(self, reader: Reader, key: tuple[str, str], form: Form) -> Iterator[Given]:
        form = _all_at_once(form) if self.terms.carried else form
        for one in seen(form, reader, revealed=key in self.shown.revealed, floor=self._floor):
            if reader == "trainer" or lets_see(self.shown, self.terms.secret, one):
                yield one

    def _shown(self, one: Given, names: Mapping[str, str], pair: str) -> SharedEvent:
        key, secret = (one.about, one.form), self.terms.secret
        revealed = key in self.shown.revealed
        unknown = one.audience == "group_unnamed" and not revealed
        return SharedEvent(
            id=_event_name(secret, one, one.event),
            about=one.about,
            form=one.form,
            cell=one.cell,
            kind=one.kind,
            body=_body(secret, one, merged=self.forms[key].merged),
            audience=one.audience,
            author=None if unknown else self._alias(one),
            name=names.get(one.author) if one.audience == "group_named" else None,
            revealed=revealed,
            pair=pair,
        )

    def _alias(self, one: Given) -> str:
        key = one.about, one.form, one.audience, one.author
        if key not in self._aliases:
            self._aliases[key] = _veiled(self.terms.secret, "author", one)
        return self._aliases[key]

    def tallies(self) -> list[Tally]:
        """Return how many people gave something, by cell and audience, and how many keep a form to themselves."""
        found = []
        for (about, form), shared in self.forms.items():
            cells: dict[tuple[str, str], set[str]] = defaultdict(set)
            for one in _given(shared):
                cells[one.cell, one.audience].add(one.author)
            found += [Tally(about, form, cell, audience, len(people)) for (cell, audience), people in cells.items()]
            kept = sum(word.audience == "private" for word in shared.words.values())
            found += [Tally(about, form, "", "private", kept)] if kept else []
        return sorted(found, key=lambda each: (each.about, each.form, each.cell, WIDTH.index(_audience(each.audience))))

    def named(self) -> set[str]:
        """Return who gave anything with their name."""
        return authors(one for form in self.forms.values() for one in _given(form) if one.audience == "group_named")


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


def _veiled(secret: str, what: str, one: Given, *more: str) -> str:
    """Return what stands for something of an author's: in this form alone, and for this audience alone."""
    return veiled(secret, what, one.about, one.form, one.audience, one.author, *more)


def _event_name(secret: str, one: Given, event_id: str) -> str:
    return _veiled(secret, "event", one, event_id)


def _body(secret: str, one: Given, *, merged: bool) -> Mapping[str, Any]:
    """Return a body that names other events of its author's as they are shown: what corrects a mark names the mark."""
    body = {key: value for key, value in one.body.items() if key != "perspective"} if merged else one.body
    mark = body.get("mark")
    return {**body, "mark": _event_name(secret, one, mark)} if isinstance(mark, str) else body
