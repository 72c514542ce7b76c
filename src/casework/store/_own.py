"""What belongs to one person: all of it in one piece, to take along and to bring back."""

from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field

from casework.activity.events import Event
from casework.store import _tables as tables
from casework.store._door import insert_once
from casework.store._events import EVENT, as_row
from casework.store._runs import Runs
from casework.store.records import Run, Visit

Short = Annotated[str, Field(max_length=250)]


class OwnEvent(BaseModel):
    """One thing that someone did, as it stands in a file of their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(max_length=64)]
    kind: Annotated[str, Field(max_length=32)]
    about: Annotated[str, Field(max_length=1000)]
    at: datetime
    body: dict[str, Any]
    share: Annotated[str, Field(max_length=16)]
    content_hash: Annotated[str, Field(max_length=64)]


class OwnRun(BaseModel):
    """One run of a workbook, with what its owner did in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workbook: Annotated[str, Field(max_length=200)]
    convener: Annotated[str, Field(max_length=200)] = ""
    """Who convened the group; empty for someone alone."""
    name: Annotated[str, Field(max_length=200)] | None = None
    """What its owner called themselves in that group."""
    events: tuple[OwnEvent, ...]


class OwnFile(BaseModel):
    """Everything that one person left."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    casework: Literal["own"] = "own"
    version: Literal[1] = 1
    runs: tuple[OwnRun, ...]


class Own(Runs):
    """Everything of one person."""

    def everything_of(self, visit: Visit) -> OwnFile:
        """Return everything that a visitor ever left, in any run, private or shared.

        `OwnFile.model_dump_json` gives what they may take along; `take_over` brings it into another store.
        """
        columns, runs = tables.events.c, tables.runs.c
        mine = columns.learner_id == visit.learner_id
        named = sa.and_(tables.names.c.run_id == runs.id, tables.names.c.learner_id == visit.learner_id)
        query = sa.select(runs.id, runs.workbook, sa.func.coalesce(runs.convener, ""), tables.names.c.name)
        query = query.join_from(tables.runs, tables.names, named, isouter=True).order_by(runs.opened_at)
        with self._reading() as db:
            found = db.execute(query.where(runs.id.in_(sa.select(columns.run_id).where(mine).distinct()))).all()
            return OwnFile(
                runs=tuple(
                    OwnRun(workbook=workbook, convener=convener, name=name, events=_own_events(db, run_id, mine))
                    for run_id, workbook, convener, name in found
                )
            )

    def own_run(self, visit: Visit, run: Run) -> OwnFile:
        """Return what a visitor left in one run; see `everything_of`."""
        mine = tables.events.c.learner_id == visit.learner_id
        with self._reading() as db:
            events = _own_events(db, run.id, mine)
        return OwnFile(runs=(OwnRun(workbook=run.workbook, convener=run.convener, events=events),))

    def take_over(self, visit: Visit, own: OwnFile) -> int:
        """Take over what someone brings along, into runs of their own; return how many events were new.

        What is here already stays as it is, and is not taken twice. What was done in a group becomes one's own
        again: nobody here sees it.
        """
        new = 0
        for given in own.runs:
            run = self.open_own_run(visit, given.workbook)
            with self._writing() as db:
                for each in given.events:
                    event = Event(**each.model_dump())
                    new += insert_once(db, tables.events, dict(as_row(visit.learner_id, run.id, event)))
        return new


def _own_events(db: sa.Connection, run_id: str, mine: sa.ColumnElement[bool]) -> tuple[OwnEvent, ...]:
    columns = tables.events.c
    query = sa.select(*EVENT).where(columns.run_id == run_id, mine).order_by(columns.number)
    return tuple(OwnEvent(**row._mapping) for row in db.execute(query))  # noqa: SLF001  SQLAlchemy's own name for it
