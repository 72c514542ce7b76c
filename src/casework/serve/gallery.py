"""Which workbooks a folder holds, and what their first lines say about them."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("casework")

_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_MINUTES = re.compile(r"(\d+)\D{0,12}?minut", re.IGNORECASE)

LAST = 1_000
"""Where a workbook stands that names no place of its own."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One workbook in one language: one notebook file."""

    path: str
    """Under the folder, with forward slashes: ``en/the-first-goodbye.ipynb``."""
    language: str
    title: str
    summary: str = ""
    minutes: int | None = None
    readable: bool = True
    """False for a file that is no notebook."""
    for_facilitators: bool = False
    """Whether its notebook says of itself, under ``casework`` in its metadata, that it is for facilitators."""
    place: int = LAST
    """Where its notebook says there that it stands among the others."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """One workbook in all its languages."""

    id: str
    editions: tuple[Edition, ...]

    def edition(self, language: str) -> Edition:
        """Return the edition in a language, or else the first one that can be read."""
        return min(self.editions, key=lambda each: (not each.readable, each.language != language))

    @property
    def place(self) -> tuple[bool, bool, int]:
        """Where it stands among the others: what can be opened first, and what is for everybody before the rest."""
        return (
            not any(edition.readable for edition in self.editions),
            any(edition.for_facilitators for edition in self.editions),
            min(edition.place for edition in self.editions),
        )


def find_workbooks(folder: Path) -> list[Workbook]:
    """Return the workbooks in a folder's language folders, by id.

    They stand in the order that their notebooks name (``{"casework": {"place": 3}}`` in the metadata), then by name.
    Those for facilitators come after the others, and last those that cannot be opened.
    """
    editions: dict[str, list[Edition]] = {}
    for path in sorted(folder.glob("*/*.ipynb")):
        if _LANGUAGE_FOLDER.fullmatch(path.parent.name) and find_file(folder, _inside(folder, path)):
            editions.setdefault(path.stem, []).append(read_edition(folder, path))
    workbooks = [Workbook(stem, tuple(found)) for stem, found in sorted(editions.items())]
    return sorted(workbooks, key=lambda each: each.place)


def find_file(folder: Path, name: str) -> Path | None:
    """Return the notebook that an address names, or None.

    Parameters
    ----------
    folder : Path
        Nothing outside it is ever found.
    name : str
        As it stands in an address, decoded: ``en/the-first-goodbye.ipynb``.
    """
    parts = name.split("/")
    if not name.endswith(".ipynb") or "\\" in name or not name.isprintable():
        return None
    if any(part == "" or part.startswith(".") for part in parts):
        return None
    try:
        path = folder.joinpath(*parts).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
    except OSError:  # a name too long for the disk
        return None
    return folder.joinpath(*parts) if inside else None


def read_edition(folder: Path, path: Path) -> Edition:
    """Return what a notebook says about itself; ``readable`` is false if it is none."""
    status = path.stat()
    return _read_edition(_inside(folder, path), path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _read_edition(name: str, path: Path, _changed: int, _size: int) -> Edition:
    language = name.split("/", maxsplit=1)[0] if "/" in name else "en"
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        texts = _markdown_cells(notebook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("%s cannot be opened as a notebook: %s", path, error)
        return Edition(name, language, _from_name(path), readable=False)
    title, summary = _title_and_summary(texts)
    minutes = _MINUTES.search(texts[0]) if texts else None
    return Edition(
        name,
        language,
        title or _from_name(path),
        summary,
        int(minutes[1]) if minutes else None,
        for_facilitators=_about(notebook).get("for") == "facilitators",
        place=_place(_about(notebook)),
    )


def _about(notebook: dict[str, Any]) -> dict[str, Any]:
    metadata = notebook.get("metadata")
    ours = metadata.get("casework") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}


def _place(about: dict[str, Any]) -> int:
    place = about.get("place")
    return place if isinstance(place, int) and not isinstance(place, bool) else LAST


def _inside(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _markdown_cells(notebook: dict[str, Any]) -> list[str]:
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return ["".join(cell["source"]) for cell in cells]


def _title_and_summary(texts: list[str]) -> tuple[str, str]:
    """Return the first first-level heading and the paragraph that follows it, as plain text."""
    title = ""
    for text in texts:
        tokens = MarkdownIt().parse(text)
        for opening, content in pairwise(tokens):
            if opening.type == "heading_open" and opening.tag == "h1" and not title:
                title = _plain(content)
            elif opening.type == "paragraph_open" and opening.level == 0 and title:
                return title, _plain(content)
    return title, ""


def _plain(inline: Any) -> str:  # noqa: ANN401  a token of the Markdown parser
    words = (
        " " if part.type in {"softbreak", "hardbreak"} else part.content
        for part in inline.children
        if part.type != "html_inline"
    )
    return " ".join("".join(words).split())


def _from_name(path: Path) -> str:
    return path.stem.replace("-", " ").capitalize()
