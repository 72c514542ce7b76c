"""What must hold anywhere in any file: ids of their own, files that are there, Markdown that shows what it says."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from casework.content.media import FILES, look_at
from casework.content.problem import ELEMENTS, Finding, Place, quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ACROSS = frozenset({"choices", "reflect"})
"""Lists whose ids are stored without the scene that they stand in, so that the whole file shares them."""
_SCHEMES = frozenset({"http", "https", "mailto"})
_LINK = re.compile(r"(?:\]\(|\]:|<)\s{0,9}<?\s{0,9}([a-zA-Z][a-zA-Z0-9+.\s-]{0,60}):")
_TAG = re.compile(r"<(?:/?([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])[^>\n]{0,200}>?|!--|[!?][a-zA-Z])")
_PICTURE = re.compile(r"!\[[^\]]{0,200}\]\(")
_ACTIVE = frozenset(
    {"base", "embed", "form", "iframe", "img", "input", "link", "meta", "object", "script", "style", "svg", "video"}
)


def find_faults_anywhere(value: dict[str, Any], path: Path, root: Path) -> Iterator[Finding]:
    """Yield what is wrong with a file of any kind, read from a folder.

    Parameters
    ----------
    value : dict
        What stands in it.
    path : pathlib.Path
        The file; pictures and recordings are named from the folder it lies in.
    root : pathlib.Path
        The folder that they may not lead out of.
    """
    shared: dict[str, set[str]] = {key: set() for key in _ACROSS}
    waiting: list[tuple[Place, Any]] = [((), value)]
    for place, here in waiting:
        if isinstance(here, str):
            if "<" in here or "](" in here or "]:" in here:
                yield from _check_markdown(place, here)
        elif isinstance(here, dict):
            waiting.extend(
                ((*place, key), inner) for key, inner in here.items() if isinstance(inner, str | dict | list)
            )
            key = place[-1] if place else None
            if key in FILES and isinstance(name := here.get("file"), str):
                fault = look_at(str(key), name, path.parent, root)
                if fault is not None:
                    yield Finding((*place, "file"), *fault)
        else:
            waiting.extend(
                ((*place, index), inner) for index, inner in enumerate(here) if isinstance(inner, str | dict | list)
            )
            yield from _find_doubles(place, here, shared)


def _find_doubles(place: Place, entries: list[Any], shared: dict[str, set[str]]) -> Iterator[Finding]:
    """Yield a finding for each id that stands in a list a second time."""
    kind = ELEMENTS.get(str(place[-1]))
    if kind is None:
        return
    seen = shared.get(str(place[-1]), set())
    for index, entry in enumerate(entries):
        name = entry.get("id") if isinstance(entry, dict) else entry if place == ("perspectives",) else None
        if isinstance(name, str):
            if name in seen:
                message = f"another {kind} has the id '{name}' already"
                yield Finding((*place, index), message, "give each an id of its own")
            seen.add(name)


def _check_markdown(place: Place, text: str) -> Iterator[Finding]:
    """See that a text holds no HTML, no pictures, and no links but to the web or to a letter."""
    said = html.unescape(text)
    for found in _LINK.finditer(said):
        scheme = re.sub(r"\s", "", found.group(1)).lower()
        if scheme not in _SCHEMES:
            remedy = "link to an address with https:// in front, or take it out"
            yield Finding(place, f"a link leads to '{scheme[:40]}:', which no page opens", remedy)
            return
    for found in _TAG.finditer(text):
        active = (found.group(1) or "").lower() in _ACTIVE
        message = f"{quote(found.group())} is HTML, and would stand there as it is written"
        yield Finding(place, message, "take it out, or use Markdown", "error" if active else "warning")
        return
    if _PICTURE.search(text):
        message, remedy = "a picture in Markdown is not shown", "use the key 'image', with 'file' and 'alt'"
        yield Finding(place, message, remedy, "warning")
