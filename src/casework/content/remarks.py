"""What does no harm in a case, but was hardly meant; and what is good to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.problem import Finding
from casework.content.reading import find_hard_reading
from casework.content.ways import find_conditions_never_met

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content.case import Case


def find_remarks(case: Case, *, sound: bool) -> Iterator[Finding]:
    """Yield warnings and information; on the ways through a case only if it is without faults."""
    if not case.objectives:
        message, remedy = "there are no objectives", "say in a line or two what a learner may take away"
        yield Finding((), message, remedy, "warning")
    if sound:
        yield from find_conditions_never_met(case)
    for index, scene in enumerate(case.scenes):
        yield from find_hard_reading(("scenes", index, "text"), scene.text, case.language)
        if scene.new_information:
            yield from find_hard_reading(("scenes", index, "new_information"), scene.new_information, case.language)
