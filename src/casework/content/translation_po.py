"""Strings to a PO file and back, as Poedit, Weblate and other translation tools read it.

Each message has its key as context, its source as id; where it stands is a comment, and *fuzzy* means stale.
What the file no longer has is an obsolete message with its key for a source.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from casework.content.translation_table import Row, Table
from casework.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = """\
msgid ""
msgstr ""
"Project-Id-Version: {name} 1\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LARGEST_FILE = 20_000_000


def write_po(table: Table, path: Path) -> None:
    """Write strings as a PO file."""
    messages = [_HEAD.format(name=table.name, language=table.language), *map(_message, table.rows)]
    path.write_text("\n".join(messages), "utf-8", newline="\n")


def _message(row: Row) -> str:
    if row.state == "gone":  # as a catalogue keeps what its source no longer has; the words of that are not known
        told = [f"msgctxt {_quoted(row.key)}", f"msgid {_quoted(row.key)}", f"msgstr {_quoted(row.text)}"]
        return "\n".join(f"#~ {line}" for each in told for line in each.split("\n")) + "\n"
    lines = [f"#. {row.context}" if row.context else "#.", f"#. {row.state}"]
    if row.state == "stale":
        lines.append("#, fuzzy")
    lines += [f"msgctxt {_quoted(row.key)}", f"msgid {_quoted(row.source)}", f"msgstr {_quoted(row.text)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text in quotation marks; one of several lines begins on a line of its own."""
    parts = re.split(r"(?<=\n)", text)
    quoted = [f'"{"".join(_ESCAPES.get(character, character) for character in part)}"' for part in parts if part]
    return "\n".join(['""', *quoted]) if len(quoted) > 1 else (quoted or ['""'])[0]


def read_po(path: Path, shown: str) -> Table:
    """Read a PO file that came back.

    Raises
    ------
    ContentError
        If it is no PO file, or not one that came from here.
    """
    from babel.messages import pofile  # noqa: PLC0415  not needed until something is imported

    try:
        raw = path.read_bytes()
        if len(raw) > _LARGEST_FILE:
            raise ContentError(f"{shown}: the file is too large to be a list of strings.")
        catalogue = pofile.read_po(io.BytesIO(raw), abort_invalid=True)
    except pofile.PoFileError as error:
        raise ContentError(f"{shown}: line {error.lineno + 1}: this is no PO file; {error}.") from error
    except (ValueError, LookupError, OSError, AttributeError, TypeError) as error:
        raise ContentError(f"{shown}: this cannot be read as a PO file in UTF-8.") from error
    language = str(catalogue.locale_identifier or "")
    if not language or not catalogue.project or "/" not in catalogue.project:
        raise ContentError(f"{shown}: line 1: it does not say which file and language it is of; export again.")
    rows = (
        Row(
            str(message.context or ""),
            " ".join(message.auto_comments[:1]),
            _single(message.id),
            _single(message.string),
            "stale" if message.fuzzy else "",
            f"line {message.lineno}",
        )
        for message in catalogue
        if message.id
    )
    gone = (
        Row(str(message.context or ""), "", "", _single(message.string), "gone")
        for message in catalogue.obsolete.values()
        if message.context == message.id
    )
    return Table(catalogue.project, language.replace("_", "-"), (*rows, *gone))


def _single(text: str | list[str] | tuple[str, ...] | None) -> str:
    return text if isinstance(text, str) else (text or ("",))[0]
