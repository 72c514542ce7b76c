"""What a group shared, carried to another computer: the same to read there, and no more of anybody."""

from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field

from casework.activity.events import Event
from casework.activity.sharing import Audience
from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import digest, insert_once, now
from casework.store._events import as_row
from casework.store._pairs import Again
from casework.store._reading import Reading, carried_secret
from casework.store.records import Run, Visit

_ID = 32  # hexadecimal digits


class CarriedEvent(BaseModel):
    """One shared thing, as it stands in a trainer's file; see `SharedEvent`."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    id: Annotated[str, Field(max_length=64)]
    about: Annotated[str, Field(max_length=1000)]
    form: Annotated[str, Field(max_length=200)]
    cell: Annotated[str, Field(max_length=400)]
    kind: Annotated[str, Field(max_length=32)]
    body: dict[str, Any]
    audience: Audience
    author: Annotated[str, Field(max_length=64)] | None
    name: Annotated[str, Field(max_length=200)] | None
    revealed: bool
    pair: Annotated[str, Field(max_length=64)] = ""


class CarriedFile(BaseModel):
    """What a group shared in one run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    casework: Literal["shared"] = "shared"
    version: Literal[1] = 1
    session: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    workbook: Annotated[str, Field(max_length=200)]
    convener: Annotated[str, Field(max_length=200)]
    floor: Annotated[int, Field(ge=3)]
    events: tuple[CarriedEvent, ...]


class Carried(Reading):
    """Carries what a group shared from one store to another."""

    def carry(self, reader: Visit, run: Run, again: Again | None = None) -> CarriedFile:
        """Return what the trainer of a run may read in it, to take over elsewhere."""
        events = tuple(CarriedEvent.model_validate(event) for event in self.shared(reader, run, again=again))
        return CarriedFile(
            session=run.id, workbook=run.workbook, convener=run.convener, floor=run.floor or 3, events=events
        )

    def take_over_shared(self, file: CarriedFile) -> int:
        """Take over what was carried here, into a run that its trainer can read; return how much of it was new.

        Raises
        ------
        StoreError
            If the session itself is in this store.
        """
        secret = carried_secret(file.session)
        row = {"id": file.session, "workbook": file.workbook, "convener": file.convener, "floor": file.floor}
        row |= {"widest": "group_named", "secret": secret, "opened_at": now()}
        with self._writing() as db:
            insert_once(db, tables.runs, row)
            found = db.execute(sa.select(tables.runs.c.secret).where(tables.runs.c.id == file.session)).scalar_one()
            if found != secret:
                raise StoreError("This session is in this store itself, with more than the file holds; nothing to do.")
            return sum(_take(db, file.session, each) for each in file.events)


def _take(db: sa.Connection, run_id: str, given: CarriedEvent) -> bool:
    """Take one thing over, under a stand-in for its author in this form."""
    stand_in = _name(run_id, given.about, given.form, given.audience, given.author or given.id)
    trainer = _name(run_id, "trainer")
    for learner_id in (stand_in, trainer):
        insert_once(db, tables.learners, {"id": learner_id, "account": None, "created_at": now()})
    if given.name:
        insert_once(db, tables.names, {"run_id": run_id, "learner_id": stand_in, "name": given.name})
    new = _add(db, run_id, stand_in, Event(given.id, given.kind, given.about, now(), given.body))
    if new:
        _add(db, run_id, stand_in, _share(db, run_id, stand_in, given))
    if given.revealed:
        body = {"form": given.form}
        _add(db, run_id, trainer, Event(_name(given.about, given.form), "reveal", given.about, now(), body))
    return new


def _share(db: sa.Connection, run_id: str, stand_in: str, given: CarriedEvent) -> Event:
    """Return the word that gives all of this stand-in's to the same audience."""
    columns = tables.events.c
    theirs = columns.run_id == run_id, columns.learner_id == stand_in, columns.kind != "share"
    events = list(db.execute(sa.select(columns.id).where(*theirs).order_by(columns.number)).scalars())
    body = {"form": given.form, "audience": given.audience, "events": events}
    return Event(_name("share", *events), "share", given.about, now(), body, given.audience)


def _add(db: sa.Connection, run_id: str, learner_id: str, event: Event) -> bool:
    return insert_once(db, tables.events, dict(as_row(learner_id, run_id, event)))


def _name(*what: str) -> str:
    return digest("\n".join(what))[:_ID]
