"""Reading what others gave to be seen. Who reads is asked here, and nowhere else can they read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.store import _tables as tables
from casework.store._door import Door
from casework.store._pairs import with_pairs
from casework.store._runs import FLOOR
from casework.store._sharing import NEVER, Given, Settled, tallies, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.store._pairs import Again
    from casework.store._sharing import Word
    from casework.store.records import Run, SharedEvent, Tally, Visit

_AT_ONCE = 500  # ids in one query


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
        if not reader.takes_part(run):
            return []
        with self._reading() as db:
            settled = _settled(db, run, about)
            given = list(_given(db, run, settled.words.values()))
            floor, secret = db.execute(
                sa.select(tables.runs.c.floor, tables.runs.c.secret).where(tables.runs.c.id == run.id)
            ).one_or_none() or (FLOOR, "")
            named = {each.word.learner_id for each in given if each.word.audience == "group_named"}
            names = _names(db, run) if named else {}
        shown = visible(given, trainer=reader.leads(run), settled=settled, floor=floor, secret=secret, names=names)
        return with_pairs(shown, given, again, floor=floor, secret=secret) if again else shown

    def tallies(self, reader: Visit, run: Run) -> list[Tally]:
        """Return how many people shared with whom, cell by cell; to the trainer of this run alone."""
        if not reader.leads(run):
            return []
        with self._reading() as db:
            settled = _settled(db, run, None)
            given = list(_given(db, run, settled.words.values()))
        return tallies(given, settled.words.values())

    def revealed(self, reader: Visit, run: Run) -> frozenset[tuple[str, str]]:
        """Return the forms of which anything was revealed to the group: pairs of what they are about and the form."""
        if not reader.takes_part(run):
            return frozenset()
        with self._reading() as db:
            settled = _settled(db, run, None)
        return frozenset((about, form) for about, form, _ in settled.revealed)


def _settled(db: sa.Connection, run: Run, about: str | None) -> Settled:
    columns = tables.events.c
    query = (
        sa.select(columns.learner_id, columns.kind, columns.about, columns.body, columns.share)
        .where(columns.run_id == run.id, sa.text(tables.SETTLING))
        .order_by(columns.number)
    )
    if about is not None:
        query = query.where(columns.about == about)
    settled = Settled()
    for row in db.execute(query):
        settled.take(*row)
    return settled


def _given(db: sa.Connection, run: Run, words: Iterable[Word]) -> Iterator[Given]:
    """Find the events that the latest words name: their author's own, in this run, about the same content."""
    by_author: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        if word.audience != "private":
            by_author[word.learner_id].append(word)
    for learner_id, given in by_author.items():
        found = _find(db, run, learner_id, sorted({each for word in given for each in word.events}))
        for word in given:
            for event_id in dict.fromkeys(word.events):
                if (row := found.get(event_id)) and row.about == word.about and row.kind not in NEVER:
                    yield Given(word, event_id, row.kind, row.body)


def _find(db: sa.Connection, run: Run, learner_id: str, ids: list[str]) -> dict[str, Any]:
    columns = tables.events.c
    query = sa.select(columns.id, columns.kind, columns.about, columns.body)
    found = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = columns.id.in_(ids[start : start + _AT_ONCE])
        for row in db.execute(query.where(columns.learner_id == learner_id, some, columns.run_id == run.id)):
            found[row.id] = row
    return found


def _names(db: sa.Connection, run: Run) -> dict[str, str]:
    query = sa.select(tables.names.c.learner_id, tables.names.c.name).where(tables.names.c.run_id == run.id)
    return dict(db.execute(query).all())
