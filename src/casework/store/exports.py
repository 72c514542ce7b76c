"""What leaves the store as a table: tidy, documented in docs/formats/export.md, and safe to open in a spreadsheet.

A group's run is read as its trainer may read it, so that nothing is in a file that was not shared, nothing unnamed
below the floor, no times, and names only where somebody shared with their name. One's own run holds everything.
"""

from __future__ import annotations

import csv
import getpass
import io
import json
import os
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from casework.errors import StoreError
from casework.store._carried import CarriedFile
from casework.store._files import make_private_file
from casework.store._own import OwnFile
from casework.store.records import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from casework.store._pairs import Again
    from casework.store.records import Run, SharedEvent
    from casework.store.store import Store

Format = Literal["csv", "xlsx", "json"]

_FILE: TypeAdapter[OwnFile | CarriedFile] = TypeAdapter(
    Annotated[OwnFile | CarriedFile, Field(discriminator="casework")]
)

COLUMNS = {
    "workbook": "The workbook that the session is of.",
    "about": "What it is about: a case's id, or case, moment and checklist joined by a slash.",
    "form": "What was shared as one: a prompt, a survey, a coding run. Empty in one's own.",
    "kind": "What was done: write, mark, choose, ...",
    "prompt": "The prompt that it answers.",
    "item": "The item of a checklist or a survey that it answers.",
    "perspective": "The perspective that it was written from.",
    "round": "The round, where the same is asked again.",
    "text": "The words.",
    "value": "The number or the option, where one was chosen.",
    "details": "Anything else, as JSON.",
    "audience": "Who may see it: private, trainer, group_unnamed, group_named.",
    "author": "Who it is of: a pseudonym that holds in this form alone. Empty while unnamed words are not revealed.",
    "name": "What its author calls themselves, where they shared with their name.",
    "revealed": "Whether the group has seen it: yes or no. Empty in one's own.",
    "at": "When, in UTC; in one's own alone.",
    "id": "Names this row and no other.",
}
"""The columns of every table, in their order."""

_PLAIN = ("prompt", "item", "perspective", "round", "text", "value")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_LONGEST_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export(store: Store, reader: Visit, run: Run, form: Format, again: Again | None = None) -> bytes:
    """Return a run as a file.

    Parameters
    ----------
    store : Store
        Where it is kept.
    reader : Visit
        Who reads: someone their own run, or what they left in a group's; the trainer of a group's run what was
        shared in it.
    run : Run
        Which run.
    form : str
        ``"csv"``, ``"xlsx"`` or ``"json"``. The JSON of one's own can be taken over into another store.
    again : callable, optional
        Says which form asks another again, as for `Store.shared`; the JSON then says what is before and after.
    """
    if reader.leads(run):
        shared = store.shared(reader, run)
        rows = [_shared_row(run, event) for event in shared]
        whole = store.carry(reader, run, again).model_dump_json(indent=1)
    else:
        own = store.own_run(reader, run)
        rows = [_own_row(each.workbook, event.model_dump()) for each in own.runs for event in each.events]
        whole = own.model_dump_json(indent=1)
    if form == "json":
        return whole.encode()
    return _csv(rows) if form == "csv" else _sheet(rows)


def as_trainer(run: Run) -> Visit:
    """Return the visit with which whoever looks after a store exports a group's run: they see what its trainer may."""
    return Visit("", "", "trainer", run.id)


def read_export(data: bytes) -> OwnFile | CarriedFile:
    """Return what `export` wrote as JSON; raise pydantic's `ValidationError` if it is something else."""
    return _FILE.validate_json(data)


def take_over(store: Store, visit: Visit, data: bytes) -> int:
    """Take over what `export` wrote as JSON, and return how much of it was new.

    Parameters
    ----------
    store : Store
        Where it goes.
    visit : Visit
        Whose it is from now on, if it is one's own.
    data : bytes
        The file.

    Raises
    ------
    StoreError
        If the file is something else.
    """
    try:
        file = read_export(data)
    except ValidationError as error:
        raise StoreError(
            "This file is not what 'casework export --format json' wrote; nothing was taken over."
        ) from error
    return store.take_over(visit, file) if isinstance(file, OwnFile) else store.take_over_shared(file)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read."""
    make_private_file(path)
    path.write_bytes(data)


def _shared_row(run: Run, event: SharedEvent) -> dict[str, Any]:
    return {
        "workbook": run.workbook,
        "about": event.about,
        "form": event.form,
        "kind": event.kind,
        **_answer(event.body),
        "audience": event.audience,
        "author": event.author or "",
        "name": event.name or "",
        "revealed": "yes" if event.revealed else "no",
        "at": "",
        "id": event.id,
    }


def _own_row(workbook: str, event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "workbook": workbook,
        "about": event["about"],
        "form": event["body"].get("form", ""),
        "kind": event["kind"],
        **_answer({key: value for key, value in event["body"].items() if key != "form"}),
        "audience": event["share"],
        "author": "",
        "name": "",
        "revealed": "",
        "at": event["at"].isoformat(timespec="seconds"),
        "id": event["id"],
    }


def _answer(body: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: body.get(name, "") for name in _PLAIN}
    simple = {name: value for name, value in plain.items() if isinstance(value, str | int | float)}
    rest = {name: value for name, value in body.items() if name not in simple}
    details = json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else ""
    return {**dict.fromkeys(_PLAIN, ""), **simple, "details": details}


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8, with the mark at its beginning by which Excel knows it."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _defused(value) for name, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def _defused(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula: one that could be begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _sheet(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as a spreadsheet: the table, and what its columns mean."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  not needed until then

    book = Workbook()
    table: Any = book.active
    table.title = "answers"
    for number, line in enumerate(_lines(rows), start=1):
        write_line(table, number, line)
    table.freeze_panes = "A2"
    legend = book.create_sheet("columns")
    for number, line in enumerate(COLUMNS.items(), start=1):
        write_line(legend, number, line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[Iterable[Any]]:
    yield COLUMNS
    for row in rows:
        yield (row[name] for name in COLUMNS)


def write_line(sheet: Any, number: int, values: Iterable[Any]) -> None:  # noqa: ANN401  openpyxl has no types
    """Write a line of a spreadsheet, in which no cell is ever a formula, whatever it begins with."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)[:_LONGEST_CELL]
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.number_format = "@"
            cell.quotePrefix = value.startswith(_RISKY)
        else:
            cell.value = value


def own_visit(store: Store) -> Visit:
    """Return the visit of whoever runs this program, as a notebook of their own would."""
    return store.local_visit(os.environ.get("JUPYTERHUB_USER") or getpass.getuser())


def find(store: Store, session: str, own: Visit | None = None) -> tuple[Run, Visit]:
    """Return the run that is meant, and the visit with which whoever runs this program may read it.

    Parameters
    ----------
    store : Store
        Where it is kept.
    session : str
        The id of a run, or the name of a workbook of one's own.
    own : Visit, optional
        What `own_visit` gives, for whoever asks for many.

    Raises
    ------
    StoreError
        If there is none, or it is another learner's own.
    """
    own = own or own_visit(store)
    run = store.find_own_run(own, session) or store.find_run(session)
    if run.learner_id is None:
        return run, as_trainer(run)
    if run.learner_id != own.learner_id:
        raise StoreError("That session is one learner's own, and only they can take it along, from its page.")
    return run, own
