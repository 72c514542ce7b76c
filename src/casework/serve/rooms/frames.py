"""What pages are sent, as text: one message each, or of a board only what is different from what a page has."""

from __future__ import annotations

import json
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.live.protocol import Board


@dataclass(frozen=True, slots=True)
class Frame:
    """One message to a page, which replaces the one before under the same key."""

    key: tuple[str, str | None]
    """Its kind, and its place."""
    text: str
    mark: int
    """What a page remembers of it: the same for the same text."""

    @classmethod
    def of(cls, kind: str, place: str | None, told: Mapping[str, Any]) -> Self:
        """Return a message as a frame."""
        text = as_text(told)
        return cls((kind, place), text, hash(text))

    def since(self, _before: object) -> Iterable[str]:
        """Return what is to be sent: all of it, whatever a page has."""
        return (self.text,)


@dataclass(frozen=True, slots=True)
class FormText:
    """A form on a board, as text: what it is beside its cards, and each card."""

    name: str
    head: str
    cards: Mapping[str, str]
    """By id, in their order."""
    drawn: Mapping[int, tuple[Any, str]]
    """By the object that a card was written from, which is kept with it so that no other takes its number."""

    @classmethod
    def of(cls, form: Mapping[str, Any], before: FormText | None) -> FormText:
        """Write a form; a card that was written before is not written again."""
        known = before.drawn if before else {}
        drawn = {id(card): known.get(id(card)) or (card, as_text(card)) for card in form["cards"]}
        head = as_text({key: value for key, value in form.items() if key != "cards"})
        return cls(form["form"], head, {card["id"]: text for card, text in drawn.values()}, drawn)

    def text(self, cards: Iterable[str]) -> str:
        """Return the form as JSON, with some cards."""
        return f'{self.head[:-1]},"cards":[{",".join(cards)}]}}'


class BoardFrame:
    """A board as text, whole, and what is different from another.

    It is also what a page remembers of it. The texts are shared by all pages that are sent the same.

    Parameters
    ----------
    board : Board
        The message.
    forms : tuple of FormText
        Its forms, written.
    """

    __slots__ = ("__weakref__", "_changes", "_whole", "forms", "key", "place", "votes")

    def __init__(self, board: Board, forms: tuple[FormText, ...]) -> None:
        self.key = "board", board.place
        self.place, self.forms, self.votes = as_text(board.place), forms, as_text(board.board["votes"])
        self._whole: str | None = None
        self._changes: tuple[weakref.ref[BoardFrame], list[str]] | None = None

    @property
    def mark(self) -> BoardFrame:
        """Return what a page remembers of it."""
        return self

    def __eq__(self, other: object) -> bool:
        """Return whether a page that has the other has this one."""
        if self is other:
            return True
        if not isinstance(other, BoardFrame) or self.shape != other.shape:
            return False
        pairs = zip(self.forms, other.forms, strict=True)
        return all(one is then or (one.head == then.head and one.cards == then.cards) for one, then in pairs)

    __hash__ = None  # type: ignore[assignment]  # it is compared, and no key

    @property
    def shape(self) -> tuple[Any, ...]:
        """Return what has to be the same if only changes are to be sent."""
        return self.key, self.votes, tuple(form.name for form in self.forms)

    def since(self, before: object) -> Iterable[str]:
        """Return what is to be sent to a page that has another board, or none."""
        if not isinstance(before, BoardFrame) or before.shape != self.shape:
            return (self.text,)
        if self._changes is None or self._changes[0]() is not before:
            self._changes = weakref.ref(before), list(self._changed(before))
        return self._changes[1]

    @property
    def text(self) -> str:
        """Return the whole of it."""
        if self._whole is None:
            forms = ",".join(form.text(form.cards.values()) for form in self.forms)
            self._whole = f'{{"place":{self.place},"board":{{"forms":[{forms}],"votes":{self.votes}}}}}'
        return self._whole

    def _changed(self, before: BoardFrame) -> Iterable[str]:
        for form, then in zip(self.forms, before.forms, strict=True):
            new = [text for card, text in form.cards.items() if then.cards.get(card) != text]
            gone = [card for card in then.cards if card not in form.cards]
            if new or gone or form.head != then.head:
                yield f'{{"place":{self.place},"form":{form.text(new)},"gone":{as_text(gone)}}}'


def as_text(told: Any) -> str:  # noqa: ANN401  whatever JSON can hold
    """Return JSON in as few characters as it needs."""
    return _ENCODER.encode(told)


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
