"""A case in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from casework.activity.page import Layout, reflect_page, walk_page
from casework.activity.walk import Reflect, Walk
from casework.content.nearest import suggest
from casework.errors import SessionError
from casework.session.map import seat_map
from casework.session.options import suggesting
from casework.widgets import ReflectWidget, WalkWidget

if TYPE_CHECKING:
    from casework.content import Case
    from casework.report.preview import CaseMap
    from casework.session.session import Session
    from casework.widgets import MapWidget


class SessionCase:
    """A case in a session: what one can do with it.

    Parameters
    ----------
    session : Session
        The session it belongs to.
    case : Case
        The case as its file tells it.
    """

    def __init__(self, session: Session, case: Case) -> None:
        self.session = session
        self.case = case
        self._walk = Walk(case)

    def __repr__(self) -> str:
        return f"SessionCase({self.case.id!r})"

    @suggesting
    def walk(self, *, map_at_end: bool = True) -> WalkWidget:
        """Return the walk through the case.

        Parameters
        ----------
        map_at_end : bool, optional
            Whether the end shows the way one took drawn on the map of the scenes, with those not taken. Leave it
            out where a group is to talk about the other ways before it sees that there are any.
        """
        page = walk_page(self.case, map_at_end=map_at_end)
        plays = {"content": self.case.id, "options": {} if map_at_end else {"map_at_end": False}}
        widget: WalkWidget = self.session.seat(WalkWidget, self._walk, page, self.case.id, plays=plays)
        return widget

    @suggesting
    def reflect(self, *prompts: str, layout: Layout = "stacked") -> ReflectWidget:
        """Return prompts of the case to look at again, in the words that the walk keeps.

        Parameters
        ----------
        *prompts : str
            The prompts' ids. A prompt that the case asks again later brings that one along. Each opens
            when the walk has come to it.
        layout : str, optional
            How the perspectives of a prompt stand: ``"stacked"``, one below the other; ``"side-by-side"``, beside
            each other on a wide page, and stacked on a narrow one; ``"one-by-one"``, one at a time.

        Raises
        ------
        ContentError
            If the case asks no such prompt.
        SessionError
            If there is no such layout.
        """
        if layout not in (layouts := get_args(Layout)):
            raise SessionError(f"reflect() has no layout '{layout}'; {suggest(layout, layouts)}.")
        shown = self._with_again(prompts)
        rules = Reflect(self._walk, shown)
        page = reflect_page(self.case, shown, layout)
        key = ":".join([self.case.id, *shown])
        plays = {"content": self.case.id, "options": {"prompts": list(shown), "layout": layout}}
        widget: ReflectWidget = self.session.seat(ReflectWidget, rules, page, key, plays=plays)
        return widget

    @suggesting
    def map(self, round: str | None = None) -> MapWidget:  # noqa: A002  the field's word
        """Return the map of the relationships around the child, to draw on.

        Parameters
        ----------
        round : str, optional
            Which round of drawing this is, such as ``"before"`` and ``"after"``. Each round begins afresh;
            what was drawn in ``"before"`` can be set beside any other.

        Raises
        ------
        SessionError
            If the case names no people, or the round is no name in small letters and hyphens.
        """
        return seat_map(self.session, self.case, round)

    def paths(self) -> CaseMap:
        """Return the map of the scenes and where each choice leads, with the same in words."""
        from casework.report.preview import CaseMap  # noqa: PLC0415  for those who look at the map

        return CaseMap(self.case)

    def _with_again(self, prompts: tuple[str, ...]) -> tuple[str, ...]:
        if not prompts:
            raise SessionError(f"reflect() needs the id of a prompt in {self.case.id!r}, such as reflect('notice').")
        for prompt in prompts:
            self.case.find_prompt(prompt)
        asked = [prompt for _, prompt in self.case.prompts()]
        return tuple(one.id for one in asked if one.id in prompts or one.again in prompts)
