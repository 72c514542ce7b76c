"""Events: added one by one, and read by those who left them."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.activity.acts import LEADING
from casework.activity.events import Event, place_of
from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import Door, digest
from casework.store._engine import QuickInsert, Repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casework.store.records import Run, Visit

_AT_ONCE = 500  # ids in one query
_PLACE = 32  # hexadecimal digits

_GIVEN = [column.name for column in tables.events.c if column is not tables.events.c.number]
"""The columns of a new row; the database gives it its number."""


def _in_order() -> sa.Insert:
    """Return how PostgreSQL stores an event: one statement, and one writer of a run at a time.

    Else a later number could be committed first, and who reads on from there would never see the earlier one. SQLite
    has one writer at a time anyway.
    """
    run_id = sa.bindparam("run_id", type_=tables.events.c.run_id.type)
    key = sa.func.hashtextextended(run_id, sa.literal_column("0"))
    turn = sa.select(sa.func.pg_advisory_xact_lock(key)).cte("turn")
    row = sa.select(*(sa.bindparam(name, type_=tables.events.c[name].type) for name in _GIVEN)).select_from(turn)
    return tables.events.insert().from_select(_GIVEN, row)


_INSERT_IN_ORDER = _in_order()

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
        may_write(visit, run, event)
        try:
            self._insert_all([as_row(visit.learner_id, run.id, event)])
        except Repeated as error:
            if not self.knows(visit, event.id):
                raise StoreError("This run or learner is not in the store; nothing was stored.") from error
            return False
        return True

    def _insert_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store events as one, or none of them."""
        if self._engine.dialect.name == "sqlite":
            self._insert_quickly(rows)
            return
        with self._at_once() if len(rows) == 1 else self._writing() as db:
            for row in sorted(rows, key=itemgetter("run_id")):  # in the same order by everyone who waits for a run
                db.execute(_INSERT_IN_ORDER, dict(row))

    @cached_property
    def _insert_quickly(self) -> QuickInsert:
        return QuickInsert(self._engine, tables.events, _GIVEN)

    def knows(self, visit: Visit, event_id: str) -> bool:
        """Return whether a visitor's event with this id is stored."""
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

    def standing(self, visit: Visit, run: Run) -> list[tuple[int, Event]]:
        """Return what of a visitor's own events counts now, in order: `events` without words written over since.

        The first and the last words of each place are there, and those that were shared. Folded, they give what all
        of the events give (`casework.activity.events.place_of`), however often something was written anew.
        """
        columns = tables.events.c
        mine: tuple[sa.ColumnElement[bool], ...] = (columns.run_id == run.id, columns.learner_id == visit.learner_id)
        with self._reading() as db:
            last = db.execute(sa.select(sa.func.coalesce(sa.func.max(columns.number), 0)).where(*mine)).scalar_one()
            mine = (*mine, columns.number <= last)  # else something could be stored between two of these queries
            ends = sa.select(sa.func.min(columns.number), sa.func.max(columns.number))
            ends = ends.where(*mine, columns.place.is_not(None)).group_by(columns.place)
            query = sa.select(columns.number, *EVENT).where(*mine)
            found = [(row[0], Event(*row[1:])) for row in db.execute(query.where(columns.place.is_(None)))]
            numbers = {number for row in db.execute(ends) for number in row}
            given = {each for _, event in found if event.kind == "share" for each in named_in(event.body)}
            for some in batched(sorted(given)):
                numbers.update(db.execute(sa.select(columns.number).where(*mine, columns.id.in_(some))).scalars())
            for each in batched(sorted(numbers - {number for number, _ in found})):
                rows = db.execute(query.where(columns.number.in_(each)))
                found += [(row[0], Event(*row[1:])) for row in rows]
        return sorted(found, key=itemgetter(0))

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


def named_in(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the events that a share names, whoever made it."""
    named = body.get("events")
    return tuple(each for each in named if isinstance(each, str)) if isinstance(named, list | tuple) else ()


def batched(wanted: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield what is asked for in as many pieces as queries can hold."""
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


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
        "place": None if (place := place_of(event)) is None else digest(place)[:_PLACE],
    }


def may_write(visit: Visit, run: Run, event: Event) -> None:
    """Raise unless this visit may store this event in this run."""
    if visit.role == "screen":
        raise StoreError("A screen only shows; nothing was stored.")
    if run.learner_id is not None and run.learner_id != visit.learner_id:
        raise StoreError("This run belongs to someone else; nothing was stored.")
    if run.learner_id is None and not visit.takes_part(run):
        raise StoreError("This page takes no part in that session; nothing was stored.")
    if run.learner_id is None and event.kind in LEADING and not visit.leads(run):
        raise StoreError("Only the trainer of this session can do that; nothing was stored.")
