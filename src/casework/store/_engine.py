"""Engines, and what they say when they fail, in sentences."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    "lock timeout": "another program holds it; it will be tried again",
    "disk is full": "the disk is full; free some space",
    "no space left": "the disk is full; free some space",
    "disk i/o error": "its disk could not be read or written; check that it is there and has space left",
    "readonly": "it cannot be written to; check the permissions of the file and its folder",
    "read-only": "it cannot be written to; check its permissions",
    "permission denied": "it may not be used by this account; check its permissions",
    "unable to open": "it cannot be opened; check that its folder exists and may be written to",
    "malformed": "it is damaged; restore a copy of it",
    "not a database": "it is not a store of casework; name another file in CASEWORK_STORE",
    "password authentication": "its server does not know this name and password; check CASEWORK_STORE",
    "does not exist": "there is no such database, or not all of its tables are there; check CASEWORK_STORE",
    "connect": "its server does not answer; it will be tried again",  # connection failed, lost, refused, closed
    "server closed": "its server does not answer; it will be tried again",
    "shutting down": "its server does not answer; it will be tried again",
    "starting up": "its server does not answer; it will be tried again",
}

_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": "-c lock_timeout=5s",
    "application_name": "casework",
}
"""What psycopg is told, so that a server that went away is noticed within seconds (milliseconds for the last)."""


def default_url() -> str:
    """Return the store's address: ``CASEWORK_STORE``, or SQLite in the user's data folder."""
    if url := os.environ.get("CASEWORK_STORE"):
        return url
    from platformdirs import user_data_path  # noqa: PLC0415  only where no address was given

    return f"sqlite:///{user_data_path('casework') / 'casework.sqlite'}"


def read_address(url: str) -> sa.URL:
    """Return the address that a URL names; raise `StoreError` if it is none that can be used."""
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError(_no_address(url.partition("://")[0] if "@" in url else url)) from error
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        raise StoreError(_no_address(address.get_backend_name()))
    return address.set(drivername="sqlite")


def _no_address(found: str) -> str:
    return (
        f"CASEWORK_STORE is not the address of a database: {found!r}. Write sqlite:////path/to/file.sqlite, "
        "or postgresql://name@host/database."
    )


class Repeated(Exception):  # noqa: N818  no error, but an answer
    """A row with this identity is there already, or one that it needs is not."""


def make_engine(address: sa.URL, *, patience: float | None = None) -> sa.Engine:
    """Return an engine; nothing is looked for in the database yet.

    Parameters
    ----------
    address : sqlalchemy.URL
        The database's address.
    patience : float, optional
        Seconds to wait for another process that writes to a SQLite file.
    """
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address, BUSY_SECONDS if patience is None else patience)
    try:
        return sa.create_engine(address, connect_args=_PATIENCE, pool_pre_ping=True, hide_parameters=True)
    except ImportError as error:
        msg = "PostgreSQL needs one more package. Install it with: pip install 'casework[postgresql]'"
        raise StoreError(msg) from error


def file_of(address: sa.URL) -> Path | None:
    """Return the file of a SQLite store; None for one in memory, or on a server."""
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


@contextmanager
def sentences(address: sa.URL) -> Iterator[None]:
    """Turn a database's error into a sentence about the store, which holds nothing that anybody wrote."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error, OSError) as error:
        place = address.database if file_of(address) else address.render_as_string(hide_password=True)
        said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).lower()
        cause = next((why for mark, why in _CAUSES.items() if mark in said), "it did not answer as expected")
        msg = f"The store {place} could not be used: {cause}."
        raise StoreError(msg) from error


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection on which nothing changes meanwhile."""
    with sentences(engine.url), engine.connect() as db:
        yield db


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection whose changes are on disk when this ends, all of them or none.

    Raises
    ------
    Repeated
        If something is there already, or what it belongs to is not.
    StoreError
        If the database could not be used.
    """
    with sentences(engine.url):
        try:
            with engine.connect().execution_options(writing=True) as db, db.begin():
                yield db
        except sa.exc.IntegrityError as error:
            raise Repeated from error


@contextmanager
def at_once(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection on which each statement is a transaction of its own; raise as `writing` does."""
    with sentences(engine.url):
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                yield db
        except sa.exc.IntegrityError as error:
            raise Repeated from error


class QuickInsert:
    """Inserts rows into a SQLite table with as little as can be between them and the file.

    They are one statement, which holds the file for no longer than it takes: a transaction that is begun and committed
    from Python keeps every other writer waiting meanwhile, and this thread waits for its turn after every row.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        The file's engine.
    table : sqlalchemy.Table
        The table.
    names : list of str
        The columns that are given.
    """

    def __init__(self, engine: sa.Engine, table: sa.Table, names: list[str]) -> None:
        self._engine = engine
        dialect = engine.dialect
        compiled = table.insert().compile(dialect=dialect, column_keys=names)
        self._head, _, self._row = str(compiled).rpartition(" VALUES ")
        types = ((name, table.c[name].type) for name in compiled.positiontup or names)
        self._columns = [(name, kind.dialect_impl(dialect).bind_processor(dialect)) for name, kind in types]

    def __call__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, all or none; raise as `writing` does. When this returns, they are on disk."""
        given = [process(row[name]) if process else row[name] for row in rows for name, process in self._columns]
        with sentences(self._engine.url):
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute(f"{self._head} VALUES {', '.join([self._row] * len(rows))}", given)
            except sqlite3.IntegrityError as error:
                raise Repeated from error
            finally:
                connection.close()


def _sqlite_engine(address: sa.URL, patience: float) -> sa.Engine:
    file = file_of(address)
    if file is not None:
        _make_private(file)
    engine = sa.create_engine(
        address,
        # Transactions are begun below: SQLite's driver would begin them late, and not before tables are changed.
        connect_args={"timeout": patience, "check_same_thread": False, "isolation_level": None},
        # The connection that was used last knows most of the file still.
        **({"poolclass": sa.StaticPool} if file is None else {"pool_use_lifo": True}),
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(path: Path) -> None:
    """Make the file, readable by its owner alone, before SQLite would make it readable by others."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401  a DBAPI connection has no type
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: sa.Connection) -> None:
    """Take the writer's place at once: who reads first and writes later can be refused it in between."""
    is_writer = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")
