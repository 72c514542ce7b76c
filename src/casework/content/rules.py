"""What must hold in a case beyond the form of the file: names that meet, lists in order.

The form is the models' business; the way through the scenes stands in `ways`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.moment import find_moment_faults
from casework.content.nearest import suggest
from casework.content.people import find_tie_faults
from casework.content.problem import Finding, Place, quote
from casework.content.ways import Ways, find_way_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content.case import Case
    from casework.content.scene import Prompt


def find_case_faults(case: Case) -> Iterator[Finding]:
    """Yield what is wrong with a case whose form is right."""
    yield from find_way_faults(case)
    yield from _check_pauses(case)
    yield from _check_prompts(case)
    yield from find_moment_faults(case.moments)
    yield from find_tie_faults(case.ties, case.people)


def _check_pauses(case: Case) -> Iterator[Finding]:
    moments = [moment.id for moment in case.moments]
    for index, scene in enumerate(case.scenes):
        if scene.pause is not None and not scene.pause.steps:
            remedy = "add 'reflect', 'observe', 'discuss' or 'breathe'"
            yield Finding(("scenes", index, "pause"), "the pause holds nothing", remedy)
        elif scene.pause is not None and (look := scene.pause.observe) and look.moment not in moments:
            remedy = suggest(look.moment, moments, otherwise="describe it under 'moments'")
            place = ("scenes", index, "pause", "observe", "moment")
            yield Finding(place, f"the case has no moment '{look.moment}'", remedy)


def _prompts(case: Case) -> Iterator[tuple[Place, Prompt]]:
    for index, scene in enumerate(case.scenes):
        for position, prompt in enumerate(scene.pause.reflect if scene.pause else ()):
            yield ("scenes", index, "pause", "reflect", position), prompt


def _check_prompts(case: Case) -> Iterator[Finding]:
    """Look at the perspectives that prompts name, and at the prompts that ask again."""
    known = [perspective.id for perspective in case.perspectives]
    first = {prompt.id: (place, prompt) for place, prompt in reversed(list(_prompts(case)))}
    ways = Ways(case)
    for place, prompt in _prompts(case):
        if prompt.again is not None:
            yield from _check_again(place, prompt, first, ways)
            if prompt.again in first and prompt.perspectives == first[prompt.again][1].perspectives:
                continue
        yield from _check_perspectives((*place, "perspectives"), prompt.perspectives, known)


def _check_perspectives(place: Place, named: tuple[str, ...], known: list[str]) -> Iterator[Finding]:
    for index, name in enumerate(named):
        if name not in known:
            remedy = suggest(name, known, otherwise="name it under 'perspectives' at the top of the file")
            yield Finding((*place, index), f"the case has no perspective '{name}'", remedy)
        elif name in named[:index]:
            yield Finding((*place, index), f"the perspective '{name}' is named twice", "take one out")


def _check_again(place: Place, prompt: Prompt, first: dict[str, tuple[Place, Prompt]], ways: Ways) -> Iterator[Finding]:
    """See that a prompt asks again what can have been asked before, once."""
    here, wanted = (*place, "again"), str(prompt.again)
    if wanted not in first:
        others = [name for name in first if name != prompt.id]
        yield Finding(here, f"'again' names {quote(wanted)}, and no prompt has this id", suggest(wanted, others))
        return
    there, earlier = first[wanted]
    if wanted == prompt.id:
        yield Finding(here, "'again' names the prompt itself", "name the earlier prompt that this one asks again")
    elif earlier.again is not None:
        remedy = f"name the first of them, perhaps '{earlier.again}'"
        yield Finding(here, f"'again' names '{wanted}', which asks again itself", remedy)
    elif not _can_precede(there, place, ways):
        remedy = "name a prompt that is met earlier on the way"
        yield Finding(here, f"'again' names '{wanted}', which cannot come before it", remedy)


def _can_precede(earlier: Place, later: Place, ways: Ways) -> bool:
    start, goal = ways.names[int(earlier[1])], ways.names[int(later[1])]
    return int(earlier[-1]) < int(later[-1]) if start == goal else goal in ways.beyond(start)
