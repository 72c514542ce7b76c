"""The command that writes a report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casework.errors import ReportError

if TYPE_CHECKING:
    from casework.report.document import Document
    from casework.report.reports import Whom
    from casework.store import Run, Store, Visit

_FORMS = ("html", "docx", "xlsx")
_WHOM = ("group", "organisation", "trainer", "learner")


@click.command()
@click.argument("session")
@click.option("--to", default="html", show_default=True, metavar="html|docx|xlsx", help="Or a file whose name ends so.")
@click.option("--for", "whom", type=click.Choice(_WHOM), help="Whom it is for; 'group' if not given, or 'learner'.")
@click.option("--lang", default="en", show_default=True, help="The language that it speaks.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="The workbooks' folder.")
def report(session: str, to: str, whom: Whom | None, lang: str, folder: Path | None) -> None:
    """Write a report on SESSION: a page, a Word document or a spreadsheet.

    SESSION is an id, as 'casework store list' shows it, or the name of a workbook of your own. For a 'group' it holds
    what was shown to it, for an 'organisation' figures alone, for a 'trainer' all that was shared with them, and for a
    'learner' their own pages. Nobody's name is in it.
    """
    from casework.store import exports, open_store  # noqa: PLC0415  not for the other commands

    form, path = _file(to)
    with open_store() as opened:
        run, reader = exports.find(opened, session)
        meant = _meant(run, whom)
        path = path or Path(f"{session}-{meant}.{form}")
        data = _made(opened, (run, reader), meant, (form, lang, folder))
    exports.write_private(path, data)
    click.echo(f"{path} is written, readable by you alone.")


def _file(to: str) -> tuple[str, Path | None]:
    """Return the form that is asked for, and the file, if one is named."""
    if to in _FORMS:
        return to, None
    form = Path(to).suffix.removeprefix(".")
    if form not in _FORMS:
        raise click.UsageError(f"--to is {to!r}; say html, docx or xlsx, or name a file that ends so.")
    return form, Path(to)


def _meant(run: Run, whom: Whom | None) -> Whom:
    if run.learner_id is None and whom == "learner":
        raise ReportError("This is a group's session. Its learners take their own pages along from their page.")
    if run.learner_id is not None and whom not in {None, "learner"}:
        raise ReportError("This is a session of your own, and so its report is for you: say --for learner, or nothing.")
    return whom or ("group" if run.learner_id is None else "learner")


def _made(store: Store, of: tuple[Run, Visit], whom: Whom, how: tuple[str, str, Path | None]) -> bytes:
    from casework.report.asked import Asked  # noqa: PLC0415  as above
    from casework.report.own_report import own_report  # noqa: PLC0415
    from casework.report.reports import LEFT_OUT, frames_for, group_report, read_series  # noqa: PLC0415
    from casework.report.sheet import as_sheets  # noqa: PLC0415

    (run, reader), (form, language, folder) = of, how
    if form == "xlsx":
        asked = Asked(folder, language)
        frames = frames_for(store, run, reader, whom, asked)
        series = read_series(store, run, reader, whom, asked, frames=frames)
        return as_sheets(frames, language, leave_out=LEFT_OUT[whom], series=series)
    if whom == "learner":
        document = own_report(store, reader, run, language=language, folder=folder)
    else:
        document = group_report(store, run, whom, language=language, folder=folder)
    return _written(document, form)


def _written(document: Document, form: str) -> bytes:
    from casework.report.page import as_page  # noqa: PLC0415  as above
    from casework.report.word import as_word  # noqa: PLC0415

    pictures = range(sum(len(section.drawings) for section in document.sections))
    with click.progressbar(pictures, label="Drawing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def step() -> None:
            bar.update(1)

        return as_page(document, step).encode() if form == "html" else as_word(document, step)
