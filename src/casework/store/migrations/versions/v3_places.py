"""Version 3: where words were written, so that those written over since need not all be read."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000


def upgrade() -> None:
    """Bring version 2 to version 3."""
    op.add_column("events", sa.Column("place", sa.String(32)))
    _fill()
    op.create_index("events_by_place", "events", ["run_id", "learner_id", "place", "number"])


def _fill() -> None:
    db, last = op.get_bind(), 0
    read = sa.text(
        "SELECT number, about, body FROM events WHERE kind = 'write' AND number > :last ORDER BY number LIMIT :most"
    )
    write = sa.text("UPDATE events SET place = :place WHERE number = :number")
    while found := db.execute(read, {"last": last, "most": _AT_ONCE}).all():
        last = found[-1].number
        db.execute(write, [{"number": row.number, "place": _place(row.about, row.body)} for row in found])


def _place(about: str, body: Any) -> str:  # noqa: ANN401  JSON, or its text on SQLite
    body = json.loads(body) if isinstance(body, str) else body
    blank = not str(body.get("text", "")).strip()
    told = (about, str(body.get("prompt")), str(body.get("perspective")), "empty" if blank else "words")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
