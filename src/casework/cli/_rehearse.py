"""The command with which a session is rehearsed."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("workbook")
@click.option("-n", "people", default=12, show_default=True, type=click.IntRange(1, 300), help="How many people join.")
@click.option("--lang", "language", help="The language that they all speak; by default each that there is.")
@click.option("--url", "link", help="The trainer link of a running server; by default one is started, and ended again.")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Your workbooks; ./workbooks if not given."
)
@click.option("--told-in", default="en", help="The language in which this tells what happens; en if not given.")
def rehearse(  # noqa: PLR0913  one for each option
    workbook: str, people: int, language: str | None, link: str | None, *, folder: Path | None, told_in: str
) -> None:
    """Let people made of rules join a session of WORKBOOK, and do all that one can do in it.

    They join a real server as phones do. A trainer leads them through every activity once; then each goes on alone,
    so that every choice, scene and end is come to. WORKBOOK is an id, such as the-first-goodbye.
    """
    import asyncio  # noqa: PLC0415  not for the other commands
    from contextlib import nullcontext  # noqa: PLC0415  as above

    from casework.content import shipped_folder  # noqa: PLC0415  as above
    from casework.content.words import languages  # noqa: PLC0415  as above
    from casework.serve.gallery import find_workbooks  # noqa: PLC0415  as above
    from casework.serve.rehearsal import rehearse as rehearsing  # noqa: PLC0415  as above
    from casework.serve.rehearsal.server import agenda_of, own_server  # noqa: PLC0415  as above

    home = folder or (Path("workbooks") if Path("workbooks").is_dir() else shipped_folder())
    works = {each.id: each for each in find_workbooks(home)}
    if workbook not in works:
        raise click.UsageError(f"There is no workbook '{workbook}' in {home}; there is: {', '.join(works)}.")
    agenda = agenda_of(home / works[workbook].edition(language or "en").path, told_in)
    spoken = (language,) if language else languages()
    with nullcontext(link) if link else own_server(home) as address:
        play = rehearsing.Play(address, home, workbook, agenda, people, spoken, told_in)
        done = asyncio.run(rehearsing.rehearse(play, click.echo))
    counts = {"scenes": len(done.scenes), "choices": len(done.choices), "ends": len(done.ends)}
    click.echo(done.said["lab_told_done"].format(things=done.stored, **counts))
    for line in done.lost:
        click.echo(line, err=True)
    if done.lost:
        click.get_current_context().exit(1)
