"""What must hold beyond the form of a file: names that meet, lists in order.

The form is the models' business; the way through the scenes stands in `ways`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.nearest import suggest
from casework.content.problem import Finding, Place, quote
from casework.content.ways import Ways, find_way_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.content.case import Moment
    from casework.content.perspective import PerspectiveSet
    from casework.content.scene import Prompt

_PICTURE = re.compile(r"!\[[^\]]*\]\(")


def find_faults(content: Case | Checklist | PerspectiveSet) -> Iterator[Finding]:
    """Yield what is wrong with a file whose form is right."""
    yield from _doubles("source", _places(("sources",), content.sources))
    if isinstance(content, Case):
        yield from _check_case(content)
    elif isinstance(content, Checklist):
        yield from _check_checklist(content)
    else:
        yield from _doubles("perspective", _places(("perspectives",), content.perspectives))


def _check_case(case: Case) -> Iterator[Finding]:
    for kind, key, parts in (
        ("person", "people", case.people),
        ("perspective", "perspectives", case.perspectives),
        ("scene", "scenes", case.scenes),
        ("moment", "moments", case.moments),
    ):
        yield from _doubles(kind, _places((key,), parts))
    yield from _doubles("choice", _choices(case))
    yield from _doubles("prompt", ((place, prompt.id) for place, prompt in _prompts(case)))
    yield from find_way_faults(case)
    yield from _check_prompts(case)
    for index, moment in enumerate(case.moments):
        yield from _check_beats(("moments", index, "beats"), moment)
    yield from _remark(case)


def _doubles(kind: str, named: Iterable[tuple[Place, str]]) -> Iterator[Finding]:
    """Yield a finding for each name that stands there a second time."""
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield Finding(place, f"another {kind} has the id '{name}' already", "give each an id of its own")
        seen.add(name)


def _places(top: Place, parts: Iterable[object]) -> Iterator[tuple[Place, str]]:
    return (((*top, index), getattr(part, "id", "")) for index, part in enumerate(parts))


def _choices(case: Case) -> Iterator[tuple[Place, str]]:
    for index, scene in enumerate(case.scenes):
        yield from _places(("scenes", index, "choices"), scene.choices or ())


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


def _check_beats(place: Place, moment: Moment) -> Iterator[Finding]:
    for index, (before, beat) in enumerate(pairwise(moment.beats), start=1):
        if beat.at <= before.at:
            yield Finding(
                (*place, index),
                f"it begins at {beat.at:g} seconds, the one before it at {before.at:g}",
                "put the beats in the order of time, each with a time of its own",
            )


def _check_checklist(checklist: Checklist) -> Iterator[Finding]:
    yield from _doubles("item", _places(("items",), checklist.items))
    known = [item.id for item in checklist.items]
    keys: dict[str, str] = {}
    for index, item in enumerate(checklist.items):
        for position, name in enumerate(item.excludes):
            here = ("items", index, "excludes", position)
            if name == item.id:
                yield Finding(here, "the item excludes itself", "take it out")
            elif name not in known:
                yield Finding(here, f"the checklist has no item '{name}'", suggest(name, known))
        if item.key is not None and item.key in keys:
            message = f"the key '{item.key}' marks '{keys[item.key]}' already"
            yield Finding(("items", index, "key"), message, "choose another letter or digit")
        elif item.key is not None:
            keys[item.key] = item.id


def _remark(case: Case) -> Iterator[Finding]:
    """Yield what does no harm, but was hardly meant."""
    if not case.objectives:
        message, remedy = "there are no objectives", "say in a line or two what a learner may take away"
        yield Finding((), message, remedy, "warning")
    for index, scene in enumerate(case.scenes):
        for key in ("text", "new_information"):
            if _PICTURE.search(getattr(scene, key) or ""):
                message, remedy = (
                    "a picture in Markdown is not shown",
                    "use the key 'image', with 'file' and 'alt'",
                )
                yield Finding(("scenes", index, key), message, remedy, "warning")
