"""The command that says what is right and what is wrong with an installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.cli._finding import Finding


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--port", default=8866, show_default=True, type=click.IntRange(1, 65535), help="The port to serve on.")
def doctor(folder: Path | None, port: int) -> None:
    """Say what is right and what is wrong with this installation, a line each, and what to do.

    FOLDER is ./workbooks if it is not given, or else the one that comes with casework. Nothing is changed, and no
    other computer is asked, but the database that CASEWORK_STORE names. 'mend' is what must be mended; then the exit
    code is 1. 'note' is worth knowing.
    """
    counts = {"note": 0, "mend": 0, "good": 0}
    for finding in examine(folder or _folder(), port):
        counts[finding.level] += 1
        click.echo(str(finding))
    click.echo(_summed_up(counts["mend"], counts["note"]))
    if counts["mend"]:
        click.get_current_context().exit(1)


def examine(folder: Path, port: int) -> Iterator[Finding]:
    """Look at everything, one after the other.

    Parameters
    ----------
    folder : Path
        The folder of workbooks.
    port : int
        The port that is to be served on.
    """
    from casework.cli import _doctor_keeping as keeping  # noqa: PLC0415  not for the other commands
    from casework.cli import _doctor_machine as machine  # noqa: PLC0415  as above
    from casework.cli import _doctor_parts as parts  # noqa: PLC0415  as above

    yield parts.look_at_python()
    packages = parts.look_at_packages()
    yield packages
    if packages.level == "mend":  # the rest would stumble over what is missing
        return
    yield parts.look_at_bytecode()
    yield parts.look_at_front_end()
    yield parts.look_at_templates()
    yield parts.look_at_lab()
    yield machine.look_at_port(port)
    yield machine.look_at_addresses()
    yield machine.look_at_forks()
    yield machine.look_at_files()
    from casework.store import look_at_store  # noqa: PLC0415  as above

    store = look_at_store()
    yield keeping.look_at_store(store)
    yield from keeping.look_at_its_place(store, folder)
    yield machine.look_at_clock(store.file)
    yield from keeping.look_at_folder(folder)


def _folder() -> Path:
    from casework.content import shipped_folder  # noqa: PLC0415  as above

    return Path("workbooks") if Path("workbooks").is_dir() else shipped_folder()


def _summed_up(to_mend: int, to_know: int) -> str:
    mending = f"{to_mend} {'thing' if to_mend == 1 else 'things'} to mend" if to_mend else "Nothing to mend"
    return f"{mending}{f', {to_know} to know about' if to_know else ''}."
