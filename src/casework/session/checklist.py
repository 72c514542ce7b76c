"""A checklist in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.observe import Observe
from casework.activity.page import observe_page
from casework.session.options import suggesting
from casework.widgets import ObserveWidget

if TYPE_CHECKING:
    from casework.content import Checklist
    from casework.session.case import SessionCase
    from casework.session.session import Session


class SessionChecklist:
    """A checklist in a session.

    Parameters
    ----------
    session : Session
        The session it belongs to.
    checklist : Checklist
        The checklist as its file tells it.
    """

    def __init__(self, session: Session, checklist: Checklist) -> None:
        self.session = session
        self.checklist = checklist

    def __repr__(self) -> str:
        return f"SessionChecklist({self.checklist.id!r})"

    @suggesting
    def observe(self, case: SessionCase, moment_id: str) -> ObserveWidget:
        """Return the observation of a moment with this checklist.

        Parameters
        ----------
        case : SessionCase
            The case that the moment belongs to.
        moment_id : str
            The moment's id in that case.

        Raises
        ------
        ContentError
            If the case has no such moment.
        """
        moment = case.case.find_moment(moment_id)
        rules = Observe(case.case.id, moment, self.checklist)
        page = observe_page(moment, self.checklist, case.case)
        widget: ObserveWidget = self.session.seat(ObserveWidget, rules, page, rules.about)
        return widget
