"""The pictures that a case names: whether they are there and inside its folder, and how a page gets them."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from casework.content.problem import Finding, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content.case import Case

KINDS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})
"""What every browser shows."""


def find_picture_faults(case: Case, path: Path, root: Path) -> Iterator[Finding]:
    """Yield what is wrong with the pictures of a case.

    Parameters
    ----------
    case : Case
        The case.
    path : pathlib.Path
        Its file; pictures are named from the folder it lies in.
    root : pathlib.Path
        The folder that pictures may not lead out of.
    """
    for index, scene in enumerate(case.scenes):
        if scene.image is None:
            continue
        fault = _look_at(scene.image.file, path.parent, root)
        if fault is not None:
            yield Finding(("scenes", index, "image", "file"), *fault)


def picture_address(case: Case, name: str) -> str | None:
    """Return a picture as a ``data:`` address, which every page can show: a notebook's, a phone's, a printed one.

    Parameters
    ----------
    case : Case
        The case, as it was loaded from its file.
    name : str
        The picture, from the folder of that file.
    """
    if case.path is None:
        return None
    data = base64.b64encode((case.path.parent / name).read_bytes()).decode()
    return f"data:{mimetypes.guess_type(name)[0]};base64,{data}"


def _look_at(name: str, folder: Path, root: Path) -> tuple[str, str] | None:
    if Path(name).suffix.lower() not in KINDS:
        return f"{quote(name)} is no picture that every browser shows", "use .svg, .png, .jpg, .webp or .gif"
    try:
        target = (folder / name).resolve()
        inside, there = target.is_relative_to(root.resolve()), target.is_file()
    except (OSError, RuntimeError, ValueError):
        inside, there = True, False
    if not inside or "\\" in name:
        return (
            f"the picture {quote(name)} lies outside the folder",
            "copy it beside the case, and use / in its name",
        )
    if not there:
        return f"there is no picture {quote(name)}", "write its name as seen from the folder of this file"
    return None
