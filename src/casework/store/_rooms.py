"""What a group's room needs of the store: all that happened in it, and many events at once.

These functions are for the server that holds the room, and for nobody else: they return what no page may be sent as it
is. Who sees what of it, `casework.live` decides.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import sqlalchemy as sa

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._engine import Repeated
from casework.store._events import EVENT, Events, as_row, may_write
from casework.store._runs import LISTED, Runs, chain, listed
from casework.store.records import Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.store.records import GroupRun, Run


class Rooms(Events, Runs):
    """What the server that holds a room reads and writes."""

    def append_all(self, written: Sequence[tuple[Visit, Run, Event]]) -> list[StoreError | None]:
        """Store the events of many in one transaction; when this returns, they are on disk.

        Parameters
        ----------
        written : sequence of (Visit, Run, Event)
            Who did what in which run, in the order in which it is to count.

        Returns
        -------
        list of StoreError or None
            For each event None, if it is stored now or was before, or else why it is not: one that cannot be
            stored keeps none of the others from it.
        """
        try:
            for visit, run, event in written:
                may_write(visit, run, event)
            self._insert_all([as_row(visit.learner_id, run.id, event) for visit, run, event in written])
        except (Repeated, StoreError):
            return [self._try_to_append(*one) for one in written]
        return [None] * len(written)

    def _try_to_append(self, visit: Visit, run: Run, event: Event) -> StoreError | None:
        try:
            self.append(visit, run, event)
        except StoreError as error:
            return error
        return None

    def room_entries(self, run: Run, after: int = 0) -> list[tuple[int, str, Event]]:
        """Return everything that everyone did in a group's run, in order: each with its number and its author."""
        columns = tables.events.c
        query = sa.select(columns.number, columns.learner_id, *EVENT)
        here = columns.run_id == run.id, columns.number > after
        in_order = query.where(*here).order_by(columns.number)
        with self._reading() as db:
            return [(row[0], row[1], Event(*row[2:])) for row in db.execute(in_order)]

    def room_secret(self, run: Run) -> str:
        """Return a group's own secret, which its pseudonyms and orders come from."""
        with self._reading() as db:
            found = db.execute(sa.select(tables.runs.c.secret).where(tables.runs.c.id == run.id)).scalar_one_or_none()
        if found is None:
            raise StoreError("There is no such group in the store; it may have been erased.")
        return str(found)

    def room_people(self, run: Run) -> frozenset[str] | None:
        """Return who takes part in a group's run; None if it is erased."""
        people = sa.select(tables.participants.c.learner_id).where(tables.participants.c.run_id == run.id)
        with self._reading() as db:
            here = db.execute(sa.select(sa.exists().where(tables.runs.c.id == run.id))).scalar_one()
            return frozenset(db.execute(people).scalars()) if here else None

    def room_name(self, run: Run, learner_id: str) -> str | None:
        """Return what somebody calls themselves in a group, if they said."""
        names = tables.names.c
        same = names.run_id == run.id, names.learner_id == learner_id
        with self._reading() as db:
            return db.execute(sa.select(names.name).where(*same)).scalar_one_or_none()

    def group_runs(self, trainer_id: str) -> list[GroupRun]:
        """Return the groups that somebody may lead, the newest first: those that they visited as their trainer."""
        runs, visits = tables.runs.c, tables.visits.c
        led = sa.select(visits.session_id).where(visits.learner_id == trainer_id, visits.role == "trainer")
        query = LISTED.where(runs.id.in_(led)).order_by(runs.opened_at.desc(), runs.id)
        with self._reading() as db:
            return [listed(row) for row in db.execute(query)]

    def goes_on(self, run: Run) -> bool:
        """Return whether a group's run goes on from one that is still there."""
        with self._reading() as db:
            return len(list(islice(chain(db, run.id), 2))) > 1

    def room_earlier(self, run: Run, learner_id: str, most: int = 3) -> list[list[Event]]:
        """Return what somebody did in the runs that this one goes on from, run by run, the earliest first.

        It is theirs alone: only their own page may be sent any of it.

        Parameters
        ----------
        run : Run
            The group's run that they take part in now.
        learner_id : str
            Whose.
        most : int, optional
            How many runs to look back, whether or not they took part in each.
        """
        with self._reading() as db:
            before = [each.run for each in islice(chain(db, run.id), 1, most + 1)]
        visits = [(each, Visit("", learner_id, "learner", each.id)) for each in reversed(before)]
        found = ([event for _, event in self.standing(visit, each)] for each, visit in visits)
        return [events for events in found if events]

    def may_lead(self, trainer_id: str, run_id: str) -> bool:
        """Return whether somebody may lead a group: they opened it, or came with its trainer link."""
        visits = tables.visits.c
        same = visits.learner_id == trainer_id, visits.role == "trainer", visits.session_id == run_id
        with self._reading() as db:
            return bool(db.execute(sa.select(sa.exists().where(*same))).scalar_one())
