"""Version 1: people, devices, runs, visits and events."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "learners",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account", sa.String(64), unique=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), nullable=False, index=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workbook", sa.String(200), nullable=False),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), nullable=True),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("learner_id", "workbook", name="one_open_run_of_a_workbook"),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("session_id", sa.String(32), sa.ForeignKey("runs.id"), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.String(250), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("share", sa.String(16), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.UniqueConstraint("learner_id", "id", name="one_event_for_one_id"),
        sa.Index("events_of_a_learner_in_a_run", "run_id", "learner_id", "number"),
    )
