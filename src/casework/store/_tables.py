"""The tables. They never leave this package."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

SCHEMA = 1
"""The version of these tables; a database that says a higher one is refused."""

metadata = sa.MetaData()


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, aware in Python on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store aware moments as UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back what SQLite stored without its zone as UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


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
    sa.UniqueConstraint("learner_id", "workbook", name="one_open_run_of_a_workbook"),
)
"""Sessions of a workbook; `learner_id` is null where a group holds one."""

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("session_id", sa.ForeignKey("runs.id"), nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("run_id", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("learner_id", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("about", sa.String(250), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("share", sa.String(16), nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "id", name="one_event_for_one_id"),
    sa.Index("events_of_a_learner_in_a_run", "run_id", "learner_id", "number"),
)
"""Everything that anyone did, in the order in which it was accepted."""
