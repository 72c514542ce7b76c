"""The tables as they are now. They never leave this package; `migrations` brings older ones here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

SCHEMA = 3
"""The version of these tables, which is also the newest revision in `migrations`."""

SETTLING = "kind IN ('share', 'reveal', 'lead')"
"""The events that settle who may read what, and where a group is; they have an index of their own."""

metadata = sa.MetaData()


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, aware in Python on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store aware moments as UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back as UTC what SQLite stored without its zone, and PostgreSQL in the zone of the connection."""
        if value is None:
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


learners = sa.Table(
    "learners",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("account", sa.String(64), unique=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
)
"""Pseudonymous people. `account` is the hash of a local or hub user's name; null for a device's learner."""

devices = sa.Table(
    "devices",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=False, index=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("workbook", sa.String(200), nullable=False),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=True),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("convener", sa.String(200), nullable=True),
    sa.Column("widest", sa.String(16), nullable=True),
    sa.Column("floor", sa.Integer, nullable=True),
    sa.Column("secret", sa.String(64), nullable=True),
    sa.Column("continues", sa.String(32), nullable=True),
    sa.Column("keep_days", sa.Integer, nullable=True),
    sa.Column("closed_at", UtcDateTime, nullable=True),
    sa.UniqueConstraint("learner_id", "workbook", name="one_open_run_of_a_workbook"),
)
"""Sessions of a workbook; `learner_id` is null where a group holds one, and what follows belongs to groups alone."""

doors = sa.Table(
    "doors",
    metadata,
    sa.Column("key_hash", sa.String(64), primary_key=True),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("code", sa.String(16), nullable=True),
)
"""What lets into a group's run: the join code, which everyone may read, and a trainer's key, kept as its hash."""

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("session_id", sa.ForeignKey("runs.id"), nullable=True, index=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

participants = sa.Table(
    "participants",
    metadata,
    sa.Column("run_id", sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), primary_key=True, index=True),
    sa.Column("joined_at", UtcDateTime, nullable=False),
)
"""Who takes part in a group's run."""

names = sa.Table(
    "names",
    metadata,
    sa.Column("run_id", sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), primary_key=True, index=True),
    sa.Column("name", sa.String(200), nullable=False),
)
"""What participants call themselves; apart from all else, so that nothing joins it by accident."""

codes = sa.Table(
    "codes",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=False, index=True),
    sa.Column("made_at", UtcDateTime, nullable=False),
)
"""Codes that bring a learner's work to another device."""

guesses = sa.Table(
    "guesses",
    metadata,
    sa.Column("address_hash", sa.String(64), primary_key=True),
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("last_at", UtcDateTime, nullable=False),
)
"""How many wrong codes came from one address, so that guessing is slowed."""

events = sa.Table(
    "events",
    metadata,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("share", sa.String(16), nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("place", sa.String(32), nullable=True),
    sa.UniqueConstraint("learner_id", "id", name="one_event_for_one_id"),
    sa.Index("events_of_a_learner_in_a_run", "run_id", "learner_id", "number"),
    sa.Index("events_by_place", "run_id", "learner_id", "place", "number"),
    sa.Index(
        "events_that_settle",
        "run_id",
        "number",
        sqlite_where=sa.text(SETTLING),
        postgresql_where=sa.text(SETTLING),
    ),
    sqlite_autoincrement=True,  # a number is never given twice, even after the last ones were erased
)
"""Everything that anyone did, in the order in which it was accepted. `place` stands for where words were written, so
that what was written over since need not be read by whoever only wants what stands; null for what is no words."""

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("begun_at", UtcDateTime, nullable=False),
)
"""Erasures whose traces are not yet out of the file; empty but for a moment."""

backups = sa.Table(
    "backups",
    metadata,
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("made_at", UtcDateTime, nullable=False),
)
"""Where backups were written, so that an erasure can name those that still hold what is erased."""
