"""The kinds of files that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.codebook import Codebook
from casework.content.coding import Coding
from casework.content.moment import MomentSet
from casework.content.people import RelationshipMap
from casework.content.perspective import PerspectiveSet
from casework.content.survey import Survey
from casework.content.targets import Targets
from casework.content.theme import Theme

if TYPE_CHECKING:
    from casework.content.document import Document

KINDS: dict[str, type[Document]] = {
    kind.folder: kind
    for kind in (Case, Checklist, Codebook, Coding, RelationshipMap, MomentSet, PerspectiveSet, Survey, Targets, Theme)
}
"""What the files of a folder are, by the name of the folder."""

_TELLING: dict[str, type[Document]] = {
    "scenes": Case,
    "codes": Codebook,
    "marks": Coding,
    "targets": Targets,
    "moments": MomentSet,
    "perspectives": PerspectiveSet,
    "people": RelationshipMap,
    "light": Theme,
    "dark": Theme,
}


def find_kind(name: str) -> type[Document] | None:
    """Return the kind of a name, such as ``case``."""
    return next((kind for kind in KINDS.values() if kind.kind == name), None)


def guess_kind(value: dict[str, Any]) -> type[Document]:
    """Tell what a file outside our folders is by its keys; a case, if nothing else shows."""
    if told := [kind for key, kind in _TELLING.items() if key in value]:
        return told[0]
    items = value.get("items")
    if not isinstance(items, list):
        return Case
    return Checklist if any(isinstance(item, dict) and "definition" in item for item in items) else Survey
