"""What a report widget shows: to a learner how their own seeing changed, to a trainer what was shared in their run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casework.activity.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from casework.report.document import Document
    from casework.session.desk import Desk
    from casework.store import Run, Store, Visit


class TrainerReport:
    """The report on a run, for whoever leads it.

    Parameters
    ----------
    store : Store
        Where the run is kept.
    run : Run
        The group's run.
    language : str
        In which it speaks.
    folder : pathlib.Path
        The folder of workbooks.
    reader : Visit
        Their page.
    """

    def __init__(self, store: Store, run: Run, language: str, folder: Path, reader: Visit) -> None:
        self._store, self._run, self._reader = store, run, reader
        self._language, self._folder = language, folder

    def html(self) -> str:
        """Return it as a part of a page."""
        from casework.report.page import as_part  # noqa: PLC0415  brings pandas, for those who draw

        return as_part(self._document(), top=4)

    def page(self) -> str:
        """Return it as a page to keep."""
        from casework.report.page import as_page  # noqa: PLC0415  as above

        return as_page(self._document())

    def _document(self) -> Document:
        from casework.report.reports import group_report  # noqa: PLC0415  as above

        return group_report(
            self._store, self._run, "trainer", language=self._language, folder=self._folder, reader=self._reader
        )


class OwnReport:
    """How one's own seeing changed, and one's pages to keep.

    Parameters
    ----------
    desks : callable
        Gives what one works on.
    workbook : str
        The workbook's id.
    words : Mapping[str, str]
        The interface's words.
    language : str
        In which it speaks.
    """

    def __init__(
        self, desks: Callable[[], Iterable[Desk]], workbook: str, words: Mapping[str, str], language: str
    ) -> None:
        self._desks, self._workbook, self._words, self._language = desks, workbook, words, language

    def html(self) -> str:
        """Return what one wrote first and later, side by side."""
        from casework.report import change_html  # noqa: PLC0415  brings pandas, for those who draw

        walks = [(desk.rules, desk.state) for desk in self._desks() if isinstance(desk.rules, Walk)]
        return "".join(change_html(walk.case, state.responses, self._words) for walk, state in walks)

    def page(self) -> str:
        """Return one's own pages."""
        from casework.report.pages import chapters, own_pages  # noqa: PLC0415  only when someone takes them along

        found = [chapter for desk in self._desks() for chapter in chapters(desk.rules, desk.state, self._words)]
        cases = (desk.rules.case for desk in self._desks() if isinstance(desk.rules, Walk))
        title = next((case.title for case in cases), self._workbook)
        return own_pages(title, found, self._words, self._language, datetime.now(UTC))


def drawn(report: OwnReport | TrainerReport) -> dict[str, Any]:
    """Return the state of a widget that shows a report."""
    return {"html": report.html(), "at": datetime.now(UTC).isoformat(timespec="seconds"), "waiting": False}


def dressed(content: Mapping[str, Any], words: Mapping[str, str], *, leads: bool) -> dict[str, Any]:
    """Return what a report's page is given: for whoever leads, with the words that are theirs."""
    if not leads:
        return {**content, "title": words["report.title"]}
    theirs = {
        "report.introduction": words["reports.what_trainer"],
        "report.draw": words["reports.draw"],
        "report.take": words["reports.take"],
    }
    return {**content, "title": words["reports.title_trainer"], "words": {**content["words"], **theirs}}
