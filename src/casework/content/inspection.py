"""From a file to a model, with everything that is wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from casework.content.anywhere import find_faults_anywhere
from casework.content.document import Document
from casework.content.kinds import KINDS
from casework.content.problem import Finding, Problem, name_element
from casework.content.sentences import translate
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import Tree, read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from casework.content.perspective import Perspective

Content = TypeVar("Content", bound=Document)

MOST_PROBLEMS = 100
"""How many problems of one file are told at once."""


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
    spot: Spot,
    kind: type[Content],
    look_up: Callable[[str], Mapping[str, Perspective]] | None = None,
    *,
    remarks: bool = True,
) -> tuple[Content | None, list[Problem]]:
    """Read a file and return what it holds, if it can be used, with every problem in it.

    Parameters
    ----------
    spot : Spot
        The file.
    kind : type
        `Case`, or another kind of `Document`.
    look_up : callable, optional
        Returns the shared perspectives of a language; asked only by a case that names some.
    remarks : bool
        Whether to look also for what does no harm.
    """
    try:
        _refuse_link(spot)
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
    faults = chain(
        _check_name(content, spot), find_faults_anywhere(tree.value, spot.path, spot.root), content.find_faults()
    )
    problems = _locate(faults, tree, spot)
    usable = all(problem.severity != "error" for problem in problems)
    if remarks:
        problems += _locate(content.find_remarks(sound=usable), tree, spot)
    return content if usable else None, sorted(problems, key=lambda problem: problem.line)


def load(spot: Spot, kind: type[Content], look_up: Callable[[str], Mapping[str, Perspective]] | None = None) -> Content:
    """Return what a file holds, or raise `ContentError` with a line for each problem."""
    content, problems = inspect(spot, kind, look_up, remarks=False)
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


def _check_name(content: Document, spot: Spot) -> list[Finding]:
    """See that a file in its folder can be found by its id."""
    if spot.path.parent.name not in KINDS or (spot.path.stem == content.id and spot.path.suffix == ".yaml"):
        return []
    message = f"the id is '{content.id}', but the file is called '{spot.path.name}'"
    return [Finding(("id",), message, f"call the file '{content.id}.yaml', or change the id")]


def _refuse_link(spot: Spot) -> None:
    """See that a file lies where it seems to, and not outside the folder behind a link."""
    try:
        inside = spot.path.resolve().is_relative_to(spot.root.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        raise UnreadableError(1, "the file is a link that leads out of the folder", "put the file itself there")


def _locate(findings: Iterable[Finding], tree: Tree, spot: Spot) -> list[Problem]:
    """Give findings their lines and the names of their elements, in the order of the file."""
    told = list(islice(findings, MOST_PROBLEMS + 1))
    if len(told) > MOST_PROBLEMS:
        told[-1] = Finding((), f"there are more problems than these {MOST_PROBLEMS}", "mend these first")
    problems = [
        Problem(
            spot.shown,
            tree.line(each.path),
            name_element(tree.value, each.path),
            each.message,
            each.remedy,
            each.severity,
        )
        for each in told
    ]
    return sorted(problems, key=lambda problem: problem.line)
