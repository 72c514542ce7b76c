"""Codes that bring one's work to another device, and how guessing them is slowed, then locked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from casework.activity.codes import COMING_BACK, new_code, plain_code, spoken_code
from casework.errors import StoreError, TooManyCodes
from casework.store import _tables as tables
from casework.store._door import Door, digest, now
from casework.store._engine import Repeated
from casework.store.records import Device

if TYPE_CHECKING:
    from datetime import datetime

CODE_DAYS = 365
"""For how long a code brings its learner's work to another device."""

FREE_GUESSES = 5
"""Wrong codes from one address that cost nothing: people mistype."""

LOCKING_GUESS = 20
"""With so many wrong codes, an address is locked."""

LOCKED = timedelta(hours=1)
FORGOTTEN = timedelta(days=1)
"""After so long without a wrong code, those before are forgotten."""

_ROUNDS = 100_000
_SALT = b"casework: a code to come back with"  # one for all: a code is looked up by its hash


class Codes(Door):
    """Brings a learner's work to another device."""

    def make_code(self, learner_id: str, at: datetime | None = None) -> str:
        """Return a new code for a learner, such as ``"KXR4-9TWA"``; any earlier one holds no more.

        Only a slow hash of it is kept, so that it can be shown only now.

        Parameters
        ----------
        learner_id : str
            Whose work it brings.
        at : datetime, optional
            When; now, if not given.
        """
        code = new_code(COMING_BACK)
        row = {"code_hash": _slow_digest(code), "learner_id": learner_id, "made_at": at or now()}
        try:
            with self._writing() as db:
                db.execute(tables.codes.delete().where(tables.codes.c.learner_id == learner_id))
                db.execute(tables.codes.insert(), row)
        except Repeated as error:
            raise StoreError(
                "This learner is not in the store any more, so there is nothing to come back to."
            ) from error
        return spoken_code(code).replace(" ", "-")

    def redeem_code(self, code: str, from_address: str, at: datetime | None = None) -> Device | None:
        """Make this device one of the learner whose code it is.

        A right code takes none of the wrong ones away that came from the same address: else whoever has a code of
        their own could go on guessing those of others.

        Parameters
        ----------
        code : str
            As it was typed.
        from_address : str
            Where it was typed; only its hash is kept, for a day.
        at : datetime, optional
            When; now, if not given.

        Returns
        -------
        Device or None
            With the token for its cookie; None if no learner has this code.

        Raises
        ------
        TooManyCodes
            If too many wrong codes came from this address; the sentence says how long to wait.
        """
        at = at or now()
        address = digest(from_address)
        self._slow_down(address, at)
        learner_id = self.find_code(code, at)
        if learner_id is None:
            self._count_guess(address, at)
            return None
        device = Device(secrets.token_urlsafe(32), learner_id)
        with self._writing() as db:
            db.execute(
                tables.devices.insert(),
                {"token_hash": digest(device.token), "learner_id": learner_id, "created_at": at},
            )
        return device

    def find_code(self, code: str, at: datetime | None = None) -> str | None:
        """Return the learner whose code this is, for whoever looks after the store; `redeem_code` is for learners."""
        columns = tables.codes.c
        since = (at or now()) - timedelta(days=CODE_DAYS)
        query = sa.select(columns.learner_id).where(
            columns.code_hash == _slow_digest(plain_code(code)), columns.made_at > since
        )
        with self._reading() as db:
            return db.execute(query).scalar_one_or_none()

    def _slow_down(self, address: str, at: datetime) -> None:
        """Raise if this address must wait before it may try again."""
        columns = tables.guesses.c
        with self._reading() as db:
            row = db.execute(sa.select(columns.wrong, columns.last_at).where(columns.address_hash == address)).first()
        if row is None or row.wrong < FREE_GUESSES:
            return
        pause = LOCKED if row.wrong >= LOCKING_GUESS else timedelta(seconds=2.0 ** (row.wrong - FREE_GUESSES + 1))
        left = row.last_at + min(pause, LOCKED) - at
        if left > timedelta(0):
            seconds = max(1, round(left.total_seconds()))
            raise TooManyCodes(f"Too many codes were tried from here. Try again in {_span(seconds)}.", seconds)

    def _count_guess(self, address: str, at: datetime) -> None:
        columns = tables.guesses.c
        with self._writing() as db:
            db.execute(tables.guesses.delete().where(columns.last_at < at - FORGOTTEN))
            same = columns.address_hash == address
            counted = tables.guesses.update().where(same).values(wrong=columns.wrong + 1, last_at=at)
            if not db.execute(counted).rowcount:
                db.execute(tables.guesses.insert(), {"address_hash": address, "wrong": 1, "last_at": at})


def _slow_digest(code: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), _SALT, _ROUNDS).hex()


def _span(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 100 else f"{round(seconds / 60)} minutes"  # noqa: PLR2004  as people say it
