"""A survey in a session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework.activity.plan import Plan
from casework.activity.rules import FIRST_ROUND
from casework.activity.survey import Answering, SurveyState
from casework.activity.survey_page import plan_page, survey_page
from casework.errors import SessionError
from casework.session.options import suggesting
from casework.widgets import PlanWidget, SurveyWidget

if TYPE_CHECKING:
    from casework.content import Survey
    from casework.session.session import Session

_ROUND = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class SessionSurvey:
    """A survey in a session: what one can do with it.

    Parameters
    ----------
    session : Session
        The session it belongs to.
    survey : Survey
        The survey as its file tells it.

    Raises
    ------
    SessionError
        If the survey wants its answers to stay on the device, where its rules could not see them.
    """

    def __init__(self, session: Session, survey: Survey) -> None:
        self.session = session
        self.survey = survey
        if survey.share == "device":
            raise SessionError(
                f"The survey '{survey.id}' says 'share: device', but what is answered in a survey is kept with the "
                "workbook; write 'share: private', so that nobody but its author sees it."
            )

    def __repr__(self) -> str:
        return f"SessionSurvey({self.survey.id!r})"

    @suggesting
    def answer(self, round: str | None = None, *, one_by_one: bool = False) -> SurveyWidget:  # noqa: A002  its name in a workbook
        """Return the survey to answer.

        Parameters
        ----------
        round : str, optional
            Which round this is, such as ``"before"`` and ``"after"`` a training, or ``"after-a-year"``. A later
            round is answered afresh; when it is ended, it stands beside the first.
        one_by_one : bool, optional
            Whether the items are shown one at a time, rather than on the pages that the file makes.

        Raises
        ------
        SessionError
            If the round is no name in small letters, digits and hyphens.
        """
        if round is not None and not _ROUND.fullmatch(round):
            raise SessionError(
                f"answer() cannot use the round {round!r}; name it in small letters, digits and hyphens, "
                "such as round='before' or round='after-a-year'."
            )
        rules = Answering(self.survey, round, lambda: self._earlier(round))
        page = survey_page(self.survey, round, one_by_one=one_by_one)
        key = f"{rules.about}:one-by-one" if one_by_one else rules.about
        plays = {"content": rules.about, "options": {"one_by_one": one_by_one}}
        widget: SurveyWidget = self.session.seat(
            SurveyWidget, rules, page, key, watching=round is not None, plays=plays
        )
        return widget

    @suggesting
    def plan(self) -> PlanWidget:
        """Return the action plan that grows from this survey.

        It belongs to the learner: it is there, as they left it, in every workbook that shows it.
        """
        rules = Plan(self.survey, self._in_words)
        key = rules.about
        widget: PlanWidget = self.session.seat(PlanWidget, rules, plan_page(self.survey), key, own=True, watching=True)
        return widget

    def _rounds(self) -> list[str]:
        """Return the rounds of this survey in this run, in the order in which they were begun."""
        place = f"{self.survey.id}/"
        return [about.removeprefix(place) for about in self.session.begun() if about.startswith(place)]

    def _state(self, round_id: str | None) -> SurveyState:
        state: SurveyState = self.session.desk(Answering(self.survey, round_id)).state
        return state

    def _earlier(self, round_id: str | None) -> SurveyState | None:
        """Return what a round looks back to: the first one, if that was begun before it."""
        if round_id in (None, FIRST_ROUND):
            return None
        rounds = self._rounds()
        before = rounds[: rounds.index(round_id)] if round_id in rounds else rounds
        first = FIRST_ROUND if FIRST_ROUND in before else next(iter(before), None)
        return self._state(first) if first else None

    def _in_words(self) -> dict[str, str]:
        """Return one's latest answers in this run, in words, by item."""
        told: dict[str, str] = {}
        begun = [None, *self._rounds()]
        for round_id in begun:
            answers = Answering(self.survey, round_id).answers(self._state(round_id))
            told |= {name: answer.text for name, answer in answers.items()}
        return told
