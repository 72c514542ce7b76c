"""The files of a SQLite store, and copies of it, all readable by their owner alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BESIDE = ("", "-wal", "-shm", "-journal")
"""The endings of the files that SQLite keeps for one database."""


def copy_of(file: Path) -> Path:
    """Return where the copy is kept while a store is upgraded."""
    return file.with_name(f"{file.name}.before-upgrade")


def make_private_file(path: Path) -> None:
    """Make an empty file that its owner alone may read, in place of any that is there."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_copy(source: Path, target: Path) -> None:
    """Copy a store that may be in use, as it was last committed, and see it safe on the disk."""
    remove_copy(target)
    make_private_file(target)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_copy(copy: Path) -> None:
    """Remove a copy, and what SQLite may have kept beside it."""
    for ending in _BESIDE:
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
