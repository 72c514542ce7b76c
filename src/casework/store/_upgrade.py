"""Which version a database's tables have, and how they become today's.

Alembic is imported only when an upgrade is due: opening a store that is up to date costs one query.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from casework.errors import StoreError
from casework.store._engine import file_of, make_engine, reading, writing
from casework.store._files import copy_of, make_copy, remove_copy
from casework.store._tables import SCHEMA, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATIENCE = 120  # seconds to wait while another process upgrades the same file
_FIRST_TABLES = {"learners", "devices", "runs", "visits", "events"}
_ONE_AT_A_TIME = 0x63617365  # an advisory lock of PostgreSQL: who makes or upgrades tables


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make the tables where there are none, and upgrade those of a SQLite file.

    Raises
    ------
    StoreError
        If the tables are newer than this program, are another program's, or are older ones on PostgreSQL,
        where upgrades run by command.
    """
    found = find_version(engine)
    if found == 0:
        _make_tables(engine)
    elif found < SCHEMA and engine.dialect.name != "sqlite":
        msg = (
            f"The store on PostgreSQL was made by an older casework (its tables: version {found}, this one needs "
            f"{SCHEMA}). Keep a dump of it, then run: casework store upgrade"
        )
        raise StoreError(msg)
    elif found < SCHEMA or _has_copy(engine):
        upgrade_tables(engine.url)


def find_version(engine: sa.Engine) -> int:
    """Return the version of a database's tables, 0 if it has none; raise if they are newer than this program."""
    with reading(engine) as db:
        found = _version(db)
    if found > SCHEMA:
        place = file_of(engine.url) or engine.url.render_as_string(hide_password=True)
        msg = (
            f"The store {place} was written by a newer casework (its tables: version {found}, "
            f"this one knows {SCHEMA}). Install the newer casework to open it."
        )
        raise StoreError(msg)
    return found


def upgrade_tables(address: sa.URL) -> int:
    """Bring a database's tables to today's version, or make them, and return the version they had.

    All of it is one transaction. On SQLite a copy is kept beside the file until the upgraded one is verified.

    Raises
    ------
    StoreError
        If the tables are newer than this program, or another program's.
    """
    engine = make_engine(address, patience=_PATIENCE)
    try:
        found = find_version(engine)
        if found == 0:
            _make_tables(engine)
        else:
            _upgrade(engine, file_of(address))
    finally:
        engine.dispose()
    return found or SCHEMA


def _upgrade(engine: sa.Engine, file: Path | None) -> None:
    with writing(engine) as db:
        _wait_for_others(db)
        found = _version(db)
        if 0 < found < SCHEMA:
            if file is not None:
                make_copy(file, copy_of(file))
            _run_migrations(db, found)
            _check_links(db)
    if file is not None and copy_of(file).exists():
        _verify(file)
        remove_copy(copy_of(file))


def _version(db: sa.Connection) -> int:
    if db.dialect.name == "sqlite":
        return int(db.exec_driver_sql("PRAGMA user_version").scalar_one())
    tables = set(db.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").scalars())
    if not tables >= _FIRST_TABLES:
        return 0
    if "alembic_version" not in tables:
        return 1
    return int(db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _make_tables(engine: sa.Engine) -> None:
    with writing(engine) as db:
        _wait_for_others(db)
        if _version(db) > 0:  # another process was first
            return
        _remove_unfinished(db)
        metadata.create_all(db)
        db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        db.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{SCHEMA}')")  # noqa: S608  a number of ours
        _note_version(db)


def _remove_unfinished(db: sa.Connection) -> None:
    """Remove the empty tables of a store whose making was cut short; refuse a database that is another program's."""
    found: Sequence[str] = sa.inspect(db).get_table_names()
    known = [table for table in reversed(metadata.sorted_tables) if table.name in found]
    filled = [
        table
        for table in known
        if db.execute(sa.select(sa.exists(sa.select(sa.literal(1)).select_from(table)))).scalar_one()
    ]
    if len(known) < len(found) or filled:
        place = db.engine.url.render_as_string(hide_password=True)
        msg = f"The database {place} is not a store of casework: another program's tables are in it. Name another."
        raise StoreError(msg)
    for table in known:
        table.drop(db)


def _wait_for_others(db: sa.Connection) -> None:
    if db.dialect.name == "postgresql":
        db.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")


def _run_migrations(db: sa.Connection, found: int) -> None:
    from alembic import command  # noqa: PLC0415  only when an upgrade is due
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    if "alembic_version" not in sa.inspect(db).get_table_names():
        command.stamp(config, str(found))
    command.upgrade(config, str(SCHEMA))
    _note_version(db)


def _note_version(db: sa.Connection) -> None:
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


def _check_links(db: sa.Connection) -> None:
    if db.dialect.name == "sqlite" and db.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreError("The store could not be upgraded: some of its rows belong to nobody. It is as it was before.")


def _has_copy(engine: sa.Engine) -> bool:
    file = file_of(engine.url)
    return file is not None and copy_of(file).exists()


def _verify(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        found = db.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        msg = f"The upgraded store {file} is damaged ({found}). The copy from before is {copy_of(file)}; keep both."
        raise StoreError(msg)
