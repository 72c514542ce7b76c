"""What the store gives back: frozen, and detached from the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Role = Literal["learner", "trainer", "owner", "screen"]


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that came before, and the pseudonymous learner it stands for."""

    token: str = field(repr=False)
    """The random value in the device's cookie; the store keeps only its hash."""
    learner_id: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One page opened by one person: who reads and who writes."""

    id: str
    learner_id: str
    role: Role = "learner"
    session_id: str | None = None
    """The led session that the page belongs to; None for someone working alone."""

    def leads(self, run: Run) -> bool:
        """Return whether this is a trainer's page of this very run."""
        return self.role == "trainer" and self.takes_part(run)

    def takes_part(self, run: Run) -> bool:
        """Return whether this page belongs to this run of a group."""
        return run.learner_id is None and self.session_id == run.id


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one workbook by one learner, or by a group."""

    id: str
    """Random; names the run in the page, never the person."""
    workbook: str
    learner_id: str | None
    """Whose run it is; None where a group holds it."""
    convener: str = ""
    """Who convened the group, as the join page names them."""
    widest: str = "private"
    """The widest audience that the group allows."""
    floor: int | None = None
    """How many people must have shared something unnamed before it is shown; fixed when a group's run opens."""
    keep_days: int | None = None
    """After how many days what is in it may be erased; None if nothing was said."""


@dataclass(frozen=True, slots=True)
class GroupRun:
    """A group's run, as its trainer's list names it."""

    run: Run
    opened_at: datetime
    closed_at: datetime | None
    continues: str | None
    """The run that came before in a series."""
    people: int


@dataclass(frozen=True, slots=True)
class ListedRun:
    """A run as whoever looks after the store sees it: what it is of, and how much is in it."""

    id: str
    workbook: str
    is_group: bool
    opened_at: datetime
    events: int


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who takes part in a group's run."""

    learner_id: str
    name: str | None
    """What they call themselves there, if they said."""
    joined_at: datetime


class SharedEvent(NamedTuple):
    """Something that its author gave to others: without its time, and with no more of the author than they gave."""

    id: str
    """Names it to whoever may see it; nothing else of its author's is named alike."""
    about: str
    form: str
    cell: str
    """Within the form: the prompt or item, the perspective, and the round."""
    kind: str
    body: Mapping[str, Any]
    audience: str
    author: str | None
    """The author's pseudonym in this form; None while unnamed words are not revealed."""
    name: str | None
    """What the author calls themselves, where they shared with their name."""
    revealed: bool
    pair: str = ""
    """The same for one person's before and after in one cell, where that may be known; else empty."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people gave something to one audience, in one cell."""

    about: str
    form: str
    cell: str
    """Empty where a whole form is counted: for those who keep theirs to themselves."""
    audience: str
    people: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of an erasure."""

    events: int
    """How many events were erased."""
    done: bool
    """Whether no trace is left in the store's files; False while somebody still reads."""
    backups: tuple[str, ...] = ()
    """The backups from before that still hold what was erased."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found when a store was looked through."""

    learners: int
    runs: int
    events: int
    problems: tuple[str, ...]
    """What is wrong, each with what to do."""
