"""The command ``casework``. Each command imports what it needs when it runs; none waits for the others."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import webbrowser
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casework.cli._doctor import doctor
from casework.cli._rehearse import rehearse
from casework.cli._report import report
from casework.cli._store import COMMANDS as STORE_COMMANDS
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


for command in (*STORE_COMMANDS, doctor, rehearse, report):
    main.add_command(command)


@main.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Tell also how many ways a case has, and how long they take.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or as JSON.")
def check(paths: Sequence[Path], form: str, *, verbose: bool) -> None:
    """Look through content files and notebooks for anything to mend.

    PATH is a file, or a folder that holds cases/, checklists/ and the like; ./workbooks if none is given.
    Each problem stands on a line of its own: the file, the line, what is wrong, and what to do.
    """
    from dataclasses import asdict  # noqa: PLC0415  as below

    from casework.content import check as find_problems  # noqa: PLC0415  pydantic is for this command alone
    from casework.content.checking import find_files  # noqa: PLC0415  as above
    from casework.errors import ContentError  # noqa: PLC0415  as above

    try:
        count = len(find_files(*paths))
    except ContentError as error:
        raise click.UsageError(str(error)) from error
    problems = find_problems(*paths, information=verbose or form == "json")
    if form == "json":
        told = [asdict(problem) for problem in problems]
        click.echo(json.dumps({"files": count, **_tally(problems), "problems": told}, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(f"{problem}{' (a warning)' if problem.severity == 'warning' else ''}")
        click.echo(_sum_up(problems, count))
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


@main.command()
@click.argument("kind", required=False)
@click.option("--write", metavar="FOLDER", type=click.Path(path_type=Path), help="Write those of all kinds there.")
def schema(kind: str | None, write: Path | None) -> None:
    """Print the JSON Schema of a KIND of file: case, checklist, survey and so on.

    Editors that know YAML complete and explain what one types, when a file begins with the line
    "# yaml-language-server: $schema=../schemas/case.json" and "casework schema --write schemas" was run beside cases/.
    """
    from casework.content.schema import NAMES, json_schema, write_schemas  # noqa: PLC0415  not for the other commands

    if write is not None:
        for path in write_schemas(write):
            click.echo(str(path))
    elif kind is None:
        raise click.UsageError(f"Name a kind: {', '.join(NAMES)}.")
    else:
        click.echo(json_schema(kind), nl=False)


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--port", default=8866, show_default=True, type=click.IntRange(0, 65535), help="0 finds a free one.")
@click.option("--ip", help="The address to listen on; this machine's own, and with --group every one that it has.")
@click.option("--base-url", default="/", show_default=True, help="The path that the pages stand under.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--group", is_flag=True, help="Serve groups: people join from their own devices on this network.")
@click.option("--address", help="With --group: the address of this computer that those devices reach.")
@click.option(
    "--pages",
    type=click.Choice(["anyone", "trainers", "hub"]),
    help="Who may open workbooks: anyone; with --group by default only trainers; or who signs in by JupyterHub.",
)
@click.option("--max-pages", type=click.IntRange(1), help="Workbook pages open at once; as memory allows if not given.")
@click.option("--max-newcomers", type=click.IntRange(1), default=120, help="New people from one address at once.")
@click.option("--certificate", type=click.Path(path_type=Path), help="A file (PEM) to speak HTTPS with.")
@click.option("--key", type=click.Path(path_type=Path), help="The file with its key, if that is another.")
@click.option("--proxy", "proxies", metavar="ADDRESS", multiple=True, help="A proxy on another machine to be believed.")
@click.option("--trainers", metavar="GROUP", help="With --pages hub: the group of the hub whose members lead.")
def serve(  # noqa: PLR0913  one for each option
    folder: Path | None,
    port: int,
    ip: str | None,
    base_url: str,
    *,
    address: str | None,
    pages: str | None,
    max_pages: int | None,
    max_newcomers: int,
    certificate: Path | None,
    key: Path | None,
    proxies: tuple[str, ...],
    trainers: str | None,
    no_browser: bool,
    group: bool,
) -> None:
    """Show the workbooks of FOLDER as pages, on this machine only, or with --group on its network.

    FOLDER is ./workbooks if it is not given, or else the one that comes with casework.
    With --pages hub, JupyterHub starts this, and says at which address and port.
    """
    from casework.content import shipped_folder  # noqa: PLC0415  not for the other commands
    from casework.serve import Guards, run  # noqa: PLC0415  Voilà is for this command alone

    if folder is None:
        folder = Path("workbooks") if Path("workbooks").is_dir() else shipped_folder()
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder '{folder}'; name one that holds workbooks.")
    if trainers and not (group and pages == "hub"):
        raise click.UsageError("--trainers names a group of the hub: it goes with --pages hub and --group.")
    if pages == "trainers" and not group:
        raise click.UsageError("Only with --group are there trainers; leave --pages out.")
    if key and not certificate:
        raise click.UsageError("--key is the key of a certificate: name that, too, with --certificate.")
    guards = Guards(most_pages=max_pages, newcomers=max_newcomers, certificate=certificate, key=key, proxies=proxies)
    if pages == "hub":
        from casework.serve.hub.place import read_place  # noqa: PLC0415  only where a hub runs this

        hub = read_place(os.environ, trainers)
        at: dict[str, Any] = {"port": hub.port, "ip": hub.ip, "base_url": hub.base_url}
        run(folder, browser=False, group=group, guards=guards, hub=hub, **at)
        return
    groups: dict[str, Any] = {}
    if group:
        groups = {"group": True, "hosts": _hosts(ip, address), "trainers_only": pages != "anyone"}
    run(
        folder,
        port=port,
        ip=ip or ("0.0.0.0" if group else "127.0.0.1"),  # noqa: S104  phones come from the network
        base_url=base_url,
        browser=not no_browser,
        guards=guards,
        **groups,
    )


def _hosts(ip: str | None, address: str | None) -> list[str]:
    """Return the addresses that phones reach this computer at; asks which comes first, if there are several."""
    if address or (ip and ip not in {"0.0.0.0", "::"}):  # noqa: S104  compared, not bound
        return [address or str(ip)]
    from casework.live.invitation import reachable  # noqa: PLC0415  for groups alone
    from casework.serve.rooms.hosts import own_interfaces  # noqa: PLC0415  as above

    found = reachable(own_interfaces())
    if len(found) > 1 and sys.stdin.isatty():
        for number, each in enumerate(found, 1):
            click.echo(f"{number}  {each}")
        chosen = click.prompt(
            "This computer has several addresses. Which one do phones in the room reach?",
            type=click.IntRange(1, len(found)),
            default=1,
        )
        return [found[chosen - 1], *(each for each in found if each != found[chosen - 1])]
    if not found:
        click.echo("No network was found that phones could come over; join from this computer, or name an --address.")
    return found[:1]


_FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Your workbooks; ./workbooks if not given."
)


_LANGUAGE = click.option("--lang", "language", help="The language; the case's own if not given.")


@main.command()
@click.argument("kind", type=click.Choice(["case", "workbook", "checklist", "survey"]))
@click.argument("new_id", metavar="ID")
@click.option("--from", "source", metavar="EXISTING", help="An id or a file to begin from; a template if not given.")
@click.option("--title", help="What people will call it.")
@_FOLDER
def new(kind: str, new_id: str, source: str | None, title: str | None, folder: Path | None) -> None:
    """Make a new file called ID, and say whether everything in it fits.

    A case brings its workbook along, in English and in Spanish. No file is ever overwritten.
    """
    from casework.content import check as find_problems  # noqa: PLC0415  not for the other commands
    from casework.content.new import make  # noqa: PLC0415  as above

    made = make(kind, new_id, source=source, folder=folder or Path("workbooks"), title=title)
    for path in made:
        click.echo(f"{path} is new.")
    looked = [path for path in made if path.suffix in {".ipynb", ".yaml"}]
    problems = find_problems(*looked)
    for problem in problems:
        click.echo(f"{problem}{' (a warning)' if problem.severity == 'warning' else ''}")
    click.echo(_sum_up(problems, len(looked)))


@main.command()
@click.argument("case")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the page there, and open nothing.")
@click.option("--no-browser", is_flag=True, help="Only print where the page is.")
@_LANGUAGE
@_FOLDER
def preview(case: str, out: Path | None, language: str | None, folder: Path | None, *, no_browser: bool) -> None:
    """Draw the scenes of CASE and where each choice leads, and say the same in words.

    CASE is an id, such as first-goodbye, or a file.
    """
    from casework.content.finding import find_case  # noqa: PLC0415  not for the other commands
    from casework.report.preview import preview_page  # noqa: PLC0415  as above

    page = preview_page(find_case(case, language, folder))
    path = out or Path(tempfile.mkdtemp(prefix="casework-")) / "preview.html"
    path.write_text(page, encoding="utf-8")
    click.echo(str(path))
    if out is None and not no_browser:
        webbrowser.open(path.as_uri())


@main.command("print")
@click.argument("case")
@click.option("--trainer", is_flag=True, help="The guide, with trainer's notes, minutes and the map.")
@click.option("--checklist", help="The id of a checklist; each moment to observe gets a sheet with it.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write; CASE.html if not given.")
@_LANGUAGE
@_FOLDER
def print_(  # noqa: PLR0913  one for each option
    case: str, checklist: str | None, out: Path | None, language: str | None, folder: Path | None, *, trainer: bool
) -> None:
    """Write CASE as one HTML file to print: a handout, or the trainer's guide.

    CASE is an id, such as first-goodbye, or a file. Open what is written in a browser, and print it there.
    """
    from casework.content import Folder  # noqa: PLC0415  not for the other commands
    from casework.content.finding import default_folder, find_case  # noqa: PLC0415  as above
    from casework.report.handout import handout  # noqa: PLC0415  as above

    told = find_case(case, language, folder)
    home = Folder(folder or default_folder())
    page = handout(told, home.find_checklist(checklist, told.language) if checklist else None, trainer=trainer)
    path = out or Path(f"{told.id}.html")
    path.write_text(page, encoding="utf-8")
    click.echo(str(path))


@main.group()
def translate() -> None:
    """Bring a case, checklist or other file into another language."""


@translate.command("export")
@click.argument("case")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "language", required=True, help="The language to translate into, such as es.")
@_FOLDER
def export_(case: str, file: Path, language: str, folder: Path | None) -> None:
    """Write every string of CASE into FILE, for a translator.

    CASE is an id, such as first-goodbye. FILE is a spreadsheet (.xlsx) or, for translation tools, a PO file (.po).
    """
    from casework.content.translation_exchange import export_strings  # noqa: PLC0415  not for the other commands

    table = export_strings(case, language, file, folder)
    open_ones = sum(row.state in {"stale", "missing"} for row in table.rows)
    gone = [row.key for row in table.rows if row.state == "gone"]
    told = f"{_count(len(table.rows) - len(gone), 'string')} written to {file}, {open_ones} of them to translate."
    click.echo(told)
    if gone:
        click.echo(
            f"{_count(len(gone), 'string')} of the translation no longer in {table.name}: {', '.join(gone)}. "
            "They are in the file as 'gone'; importing it drops them."
        )


@translate.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "translators", multiple=True, metavar="NAME", help="Who translated; noted in the file.")
@_FOLDER
def import_(file: Path, translators: tuple[str, ...], folder: Path | None) -> None:
    """Take the translations in FILE over, as it came back from a translator.

    If a row does not fit the case, the row is named and nothing is written.
    """
    from casework.content.loader import spot_of  # noqa: PLC0415  as below
    from casework.content.translation_exchange import import_strings  # noqa: PLC0415  not for the other commands

    path, changed, standing = import_strings(file, folder, translators)
    told = f"{standing.done} done, {standing.stale} stale, {standing.missing} missing"
    click.echo(f"{_count(changed, 'string')} new, changed or dropped in {spot_of(path).shown}: {told}.")


@translate.command()
@_FOLDER
def status(folder: Path | None) -> None:
    """Tell how far each translation is.

    A string is done, stale (its source has changed since), missing, or gone from the file that is translated.
    """
    from casework.content.translation_exchange import find_standings  # noqa: PLC0415  not for the other commands

    standings = list(find_standings(folder))
    width = max((len(each.file) for each in standings), default=0)
    for each in standings:
        gone = f", {each.gone} gone" if each.gone else ""
        click.echo(f"{each.file:<{width}}  {each.done} done, {each.stale} stale, {each.missing} missing{gone}")
    if not standings:
        click.echo("Nothing is translated yet; begin with: casework translate export CASE --to es FILE.xlsx")


def _sum_up(problems: Sequence[Problem], files: int) -> str:
    tally = _tally(problems)
    parts = [_count(tally[key], thing) for key, thing in (("errors", "problem"), ("warnings", "warning")) if tally[key]]
    if not parts:
        return f"{_count(files, 'file')} checked, nothing to mend."
    return f"{' and '.join(parts)} in {_count(files, 'file')}."


def _tally(problems: Sequence[Problem]) -> dict[str, int]:
    counts = Counter(problem.severity for problem in problems)
    return {"errors": counts["error"], "warnings": counts["warning"]}


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
