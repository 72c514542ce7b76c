"""Pictures and recordings that a file names: whether they are there, and how a page gets them."""

import base64
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from casework.content.document import Document, Part, Text, Words
from casework.content.problem import quote

_PICTURES = "picture", [".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"], 1
_SOUNDS = "recording", [".mp3", ".m4a", ".ogg", ".wav"], 20
_FILMS = "recording", [*_SOUNDS[1], ".mp4", ".webm"], 100

FILES: Mapping[str, tuple[str, list[str], int]] = {"image": _PICTURES, "audio": _SOUNDS, "media": _FILMS}
"""What stands under a key: what it is called, the endings that browsers know, how many MB it may have."""


class Image(Part):
    """A picture beside a scene."""

    file: Text
    """Where it lies, from the folder of the case file."""
    alt: Words
    """What it shows, for those who do not see it."""


class Recording(Part):
    """Something to listen to or to watch."""

    file: Text
    """Where it lies, from the folder of the file."""
    alt: Words
    """What it is, in a sentence."""
    transcript: Words
    """What is said and what can be heard and seen (Markdown)."""


def file_address(content: Document, name: str) -> str | None:
    """Return a file as a ``data:`` address, which every page can show: a notebook's, a phone's, a printed one.

    Parameters
    ----------
    content : Document
        What names it, as it was loaded from its file.
    name : str
        The picture or recording, from the folder of that file.
    """
    if content.path is None:
        return None
    data = base64.b64encode((content.path.parent / name).read_bytes()).decode()
    return f"data:{mimetypes.guess_type(name)[0]};base64,{data}"


def look_at(key: str, name: str, folder: Path, root: Path) -> tuple[str, str] | None:
    """Return what is wrong with a file that a content file names, and what to do about it.

    Parameters
    ----------
    key : str
        The key it stands under: ``image``, ``audio`` or ``media``.
    name : str
        Its name.
    folder : pathlib.Path
        The folder of the content file; names are seen from there.
    root : pathlib.Path
        The folder that they may not lead out of.
    """
    noun, endings, most = FILES[key]
    if Path(name).suffix.lower() not in endings:
        verb = "shows" if key == "image" else "plays"
        usual = [ending for ending in endings if ending != ".jpeg"]
        remedy = f"use {', '.join(usual[:-1])} or {usual[-1]}"
        return f"{quote(name)} is no {noun} that every browser {verb}", remedy
    try:
        target = (folder / name).resolve()
        inside, size = target.is_relative_to(root.resolve()), target.stat().st_size if target.is_file() else None
    except (OSError, RuntimeError, ValueError):
        inside, size = True, None
    if not inside or "\\" in name:
        return f"the {noun} {quote(name)} lies outside the folder", "copy it beside the file, and use / in its name"
    if size is None:
        return f"there is no {noun} {quote(name)}", "write its name as seen from the folder of this file"
    if size > most * 1_000_000:
        return f"the {noun} {quote(name)} has {size / 1e6:.1f} MB", f"make it smaller than {most} MB"
    return None
