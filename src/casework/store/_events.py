"""Events: added one by one, and read by those who left them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import Door
from casework.store._engine import QuickInsert, Repeated
from casework.store.records import LEADING, Run, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANNEL = "casework"
"""Where PostgreSQL tells those who listen that something was stored."""

_INSERT = tables.events.insert()
# One writer of a run at a time: else a later number could be committed first, and who reads on from there would never
# see the earlier one. SQLite has one writer at a time anyway.
_IN_ORDER = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:run_id, 0)), pg_notify(:channel, :run_id)")

EVENT = [
    tables.events.c.id,
    tables.events.c.kind,
    tables.events.c.about,
    tables.events.c.at,
    tables.events.c.body,
    tables.events.c.share,
    tables.events.c.content_hash,
]
"""The columns of an `Event`."""


class Events(Door):
    """What people did, one after the other."""

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
            If it could not be stored, the run is not the visitor's, or only a trainer may do this.
        """
        _may_write(visit, run, event)
        try:
            self._insert(as_row(visit.learner_id, run.id, event))
        except Repeated as error:
            if not self._has_event(visit, event.id):
                raise StoreError("This run or learner is not in the store; nothing was stored.") from error
            return False
        return True

    def _insert(self, row: Mapping[str, Any]) -> None:
        if self._engine.dialect.name == "sqlite":
            self._insert_quickly(row)
            return
        with self._writing() as db:
            db.execute(_IN_ORDER, {"run_id": row["run_id"], "channel": CHANNEL})
            db.execute(_INSERT, row)

    @cached_property
    def _insert_quickly(self) -> QuickInsert:
        names = [column.name for column in tables.events.c if column is not tables.events.c.number]
        return QuickInsert(self._engine, tables.events, names)

    def _has_event(self, visit: Visit, event_id: str) -> bool:
        columns = tables.events.c
        same = sa.exists().where(columns.learner_id == visit.learner_id, columns.id == event_id)
        with self._reading() as db:
            return bool(db.execute(sa.select(same)).scalar_one())

    def events(self, visit: Visit, run: Run, after: int = 0) -> list[tuple[int, Event]]:
        """Return what a visitor themselves did in a run, in the order in which it was accepted.

        What others gave to be seen is in `shared`, and how a trainer leads is in `led`.

        Parameters
        ----------
        visit : Visit
            The reader, who is the author of all that is returned.
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
        mine = (columns.run_id == run.id, columns.learner_id == visit.learner_id, columns.number > after)
        query = sa.select(columns.number, *EVENT).where(*mine).order_by(columns.number)
        with self._reading() as db:
            return [(row[0], Event(*row[1:])) for row in db.execute(query)]

    def led(self, reader: Visit, run: Run, after: int = 0) -> list[tuple[int, Event]]:
        """Return how trainers led a group's run, to anyone who takes part in it.

        These are events of the kinds ``reveal`` and ``lead``, which only a trainer can store.
        """
        if not reader.takes_part(run):
            return []
        columns = tables.events.c
        steps = (columns.run_id == run.id, sa.text(tables.SETTLING), columns.kind.in_(LEADING), columns.number > after)
        query = sa.select(columns.number, *EVENT).where(*steps).order_by(columns.number)
        with self._reading() as db:
            return [(row[0], Event(*row[1:])) for row in db.execute(query)]


def as_row(learner_id: str, run_id: str, event: Event) -> Mapping[str, Any]:
    """Return the row of an event."""
    return {
        "id": event.id,
        "run_id": run_id,
        "learner_id": learner_id,
        "kind": event.kind,
        "about": event.about,
        "body": dict(event.body),
        "share": event.share,
        "content_hash": event.content_hash,
        "at": event.at,
    }


def _may_write(visit: Visit, run: Run, event: Event) -> None:
    """Raise unless this visit may store this event in this run."""
    if visit.role == "screen":
        raise StoreError("A screen only shows; nothing was stored.")
    if run.learner_id is not None and run.learner_id != visit.learner_id:
        raise StoreError("This run belongs to someone else; nothing was stored.")
    if run.learner_id is None and not visit.takes_part(run):
        raise StoreError("This page takes no part in that session; nothing was stored.")
    if run.learner_id is None and event.kind in LEADING and not visit.leads(run):
        raise StoreError("Only the trainer of this session can do that; nothing was stored.")
