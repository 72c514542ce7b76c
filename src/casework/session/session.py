"""One run of a workbook by one learner."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.activity.page import PROTOCOL
from casework.content import Folder, find_folder
from casework.content.words import words
from casework.errors import SessionError
from casework.session.case import SessionCase
from casework.session.checklist import SessionChecklist
from casework.session.codings import Codings
from casework.session.desk import Given, Ledger, Seat
from casework.session.group import Agenda
from casework.session.log import open_log
from casework.session.moments import SessionMoments
from casework.session.options import suggesting
from casework.session.reporting import OwnReport, TrainerReport, drawn, dressed
from casework.session.survey import SessionSurvey
from casework.store import open_store
from casework.widgets import ReportWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casework.activity.group import Group
    from casework.activity.rules import Rules
    from casework.session.desk import Desk
    from casework.store import Run, Store, Visit
    from casework.widgets import GroupWidget, LogWidget, MapWidget
    from casework.widgets._base import ActivityWidget

_PAGE_WORDS = ("deal", "fallback", "page", "saved", "share", "who", "write")
"""The interface's words that every activity's page needs; each needs those of its own name, too."""

OWN_PAPERS = "own-papers"
"""The run that belongs to a learner and to no workbook: RSC logs and action plans."""


class Session(Codings):
    """One run of a workbook by one learner.

    Parameters
    ----------
    workbook : str
        The workbook's id: its file name without the ending. The learner's open run of it goes on where
        it was; without one, a new run begins.
    language : str
        The language of the page, ``"en"`` by default.
    folder : str or path, optional
        Where cases and checklists are looked for; by default the nearest folder above the notebook that
        holds ``cases/``, then the workbooks shipped with casework.
    store : Store, optional
        Where answers are kept; by default the store of this computer or of the server.

    Raises
    ------
    SessionError
        If the page was opened on a server that does not say who is visiting, or `folder` is no path.
    StoreError
        If the store cannot be opened.

    Examples
    --------
    >>> session = Session("the-first-goodbye", language="en")  # doctest: +SKIP
    >>> session.case("first-goodbye").walk()  # doctest: +SKIP
    """

    def __init__(
        self,
        workbook: str,
        *,
        language: str = "en",
        folder: str | os.PathLike[str] | None = None,
        store: Store | None = None,
    ) -> None:
        self.workbook = workbook
        self.language = language
        self.words = words(language)
        self.folder = Folder(find_folder(_path(folder)))
        self._theme = self.folder.own_colors()
        self._store = store or open_store()
        self._visit = _who_visits(self._store)
        self._group: Group | None = None
        self._room = self._find_room()
        self._ledger = self._open(self._find_run())
        self._agenda = Agenda(language, self._visit.role, self._room, workbook)
        self._papers: Ledger | None = None
        self._reports: list[ReportWidget] = []
        self._watching: list[Callable[[], None]] = []

    def __repr__(self) -> str:
        return f"Session({self.workbook!r}, language={self.language!r})"

    # -- content to work on -----------------------------------------------------------------------

    def case(self, case_id: str) -> SessionCase:
        """Return a case to work on, such as ``"first-goodbye"``; raise `ContentError` if it cannot be used."""
        return SessionCase(self, self.folder.find_case(case_id, self.language))

    @suggesting
    def map(self, map_id: str, round: str | None = None) -> MapWidget:  # noqa: A002  the field's word
        """Return a relationship map to draw on, by the id of its file in ``maps/``.

        Parameters
        ----------
        map_id : str
            The map's id.
        round : str, optional
            Which round of drawing this is, such as ``"before"`` and ``"after"``; each begins afresh.

        Raises
        ------
        ContentError
            If the map cannot be used.
        SessionError
            If the round is no name in small letters and hyphens.
        """
        from casework.session.map import seat_map  # noqa: PLC0415  for those who draw one

        return seat_map(self, self.folder.find_map(map_id, self.language), round)

    def checklist(self, checklist_id: str) -> SessionChecklist:
        """Return a checklist to observe with, by its id; raise `ContentError` if it cannot be used."""
        return SessionChecklist(self, self.folder.find_checklist(checklist_id, self.language))

    def moments(self, moments_id: str) -> SessionMoments:
        """Return moments that belong to no case, to observe; raise `ContentError` if they cannot be used."""
        return SessionMoments(self, self.folder.find_moments(moments_id, self.language))

    def survey(self, survey_id: str) -> SessionSurvey:
        """Return a survey to answer or to plan from, by its id; raise `ContentError` if it cannot be used."""
        return SessionSurvey(self, self.folder.find_survey(survey_id, self.language))

    def report(self) -> ReportWidget:
        """Return how one's own seeing changed, and one's pages to keep; for a trainer what was shared in their run.

        Nothing is drawn, and pandas not imported, before it is asked for.
        """
        content = self._content("report", self.workbook, self._ledger)
        content = dressed(content, self.words, leads=self._room is not None)
        widget = ReportWidget(content, {"html": None, "at": None, "waiting": False})
        widget.on_intent(lambda message: self._answer_report(widget, message), self._ledger.stands)
        self._reports.append(widget)
        return widget

    def group(self) -> GroupWidget:
        """Return what a trainer leads a group with; it shows nothing to anyone else.

        The activities of the notebook, in the order of its cells, are the agenda of the group. A group is led from
        a page of ``casework serve --group``; in a notebook of one's own the agenda is shown, and what leading needs.
        """
        return self._agenda.bar(self._content("group", self.workbook, self._ledger) | {"workbook": self.workbook})

    @suggesting
    def log(self, targets: str | None = None, series: Mapping[str, Any] | None = None) -> LogWidget:
        """Return the learner's log of reflective supervision: one log, whichever workbook shows it.

        Parameters
        ----------
        targets : str, optional
            The id of a file of targets, such as ``"mi-aimh"``, whose hours stand beside what is in the log until the
            learner chooses others. Without it, the learner can choose among all files of targets.
        series : Mapping, optional
            What the form for a planned series begins with: `minutes` of each meeting, for how many `months`,
            `every` (``"month-weekday"``, ``"month-day"`` or ``"weeks"``), how many `weeks`, and the `kind`
            (``"individual"`` or ``"group"``); by default two hours a month for 24 months, in a group.

        Raises
        ------
        ContentError
            If there is no such file of targets, or it cannot be used.
        SessionError
            If the series has a key or a value that is not known.

        Examples
        --------
        >>> session.log("mi-aimh", series={"minutes": 90, "months": 12})  # doctest: +SKIP
        """
        return open_log(self, targets, series)

    # -- for the content in this session ----------------------------------------------------------

    def seat(  # noqa: PLR0913  what a widget is joined to
        self,
        kind: type[ActivityWidget],
        rules: Rules[Any],
        page: Mapping[str, Any],
        key: str,
        *,
        asks: Mapping[str, Callable[[Any, Mapping[str, Any]], Given]] | None = None,
        own: bool = False,
        watching: bool = False,
        plays: Mapping[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401  a widget of that kind
        """Return a widget joined to its rules and to what was done before.

        Parameters
        ----------
        kind : type of ActivityWidget
            Which widget.
        rules : Rules
            What it goes by. Widgets whose rules are about the same content share one state.
        page : Mapping[str, Any]
            What its page is given.
        key : str
            Tells it from other widgets of its kind in this run.
        asks : Mapping, optional
            The files that its page may ask for: by the `do` of the message, what makes one of the state.
        own : bool, optional
            Whether it belongs to the learner rather than to this run, as an RSC log does.
        watching : bool, optional
            Whether it shows something of other content, too, and has to be shown again when that changes.
        plays : Mapping, optional
            What a group's room needs to know to play it: the ids of its `content`, and the `options` that the notebook
            gives; by default it is none of a group's activities.
        """
        ledger = self._own_papers() if own else self._ledger
        desk = ledger.desk(rules, None if own else self._group)
        content = {**self._content(kind.name, key, ledger), "about": rules.about, **page}
        widget = kind(content, rules.view(desk.state, desk.group))
        seat = Seat(widget, rules, asks or {})
        desk.seats.append(seat)
        widget.on_intent(lambda message: ledger.answer(desk, seat, message), ledger.stands)
        if watching:
            self._watching.append(lambda: desk.show_at(seat))
        if plays is not None:
            self._agenda.add(kind.name, content, plays, rules)
        return widget

    def desk(self, rules: Rules[Any]) -> Desk:
        """Return the desk of some content in this run, whether or not a widget sits at it."""
        return self._ledger.desk(rules, self._group)

    def begun(self) -> tuple[str, ...]:
        """Return what something was done about in this run, in the order in which it was begun."""
        return self._ledger.begun()

    def readable_words(self) -> tuple[list[dict[str, Any]], int]:
        """Return what was written and this page's visitor may read: in a room what was shared, else one's own.

        Returns
        -------
        list of dict
            A row for each text, with the columns of `casework.report.Frames.responses`.
        int
            How many people must have shared something unnamed before it is shown; 0 alone.
        """
        from casework.report.asked import Asked  # noqa: PLC0415  for those who code what was written
        from casework.report.frames import COLUMNS, take_run  # noqa: PLC0415
        from casework.report.gathered import Gathered  # noqa: PLC0415

        run = self._room or self._ledger.run
        gathered = Gathered(Asked(self.folder.path, self.language))
        take_run(gathered, self._store, run, self._visit)
        names = list(COLUMNS["responses"])
        return [dict(zip(names, row, strict=True)) for row in gathered.responses], run.floor or 0

    def _find_room(self) -> Run | None:
        """Return the group's run that this page leads."""
        leads = self._visit.role == "trainer" and self._visit.session_id is not None
        return self._store.find_run(self._visit.session_id) if leads else None  # type: ignore[arg-type]

    def _find_run(self) -> Run:
        """Return the run that is worked in. What a trainer tries out is their own: in a room only the server writes."""
        find = self._store.open_own_run if self._visit.role == "trainer" else self._store.open_run
        return find(self._visit, self.workbook)

    def _open(self, run: Run) -> Ledger:
        ledger = Ledger(self._store, self._visit, run)
        ledger.on_change = self._draw_again
        return ledger

    def _own_papers(self) -> Ledger:
        if self._papers is None:
            self._papers = self._open(self._store.open_own_run(self._visit, OWN_PAPERS))
        return self._papers

    def _content(self, activity: str, key: str, ledger: Ledger) -> dict[str, Any]:
        return {
            "protocol": PROTOCOL,
            "activity": activity,
            "key": f"{activity}:{key}",
            "run": ledger.run.id,
            "language": self.language,
            "words": {
                key: text for key, text in self.words.items() if key.partition(".")[0] in {*_PAGE_WORDS, activity}
            },
            "who": self.words["who.binder" if os.environ.get("CASEWORK_BINDER") == "1" else "who.private"],
            "theme": self._theme,
            "durable": os.environ.get("CASEWORK_SHARED_COMPUTER") != "1",
        }

    # -- the report -------------------------------------------------------------------------------

    def _desks(self) -> Iterator[Desk]:
        for ledger in filter(None, (self._ledger, self._papers)):
            yield from ledger.desks.values()

    def _answer_report(self, widget: ReportWidget, message: Mapping[str, Any]) -> None:
        intent_id = message.get("id")
        match message.get("do"):
            case "draw":
                self._catch_up()
                widget.state = drawn(self._report)
                widget.acknowledge(str(intent_id))
            case "take":
                self._catch_up()
                name = f"{self.workbook}.html"
                widget.give_file(intent_id, name, "text/html", self._report.page().encode())
            case _:
                widget.refuse(intent_id, self.words["report.unknown"])

    def _catch_up(self) -> None:
        for ledger in filter(None, (self._ledger, self._papers)):
            ledger.catch_up()

    def _draw_again(self) -> None:
        for show in self._watching:
            show()
        for widget in self._reports:
            if widget.state["html"] is not None:
                widget.state = drawn(self._report)

    @property
    def _report(self) -> OwnReport | TrainerReport:
        if self._room is not None:
            return TrainerReport(self._store, self._room, self.language, self.folder.path, self._visit)
        return OwnReport(self._desks, self.workbook, self.words, self.language)


def _path(folder: object) -> Path | None:
    if isinstance(folder, str | os.PathLike):
        return Path(folder)
    if folder is None:
        return None
    raise SessionError(f'folder cannot be {folder!r}; write where the workbooks lie, such as folder="workbooks".')


def _who_visits(store: Store) -> Visit:
    """Return the visit that the server handed to this kernel, or that of a notebook of one's own."""
    if visit_id := os.environ.get("CASEWORK_VISIT"):
        return store.find_visit(visit_id)
    on_voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
    if on_voila and os.environ.get("CASEWORK_OWNER") != "1":
        msg = "This page does not say who is visiting, so nothing could be kept. Start it with: casework serve"
        raise SessionError(msg)
    return store.local_visit(os.environ.get("JUPYTERHUB_USER") or getpass.getuser())
