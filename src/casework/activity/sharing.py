"""Sharing: what is autosaved is private until its author gives it to an audience, form by form.

A *form* is what is shared as one: a prompt with all its perspectives, a survey, a coding run. A share names the
events that its author saw when they shared, so that nothing written later goes along, and the latest share
governs whatever was shared before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from casework.activity.intents import EventId, Intent, Name
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from casework.activity.events import Event
    from casework.activity.group import Group

Audience = Literal["private", "trainer", "group_unnamed", "group_named"]

WIDTH: tuple[Audience, ...] = ("private", "trainer", "group_unnamed", "group_named")
"""The audiences from the narrowest to the widest; ``device`` is narrower still, and never sent."""


GROUP: tuple[Audience, ...] = ("group_unnamed", "group_named")
"""The audiences that a reveal shows something to; the trainer sees what is given to them without one."""


class Share(Intent):
    """Give a form to an audience, or keep it to oneself; the latest governs."""

    do: Literal["share"]
    form: Name
    audience: Audience
    events: Annotated[tuple[EventId, ...], Field(max_length=500, strict=False)] = ()
    """What is given: the ids of the events that made what its author saw. None if it is kept."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the author of a form said last about who may see it."""

    audience: Audience
    events: tuple[str, ...]

    @classmethod
    def of(cls, event: Event) -> Shared:
        """Return what an event of the kind ``share`` says."""
        return cls(event.body["audience"], tuple(event.body["events"]))


def narrower(one: Audience, other: Audience) -> Audience:
    """Return the narrower of two audiences: of what was said, and what may still be said now."""
    return min(one, other, key=WIDTH.index)


def check_share(  # noqa: PLR0913  who shares what, with whom, as of when
    intent: Share,
    *,
    about: str,
    offered: str,
    own: Collection[str],
    before: Shared | None,
    group: Group | None,
    words: Mapping[str, str],
) -> None:
    """Raise `Refused` if this may not be shared so.

    Parameters
    ----------
    intent : Share
        What the page asks for.
    about : str
        What the form belongs to.
    offered : str
        The widest audience that the content offers for this form.
    own : collection of str
        The ids of the events that may be shared with this form: what is in it now.
    before : Shared or None
        What its author said last.
    group : Group or None
        The group; None for someone alone.
    words : Mapping[str, str]
        The interface's words.
    """
    widest = group and group.offers(offered)
    if group is None or widest is None:
        raise Refused(words["refused.alone"])
    if group.few and intent.audience == "group_unnamed":
        raise Refused(words["live.few"])
    if WIDTH.index(intent.audience) > WIDTH.index(widest):
        raise Refused(words["refused.wider"])
    less = before is not None and WIDTH.index(intent.audience) < WIDTH.index(before.audience)
    if less and was_shown(about, intent.form, before, group):
        raise Refused(words["refused.revealed"])
    unknown = not set(intent.events) <= set(own)
    if unknown or (intent.audience == "private") == bool(intent.events):
        raise Refused(words["refused.changed"])


def was_shown(about: str, form: str, said: Shared | None, group: Group | None) -> bool:
    """Return whether the group has seen what someone gave: it was given to the group, and then revealed."""
    given = said is not None and said.audience in GROUP
    return given and group is not None and group.is_revealed(about, form)


def sharing_view(
    about: str, offered: Mapping[str, str], shared: Mapping[str, Shared], group: Group | None
) -> dict[str, Any] | None:
    """Return what a page knows about sharing: for each form who may see it; None for someone alone.

    Who may see a form is the narrower of what its author said and what content and group allow now; whoever reads
    what was shared goes by the same (`narrower`).

    Parameters
    ----------
    about : str
        What the forms belong to.
    offered : Mapping[str, str]
        The widest audience that the content offers, by form.
    shared : Mapping[str, Shared]
        What the author said last, by form.
    group : Group or None
        The group.
    """
    if group is None:
        return None
    return {
        "convener": group.convener,
        "forms": {
            form: {
                "widest": widest,
                "audience": narrower(said.audience, widest) if (said := shared.get(form)) else None,
                "events": list(said.events) if said else [],
                "revealed": group.is_revealed(about, form),
            }
            for form, offer in offered.items()
            if (widest := group.offers(offer))
        },
    }
