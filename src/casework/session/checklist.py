"""A checklist in a session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from casework.activity.differing import TOLERANCE
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.activity.observe_page import observe_page
from casework.content.coding import find_misfits
from casework.errors import SessionError
from casework.session.case import SessionCase
from casework.session.options import suggesting
from casework.widgets import ObserveWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.content import Case, Checklist, Coding, Moment, MomentSet
    from casework.session.moments import SessionMoments
    from casework.session.session import Session

PACES = "steps", "told"
"""How a moment in beats passes: stepped by the person, or told at its own pace."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ID = 64


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
    def observe(
        self,
        case: SessionCase | SessionMoments,
        moment_id: str,
        *,
        pace: Literal["steps", "told"] = "steps",
        reference: str | None = None,
        tolerance: float = TOLERANCE,
    ) -> ObserveWidget:
        """Return the observation of a moment with this checklist.

        Parameters
        ----------
        case : SessionCase or SessionMoments
            What the moment belongs to: a case, or a file of moments.
        moment_id : str
            The moment's id there. It is told in beats, or is a recording.
        pace : {'steps', 'told'}
            For a moment in beats: stepped by the person, or told at its own pace, which can be paused and slowed.
        reference : str, optional
            The id of a coding; offered, once one has finished, as the places where one's own marks differed from it.
        tolerance : float
            For a recording: by how many seconds the same thing may be marked apart.

        Raises
        ------
        ContentError
            If there is no such moment or coding.
        SessionError
            If an option cannot be so.
        """
        if pace not in PACES:
            raise SessionError(f'pace cannot be {pace!r}; write pace="steps" or pace="told".')
        if not tolerance >= 0:
            raise SessionError(f"tolerance cannot be {tolerance!r}; write a number of seconds, 0 or more.")
        holder = case.case if isinstance(case, SessionCase) else case.moments
        moment = holder.find_moment(moment_id)
        if pace == "told" and not moment.beats:
            raise SessionError(f"The moment {moment_id!r} is a recording and has a pace of its own; leave 'pace' out.")
        if isinstance(case, SessionCase):
            ground = Ground(f"{holder.id}/{moment.id}", moment.title, moment)
        else:
            ground = Ground(f"moments/{holder.id}/{moment.id}", moment.title, moment, holder.trainer_notes)
        coding = self._reference(reference, holder, moment) if reference else None
        rules = Observe(ground, self.checklist, coding, tolerance)
        options = {"pace": pace, "tolerance": tolerance, **({"reference": reference} if reference else {})}
        return self._seat(rules, holder, pace, {"content": rules.about, "options": options})

    @suggesting
    def observe_live(self, observation_id: str, *, title: str | None = None) -> ObserveWidget:
        """Return a live observation with this checklist: one watches, and a clock runs along.

        Parameters
        ----------
        observation_id : str
            Names it in what is stored, such as ``"monday-lunch"``; never shown, so that the title can be reworded.
        title : str, optional
            What people call it.

        Raises
        ------
        SessionError
            If the id is none.
        """
        if not _ID.fullmatch(str(observation_id)) or len(observation_id) > _LONGEST_ID:
            raise SessionError(
                f"A live observation cannot be called {observation_id!r}; write small letters, digits and hyphens, "
                'such as observe_live("monday-lunch"), and what people call it as its title.'
            )
        ground = Ground(f"live/{observation_id}", title or self.session.words["observe.live_title"])
        return self._seat(Observe(ground, self.checklist), None, "live")

    def _seat(
        self, rules: Observe, holder: Case | MomentSet | None, pace: str, plays: Mapping[str, Any] | None = None
    ) -> ObserveWidget:
        page = observe_page(rules.ground, self.checklist, holder, pace=pace, reference=rules.reference)
        key = rules.about if pace != "told" else f"{rules.about}:told"
        widget: ObserveWidget = self.session.seat(ObserveWidget, rules, page, key, plays=plays)
        return widget

    def _reference(self, coding_id: str, holder: Case | MomentSet, moment: Moment) -> Coding:
        """Return a coding that fits, or say what does not."""
        coding = self.session.folder.find_coding(coding_id, self.session.language)
        about = coding.case or coding.moment_set, coding.moment, coding.checklist
        if about != (holder.id, moment.id, self.checklist.id):
            raise SessionError(
                f"The coding {coding_id!r} is about {' / '.join(map(str, about))}, "
                f"and not about {holder.id} / {moment.id} / {self.checklist.id}; name one that is."
            )
        for found in find_misfits(coding, moment, self.checklist):
            raise SessionError(f"The coding {coding_id!r} does not fit: {found.message}; {found.remedy}.")
        return coding
