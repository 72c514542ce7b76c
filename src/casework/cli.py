"""The command ``casework``. Each command imports what it needs when it runs; none waits for the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casework.errors import CaseworkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.content import Problem


class _Commands(click.Group):
    """Commands whose own errors are a sentence on stderr, and an exit code of 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        try:
            return super().invoke(ctx)
        except CaseworkError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casework", message="casework %(version)s")
def main() -> None:
    """Case-based learning for people who care for babies, toddlers and their families."""


@main.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
def check(paths: Sequence[Path]) -> None:
    """Look through case files for anything to mend.

    PATH is a file, or a folder that holds cases/, checklists/ or perspectives/; ./workbooks if none is given.
    Each problem stands on a line of its own: the file, the line, what is wrong, and what to do.
    """
    from casework.content import check as find_problems  # noqa: PLC0415  pydantic is for this command alone
    from casework.content.checking import find_files  # noqa: PLC0415  as above
    from casework.errors import ContentError  # noqa: PLC0415  as above

    try:
        count = len(find_files(*paths))
    except ContentError as error:
        raise click.UsageError(str(error)) from error
    problems = find_problems(*paths)
    for problem in problems:
        click.echo(f"{problem}{' (a warning)' if problem.severity == 'warning' else ''}")
    click.echo(_sum_up(problems, count))
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--port", default=8866, show_default=True, type=click.IntRange(0, 65535), help="0 finds a free one.")
@click.option("--ip", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--base-url", default="/", show_default=True, help="The path that the pages stand under.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def serve(folder: Path | None, port: int, ip: str, base_url: str, *, no_browser: bool) -> None:
    """Show the workbooks of FOLDER as pages, on this machine only.

    FOLDER is ./workbooks if it is not given, or else the one that comes with casework.
    """
    from casework.content import shipped_folder  # noqa: PLC0415  not for the other commands
    from casework.serve import run  # noqa: PLC0415  Voilà is for this command alone

    if folder is None:
        folder = Path("workbooks") if Path("workbooks").is_dir() else shipped_folder()
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder '{folder}'; name one that holds workbooks.")
    run(folder, port=port, ip=ip, base_url=base_url, browser=not no_browser)


def _sum_up(problems: Sequence[Problem], files: int) -> str:
    if not problems:
        return f"{_count(files, 'file')} checked, nothing to mend."
    errors = sum(problem.severity == "error" for problem in problems)
    parts = [_count(errors, "problem")] if errors else []
    if errors < len(problems):
        parts.append(_count(len(problems) - errors, "warning"))
    return f"{' and '.join(parts)} in {_count(files, 'file')}."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
