"""Pseudonymous people: their devices, their accounts, and the visits they make."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa

from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import Door, add_learner, digest, new_id, now
from casework.store._engine import Repeated
from casework.store.records import Device, Role, Visit

if TYPE_CHECKING:
    from collections.abc import Collection

    from casework.store.records import Run


class People(Door):
    """Who comes, and who came before."""

    def register_device(self) -> Device:
        """Make a new pseudonymous learner for a browser that was never here.

        Returns
        -------
        Device
            With the token for its cookie, which is not kept here: only its hash is.
        """
        token = secrets.token_urlsafe(32)
        with self._writing() as db:
            learner_id = add_learner(db)
            row = {"token_hash": digest(token), "learner_id": learner_id, "created_at": now()}
            db.execute(tables.devices.insert(), row)
        return Device(token, learner_id)

    def find_device(self, token: str) -> Device | None:
        """Return the device whose cookie holds this token, or None for one that was never here."""
        query = sa.select(tables.devices.c.learner_id).where(tables.devices.c.token_hash == digest(token))
        with self._reading() as db:
            learner_id = db.execute(query).scalar_one_or_none()
        return None if learner_id is None else Device(token, learner_id)

    def forget_device(self, token: str) -> None:
        """Let a device stand for nobody from now on; what its learner left stays theirs."""
        with self._writing() as db:
            db.execute(tables.devices.delete().where(tables.devices.c.token_hash == digest(token)))

    def has_work(self, learner_id: str) -> bool:
        """Return whether a learner has left anything behind."""
        query = sa.select(sa.exists().where(tables.events.c.learner_id == learner_id))
        with self._reading() as db:
            return bool(db.execute(query).scalar_one())

    def record_visit(self, learner_id: str, role: Role = "learner", session_id: str | None = None) -> Visit:
        """Record that a page was opened, and return the visit whose id its kernel is given.

        Raises
        ------
        StoreError
            If the learner or the session is not in the store.
        """
        visit = Visit(new_id(), learner_id, role, session_id)
        row = {"id": visit.id, "learner_id": learner_id, "role": role, "session_id": session_id}
        try:
            with self._writing() as db:
                db.execute(tables.visits.insert(), row | {"created_at": now()})
        except Repeated as error:
            raise StoreError("This learner or session is not in the store, so the page cannot open.") from error
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

    def end_visits(self, visit_ids: Collection[str]) -> None:
        """Let some pages stand for nobody from now on, as when whoever opened them leaves the device."""
        with self._writing() as db:
            db.execute(tables.visits.delete().where(tables.visits.c.id.in_(visit_ids)))

    def stands(self, visit: Visit, run: Run) -> bool:
        """Return whether a page is still somebody's: neither they, nor the run, nor their visit has gone since."""
        there = [
            sa.exists().where(tables.learners.c.id == visit.learner_id),
            sa.exists().where(tables.runs.c.id == run.id),
        ]
        if visit.id:  # a notebook of one's own is no visit
            there.append(sa.exists().where(tables.visits.c.id == visit.id))
        with self._reading() as db:
            return bool(db.execute(sa.select(sa.and_(*there))).scalar_one())

    def local_visit(self, account: str) -> Visit:
        """Return the visit of someone in a notebook of their own, who stays the same person there.

        Parameters
        ----------
        account : str
            The name of the local or hub user. Only its hash is kept.
        """
        return Visit("", self._find_or_add_account(digest(account)), "owner")

    def _find_or_add_account(self, account: str) -> str:
        query = sa.select(tables.learners.c.id).where(tables.learners.c.account == account)
        with self._reading() as db:
            found = db.execute(query).scalar_one_or_none()
        if found is not None:
            return str(found)
        try:
            with self._writing() as db:
                return add_learner(db, account)
        except Repeated:  # another kernel was first
            with self._reading() as db:
                return str(db.execute(query).scalar_one())
