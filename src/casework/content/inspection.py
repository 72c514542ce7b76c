"""From a file to a model, with everything that is wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.perspective import Perspective, PerspectiveSet
from casework.content.pictures import find_picture_faults
from casework.content.problem import Finding, Problem, name_element
from casework.content.rules import find_faults
from casework.content.sentences import translate
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import Tree, read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

Content = TypeVar("Content", Case, Checklist, PerspectiveSet)

KINDS: dict[str, type[Case | Checklist | PerspectiveSet]] = {
    "cases": Case,
    "checklists": Checklist,
    "perspectives": PerspectiveSet,
}
"""What the files of a folder are, by the name of the folder."""


@dataclass(frozen=True)
class Spot:
    """Where a file lies, and how it is spoken of."""

    path: Path
    """The file."""
    root: Path
    """The folder that its pictures may not lead out of."""
    shown: str
    """What problems call the file."""


def inspect(
    spot: Spot, kind: type[Content], look_up: Callable[[str], Mapping[str, Perspective]] | None = None
) -> tuple[Content | None, list[Problem]]:
    """Read a file and return what it holds, if it can be used, with every problem in it.

    Parameters
    ----------
    spot : Spot
        The file.
    kind : type
        `Case`, `Checklist` or `PerspectiveSet`.
    look_up : callable, optional
        Returns the shared perspectives of a language; asked only by a case that names some.
    """
    try:
        tree = read_tree(spot.path)
    except UnreadableError as error:
        return None, [Problem(spot.shown, error.line, "", error.message, error.remedy)]
    try:
        content: Content = kind.model_validate(tree.value, context=_context(tree.value, look_up))
    except ValidationError as error:
        return None, _locate(translate(error, kind), tree, spot)
    except ContentError as error:  # from `look_up`
        remedy = f"mend this first: {str(error).splitlines()[0]}"
        finding = Finding(("perspectives",), "the shared perspectives cannot be used", remedy)
        return None, _locate([finding], tree, spot)
    content._path = spot.path  # noqa: SLF001  a file does not say where it lies; its reader does
    findings = [*_check_name(content, spot), *find_faults(content)]
    if isinstance(content, Case):
        findings.extend(find_picture_faults(content, spot.path, spot.root))
    problems = _locate(findings, tree, spot)
    usable = all(problem.severity == "warning" for problem in problems)
    return content if usable else None, problems


def load(spot: Spot, kind: type[Content], look_up: Callable[[str], Mapping[str, Perspective]] | None = None) -> Content:
    """Return what a file holds, or raise `ContentError` with a line for each problem."""
    content, problems = inspect(spot, kind, look_up)
    if content is None:
        raise ContentError("\n".join(str(each) for each in problems if each.severity == "error"))
    return content


def _context(
    value: dict[str, Any], look_up: Callable[[str], Mapping[str, Perspective]] | None
) -> dict[str, Mapping[str, Perspective]]:
    named, language = value.get("perspectives"), value.get("language")
    if look_up is None or not isinstance(language, str) or not isinstance(named, list):
        return {}
    return {"perspectives": look_up(language)} if any(isinstance(each, str) for each in named) else {}


def _check_name(content: Case | Checklist | PerspectiveSet, spot: Spot) -> list[Finding]:
    """See that a file in its folder can be found by its id."""
    if spot.path.parent.name not in KINDS or (spot.path.stem == content.id and spot.path.suffix == ".yaml"):
        return []
    message = f"the id is '{content.id}', but the file is called '{spot.path.name}'"
    return [Finding(("id",), message, f"call the file '{content.id}.yaml', or change the id")]


def _locate(findings: Iterable[Finding], tree: Tree, spot: Spot) -> list[Problem]:
    """Give findings their lines and the names of their elements, in the order of the file."""
    problems = [
        Problem(
            spot.shown,
            tree.line(each.path),
            name_element(tree.value, each.path),
            each.message,
            each.remedy,
            each.severity,
        )
        for each in findings
    ]
    return sorted(problems, key=lambda problem: problem.line)
