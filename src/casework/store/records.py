"""What the store gives back: frozen, and detached from the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["learner", "trainer", "owner"]


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that came before, and the pseudonymous learner it stands for."""

    token: str
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


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one workbook by one learner, or by a group."""

    id: str
    """Random; names the run in the page, never the person."""
    workbook: str
    learner_id: str | None
