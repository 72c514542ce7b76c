"""Version 2: groups, with names apart; come-back codes; erasures; numbers that are never given twice."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SETTLING = sa.text("kind IN ('share', 'reveal', 'lead')")


def upgrade() -> None:
    """Bring version 1 to version 2."""
    if op.get_bind().dialect.name == "sqlite":
        _number_events_for_good()
    else:
        op.alter_column("events", "about", type_=sa.Text)
    op.create_index(
        "events_that_settle", "events", ["run_id", "number"], sqlite_where=_SETTLING, postgresql_where=_SETTLING
    )
    op.create_index("ix_visits_learner_id", "visits", ["learner_id"])
    op.create_index("ix_visits_session_id", "visits", ["session_id"])
    for column in (
        sa.Column("convener", sa.String(200)),
        sa.Column("widest", sa.String(16)),
        sa.Column("floor", sa.Integer),
        sa.Column("secret", sa.String(64)),
        sa.Column("continues", sa.String(32)),
        sa.Column("keep_days", sa.Integer),
        sa.Column("closed_at", _MOMENT),
    ):
        op.add_column("runs", column)
    _make_tables_of_groups()
    _make_tables_of_people()


def _number_events_for_good() -> None:
    """Make the table anew: SQLite says only there that a number is never given twice."""
    op.create_table(
        "events_2",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("share", sa.String(16), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.UniqueConstraint("learner_id", "id", name="one_event_for_one_id"),
        sqlite_autoincrement=True,
    )
    columns = "number, id, run_id, learner_id, kind, about, body, share, content_hash, at"
    op.execute(f"INSERT INTO events_2 ({columns}) SELECT {columns} FROM events ORDER BY number")  # noqa: S608  our own names
    op.drop_table("events")
    op.rename_table("events_2", "events")
    op.create_index("events_of_a_learner_in_a_run", "events", ["run_id", "learner_id", "number"])


def _make_tables_of_groups() -> None:
    op.create_table(
        "doors",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id"), nullable=False, index=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("code", sa.String(16)),
    )
    op.create_table(
        "participants",
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), primary_key=True, index=True),
        sa.Column("joined_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "names",
        sa.Column("run_id", sa.String(32), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), primary_key=True, index=True),
        sa.Column("name", sa.String(200), nullable=False),
    )


def _make_tables_of_people() -> None:
    op.create_table(
        "codes",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("learner_id", sa.String(32), sa.ForeignKey("learners.id"), nullable=False, index=True),
        sa.Column("made_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "guesses",
        sa.Column("address_hash", sa.String(64), primary_key=True),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("begun_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "backups",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("made_at", _MOMENT, nullable=False),
    )
