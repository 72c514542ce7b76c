"""What every part of the store stands on: its database, and how it is read and written."""

from __future__ import annotations

import hashlib
import secrets
import weakref
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from casework.store import _tables as tables
from casework.store._bell import Bell
from casework.store._engine import at_once, make_engine, read_address, reading, sentences, writing
from casework.store._upgrade import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    import sqlalchemy as sa


class Door:
    """An open database.

    Parameters
    ----------
    url : str
        The database's address.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        address = read_address(url)
        with sentences(address):
            self._engine = make_engine(address)
        try:
            bring_up_to_date(self._engine)
        except BaseException:
            self._engine.dispose()
            raise
        self._bell = Bell(self._engine)
        weakref.finalize(self, self._bell.close)  # at the end of the program, too, whoever forgot to close

    def __repr__(self) -> str:
        return f"Store({self._engine.url.render_as_string(hide_password=True)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._bell.close()
        self._engine.dispose()

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with writing(self._engine) as db:
            yield db
        self._bell.ring()

    @contextmanager
    def _at_once(self) -> Iterator[sa.Connection]:
        with at_once(self._engine) as db:
            yield db
        self._bell.ring()


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def digest(text: str) -> str:
    """Return what is kept instead of a secret."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_id() -> str:
    """Return a random id."""
    return secrets.token_hex(16)


def add_learner(db: sa.Connection, account: str | None = None) -> str:
    """Make a new pseudonymous learner."""
    learner_id = new_id()
    row: dict[str, Any] = {"id": learner_id, "account": account, "created_at": now()}
    db.execute(tables.learners.insert(), row)
    return learner_id


def insert_once(db: sa.Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    """Insert a row, unless one with its identity is there; return whether it was inserted."""
    insert = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    return bool(db.execute(insert(table).on_conflict_do_nothing(), row).rowcount)
