"""A dealt perspective: an invitation to look from somewhere, which can be taken, swapped for another, or declined.

What someone makes of it is theirs alone. The events are private and are never shared; no board, count or report of the
group reads them, so that a perspective nobody wrote from looks the same whoever it was dealt to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from casework.activity.intents import Intent, Name
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.activity.group import Group
    from casework.content import Prompt

DECLINED = ""
"""What stands in the place of a perspective where someone declined."""


class Take(Intent):
    """Look from a perspective: the one that was dealt, or another in its place."""

    do: Literal["take"]
    prompt: Name
    perspective: Name


class Decline(Intent):
    """Decline what was dealt; nothing of it stays on the page."""

    do: Literal["decline"]
    prompt: Name


def check_deal(
    intent: Take | Decline, *, about: str, prompt: Prompt, group: Group | None, words: Mapping[str, str]
) -> None:
    """Raise `Refused` if nothing was dealt here, or if the prompt does not ask from this perspective.

    Parameters
    ----------
    intent : Take or Decline
        What the page asks for.
    about : str
        What the prompt belongs to.
    prompt : Prompt
        The prompt.
    group : Group or None
        The group; None for someone alone, to whom nothing is dealt.
    words : Mapping[str, str]
        The interface's words.
    """
    if group is None or (about, prompt.id) not in group.dealt:
        raise Refused(words["refused.undealt"])
    if isinstance(intent, Take) and intent.perspective not in prompt.perspectives:
        raise Refused(words["refused.perspective"])


def dealt_view(
    about: str, prompts: Iterable[Prompt], answers: Mapping[str, str], group: Group | None
) -> dict[str, dict[str, Any]]:
    """Return what a page shows of what was dealt: by prompt, the invitation and what one made of it.

    Parameters
    ----------
    about : str
        What the prompts belong to.
    prompts : iterable of Prompt
        Those that one can answer now.
    answers : Mapping[str, str]
        What one made of it, by prompt: a perspective, or `DECLINED`.
    group : Group or None
        The group.
    """
    if group is None:
        return {}
    return {
        prompt.id: {"perspective": dealt, "taken": answers.get(prompt.id) or None}
        for prompt in prompts
        if (dealt := group.dealt.get((about, prompt.id))) in prompt.perspectives and answers.get(prompt.id) != DECLINED
    }
