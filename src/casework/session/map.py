"""Relationship maps in a session."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from casework.activity.map import Map
from casework.activity.map_drawing import draw_svg
from casework.activity.map_layout import SHEETS
from casework.activity.map_view import drawing, heading, map_page, round_name
from casework.activity.rules import FIRST_ROUND
from casework.errors import SessionError
from casework.session.desk import Given, Seat
from casework.widgets import MapWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.group import Group
    from casework.activity.map import MapState
    from casework.content import Case
    from casework.content.people import RelationshipMap
    from casework.session.desk import Desk
    from casework.session.session import Session


def seat_map(session: Session, content: Case | RelationshipMap, name: str | None) -> MapWidget:
    """Return the map of some content, joined to what was drawn on it before.

    Parameters
    ----------
    session : Session
        Whose run.
    content : Case or RelationshipMap
        Whose people and ties they are.
    name : str or None
        Which round of drawing; None if there is only one.
    """
    if not content.people:
        raise SessionError(f"{content.id!r} names no people, so there is no map to draw. Write them under 'people'.")
    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise SessionError(f"{name!r} cannot name a round; use small letters, digits and hyphens, as in 'before'.")
    first = session.desk(Map(content, FIRST_ROUND)) if name not in {None, FIRST_ROUND} else None
    rules = Map(content, name, first=_look(first) if first else None)
    asks = {"take": partial(_take, rules)}
    widget: MapWidget = session.seat(
        MapWidget, rules, map_page(rules), rules.about, asks=asks, plays={"content": rules.about}
    )
    if first:
        first.seats.append(Seat(widget, _Beside(rules, session.desk(rules)), {}))
    return widget


def _look(desk: Desk) -> Any:  # noqa: ANN401  what `Map` calls to look at its first round
    return lambda: (desk.rules, desk.state)


def _take(rules: Map, state: MapState, message: Mapping[str, Any]) -> Given:
    """Return the map as a picture to keep, as it is drawn on the page that asks."""
    sheet = on if (on := message.get("on")) in SHEETS else None
    svg = draw_svg(drawing(rules, state), heading(rules), round_name(rules), rules.words, sheet)
    name = rules.words["map.file"].format(id=rules.about.replace("/map", "").replace("/", "-"))
    return Given(f"{name}.svg", "image/svg+xml", svg.encode())


class _Beside:
    """What a later round's widget shows when the first round changes: itself again, with the first beside it."""

    def __init__(self, rules: Map, desk: Desk) -> None:
        self.rules, self.desk = rules, desk

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  everything else is the later round's
        return getattr(self.rules, name)

    def view(self, _first: MapState, group: Group | None = None) -> dict[str, Any]:
        """Return the later round's view."""
        return self.rules.view(self.desk.state, group)
