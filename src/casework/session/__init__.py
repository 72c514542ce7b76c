"""What a notebook holds: it joins content, rules, widgets, store and report, and alone it writes.

`Session` is one run of a workbook. `SessionCase`, `SessionChecklist`, `SessionSurvey` and their like are content in a
session: what one can do with it. `Desk` is one piece of content being worked on; a `Ledger` is a run as this kernel
knows it.
"""

from casework.session.case import SessionCase
from casework.session.checklist import SessionChecklist
from casework.session.moments import SessionMoments
from casework.session.session import Session
from casework.session.survey import SessionSurvey

__all__ = ["Session", "SessionCase", "SessionChecklist", "SessionMoments", "SessionSurvey"]
