"""What people left behind as tidy frames, from a live store or from exports, one session or several together.

Every row comes through the reading functions of `casework.store`, which know who reads. The columns are told in
docs/formats/frames.md.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from casework.activity.events import Event
from casework.errors import ReportError
from casework.report.asked import Asked
from casework.report.gathered import (
    Gathered,
    Where,
    take_attendance,
    take_led,
    take_own,
    take_shared,
)
from casework.store import exports, open_store
from casework.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from casework.store import Run, Visit

_SESSION = {"session": "str", "workbook": "str"}
_WHO = {"audience": "str", "author": "str", "name": "str", "revealed": "bool"}
_TIME = "datetime64[us, UTC]"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "responses": {
        **_SESSION,
        **dict.fromkeys(("about", "prompt", "again", "perspective", "round", "text"), "str"),
        **_WHO,
        "pair": "str",
        "at": _TIME,
        "id": "str",
    },
    "observations": {
        **_SESSION,
        **dict.fromkeys(("moment", "checklist", "item", "kind"), "str"),
        "beat": "Int64",
        "seconds": "float64",
        "until_beat": "Int64",
        "until": "float64",
        "interval": "Int64",
        "value": "Int64",
        **_WHO,
        "at": _TIME,
        "id": "str",
    },
    "ratings": {
        **_SESSION,
        **dict.fromkeys(("survey", "round", "item"), "str"),
        "value": "float64",
        "answer": "str",
        **_WHO,
        "pair": "str",
        "at": _TIME,
        "id": "str",
    },
    "paths": {**_SESSION, "case": "str", "whose": "str", "stop": "int64", "scene": "str", "choice": "str"},
    "log_entries": {
        "date": "datetime64[s]",
        "minutes": "int64",
        "kind": "str",
        "people": "Int64",
        **dict.fromkeys(("provider", "credential", "topics", "other", "note"), "str"),
    },
    "attendance": {**_SESSION, "name": "str", "joined_at": _TIME},
}
"""The columns of each frame in their order, with their types in pandas."""


class Frames:
    """What was left in one session or several, as tidy frames; each is made when it is first asked for.

    `read_frames` makes it. Rows that belong to one form are joined by `author`; what is coded later, such as themes,
    joins the rows of `responses` by `id`.
    """

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered

    def __repr__(self) -> str:
        told = ", ".join(f"{len(getattr(self._gathered, name))} {name}" for name in COLUMNS)
        return f"Frames({told})"

    @cached_property
    def responses(self) -> pd.DataFrame:
        """What was written: one row for each prompt, perspective, round and author, as it stands.

        Notes written beside something else, such as at a beat of an observation, are among one's own.

        Columns: `session`, `workbook`, `about`, `prompt`, `again`, `perspective`, `round`, `text`, `audience`,
        `author`, `name`, `revealed`, `pair`, `at`, `id`.
        """
        return self._frame("responses")

    @cached_property
    def observations(self) -> pd.DataFrame:
        """What was seen: one row for each mark, each interval that was answered, and each rating of a checklist.

        Columns: `session`, `workbook`, `moment`, `checklist`, `item`, `kind`, `beat`, `seconds`, `until_beat`, `until`,
        `interval`, `value`, `audience`, `author`, `name`, `revealed`, `at`, `id`.
        """
        return self._frame("observations")

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """What was answered in surveys: one row for each rated or chosen item, round and author.

        Columns: `session`, `workbook`, `survey`, `round`, `item`, `value`, `answer`, `audience`, `author`, `name`,
        `revealed`, `pair`, `at`, `id`.
        """
        return self._frame("ratings")

    @cached_property
    def paths(self) -> pd.DataFrame:
        """Ways through cases: one row for each scene, with the choice that led on from it.

        Columns: `session`, `workbook`, `case`, `whose`, `stop`, `scene`, `choice`.
        """
        return self._frame("paths")

    @cached_property
    def log_entries(self) -> pd.DataFrame:
        """The meetings of one's own log of reflective supervision, the earliest first.

        Columns: `date`, `minutes`, `kind`, `people`, `provider`, `credential`, `topics`, `other`, `note`.
        """
        return self._frame("log_entries")

    @cached_property
    def attendance(self) -> pd.DataFrame:
        """Who took part in a group's session: one row for each person, to its trainer alone.

        Columns: `session`, `workbook`, `name`, `joined_at`.
        """
        return self._frame("attendance")

    def _frame(self, name: str) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415  only for those who ask for a frame

        columns, rows = COLUMNS[name], getattr(self._gathered, name)
        with _without_searching():
            values: list[Iterable[Any]] = list(zip(*rows, strict=True)) if rows else [[] for _ in columns]
            return pd.DataFrame(
                {column: _series(told, kind) for (column, kind), told in zip(columns.items(), values, strict=True)}
            )


def _series(told: Iterable[Any], kind: str) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415

    if kind == _TIME:
        return pd.Series(pd.to_datetime(pd.Series(list(told), dtype=object), utc=True).dt.as_unit("us"))
    return pd.Series(list(told), dtype=kind)


def read_frames(
    *sessions: str | Path,
    store: Store | str | None = None,
    reader: Visit | None = None,
    folder: Path | None = None,
) -> Frames:
    """Return what was left in sessions as frames, as far as the reader may see it.

    Parameters
    ----------
    *sessions : str or pathlib.Path
        Each the id of a session, the name of a workbook of one's own, or the path of a file that
        ``casework export --format json`` wrote. ``"own-papers"`` is one's own log.
    store : Store or str, optional
        The store or its address; the one of this computer, if not given. Not needed for files.
    reader : Visit, optional
        Who reads. Without it, whoever runs this program: their own sessions, and of a group's session what its trainer
        may see, as ``casework export`` has it.
    folder : pathlib.Path, optional
        The folder of workbooks that people worked with; the nearest one, if not given. Without the files of a
        checklist or a case, its observations and ways are left out, and ratings of a survey that is not at hand are
        only told as a spread.

    Raises
    ------
    ReportError
        If a file is no such export.
    StoreError
        If there is no such session, or it is somebody else's own.

    Examples
    --------
    >>> frames = read_frames("the-first-goodbye")  # doctest: +SKIP
    >>> frames.responses.groupby("perspective").size()  # doctest: +SKIP
    """
    gathered = Gathered(Asked(folder))
    stored = [each for each in sessions if not _is_file(each)]
    for path in (Path(each) for each in sessions if _is_file(each)):
        _take_file(gathered, path)
    if stored:
        opened = store if isinstance(store, Store) else open_store(store)
        try:
            own = exports.own_visit(opened) if reader is None else None
            with _without_searching():
                for each in stored:
                    _take_session(gathered, opened, str(each), reader, own)
        finally:
            if opened is not store:
                opened.close()
    return Frames(gathered)


@contextmanager
def _without_searching() -> Iterator[None]:
    """Keep Python from searching for objects that hold each other; rows never do, and there are very many of them."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _is_file(session: str | Path) -> bool:
    return isinstance(session, Path) or session.endswith(".json")


def _take_session(to: Gathered, store: Store, session: str, reader: Visit | None, own: Visit | None) -> None:
    if reader is None:
        run, reader = exports.find(store, session, own)
    else:
        run = store.find_own_run(reader, session) or store.find_run(session)
    take_run(to, store, run, reader)


def take_run(to: Gathered, store: Store, run: Run, reader: Visit) -> None:
    """Take what a reader may see of a run.

    Parameters
    ----------
    to : Gathered
        Where the rows go.
    store : Store
        Where the run is kept.
    run : Run
        Which run.
    reader : Visit
        Who reads.
    """
    where = Where(run.id, run.workbook, run.floor or 0)
    if run.learner_id is not None:
        take_own(to, where, (event for _, event in store.events(reader, run)))
        return
    take_shared(to, where, store.each_shared(reader, run, again=to.asked.earlier))
    take_led(to, where, (event for _, event in store.led(reader, run)))
    take_attendance(to, where, store.participants(reader, run))


def _take_file(to: Gathered, path: Path) -> None:
    try:
        file = exports.read_export(path.read_bytes())
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror}. Name a file that is there.") from error
    except ValidationError as error:
        raise ReportError(
            f"{path} is not what 'casework export --format json' wrote. Export the session again, and name that file."
        ) from error
    if file.casework == "shared":
        take_shared(to, Where(file.session, file.workbook, file.floor), file.events)
        return
    for number, run in enumerate(file.runs, 1):
        events = (Event(**each.model_dump()) for each in run.events)
        take_own(to, Where(f"{path.stem}-{number}", run.workbook), events)
