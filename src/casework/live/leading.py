"""What the trainer does with a group: each act changes what is settled, and the last public one can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from casework.activity.acts import act_of
from casework.activity.events import Event
from casework.live.agenda import Item
from casework.live.state import Call, Deal, Led

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casework.activity.acts import Entry
    from casework.activity.rules import Rules


class Leading:
    """Folds the acts of a trainer.

    Parameters
    ----------
    rules_about : callable
        Finds the rules of what is about some content in an agenda; None where nothing is.
    """

    def __init__(self, rules_about: Callable[[tuple[Item, ...], str], Rules[Any] | None]) -> None:
        self._rules_about = rules_about

    def fold(self, acts: Iterable[Entry]) -> Led:
        """Return what is settled after some acts."""
        return reduce(lambda led, act: self.apply(led, act.event), acts, Led())

    def apply(self, led: Led, event: Event) -> Led:
        """Return what is settled after one more act; one that makes no sense changes nothing."""
        known = self._appliers.get(act_of(event))
        try:
            return led if known is None else known(self, led, event)
        except (KeyError, TypeError, ValueError):  # written by another version, or for other content
            return led

    def _plan(self, led: Led, event: Event) -> Led:
        try:
            return replace(led, agenda=tuple(Item.model_validate(each) for each in event.body["agenda"]))
        except ValidationError:
            return led

    def _start(self, led: Led, _event: Event) -> Led:
        return replace(led, phase="going")

    def _end(self, led: Led, _event: Event) -> Led:
        return replace(led, phase="ended", until=None)

    def _open(self, led: Led, event: Event) -> Led:
        place = event.body["place"]
        left = {led.here} if led.here not in {None, place} else set()
        closed = frozenset(each for each in led.closed | left if each and each != place)
        return replace(led, here=place, opened=led.opened | {place}, closed=closed, until=_until(event))

    def _extend(self, led: Led, event: Event) -> Led:
        return replace(led, until=_until(event))

    def _close(self, led: Led, event: Event) -> Led:
        place = event.body["place"]
        return replace(led, closed=led.closed | {place}, until=None if place == led.here else led.until)

    def _pace(self, led: Led, event: Event) -> Led:
        return replace(led, pace=event.body["pace"], pace_until=_until(event))

    def _move(self, led: Led, event: Event) -> Led:
        rules = self._rules_about(led.agenda, event.about)
        if rules is None:
            return led
        deed = dict(event.body["deed"])
        before = led.walks.get(event.about, rules.start())
        after = rules.apply(before, Event(event.id, deed.pop("do"), event.about, event.at, deed))
        calls = {key: replace(call, taking=False) if key[0] == event.about else call for key, call in led.calls.items()}
        return replace(led, walks={**led.walks, event.about: after}, calls=calls)

    def _vote(self, led: Led, event: Event) -> Led:
        body = event.body
        call = Call(body["place"], tuple(body["choices"]))
        return replace(led.after(event), calls={**led.calls, (event.about, body["scene"]): call})

    def _count(self, led: Led, event: Event) -> Led:
        key = event.about, event.body["scene"]
        return replace(led, calls={**led.calls, key: replace(led.calls[key], taking=False)})

    def _show(self, led: Led, event: Event) -> Led:
        return led.after(event)

    def _spotlight(self, led: Led, event: Event) -> Led:
        return replace(led, spotlight=event.body["card"])

    def _deal(self, led: Led, event: Event) -> Led:
        body = event.body
        deal = Deal(tuple(body["perspectives"]), body["seed"], body["people"])
        return replace(led, deals={**led.deals, (event.about, body["prompt"]): deal}) if deal.perspectives else led

    _appliers: Mapping[str, Callable[[Leading, Led, Event], Led]] = {
        "plan": _plan,
        "start": _start,
        "open": _open,
        "extend": _extend,
        "close": _close,
        "pace": _pace,
        "move": _move,
        "vote": _vote,
        "count": _count,
        "reveal": _show,
        "hold": _show,
        "approve": _show,
        "hide": _show,
        "spotlight": _spotlight,
        "deal": _deal,
        "end": _end,
    }


def _until(event: Event) -> datetime | None:
    told = event.body.get("until")
    return None if told is None else datetime.fromisoformat(told)


def until_after(seconds: int | None, since: datetime) -> str | None:
    """Return when some seconds are over, as an event holds it."""
    return None if seconds is None else (since + timedelta(seconds=seconds)).isoformat(timespec="seconds")
