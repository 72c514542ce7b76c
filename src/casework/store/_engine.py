"""Engines, and what they say when they fail, in sentences."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.errors import StoreError
from casework.store._tables import SCHEMA, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 5
"""How long a writer waits for another before it says that the file is locked."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # acknowledged means on disk
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten
)

_CAUSES = {
    "locked": "another program holds it; it will be tried again",
    "full": "the disk is full; free some space",
    "readonly": "it cannot be written to; check the permissions of the file and its folder",
    "unable to open": "it cannot be opened; check that its folder exists and may be written to",
    "malformed": "it is damaged; restore a copy of it",
    "not a database": "it is not a store of casework; name another file in CASEWORK_STORE",
}


def default_url() -> str:
    """Return the store's address: ``CASEWORK_STORE``, or SQLite in the user's data folder."""
    if url := os.environ.get("CASEWORK_STORE"):
        return url
    from platformdirs import user_data_path  # noqa: PLC0415  only where no address was given

    return f"sqlite:///{user_data_path('casework') / 'casework.sqlite'}"


def open_engine(url: str) -> sa.Engine:
    """Return an engine with its tables in place."""
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        msg = f"CASEWORK_STORE is not the address of a database: {url!r}. Write sqlite:////path/to/file.sqlite."
        raise StoreError(msg) from error
    with sentences(address):
        if address.get_backend_name() == "sqlite":
            return _open_sqlite(address)
        engine = sa.create_engine(address)
        metadata.create_all(engine)
        return engine


@contextmanager
def sentences(address: sa.URL) -> Iterator[None]:
    """Turn a database's error into a sentence about the store."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, OSError) as error:
        place = address.database or address.render_as_string(hide_password=True)
        said = str(error).lower()
        cause = next((why for mark, why in _CAUSES.items() if mark in said), "it did not answer as expected")
        msg = f"The store {place} could not be used: {cause}."
        raise StoreError(msg) from error


def _open_sqlite(address: sa.URL) -> sa.Engine:
    in_memory = address.database in (None, "", ":memory:")
    if not in_memory:
        _make_private(Path(str(address.database)))
    engine = sa.create_engine(
        address,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        poolclass=sa.StaticPool if in_memory else None,
    )
    sa.event.listen(engine, "connect", _on_connect)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found > SCHEMA:
            msg = (
                f"The store {address.database} was written by a newer casework (its tables: version {found}, "
                f"this one knows {SCHEMA}). Install the newer casework to open it."
            )
            raise StoreError(msg)
    if found < SCHEMA:
        metadata.create_all(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    return engine


def _make_private(path: Path) -> None:
    """Make the file, readable by its owner alone, before SQLite would make it readable by others."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401  a DBAPI connection has no type
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
