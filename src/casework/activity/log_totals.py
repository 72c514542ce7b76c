"""What a log adds up to: by month, year, provider and kind, and towards a number of hours. Minutes stay exact."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.activity.log_dates import meetings_of, months_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from casework.activity.log_state import LogState, Meeting
    from casework.content import Targets


@dataclass(frozen=True, slots=True)
class Month:
    """What was held and planned in one month, in minutes."""

    month: str
    """Such as ``2026-11``."""
    individual: int
    group: int
    planned: int
    due: int
    """What of the planned lies no later than today."""

    @property
    def held(self) -> int:
        """All that was held."""
        return self.individual + self.group


def by_month(state: LogState, today: date) -> tuple[Month, ...]:
    """Return each month from the first with a meeting, held or planned, to the last; those between them, too."""
    held: Counter[tuple[str, str]] = Counter()
    for meeting in state.held():
        held[f"{meeting.date:%Y-%m}", meeting.kind] += meeting.minutes
    planned: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for series in state.planned():
        for one in meetings_of(series):
            if one.date is not None:
                planned[f"{one.date:%Y-%m}"] += series.minutes
                due[f"{one.date:%Y-%m}"] += series.minutes if one.date <= today else 0
    known = [month for month, _ in held] + list(planned)
    return (
        tuple(
            Month(month, held[month, "individual"], held[month, "group"], planned[month], due[month])
            for month in _from_to(min(known), max(known))
        )
        if known
        else ()
    )


def _from_to(first: str, last: str) -> Iterable[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]


def by_kind(meetings: Iterable[Meeting]) -> dict[str, int]:
    """Return the minutes of each kind."""
    found = Counter({"individual": 0, "group": 0})
    for meeting in meetings:
        found[meeting.kind] += meeting.minutes
    return dict(found)


def by_provider(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Return who provided how much, most first; a name counts as the same however it is capitalised."""
    found: dict[str, dict[str, Any]] = {}
    for meeting in meetings:
        said = {"provider": meeting.provider, "credential": meeting.credential, "minutes": 0, "meetings": 0}
        one = found.setdefault(meeting.provider.casefold(), said)
        one["minutes"] += meeting.minutes
        one["meetings"] += 1
        one["credential"] = one["credential"] or meeting.credential
    return sorted(found.values(), key=lambda one: (-one["minutes"], one["provider"]))


def summed(meetings: Iterable[Meeting]) -> dict[str, Any]:
    """Return the totals of some meetings, as JSON."""
    meetings = list(meetings)
    kinds = by_kind(meetings)
    return {
        "meetings": len(meetings),
        "minutes": sum(kinds.values()),
        **kinds,
        "providers": by_provider(meetings),
    }


def towards(meetings: Iterable[Meeting], months: int, kind: str, today: date) -> tuple[int, date]:
    """Return the minutes of the last so many months, and the day from which they count.

    Parameters
    ----------
    meetings : iterable of Meeting
        What was held.
    months : int
        How far back to count.
    kind : str
        ``"individual"``, ``"group"`` or ``"any"``.
    today : date
        The last day that counts.
    """
    since = months_after(today, -months)
    counted = (one for one in meetings if since < one.date <= today and kind in {"any", one.kind})
    return sum(one.minutes for one in counted), since


def aims_of(
    state: LogState, files: Mapping[str, Targets], followed: Iterable[str], today: date
) -> list[dict[str, Any]]:
    """Return how far each target has come, as JSON: what a source asks for first, then one's own.

    There is no word of what that would mean: rules differ and change, and only the source can say.
    """
    held = state.held()
    found = []
    for key in followed:
        name, _, target_id = key.partition("/")
        targets = files.get(name)
        target = next((one for one in targets.targets if one.id == target_id), None) if targets else None
        if targets is None or target is None:
            continue
        source = next(one for one in targets.sources if one.id == target.source)
        said = target.model_dump(mode="json", exclude={"id", "source"})
        told = {"whose": targets.title, "cite": source.cite, "url": source.url, "own": False}
        found.append({"key": key, **said, **told, **_count(held, target.within_months, target.kind, today)})
    for own in state.own_targets():
        said = {"text": own.text, "hours": own.hours, "within_months": own.within_months, "kind": own.kind}
        found.append({"key": own.id, **said, "own": True, **_count(held, own.within_months, own.kind, today)})
    return found


def _count(held: Iterable[Meeting], months: int, kind: str, today: date) -> dict[str, Any]:
    minutes, since = towards(held, months, kind, today)
    return {"held": minutes, "since": since.isoformat(), "until": today.isoformat()}
