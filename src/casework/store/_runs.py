"""Runs: of one learner, who goes on where they were, and of a group, which a trainer opens and others join."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.activity.codes import new_code, plain_code
from casework.activity.seeing import FLOOR, LOWEST_FLOOR
from casework.activity.sharing import WIDTH
from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import Door, digest, insert_once, new_id, now
from casework.store._engine import Repeated
from casework.store.records import GroupRun, ListedRun, Participant, Run, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.activity.sharing import Audience
    from casework.store.records import Role

LONGEST_NAME = 80

RUN = [
    tables.runs.c.id,
    tables.runs.c.workbook,
    tables.runs.c.learner_id,
    sa.func.coalesce(tables.runs.c.convener, ""),
    sa.func.coalesce(tables.runs.c.widest, "private"),
    tables.runs.c.floor,
    tables.runs.c.keep_days,
]
"""The columns of a `Run`."""

_PEOPLE = (
    sa.select(sa.func.count()).where(tables.participants.c.run_id == tables.runs.c.id).correlate(tables.runs)
).scalar_subquery()
LISTED = sa.select(*RUN, tables.runs.c.opened_at, tables.runs.c.closed_at, tables.runs.c.continues, _PEOPLE)
"""What finds the rows of which `listed` makes a `GroupRun`."""


def listed(row: Sequence[Any]) -> GroupRun:
    """Return a group's run as its trainer's list names it, made of a row of `LISTED`."""
    return GroupRun(Run(*row[: len(RUN)]), *row[len(RUN) :])


def chain(db: sa.Connection, run_id: str) -> Iterator[GroupRun]:
    """Yield a group's run, and then one after the other those that it goes on from, as far as they are there."""
    wanted: str | None = run_id
    while wanted:
        row = db.execute(LISTED.where(tables.runs.c.id == wanted, tables.runs.c.learner_id.is_(None))).one_or_none()
        if row is None:
            return
        found = listed(row)
        yield found
        wanted = found.continues


class Runs(Door):
    """What people work on, alone or in a group."""

    def open_run(self, visit: Visit, workbook: str) -> Run:
        """Return the visitor's run of a workbook, made if there is none.

        Parameters
        ----------
        visit : Visit
            Whose run. A visit to a led session belongs to that session's run.
        workbook : str
            The workbook's id: its file name without the ending.
        """
        return self.open_own_run(visit, workbook) if visit.session_id is None else self.find_run(visit.session_id)

    def open_own_run(self, visit: Visit, workbook: str) -> Run:
        """Return the visitor's own run of a workbook, made if there is none, even where they take part in a group."""
        found = self.find_own_run(visit, workbook)
        if found is not None:
            return found
        run = Run(new_id(), workbook, visit.learner_id)
        row = {"id": run.id, "workbook": workbook, "learner_id": visit.learner_id, "opened_at": now()}
        try:
            with self._writing() as db:
                db.execute(tables.runs.insert(), row)
        except Repeated as error:  # another tab was first
            found = self.find_own_run(visit, workbook)
            if found is None:
                raise StoreError("This learner is not in the store, so nothing can be kept. Open it again.") from error
            return found
        return run

    def find_run(self, run_id: str) -> Run:
        """Return a run by its id; raise `StoreError` if there is none."""
        with self._reading() as db:
            row = db.execute(sa.select(*RUN).where(tables.runs.c.id == run_id)).one_or_none()
        if row is None:
            raise StoreError("There is no such session in the store; it may have been erased.")
        return Run(*row)

    def find_own_run(self, visit: Visit, workbook: str) -> Run | None:
        """Return the visitor's own run of a workbook, if there is one."""
        alone = tables.runs.c.learner_id == visit.learner_id
        with self._reading() as db:
            row = db.execute(sa.select(*RUN).where(alone, tables.runs.c.workbook == workbook)).one_or_none()
        return None if row is None else Run(*row)

    def list_runs(self) -> list[ListedRun]:
        """Return every run, the oldest first, for whoever looks after the store: how much is in it, and never what."""
        runs, events = tables.runs.c, tables.events.c
        count = sa.select(sa.func.count()).where(events.run_id == runs.id).scalar_subquery()
        query = sa.select(runs.id, runs.workbook, runs.learner_id.is_(None), runs.opened_at, count)
        with self._reading() as db:
            return [ListedRun(*row) for row in db.execute(query.order_by(runs.opened_at, runs.id))]

    # -- groups -----------------------------------------------------------------------------------

    def open_group_run(  # noqa: PLR0913  what is settled before anybody joins
        self,
        workbook: str,
        *,
        convener: str,
        floor: int = FLOOR,
        widest: Audience = "group_named",
        keep_days: int | None = None,
        continues: Run | None = None,
    ) -> Run:
        """Open a run that a group will hold.

        Parameters
        ----------
        workbook : str
            The workbook's id.
        convener : str
            Who convened the group, as the join page names them.
        floor : int
            How many different people must have shared something unnamed before anyone sees it; at least 3. It
            cannot be changed later.
        widest : str
            The widest audience that this group allows, whatever a prompt offers.
        keep_days : int, optional
            After how many days `erase_expired` removes it all.
        continues : Run, optional
            The run that came before in a series, for before and after.

        Returns
        -------
        Run
            The run. Let people in with `join_code` and `make_trainer_key`.
        """
        if floor < LOWEST_FLOOR:
            raise StoreError(f"The floor is {floor}; with fewer than {LOWEST_FLOOR} people nothing is unnamed.")
        if widest not in WIDTH:
            raise StoreError(f"There is no audience {widest!r}; choose one of {', '.join(WIDTH)}.")
        if keep_days is not None and keep_days < 1:
            raise StoreError(f"Words cannot be kept for {keep_days} days; say 1 or more, or nothing.")
        run = Run(new_id(), workbook, None, convener, widest, floor, keep_days)
        row = {name: getattr(run, name) for name in Run.__slots__}
        row |= {"opened_at": now(), "secret": secrets.token_hex(32), "continues": continues.id if continues else None}
        code = new_code()
        door = {"key_hash": digest(code), "run_id": run.id, "role": "learner", "code": code}
        try:
            with self._writing() as db:
                db.execute(tables.runs.insert(), row)
                db.execute(tables.doors.insert(), door)
        except Repeated:  # one code in a billion: draw again
            return self.open_group_run(
                workbook, convener=convener, floor=floor, widest=widest, keep_days=keep_days, continues=continues
            )
        return run

    def join_code(self, run: Run) -> str:
        """Return the code with which people join a group's run."""
        columns = tables.doors.c
        query = sa.select(columns.code).where(columns.run_id == run.id, columns.role == "learner")
        with self._reading() as db:
            code = db.execute(query).scalar_one_or_none()
        if code is None:
            raise StoreError("This session is no group's, or it is closed; nobody can join it.")
        return str(code)

    def make_trainer_key(self, run: Run) -> str:
        """Return a new key that lets whoever has it lead this run; only its hash is kept."""
        key = secrets.token_urlsafe(32)
        row = {"key_hash": digest(key), "run_id": run.id, "role": "trainer", "code": None}
        with self._writing() as db:
            db.execute(tables.doors.insert(), row)
        return key

    def find_door(self, code_or_key: str) -> tuple[Run, Role] | None:
        """Return which run a join code or a trainer's key opens, and to which role; None for any other."""
        columns = tables.doors.c
        hashes = {digest(code_or_key), digest(plain_code(code_or_key))}
        query = sa.select(*RUN, columns.role).join_from(tables.doors, tables.runs).where(columns.key_hash.in_(hashes))
        with self._reading() as db:
            row = db.execute(query).first()
        return None if row is None else (Run(*row[:-1]), row[-1])

    def join_run(self, run: Run, learner_id: str, name: str | None = None) -> Visit:
        """Let a learner take part in a group's run, under a name or none, and return their page's visit.

        Who joins again keeps the name that they gave, unless they give another.
        """
        if run.learner_id is not None:
            raise StoreError("This is somebody's own session; nobody can join it.")
        who = {"run_id": run.id, "learner_id": learner_id}
        visit = Visit(new_id(), learner_id, "learner", run.id)
        row = {"id": visit.id, "learner_id": learner_id, "role": "learner", "session_id": run.id}
        try:
            with self._writing() as db:
                insert_once(db, tables.participants, who | {"joined_at": now()})
                db.execute(tables.visits.insert(), row | {"created_at": now()})
                if name and name.strip():
                    columns = tables.names.c
                    db.execute(tables.names.delete().where(columns.run_id == run.id, columns.learner_id == learner_id))
                    db.execute(tables.names.insert(), who | {"name": _clean(name)})
        except Repeated as error:
            raise StoreError("This learner or session is not in the store any more; join again.") from error
        return visit

    def participants(self, reader: Visit, run: Run) -> list[Participant]:
        """Return who takes part, in the order in which they joined; to the trainer of this run alone."""
        if not reader.leads(run):
            return []
        here, named = tables.participants, tables.names
        same = sa.and_(named.c.run_id == here.c.run_id, named.c.learner_id == here.c.learner_id)
        query = (
            sa.select(here.c.learner_id, named.c.name, here.c.joined_at)
            .join_from(here, named, same, isouter=True)
            .where(here.c.run_id == run.id)
            .order_by(here.c.joined_at, here.c.learner_id)
        )
        with self._reading() as db:
            return [Participant(*row) for row in db.execute(query)]

    def close_run(self, reader: Visit, run: Run) -> None:
        """Close a group's run: nobody joins any more, and the days that it is kept begin to count."""
        if not reader.leads(run):
            raise StoreError("Only the trainer of a session can close it.")
        columns = tables.doors.c
        with self._writing() as db:
            db.execute(tables.doors.delete().where(columns.run_id == run.id, columns.role == "learner"))
            db.execute(tables.runs.update().where(tables.runs.c.id == run.id).values(closed_at=now()))


def _clean(name: str) -> str:
    """Return a name on one line, without what cannot be seen."""
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())[:LONGEST_NAME]
