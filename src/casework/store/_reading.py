"""Reading what others gave to be seen. Who reads is asked here, and nowhere else can they read."""

from __future__ import annotations

import json
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.activity.acts import LEADING
from casework.activity.events import Event
from casework.activity.seeing import FLOOR
from casework.store import _tables as tables
from casework.store._door import Door, digest
from casework.store._events import EVENT, named_in
from casework.store._runs import chain
from casework.store._sharing import Settled, Terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from casework.store._pairs import Again
    from casework.store.records import GroupRun, Run, SharedEvent, Tally, Visit

_AT_ONCE = 500  # rows that are read at once


class Reading(Door):
    """What a group shares, as each reader may see it."""

    def shared(
        self, reader: Visit, run: Run, about: str | None = None, again: Again | None = None
    ) -> list[SharedEvent]:
        """Return what its authors gave to this reader: nothing else, and no more of the authors than they gave.

        Parameters
        ----------
        reader : Visit
            Who reads. A learner or a screen of this run sees what was revealed to the group; its trainer sees what
            was given to the trainer or to the group; anyone else sees nothing.
        run : Run
            The group's run.
        about : str, optional
            Only what is about this content.
        again : callable, optional
            Says which earlier form a form asks again, of those that there are, or None: each what it is about and its
            name. With it, one person's before and after are given as a `pair`; what is unnamed, from the floor on.

        Returns
        -------
        list of SharedEvent
            By content, form and cell, and within a cell in an order that tells nothing of who and when.
        """
        return list(self.each_shared(reader, run, about, again))

    def each_shared(
        self, reader: Visit, run: Run, about: str | None = None, again: Again | None = None
    ) -> Iterator[SharedEvent]:
        """Yield what `shared` returns, form by form: for those who need not hold all of it at once."""
        if not reader.takes_part(run):
            return iter(())
        with self._reading() as db:
            settled = _settled(db, run, about)
            names = _names(db, run) if settled.has_named() else {}
        return settled.visible("trainer" if reader.leads(run) else "group", names, again)

    def tallies(self, reader: Visit, run: Run) -> list[Tally]:
        """Return how many people shared with whom, cell by cell; to the trainer of this run alone."""
        if not reader.leads(run):
            return []
        with self._reading() as db:
            return _settled(db, run).tallies()

    def series(self, reader: Visit, run: Run, most: int = 4) -> list[GroupRun]:
        """Return a group's run behind those that it goes on from, the earliest first; to its trainer alone.

        Parameters
        ----------
        reader : Visit
            Who reads: the trainer of this run, who also sees those of the earlier runs that they may lead; whoever
            looks after the store (`exports.as_trainer`) sees all. Where one is erased, or somebody else leads it, the
            series begins after it.
        run : Run
            The latest of the series.
        most : int, optional
            How many there are at most, with this one.

        Returns
        -------
        list of GroupRun
            Empty for anyone but its trainer. Where the first `continues` something, that is not there to be read, or
            lies further back.
        """
        if not reader.leads(run):
            return []
        with self._reading() as db:
            here = islice(chain(db, run.id), most)
            return list(takewhile(lambda each: each.run == run or _led(db, reader, each.run.id), here))[::-1]

    def revealed(self, reader: Visit, run: Run) -> frozenset[tuple[str, str]]:
        """Return the forms that are revealed to the group now: pairs of what they are about and the form."""
        if not reader.takes_part(run):
            return frozenset()
        with self._reading() as db:
            return _settled(db, run).shown.revealed


def _led(db: sa.Connection, reader: Visit, run_id: str) -> bool:
    """Return whether a trainer leads another run, too; whoever looks after the store has no id, and leads each."""
    visits = tables.visits.c
    same = visits.learner_id == reader.learner_id, visits.role == "trainer", visits.session_id == run_id
    return not reader.learner_id or bool(db.execute(sa.select(sa.exists().where(*same))).scalar_one())


def _settled(db: sa.Connection, run: Run, about: str | None = None) -> Settled:
    """Fold what settles who may see what in a run; of what was shared, only what is about some content, if given."""
    columns = tables.events.c
    query = sa.select(columns.number, columns.learner_id, *EVENT)
    query = query.where(columns.run_id == run.id, sa.text(tables.SETTLING)).order_by(columns.number)
    rows = [(row[0], row[1], Event(*row[2:])) for row in db.execute(query)]
    named = {row[0]: named_in(row[2].body) for row in rows if row[2].kind == "share" and about in {None, row[2].about}}
    done = _named(db, run, {f"{who} {each}" for number, who, _ in rows for each in named.get(number, ())})
    settled = Settled(_terms(db, run))
    for number, who, event in rows:
        if event.kind in LEADING:
            settled.lead(who, event)
        elif number in named:
            before = (done.get((who, each)) for each in dict.fromkeys(named[number]))
            settled.share(who, event, [one for one in before if one and one[0] < number])
    return settled


def _terms(db: sa.Connection, run: Run) -> Terms:
    columns = tables.runs.c
    query = sa.select(columns.floor, columns.secret, columns.widest).where(columns.id == run.id)
    floor, secret, widest = db.execute(query).one_or_none() or (None, None, None)
    return Terms(floor or FLOOR, secret or "", widest or "private", carried=secret == carried_secret(run.id))


def carried_secret(run_id: str) -> str:
    """Return the secret of a run that came from another store: pseudonyms came with it, and need none of their own."""
    return digest(f"carried {run_id}")


def _named(db: sa.Connection, run: Run, wanted: Collection[str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Find events of a run by their authors and ids, each of the two in one text; return what makes a `Named`."""
    query = _NAMED[db.dialect.name]
    found = {}
    for rows in db.execute(query, {"run_id": run.id, "named": json.dumps(list(wanted))}).partitions(_AT_ONCE):
        bodies = json.loads(f"[{','.join([row[5] for row in rows])}]")  # many at once, in half the time
        for (number, who, event_id, kind, about, _), body in zip(rows, bodies, strict=True):
            found[who, event_id] = number, event_id, kind, about, body
    return found


def _finding(listed: sa.Select[Any]) -> sa.Select[Any]:
    """Return what finds the events of a run that stand in a list, each as its author and its id."""
    columns = tables.events.c
    told = sa.select(columns.number, columns.learner_id, columns.id, columns.kind, columns.about)
    told = told.add_columns(sa.cast(columns.body, sa.Text))
    return told.where(columns.run_id == sa.bindparam("run_id"), (columns.learner_id + " " + columns.id).in_(listed))


_LIST = sa.bindparam("named", type_=sa.Text)
_NAMED: Mapping[str, sa.Select[Any]] = {
    "sqlite": _finding(sa.select(sa.func.json_each(_LIST).table_valued("value").c.value)),
    "postgresql": _finding(sa.select(sa.func.json_array_elements_text(sa.cast(_LIST, sa.JSON)).column_valued("value"))),
}
"""One statement for all that is named in a run, however much it is: a list in JSON is one parameter."""


def _names(db: sa.Connection, run: Run) -> dict[str, str]:
    query = sa.select(tables.names.c.learner_id, tables.names.c.name).where(tables.names.c.run_id == run.id)
    return dict(db.execute(query).all())
