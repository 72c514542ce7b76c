"""What a notebook holds: it joins content, rules, widgets, store and report, and alone it writes."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casework.activity.observe import Observe
from casework.activity.page import PROTOCOL, observe_page, reflect_page, walk_page
from casework.activity.rules import fold
from casework.activity.walk import Reflect, Walk
from casework.content import Folder, find_folder
from casework.content.words import words
from casework.errors import Refused, SessionError, StoreError
from casework.store import open_store
from casework.widgets import ObserveWidget, ReflectWidget, ReportWidget, WalkWidget

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casework.activity.events import Event
    from casework.activity.rules import Rules
    from casework.content import Case, Checklist
    from casework.report.preview import CaseMap
    from casework.store import Store, Visit
    from casework.widgets._base import ActivityWidget

_PAGE_WORDS = ("fallback", "page", "saved", "write")
"""The interface's words that every activity's page needs; each needs those of its own name, too."""


class Session:
    """One run of a workbook by one learner.

    Parameters
    ----------
    workbook : str
        The workbook's id: its file name without the ending. The learner's open run of it goes on where
        it was; without one, a new run begins.
    language : str
        The language of the page, ``"en"`` by default.
    folder : path, optional
        Where cases and checklists are looked for; by default the nearest folder above the notebook that
        holds ``cases/``, then the workbooks shipped with casework.
    store : Store, optional
        Where answers are kept; by default the store of this computer or of the server.

    Raises
    ------
    SessionError
        If the page was opened on a server that does not say who is visiting.
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
        folder: Path | None = None,
        store: Store | None = None,
    ) -> None:
        self.workbook = workbook
        self.language = language
        self.words = words(language)
        self._folder = Folder(find_folder(folder))
        self._store = store or open_store()
        self._visit = _who_visits(self._store)
        self._run = self._store.open_run(self._visit, workbook)
        self._desks: dict[str, _Desk] = {}
        self._reports: list[ReportWidget] = []
        self._events: list[Event] = []
        self._known: set[str] = set()
        self._number = 0
        self._catch_up()

    def __repr__(self) -> str:
        return f"Session({self.workbook!r}, language={self.language!r})"

    def case(self, case_id: str) -> SessionCase:
        """Return a case to work on.

        Parameters
        ----------
        case_id : str
            The case's id, such as ``"first-goodbye"``.

        Raises
        ------
        ContentError
            If there is no such case, or its file cannot be used.
        """
        return SessionCase(self, self._folder.find_case(case_id, self.language))

    def checklist(self, checklist_id: str) -> SessionChecklist:
        """Return a checklist to observe with.

        Parameters
        ----------
        checklist_id : str
            The checklist's id, such as ``"everyday-interaction"``.

        Raises
        ------
        ContentError
            If there is no such checklist, or its file cannot be used.
        """
        return SessionChecklist(self, self._folder.find_checklist(checklist_id, self.language))

    def report(self) -> ReportWidget:
        """Return how one's own seeing changed, drawn when it is asked for, and one's pages to keep."""
        content = self._content("report", self.workbook) | {"title": self.words["report.title"]}
        widget = ReportWidget(content, {"html": None, "at": None, "waiting": False})
        widget.on_intent(lambda message: self._answer_report(widget, message))
        self._reports.append(widget)
        return widget

    # -- for SessionCase and SessionChecklist -----------------------------------------------------

    def _seat(self, kind: type[ActivityWidget], rules: Rules[Any], page: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401
        """Return a widget joined to its rules; those about the same content share one desk."""
        desk = self._desks.get(rules.about)
        if desk is None:
            desk = _Desk(rules, fold(rules, self._about(rules.about)))
            self._desks[rules.about] = desk
        widget = kind({**self._content(kind.name, key), **page}, rules.view(desk.state))
        desk.seats.append((widget, rules))
        widget.on_intent(lambda message: self._answer(desk, widget, rules, message))
        return widget

    def _content(self, activity: str, key: str) -> dict[str, Any]:
        return {
            "protocol": PROTOCOL,
            "activity": activity,
            "key": f"{activity}:{key}",
            "run": self._run.id,
            "language": self.language,
            "words": {
                key: text for key, text in self.words.items() if key.partition(".")[0] in {*_PAGE_WORDS, activity}
            },
            "who": self.words["who.private"],
        }

    def _about(self, about: str) -> list[Event]:
        return [event for event in self._events if event.about == about]

    # -- the way of an intent ---------------------------------------------------------------------

    def _answer(self, desk: _Desk, widget: ActivityWidget, rules: Rules[Any], message: Mapping[str, Any]) -> None:
        """Store what a page asks for, and acknowledge it only then."""
        intent_id = message.get("id")
        try:
            self._catch_up()
            if intent_id not in self._known:
                event = rules.decide(desk.state, message, datetime.now(UTC))
                self._store.append(self._visit, self._run, event)
                self._catch_up()
        except Refused as no:
            widget.state = rules.view(desk.state)
            widget.refuse(intent_id, str(no))
        except StoreError as trouble:
            widget.unsaved(intent_id, str(trouble))
        else:
            widget.acknowledge(str(intent_id))

    def _catch_up(self) -> None:
        """Fold what came to the store since, from this page or from another of the same person."""
        fresh = self._store.events(self._visit, self._run, self._number)
        for number, event in fresh:
            self._number = number
            self._known.add(event.id)
            self._events.append(event)
            if desk := self._desks.get(event.about):
                desk.apply(event)
        if fresh:
            self._show({event.about for _, event in fresh})

    def _show(self, abouts: set[str]) -> None:
        for about in abouts & self._desks.keys():
            self._desks[about].show()
        for widget in self._reports:
            if widget.state["html"] is not None:
                widget.state = self._drawn()

    # -- the report -------------------------------------------------------------------------------

    def _answer_report(self, widget: ReportWidget, message: Mapping[str, Any]) -> None:
        intent_id = message.get("id")
        match message.get("do"):
            case "draw":
                self._catch_up()
                widget.state = self._drawn()
                widget.acknowledge(str(intent_id))
            case "take":
                self._catch_up()
                name = f"{self.workbook}.html"
                widget.give_file(intent_id, name, "text/html", self._own_pages().encode())
            case _:
                widget.refuse(intent_id, self.words["report.unknown"])

    def _drawn(self) -> dict[str, Any]:
        from casework.report import change_html  # noqa: PLC0415  brings pandas, for those who draw

        walks = [desk for desk in self._desks.values() if isinstance(desk.rules, Walk)]
        html = "".join(change_html(desk.rules.case, desk.state.responses, self.words) for desk in walks)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return {"html": html, "at": at, "waiting": False}

    def _own_pages(self) -> str:
        from casework.report.pages import observe_chapters, own_pages, walk_chapters  # noqa: PLC0415

        chapters = []
        for desk in self._desks.values():
            if isinstance(desk.rules, Walk):
                chapters += walk_chapters(desk.rules, desk.state, self.words)
            elif isinstance(desk.rules, Observe):
                chapters += observe_chapters(desk.rules, desk.state, self.words)
        title = next((d.rules.case.title for d in self._desks.values() if isinstance(d.rules, Walk)), self.workbook)
        return own_pages(title, chapters, self.words, self.language, datetime.now(UTC))


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

    def walk(self) -> WalkWidget:
        """Return the walk through the case."""
        widget: WalkWidget = self.session._seat(WalkWidget, self._walk, walk_page(self.case), self.case.id)  # noqa: SLF001
        return widget

    def reflect(self, *prompts: str) -> ReflectWidget:
        """Return prompts of the case to look at again, in the words that the walk keeps.

        Parameters
        ----------
        *prompts : str
            The prompts' ids. A prompt that the case asks again later brings that one along. Each opens
            when the walk has come to it.

        Raises
        ------
        ContentError
            If the case asks no such prompt.
        """
        shown = self._with_again(prompts)
        rules = Reflect(self._walk, shown)
        key = ":".join([self.case.id, *shown])
        widget: ReflectWidget = self.session._seat(ReflectWidget, rules, reflect_page(self.case, shown), key)  # noqa: SLF001
        return widget

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
        widget: ObserveWidget = self.session._seat(ObserveWidget, rules, page, rules.about)  # noqa: SLF001
        return widget


@dataclass(eq=False)
class _Desk:
    """One piece of content being worked on: its state, and the widgets that show it."""

    rules: Any
    state: Any
    seats: list[tuple[ActivityWidget, Rules[Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if isinstance(self.rules, Reflect):
            self.rules = self.rules.walk

    def apply(self, event: Event) -> None:
        self.state = self.rules.apply(self.state, event)

    def show(self) -> None:
        for widget, rules in self.seats:
            widget.state = rules.view(self.state)


def _who_visits(store: Store) -> Visit:
    """Return the visit that the server handed to this kernel, or that of a notebook of one's own."""
    if visit_id := os.environ.get("CASEWORK_VISIT"):
        return store.find_visit(visit_id)
    on_voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
    if on_voila and os.environ.get("CASEWORK_OWNER") != "1":
        msg = "This page does not say who is visiting, so nothing could be kept. Start it with: casework serve"
        raise SessionError(msg)
    return store.local_visit(os.environ.get("JUPYTERHUB_USER") or getpass.getuser())
