"""What is in the files that a report is written as."""

from __future__ import annotations

import io
import zipfile

from twelve import FIRST, LATER, NOTICED

WHOM = ("trainer", "group", "organisation")
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
"""A picture of one dot."""


def spoken(language):
    said = [*(text for told in (FIRST, LATER) for texts in told[language].values() for text in texts)]
    return [*said, *NOTICED[language]]


def text_of(data):
    """Return all that is anywhere in a file: of a document or a spreadsheet, every part of it."""
    if isinstance(data, str):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
