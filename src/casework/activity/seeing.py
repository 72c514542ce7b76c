"""Who may see what of the words that were given: the rules that a group's board and the store both go by.

===============  =======================================  ============================================
given to         the trainer sees it                      the group and its screen see it
===============  =======================================  ============================================
`private`        never                                    never
`trainer`        at once, under a pseudonym               never
`group_named`    at once, with the name                   once its form is revealed, with the name
`group_unnamed`  without an author, from the floor on     once its form is revealed, from the floor on
===============  =======================================  ============================================

The floor counts the different authors of one *cell*: one prompt, round and perspective; one rated item; one tie of a
map; one coding run.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from casework.activity.acts import LEADING
from casework.activity.sharing import WIDTH, Audience

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from casework.activity.acts import Shown

FLOOR = 5
"""How many different authors a cell has before anything unnamed in it is shown, if nothing else was said."""

LOWEST_FLOOR = 3
"""With fewer, nothing is unnamed."""

BATCH = LOWEST_FLOOR
"""How many different authors come to a cell that is shown already before it shows any of them."""

NEVER_GIVEN = frozenset({"share", "take", "decline", "step_out", "come_back", "join", "vote"}) | LEADING
"""The kinds of events that nobody else is ever shown, even if a share names them."""

Reader = Literal["trainer", "group"]

_PSEUDONYM = 16  # hexadecimal digits
_BLOCK = 64  # bytes that SHA-256 takes in at once
_EMPTY: Mapping[str, Any] = MappingProxyType({})


class Done(Protocol):
    """What a share looks at of an event that it names."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def about(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> Mapping[str, Any]: ...  # noqa: D102


class Given(NamedTuple):
    """One event that its author gave to an audience; in whatever language, it is the same."""

    author: str
    """The author's pseudonym in the store; it never leaves the server."""
    about: str
    form: str
    cell: str
    """Where in the form it stands: its prompt or item and its perspective, joined by ``/``; of a tie, by ``+``."""
    audience: Audience
    event: str
    """The event's id."""
    kind: str
    language: str = "en"
    body: Mapping[str, Any] = _EMPTY

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and self[:7] == other[:7] and self.body == other.body

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.author, self.event))


@dataclass(frozen=True, slots=True)
class Word:
    """What an author said last about who may see a form, and what they gave."""

    audience: Audience
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What was shared of one form."""

    merged: bool = False
    """Whether perspectives are left out, so that a cell is a prompt."""
    words: Mapping[str, Word] = field(default_factory=dict)
    """By author."""
    ready: Mapping[str, frozenset[Given]] = field(default_factory=dict)
    """By cell: what of the unnamed words can be shown without anyone telling by the time whose they are."""
    cells: Mapping[str, Mapping[str, tuple[Given, ...]]] = field(default_factory=dict)
    """By cell and author: the unnamed words."""
    waiting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By cell: whose unnamed words, or some of them, cannot be shown yet."""


def cell_of(kind: str, body: Mapping[str, Any]) -> str:
    """Return the cell of something given: empty for what is shown as one whole, such as a coding run."""
    match kind:
        case "write":
            return f"{body.get('prompt', '')}/{body.get('perspective', '')}"
        case "answer" if "value" in body:
            return f"{body.get('item', '')}/"
        case "tie":
            return "+".join(sorted((str(body.get("one", "")), str(body.get("other", "")))))
    return ""


def settled_audience(said: Audience, widest: Audience | None) -> Audience:
    """Return who may see what its author gave to `said`, where content and group now allow `widest`.

    Whoever gave something to the group without a name did not give it to the trainer by name or pseudonym: where the
    group may no longer see it, nobody does.
    """
    if widest is None:
        return "private"
    if WIDTH.index(said) <= WIDTH.index(widest):
        return said
    return "private" if said == "group_unnamed" else widest


def authors(given: Iterable[Given]) -> set[str]:
    """Return who gave something."""
    return {one.author for one in given}


def next_batch(before: Collection[Given], now: Collection[Given], floor: int) -> frozenset[Given]:
    """Return what of a cell can be shown, so that nobody can tell by the time which words are whose.

    Parameters
    ----------
    before : collection of Given
        What could be shown until now.
    now : collection of Given
        Everything unnamed that is given in this cell now.
    floor : int
        How many different authors a cell needs.

    Returns
    -------
    frozenset of Given
        What was there before and still is, and with it what is new, as soon as that is from enough different authors:
        the floor at first, and then `BATCH`.
    """
    kept = frozenset(before) & frozenset(now)
    fresh = frozenset(now) - kept
    enough = BATCH if kept else floor
    if len(authors(now)) >= floor and len(authors(fresh)) >= enough:
        return frozenset(now)
    return kept


def may_see(reader: Reader, audience: Audience, *, revealed: bool, crowded: bool) -> bool:
    """Return whether the trainer, or else the group, may see something that was given to an audience.

    Parameters
    ----------
    reader : {"trainer", "group"}
        Who would see it.
    audience : str
        Whom it was given to.
    revealed : bool
        Whether its form was revealed to the group.
    crowded : bool
        Whether its cell has as many different authors as the floor asks.
    """
    trainer = reader == "trainer"
    match audience:
        case "trainer":
            return trainer
        case "group_named":
            return trainer or revealed
        case "group_unnamed":
            return crowded and (trainer or revealed)
    return False


# -- a form, word by word -----------------------------------------------------------------------------


def word_of(  # noqa: PLR0913  who shares what, with whom, and how it is asked
    said: Done, author: str, named: Iterable[Done], audience: Audience, *, merged: bool, language: str = "en"
) -> Word:
    """Return what a share says and gives.

    Parameters
    ----------
    said : Event
        The event of the kind ``share``.
    author : str
        Who shares.
    named : iterable of Event
        What the author had done before of all that the share names.
    audience : str
        Who may see it: what was said, as far as content and group allow it (`settled_audience`).
    merged : bool
        Whether the form leaves perspectives out.
    language : str
        In which it was written.
    """
    if audience == "private":
        return Word(audience)
    form, about = said.body["form"], said.about
    given = [
        Given(
            author,
            about,
            form,
            form if merged else cell_of(one.kind, one.body),
            audience,
            one.id,
            one.kind,
            language,
            one.body,
        )
        for one in named
        if one.about == about and one.kind not in NEVER_GIVEN
    ]
    return Word(audience, tuple(given))


def share(form: Form, author: str, word: Word, floor: int) -> Form:
    """Return a form after its author's latest word, and with it what can be shown of each cell that it touches.

    It is what `next_batch` makes of all that is given in these cells, without looking at all of it again.
    """
    return share_all(form, [(author, word)], floor)


def share_all(form: Form, words: Iterable[tuple[str, Word]], floor: int) -> Form:
    """Return a form after one word after another, each with its author; see `share`."""
    said, cells = dict(form.words), _Cells(form, floor)
    for author, word in words:
        before, new = _by_cell(said.get(author)), _by_cell(word)
        for cell in {**before, **new}:
            cells.take(cell, author, before.get(cell, ()), new.get(cell, ()))
        said[author] = word
    return cells.after(replace(form, words=said))


class _Cells:
    """The cells of a form while words come to it; of those that it had, only what is touched is copied."""

    def __init__(self, form: Form, floor: int) -> None:
        self._form, self._floor = form, floor
        self._given: dict[str, dict[str, tuple[Given, ...]]] = {}
        self._ready: dict[str, set[Given]] = {}
        self._waiting: dict[str, set[str]] = {}

    def take(self, cell: str, author: str, old: tuple[Given, ...], mine: tuple[Given, ...]) -> None:
        """Take what an author gives in a cell now, instead of what they gave before."""
        if cell not in self._given:
            self._given[cell] = dict(self._form.cells.get(cell, {}))
            self._ready[cell] = set(self._form.ready.get(cell, ()))
            self._waiting[cell] = set(self._form.waiting.get(cell, ()))
        given, ready, waiting = self._given[cell], self._ready[cell], self._waiting[cell]
        given.pop(author, None)
        if mine:
            given[author] = mine
        if old != mine:
            ready.difference_update(set(old).difference(mine))
        waiting.discard(author)
        if not ready.issuperset(mine):
            waiting.add(author)
        if len(given) >= self._floor and len(waiting) >= (BATCH if ready else self._floor):
            ready.update(*(given[who] for who in waiting))
            waiting.clear()

    def after(self, form: Form) -> Form:
        """Return the form with its cells as they are now."""
        ready = {cell: frozenset(given) for cell, given in self._ready.items()}
        waiting = {cell: frozenset(who) for cell, who in self._waiting.items()}
        return replace(
            form,
            cells={**form.cells, **self._given},
            ready={**form.ready, **ready},
            waiting={**form.waiting, **waiting},
        )


def _by_cell(word: Word | None) -> dict[str, tuple[Given, ...]]:
    """Return what a word gives to the group without a name, by cell."""
    found: dict[str, list[Given]] = {}
    for one in word.given if word else ():
        if one.audience == "group_unnamed":
            found.setdefault(one.cell, []).append(one)
    return {cell: tuple(given) for cell, given in found.items()}


def seen(form: Form, reader: Reader, *, revealed: bool, floor: int) -> list[Given]:
    """Return what the trainer, or else the group, may see of a form."""
    given = [one for word in form.words.values() for one in word.given]
    people: dict[str, set[str]] = defaultdict(set)
    for one in given:
        if one.audience == "group_unnamed":
            people[one.cell].add(one.author)
    crowded = {cell for cell, who in people.items() if len(who) >= floor}
    open_now = {each for each in WIDTH if may_see(reader, each, revealed=revealed, crowded=False)}
    open_crowded = {each for each in WIDTH if may_see(reader, each, revealed=revealed, crowded=True)}
    return [
        one
        for one in given
        if one.audience in (open_crowded if one.cell in crowded else open_now)
        and (one.audience != "group_unnamed" or one in form.ready.get(one.cell, ()))
    ]


# -- what the trainer lets the group see --------------------------------------------------------------


def lets_see(shown: Shown, secret: str, one: Given) -> bool:
    """Return whether the trainer lets the group see something that it might."""
    card = card_of(secret, one)
    held = (one.about, one.form) in shown.held and one.kind == "write"
    return card not in shown.hidden and (not held or (card, words_of(secret, one)) in shown.approved)


def card_of(secret: str, one: Given) -> str:
    """Return what names a card: the same while its author writes it anew, and another in every form."""
    return veiled(secret, "card", one.about, one.form, cell_of(one.kind, one.body), one.audience, one.author)


def words_of(secret: str, one: Given) -> str:
    """Return what names the words on a card."""
    return veiled(secret, "words", card_of(secret, one), one.event)


@lru_cache(maxsize=32_768)  # a board asks for the same names again with every word that somebody shares
def veiled(secret: str, *what: str) -> str:
    """Return what stands for something: always the same for the same, and telling nothing of it."""
    return hmac.digest(secret.encode(), f"[{_told(what)}]".encode(), "sha256").hex()[:_PSEUDONYM]


def veiler(secret: str, *what: str) -> Callable[[str], str]:
    """Return what makes of each last part what `veiled` makes of all: for many things that differ in it alone."""
    inner, outer = _keyed(secret)
    inner = inner.copy()
    inner.update(f"[{_told(what)}, ".encode())

    def veil(last: str) -> str:
        within, around = inner.copy(), outer.copy()
        within.update(f"{encode_basestring_ascii(last)}]".encode())
        around.update(within.digest())
        return around.hexdigest()[:_PSEUDONYM]

    return veil


@lru_cache(maxsize=64)
def _keyed(secret: str) -> tuple[hashlib._Hash, hashlib._Hash]:
    """Return the two hashes that HMAC is made of (RFC 2104), as they are once the key is taken in."""
    key = secret.encode()
    key = hashlib.sha256(key).digest() if len(key) > _BLOCK else key
    key = key.ljust(_BLOCK, b"\0")
    return tuple(hashlib.sha256(bytes(byte ^ mask for byte in key)) for mask in (0x36, 0x5C))  # type: ignore[return-value]


def _told(what: Iterable[str]) -> str:
    """Return some texts as `json.dumps` writes them within a list, in a third of the time."""
    return ", ".join(map(encode_basestring_ascii, what))
