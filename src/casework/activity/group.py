"""What a group offers to one of its learners. Alone there is no group, and nothing can be shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.activity.sharing import WIDTH, Audience

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Group:
    """What one learner's rules know of the group that they take part in.

    It is made anew by whoever leads the rules whenever something of it changes; nothing in it is an event of theirs.

    Parameters
    ----------
    convener : str
        Who convened the session, as the join page names them.
    widest : str
        The widest audience that this group allows, whatever a prompt offers.
    few : bool
        Whether fewer people take part than it takes for anything to stay unnamed. Then it can be shared with a name,
        or with the trainer alone.
    revealed : frozenset of tuple of str
        What was revealed to the group: pairs of what it is about and the form.
    dealt : Mapping[tuple of str, str]
        The perspective that was dealt to this learner: by what it is about and the prompt. What they make of it,
        nobody is told (`casework.activity.dealing`).
    """

    convener: str
    widest: Audience = "group_named"
    few: bool = False
    revealed: frozenset[tuple[str, str]] = frozenset()
    dealt: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def offers(self, offered: str) -> Audience | None:
        """Return the widest audience that something can have here; None if it can be nobody's but its author's."""
        if offered not in WIDTH:
            return None
        narrower = WIDTH[min(WIDTH.index(offered), WIDTH.index(self.widest))]
        if narrower == "group_unnamed" and self.few:
            return "trainer"
        return None if narrower == "private" else narrower

    def is_revealed(self, about: str, form: str) -> bool:
        """Return whether a form was revealed to the group."""
        return (about, form) in self.revealed
