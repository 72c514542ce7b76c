"""The RSC log in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casework.activity.log import Log
from casework.activity.log_page import log_page
from casework.content.nearest import suggest
from casework.errors import ContentError, SessionError
from casework.session.desk import Given
from casework.widgets import LogWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from casework.activity.log_state import LogState
    from casework.content import Targets
    from casework.session.session import Session


class _Suggested(BaseModel):
    """What the form for a series begins with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    minutes: Annotated[int, Field(ge=1, le=720)] = 120
    months: Annotated[int, Field(ge=1, le=120)] = 24
    every: Literal["month-weekday", "month-day", "weeks"] = "month-weekday"
    weeks: Annotated[int, Field(ge=1, le=26)] = 2
    kind: Literal["individual", "group"] = "group"


def open_log(session: Session, targets: str | None, series: Mapping[str, Any] | None) -> LogWidget:
    """Return the learner's log, joined to the session.

    Parameters
    ----------
    session : Session
        The session.
    targets : str, optional
        The id of a file of targets.
    series : Mapping, optional
        What the form for a series begins with.
    """
    files = _offered(session, targets)
    rules = Log(files, session.language, targets)
    page = log_page(files, session.language, _suggested(series).model_dump())
    widget: LogWidget = session.seat(LogWidget, rules, page, "log", asks=_asks(session, rules), own=True)
    return widget


def _offered(session: Session, targets: str | None) -> dict[str, Targets]:
    """Return the file that was asked for, or all that there are; one that cannot be used is left out then."""
    if targets is not None:
        return {targets: session.folder.find_targets(targets, session.language)}
    found = {}
    for name in dict.fromkeys(session.folder.ids("targets")):
        try:
            found[name] = session.folder.find_targets(name, session.language)
        except ContentError:
            continue  # `casework check` says what is wrong with it; the log itself needs none
    return found


def _suggested(series: Mapping[str, Any] | None) -> _Suggested:
    try:
        return _Suggested.model_validate(dict(series or {}))
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            raise SessionError(f"log(): a series has no '{key}'; {suggest(key, _Suggested.model_fields)}.") from None
        raise SessionError(f"log(): the series' '{key}' cannot be {first['input']!r}: {first['msg']}.") from None


def _asks(session: Session, rules: Log) -> dict[str, Callable[[LogState, Mapping[str, Any]], Given]]:
    """Return the files that the page of a log may ask for."""
    name, said = session.words["log.file"], session.words

    def calendar(state: LogState, _message: Mapping[str, Any]) -> Given:
        from casework.report.log_calendar import as_calendar  # noqa: PLC0415  only when someone takes it along

        return Given(f"{name}.ics", "text/calendar", as_calendar(state, said, session.language))

    def sheet(state: LogState, message: Mapping[str, Any]) -> Given:
        from casework.report.log_sheet import SHEET_TYPE, as_sheet  # noqa: PLC0415  only when someone takes it along

        notes = message.get("notes") is True
        return Given(f"{name}.xlsx", SHEET_TYPE, as_sheet(state, said, rules.today(), notes=notes))

    def table(state: LogState, message: Mapping[str, Any]) -> Given:
        from casework.report.log_sheet import as_csv  # noqa: PLC0415  only when someone takes it along

        return Given(f"{name}.csv", "text/csv", as_csv(state, said, notes=message.get("notes") is True))

    return {"calendar": calendar, "sheet": sheet, "table": table}
