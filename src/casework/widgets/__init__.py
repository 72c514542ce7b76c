"""Activities in a notebook: one small anywidget class each.

A widget shows what it is given and announces what its page asks for; it never reaches the store.
`Session` joins it to the rules and to what people leave behind.
"""

from casework.widgets.code import CodeWidget
from casework.widgets.group import GroupWidget
from casework.widgets.log import LogWidget
from casework.widgets.map import MapWidget
from casework.widgets.observe import ObserveWidget
from casework.widgets.plan import PlanWidget
from casework.widgets.reflect import ReflectWidget
from casework.widgets.report import ReportWidget
from casework.widgets.survey import SurveyWidget
from casework.widgets.walk import WalkWidget

__all__ = [
    "CodeWidget",
    "GroupWidget",
    "LogWidget",
    "MapWidget",
    "ObserveWidget",
    "PlanWidget",
    "ReflectWidget",
    "ReportWidget",
    "SurveyWidget",
    "WalkWidget",
]
