"""The commands about what people left behind."""

from __future__ import annotations

import click


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
