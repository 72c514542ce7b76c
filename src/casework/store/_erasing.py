"""Erasing for good: the one thing that takes events away."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import Door, now
from casework.store._engine import Repeated, file_of, sentences
from casework.store._files import copy_of, remove_copy
from casework.store.records import Erased

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casework.store.records import Run, Visit

PATIENCE = 10.0
"""Seconds to wait for readers before an erasure is left to be finished later."""

_TRIES = 5


class Erasing(Door):
    """Takes away what people left, so that nothing of it stays in the store."""

    def erase_learner(self, learner_id: str) -> Erased:
        """Erase a learner: everything they ever left, their name everywhere, their devices and codes.

        On SQLite nothing of it is in any file of the store afterwards; on PostgreSQL nothing of it is in any query or
        dump, while the server's own files keep traces until they are used again. What others wrote stays.

        Raises
        ------
        StoreError
            If there is no such learner.
        """
        own_runs = sa.select(tables.runs.c.id).where(tables.runs.c.learner_id == learner_id)
        return self._erase(
            [
                *_rows_of_runs(own_runs),
                *(table.delete().where(table.c.learner_id == learner_id) for table in _OF_LEARNERS),
                tables.runs.delete().where(tables.runs.c.learner_id == learner_id),
                tables.learners.delete().where(tables.learners.c.id == learner_id),
            ],
            missing="There is no such learner in the store; they may have been erased.",
        )

    def erase_run(self, run: Run | str) -> Erased:
        """Erase a run: what everyone did in it, the names they used, and its codes; see `erase_learner`."""
        run_id = run if isinstance(run, str) else run.id
        return self._erase(_whole_runs([run_id]), missing="There is no such session in the store; it may be erased.")

    def erase_expired(self, at: datetime | None = None) -> Erased:
        """Erase every run whose days are over, counted from when it was closed, or else from its last event.

        Parameters
        ----------
        at : datetime, optional
            As of when; now, if not given.
        """
        expired = self._find_expired(at or now())
        if not expired:
            return Erased(0, done=self.finish_erasing(0.0))
        return self._erase(_whole_runs(expired), missing="")

    def delete_everything_of(self, visit: Visit) -> Erased:
        """Erase everything of whoever is visiting; see `erase_learner`."""
        return self.erase_learner(visit.learner_id)

    def finish_erasing(self, patience: float = PATIENCE) -> bool:
        """Take the last traces of what was erased out of a SQLite file; return whether none are left.

        Parameters
        ----------
        patience : float
            Seconds to wait for others who are reading.
        """
        with self._reading() as db:
            waiting = db.execute(sa.select(sa.exists(sa.select(tables.erasures.c.id)))).scalar_one()
        if not waiting:
            return True
        file = file_of(self._engine.url)
        if file is not None:
            remove_copy(copy_of(file))
            with sentences(self._engine.url):
                if not _scrub(file, patience):
                    return False
        with self._writing() as db:
            db.execute(tables.erasures.delete())
        return True

    def _find_expired(self, at: datetime) -> list[str]:
        runs, events = tables.runs.c, tables.events.c
        last = sa.select(sa.func.max(events.at)).where(events.run_id == runs.id).scalar_subquery()
        query = sa.select(runs.id, runs.keep_days, sa.func.coalesce(runs.closed_at, last, runs.opened_at))
        with self._reading() as db:
            found = db.execute(query.where(runs.keep_days.is_not(None))).all()
        return [run_id for run_id, days, since in found if since + timedelta(days=days) <= at]

    def _erase(self, steps: Sequence[sa.Delete], *, missing: str) -> Erased:
        begun = now()
        for _ in range(_TRIES):
            try:
                events = self._delete(steps, begun, missing)
            except Repeated:  # somebody wrote meanwhile, into what is being erased
                continue
            return Erased(events, done=self.finish_erasing(), backups=self._backups_before(begun))
        raise StoreError("Somebody keeps writing into what is to be erased; close their pages, then erase again.")

    def _delete(self, steps: Sequence[sa.Delete], begun: datetime, missing: str) -> int:
        events = 0
        with self._writing() as db:
            db.execute(tables.erasures.insert(), {"begun_at": begun})
            for step in steps:
                count = db.execute(step).rowcount
                events += count if step.table is tables.events else 0
            if missing and not count:  # the last step takes the learner or the run itself
                raise StoreError(missing)
        return events

    def _backups_before(self, at: datetime) -> tuple[str, ...]:
        """Name the backups that were made before something was erased and are still there."""
        columns = tables.backups.c
        query = sa.select(columns.place).where(columns.made_at <= at).order_by(columns.made_at)
        with self._reading() as db:
            places = list(db.execute(query).scalars())
        return tuple(place for place in places if Path(place).exists())


_OF_LEARNERS = (tables.names, tables.participants, tables.codes, tables.devices, tables.visits, tables.events)
"""The tables that hold something of a learner; what others refer to stands last."""


def _rows_of_runs(run_ids: Iterable[str] | sa.Select[str]) -> list[sa.Delete]:
    of_runs = (tables.names, tables.participants, tables.doors, tables.events)
    return [
        *(table.delete().where(table.c.run_id.in_(run_ids)) for table in of_runs),
        tables.visits.delete().where(tables.visits.c.session_id.in_(run_ids)),
    ]


def _whole_runs(run_ids: list[str]) -> list[sa.Delete]:
    return [*_rows_of_runs(run_ids), tables.runs.delete().where(tables.runs.c.id.in_(run_ids))]


def _scrub(file: Path, patience: float) -> bool:
    """Write a SQLite file anew without what was deleted, and empty its log; return whether nobody stood in the way."""
    end = time.monotonic() + patience
    with closing(sqlite3.connect(file, isolation_level=None, timeout=patience)) as db:
        db.execute("PRAGMA secure_delete=ON")
        db.execute("PRAGMA temp_store=MEMORY")  # nothing of it goes through a file elsewhere
        try:
            db.execute("VACUUM")  # rows that moved leave traces in the gaps of a page, which deleting does not reach
        except sqlite3.OperationalError:  # locked all that time
            return False
        db.execute("PRAGMA busy_timeout=0")
        while True:
            busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
