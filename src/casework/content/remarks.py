"""What does no harm in a case, but was hardly meant; and what is good to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.problem import Finding
from casework.content.reading import find_hard_reading
from casework.content.ways import find_conditions_never_met

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content.case import Case

_MANY_WAYS = 1000
_FAR_OFF = 1.5


def find_remarks(case: Case, *, sound: bool) -> Iterator[Finding]:
    """Yield warnings and information; on the ways through a case only if it is without faults."""
    if not case.objectives:
        message, remedy = "there are no objectives", "say in a line or two what a learner may take away"
        yield Finding((), message, remedy, "warning")
    if sound:
        yield from find_conditions_never_met(case)
        yield from _count_ways(case)
    for index, scene in enumerate(case.scenes):
        yield from find_hard_reading(("scenes", index, "text"), scene.text, case.language)
        if scene.new_information:
            yield from find_hard_reading(("scenes", index, "new_information"), scene.new_information, case.language)


def _count_ways(case: Case) -> Iterator[Finding]:
    """Tell how many ways there are and how long they take; and if that is far from the minutes of the case."""
    from casework.content.graph import SceneGraph  # noqa: PLC0415  needs the models that need this

    ways = SceneGraph(case).ways()
    count = f"more than {_MANY_WAYS} ways lead" if ways.count > _MANY_WAYS else f"{ways.count} ways lead"
    span = f"{ways.shortest} to {ways.longest}" if ways.shortest < ways.longest else f"{ways.longest}"
    told = "one way leads" if ways.count == 1 else count
    took = f", in {span} minutes by what the scenes say" if ways.longest else ""
    yield Finding((), f"{told} from the first scene to an end{took}", "", "information")
    everywhere = all(scene.minutes for scene in case.scenes)
    if everywhere and not ways.shortest / _FAR_OFF <= case.minutes <= ways.longest * _FAR_OFF:
        message = f"the case says {case.minutes} minutes, and its scenes take {span}"
        yield Finding(("minutes",), message, "change one or the other", "warning")
