"""Brings the catalogues of the interface's words up to date, as ``make words`` does.

Each message has the key of its words as its context, the English as its id. Where the English has changed, the
translation stays and is marked *fuzzy* until someone has looked at it; then the files for the program are compiled.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from casework.content.words import ENGLISH

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LOCALE = Path(__file__).parent / "locale"


def read_catalogue(path: Path) -> Catalog:
    """Return what a PO file holds."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  not needed to read the words

    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def updated(old: Catalog) -> Catalog:
    """Return a catalogue with exactly today's words, in their order."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415  not needed to read the words

    fresh = Catalog(
        locale=old.locale,
        project="casework",
        version="0",
        header_comment=old.header_comment,
        last_translator=old.last_translator,
        language_team=old.language_team,
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        fuzzy=False,
    )
    before = {message.context: message for message in old if message.id}
    for key, english in ENGLISH.items():
        _add(fresh, key, english, before.get(key))
    return fresh


def _add(catalogue: Catalog, key: str, english: str, before: Message | None) -> None:
    told = before.string if before else ""
    flags = set(before.flags) if before else set()
    if before and before.id != english:
        flags.add("fuzzy")
    comments = before.user_comments if before else ()
    catalogue.add(english, told, context=key, flags=flags, user_comments=comments)


def as_po(catalogue: Catalog) -> bytes:
    """Return the PO file of a catalogue."""
    from babel.messages.pofile import write_po  # noqa: PLC0415  not needed to read the words

    file = io.BytesIO()
    write_po(file, catalogue, width=100)
    return file.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return the MO file of a catalogue; what is fuzzy stays out."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  not needed to read the words

    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    """Update and compile each catalogue."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/casework.po")):
        catalogue = updated(read_catalogue(path))
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(as_mo(catalogue))


if __name__ == "__main__":
    main()
