"""The one door to what people leave behind."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._engine import default_url, open_engine, sentences
from casework.store.records import Device, Role, Run, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_store(url: str | None = None) -> Store:
    """Open the store.

    Parameters
    ----------
    url : str, optional
        A database address such as ``sqlite:////path/to/file.sqlite``. By default the environment's
        ``CASEWORK_STORE``, and without it a SQLite file in the user's data folder.

    Returns
    -------
    Store
        Ready for use; its tables are made where they are missing.

    Raises
    ------
    StoreError
        If the database cannot be opened, or was written by a newer casework.
    """
    return Store(url or default_url())


class Store:
    """Append-only events, and who may read them.

    Parameters
    ----------
    url : str
        The database's address.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = open_engine(url)

    def __repr__(self) -> str:
        return f"Store({self._engine.url.render_as_string(hide_password=True)!r})"

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # -- people -----------------------------------------------------------------------------------

    def register_device(self) -> Device:
        """Make a new pseudonymous learner for a browser that was never here.

        Returns
        -------
        Device
            With the token for its cookie, which is not kept here: only its hash is.
        """
        token = secrets.token_urlsafe(32)
        with self._writing() as db:
            learner_id = _add_learner(db)
            row = {"token_hash": _digest(token), "learner_id": learner_id, "created_at": _now()}
            db.execute(tables.devices.insert(), row)
        return Device(token, learner_id)

    def find_device(self, token: str) -> Device | None:
        """Return the device whose cookie holds this token, or None for one that was never here."""
        query = sa.select(tables.devices.c.learner_id).where(tables.devices.c.token_hash == _digest(token))
        with self._reading() as db:
            learner_id = db.execute(query).scalar_one_or_none()
        return None if learner_id is None else Device(token, learner_id)

    def has_work(self, learner_id: str) -> bool:
        """Return whether a learner has left anything behind."""
        query = sa.select(sa.exists().where(tables.events.c.learner_id == learner_id))
        with self._reading() as db:
            return bool(db.execute(query).scalar_one())

    # -- visits -----------------------------------------------------------------------------------

    def record_visit(self, learner_id: str, role: Role = "learner", session_id: str | None = None) -> Visit:
        """Record that a page was opened, and return the visit whose id its kernel is given."""
        visit = Visit(secrets.token_hex(16), learner_id, role, session_id)
        row = {"id": visit.id, "learner_id": learner_id, "role": role, "session_id": session_id}
        with self._writing() as db:
            db.execute(tables.visits.insert(), row | {"created_at": _now()})
        return visit

    def find_visit(self, visit_id: str) -> Visit:
        """Return a recorded visit.

        Raises
        ------
        StoreError
            If there is no such visit.
        """
        columns = tables.visits.c
        query = sa.select(columns.id, columns.learner_id, columns.role, columns.session_id)
        with self._reading() as db:
            row = db.execute(query.where(columns.id == visit_id)).one_or_none()
        if row is None:
            raise StoreError("This page's visit is not known here. Open the workbook again from its gallery.")
        return Visit(*row)

    def local_visit(self, account: str) -> Visit:
        """Return the visit of someone in a notebook of their own, who stays the same person there.

        Parameters
        ----------
        account : str
            The name of the local or hub user. Only its hash is kept.
        """
        return Visit("", self._find_or_add_account(_digest(account)), "owner")

    def _find_or_add_account(self, account: str) -> str:
        query = sa.select(tables.learners.c.id).where(tables.learners.c.account == account)
        with self._reading() as db:
            found = db.execute(query).scalar_one_or_none()
        if found is not None:
            return str(found)
        try:
            with self._writing() as db:
                return _add_learner(db, account)
        except _RepeatError:  # another kernel was first
            with self._reading() as db:
                return str(db.execute(query).scalar_one())

    # -- runs -------------------------------------------------------------------------------------

    def open_run(self, visit: Visit, workbook: str) -> Run:
        """Return the visitor's run of a workbook, made if there is none.

        Parameters
        ----------
        visit : Visit
            Whose run. A visit to a led session belongs to that session's run.
        workbook : str
            The workbook's id: its file name without the ending.
        """
        found = self._find_run(visit, workbook)
        if found is not None:
            return found
        run = Run(secrets.token_hex(16), workbook, visit.learner_id)
        row = {"id": run.id, "workbook": workbook, "learner_id": visit.learner_id, "opened_at": _now()}
        try:
            with self._writing() as db:
                db.execute(tables.runs.insert(), row)
        except _RepeatError:  # another tab was first
            return self.open_run(visit, workbook)
        return run

    def _find_run(self, visit: Visit, workbook: str) -> Run | None:
        columns = tables.runs.c
        query = sa.select(columns.id, columns.workbook, columns.learner_id)
        if visit.session_id is not None:
            query = query.where(columns.id == visit.session_id)
        else:
            query = query.where(columns.learner_id == visit.learner_id, columns.workbook == workbook)
        with self._reading() as db:
            row = db.execute(query).one_or_none()
        return None if row is None else Run(*row)

    # -- events -----------------------------------------------------------------------------------

    def append(self, visit: Visit, run: Run, event: Event) -> bool:
        """Store one event; when this returns, it is on disk.

        Parameters
        ----------
        visit : Visit
            Who did it.
        run : Run
            In which run.
        event : Event
            What was done.

        Returns
        -------
        bool
            False if this learner's event with that id was stored before: a repeat changes nothing.

        Raises
        ------
        StoreError
            If it could not be stored, or the run is another learner's.
        """
        if run.learner_id not in (None, visit.learner_id):
            raise StoreError("This run belongs to someone else; nothing was stored.")
        row = {
            "id": event.id,
            "run_id": run.id,
            "learner_id": visit.learner_id,
            "kind": event.kind,
            "about": event.about,
            "body": dict(event.body),
            "share": event.share,
            "content_hash": event.content_hash,
            "at": event.at,
        }
        try:
            with self._writing() as db:
                db.execute(tables.events.insert(), row)
        except _RepeatError as error:
            if not self._has_event(visit, event.id):
                raise StoreError("This run or learner is not in the store; nothing was stored.") from error
            return False
        return True

    def _has_event(self, visit: Visit, event_id: str) -> bool:
        columns = tables.events.c
        same = sa.exists().where(columns.learner_id == visit.learner_id, columns.id == event_id)
        with self._reading() as db:
            return bool(db.execute(sa.select(same)).scalar_one())

    def events(self, visit: Visit, run: Run, after: int = 0) -> list[tuple[int, Event]]:
        """Return what a visitor may see of a run, in the order in which it was accepted.

        Parameters
        ----------
        visit : Visit
            The reader. Someone alone reads what they themselves left.
        run : Run
            The run to read.
        after : int
            Leave out events up to this number.

        Returns
        -------
        list of (int, Event)
            Each event with its number in the store.
        """
        columns = tables.events.c
        query = (
            sa.select(
                columns.number,
                columns.id,
                columns.kind,
                columns.about,
                columns.at,
                columns.body,
                columns.share,
                columns.content_hash,
            )
            .where(columns.run_id == run.id, columns.learner_id == visit.learner_id, columns.number > after)
            .order_by(columns.number)
        )
        with self._reading() as db:
            return [(row[0], Event(*row[1:])) for row in db.execute(query)]

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with sentences(self._engine.url), self._engine.connect() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with sentences(self._engine.url):
            try:
                with self._engine.begin() as db:
                    yield db
            except sa.exc.IntegrityError as error:
                raise _RepeatError from error


class _RepeatError(Exception):
    """A row with this identity is there already."""


def _add_learner(db: sa.Connection, account: str | None = None) -> str:
    learner_id = secrets.token_hex(16)
    row: dict[str, Any] = {"id": learner_id, "account": account, "created_at": _now()}
    db.execute(tables.learners.insert(), row)
    return learner_id


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)
