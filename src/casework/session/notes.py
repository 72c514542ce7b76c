"""The trainer's notes of what a group works on: on the trainer's desk, and on no page of anyone else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.observe import Observe
from casework.activity.walk import Reflect, Walk
from casework.content.markdown import to_html

if TYPE_CHECKING:
    from casework.activity.rules import Rules
    from casework.content import Case


def trainer_notes(rules: Rules[Any]) -> dict[str, str]:
    """Return what content says to whoever leads, as HTML: of the whole under ``""``, of a scene under its id."""
    match rules:
        case Walk(case=case):
            return _of_case(case)
        case Reflect():
            return {}
        case Observe(ground=ground):
            said = ground.trainer_notes
        case _:
            said = getattr(getattr(rules, "survey", None), "trainer_notes", None)
    return {"": to_html(said)} if said else {}


def _of_case(case: Case) -> dict[str, str]:
    told = {"": [case.trainer_notes]}
    told |= {one.id: [one.trainer_notes, one.pause.trainer_notes if one.pause else None] for one in case.scenes}
    rendered = {scene: "".join(to_html(each) for each in said if each) for scene, said in told.items()}
    return {scene: html for scene, html in rendered.items() if html}
