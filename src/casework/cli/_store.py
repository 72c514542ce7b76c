"""The commands about what people left behind. What they print names no learner and holds nobody's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casework.store import Erased


@click.group()
def store() -> None:
    """Look after the store of what people wrote."""


@store.command()
def upgrade() -> None:
    """Bring the tables of the store to what this casework needs.

    A store in a file is upgraded by itself when it is opened. On PostgreSQL, keep a dump of it first, and stop
    whatever still uses it.
    """
    from casework.store import upgrade_store  # noqa: PLC0415  not for the other commands

    before, after = upgrade_store()
    click.echo(f"The store is up to date, at version {after}{f'; it was at {before}' if before < after else ''}.")


@store.command()
def check() -> None:
    """Look whether the store is whole, and count what is in it."""
    from casework.store import open_store  # noqa: PLC0415  not for the other commands

    with open_store() as opened:
        found = opened.check()
    for problem in found.problems:
        click.echo(problem)
    counted = f"{found.learners} learners, {found.runs} sessions, {found.events} events"
    click.echo(f"{opened!r}: {counted}; {'see above' if found.problems else 'nothing to mend'}.")
    if found.problems:
        click.get_current_context().exit(1)


@store.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the whole store into FILE, while it is in use.

    The store remembers where, so that erasing can name the backups that still hold what is erased.
    """
    from casework.store import open_store  # noqa: PLC0415  not for the other commands

    with open_store() as opened:
        opened.backup(file)
    click.echo(f"{file} holds the whole store, readable by you alone.")


@store.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of what is in the store now. Nobody may be using it meanwhile.

    What was erased after the backup was made is back with it: erase it again.
    """
    from casework.store import open_store  # noqa: PLC0415  not for the other commands

    with open_store() as opened:
        kept = opened.restore(file)
    click.echo(f"The store is as it was in {file}. What was in it until now is in {kept}.")


@store.command("list")
def list_() -> None:
    """List the sessions: their id, workbook, date, and how much is in them."""
    from casework.store import open_store  # noqa: PLC0415  not for the other commands

    with open_store() as opened:
        listed = opened.list_runs()
    for run in listed:
        kind = "a group" if run.is_group else "one learner"
        click.echo(f"{run.id}  {run.opened_at:%Y-%m-%d}  {run.workbook}  {kind}, {run.events} events")
    if not listed:
        click.echo("There are no sessions yet.")


@click.command("export")
@click.argument("session")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True)
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="The file; SESSION.FORMAT if not given.")
def export(session: str, form: str, to: Path | None) -> None:
    """Write what was shared in SESSION as a table; or, of a session of your own, everything.

    SESSION is an id, as 'casework store list' shows it, or the name of a workbook of your own. Nothing is in the file
    that nobody shared, no times, and names only where somebody shared with their name.
    """
    from casework.report.asked import Asked  # noqa: PLC0415  as below
    from casework.store import exports, open_store  # noqa: PLC0415  not for the other commands

    with open_store() as opened:
        run, reader = exports.find(opened, session)
        data = exports.export(opened, reader, run, form, Asked().earlier)  # type: ignore[arg-type]  # one of the three
    path = to or Path(f"{session}.{form}")
    exports.write_private(path, data)
    click.echo(f"{path} is written, readable by you alone.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def import_(file: Path) -> None:
    """Take over FILE, which 'casework export --format json' wrote on another computer.

    What is here already is not taken twice.
    """
    from casework.store import exports, open_store  # noqa: PLC0415  not for the other commands

    with open_store() as opened:
        new = exports.take_over(opened, exports.own_visit(opened), file.read_bytes())
    click.echo(f"{new} {'event' if new == 1 else 'events'} taken over from {file}.")


@click.command()
@click.option("--learner", metavar="CODE", help="Everything of one learner, by their come-back code or their id.")
@click.option("--session", metavar="ID", help="A whole session, by its id.")
@click.option("--expired", is_flag=True, help="Every session whose days are over.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def erase(learner: str | None, session: str | None, *, expired: bool, yes: bool) -> None:
    """Erase for good: all that one learner left, a whole session, or whatever was kept long enough."""
    from casework.store import open_store  # noqa: PLC0415  not for the other commands

    if [learner is not None, session is not None, expired].count(True) != 1:
        raise click.UsageError("Say one of --learner CODE, --session ID, --expired.")
    if not expired and not yes:
        click.confirm("This cannot be undone. Erase it?", abort=True)
    with open_store() as opened:
        if learner is not None:
            _tell(opened.erase_learner(opened.find_code(learner) or learner))
        elif session is not None:
            _tell(opened.erase_run(session))
        else:
            _tell(opened.erase_expired())


COMMANDS = (store, export, import_, erase)


def _tell(erased: Erased) -> None:
    click.echo(f"{erased.events} {'event' if erased.events == 1 else 'events'} erased.")
    if not erased.done:
        click.echo(
            "It is still being erased: somebody is reading, and traces are in the store's files until they are done. "
            "The next casework that opens the store goes on with it; so does: casework erase --expired"
        )
    for place in erased.backups:
        click.echo(f"A backup from before still holds it: {place}")
