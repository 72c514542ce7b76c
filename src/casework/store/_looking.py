"""What a store is like, found out without making it, changing it or opening what anybody wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.errors import StoreError
from casework.store._engine import BUSY_SECONDS, default_url, file_of, make_engine, read_address, reading, sentences
from casework.store._tables import SCHEMA
from casework.store._upgrade import find_version

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

_MAY_WRITE = (
    "SELECT NOT pg_is_in_recovery() AND CASE WHEN to_regclass('events') IS NULL "
    "THEN has_schema_privilege(current_schema(), 'CREATE') ELSE has_table_privilege('events', 'INSERT') END"
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at a store's place told."""

    place: str
    """Its file, or its address without the password."""
    file: Path | None
    """Its file; None for one that is on a server."""
    version: int = 0
    """The version of its tables; 0 if there are none yet."""
    needed: int = SCHEMA
    """The version that this casework works with."""
    trouble: str = ""
    """Why it cannot be used, as a sentence with what to do; empty if it can."""


def look_at_store(url: str | None = None) -> Looked:
    """Look at a store from outside: is it there, may it be written to, and how old are its tables.

    Parameters
    ----------
    url : str, optional
        As in `casework.store.open_store`.
    """
    asked = url or default_url()
    try:
        address = read_address(asked)
    except StoreError as error:
        return Looked("CASEWORK_STORE", None, trouble=str(error))
    file = file_of(address)
    place = str(file) if file else address.render_as_string(hide_password=True)
    try:
        version = _look_into(file, address) if file else _ask(address)
    except StoreError as error:
        return Looked(place, file, trouble=str(error))
    return Looked(place, file, version)


def _look_into(file: Path, address: sa.URL) -> int:
    """Return the version of a file's tables; its write lock is taken, and given back."""
    if not file.exists():
        return 0
    with sentences(address), closing(_opened(file)) as db:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "events" not in tables:
            raise StoreError(f"The file {file} is another program's database. Name another in CASEWORK_STORE.")
        db.execute("BEGIN IMMEDIATE")
        db.rollback()
    if version > SCHEMA:
        raise StoreError(
            f"The store {file} was written by a newer casework (its tables: version {version}, this one knows "
            f"{SCHEMA}). Install the newer casework to open it."
        )
    return version


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _ask(address: sa.URL) -> int:
    """Return the version of a server's tables."""
    engine = make_engine(address)
    try:
        version = find_version(engine)
        if address.get_backend_name() == "postgresql":
            with reading(engine) as db:
                if not db.exec_driver_sql(_MAY_WRITE).scalar_one():
                    place = address.render_as_string(hide_password=True)
                    raise StoreError(f"The store {place} may not be written to by this name; ask whoever runs it.")
    finally:
        engine.dispose()
    return version
