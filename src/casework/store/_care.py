"""Looking after a store: is it whole, a copy of it, and back again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.errors import StoreError
from casework.store import _tables as tables
from casework.store._door import Door, insert_once, now
from casework.store._engine import file_of, sentences
from casework.store._files import make_copy, make_private_file, remove_copy
from casework.store._tables import SCHEMA
from casework.store._upgrade import bring_up_to_date
from casework.store.records import Checked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OTHERS_MAY = 0o077


class Care(Door):
    """Checks a store, and makes and brings back copies of it."""

    def check(self) -> Checked:
        """Look whether the store is whole, and count what is in it."""
        try:
            problems = tuple(self._find_problems())
            learners, runs, events, waiting = self._count()
        except StoreError as trouble:
            return Checked(0, 0, 0, (str(trouble),))
        if waiting:
            problems += ("Something is still being erased: somebody was reading. Run: casework erase --expired",)
        return Checked(learners, runs, events, problems)

    def _count(self) -> Iterator[int]:
        with self._reading() as db:
            for table in (tables.learners, tables.runs, tables.events, tables.erasures):
                yield db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

    def _find_problems(self) -> Iterator[str]:
        file = file_of(self._engine.url)
        if file is None:
            return
        with self._reading() as db:
            for (found,) in db.exec_driver_sql("PRAGMA integrity_check"):
                if found != "ok":
                    yield f"The file is damaged ({found}). Restore a backup: casework store restore FILE"
            for row in db.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"A row of the table {row[0]} belongs to nobody. Restore a backup: casework store restore FILE"
        for path in file.parent.glob(f"{file.name}*"):
            if path.stat().st_mode & _OTHERS_MAY:
                yield f"Others on this computer can read {path}. Run: chmod 600 '{path}'"

    def backup(self, to: Path) -> None:
        """Copy the whole store into a new file, while it is in use; the store remembers where, for erasing.

        Parameters
        ----------
        to : Path
            The new file: for a SQLite store another SQLite file, for PostgreSQL what ``pg_dump`` writes.

        Raises
        ------
        StoreError
            If the file is there already, or the copy cannot be made.
        """
        to = to.resolve()
        if to.exists():
            raise StoreError(f"There is a file {to} already, and a backup overwrites none. Name a new one.")
        with self._writing() as db:
            row = {"place": str(to), "made_at": now()}
            db.execute(tables.backups.delete().where(tables.backups.c.place == str(to)))
            db.execute(tables.backups.insert(), row)
        with sentences(self._engine.url):
            file = file_of(self._engine.url)
            if file is not None:
                make_copy(file, to)
            elif self._engine.dialect.name == "postgresql":
                _dump(self._engine.url, to)
            else:
                raise StoreError("A store in memory has nothing to back up.")

    def restore(self, source: Path) -> Path | None:
        """Put a backup in the place of what is in this SQLite store.

        Parameters
        ----------
        source : Path
            What `backup` made.

        Returns
        -------
        Path or None
            Where everything is kept that was in the store until now.

        Raises
        ------
        StoreError
            If it is no backup of a store, or is newer than this casework, or somebody uses the store; nothing is
            changed then.
        """
        file = file_of(self._engine.url)
        if file is None:
            raise StoreError(
                "A store on PostgreSQL is restored with PostgreSQL's own tools, into an empty database: "
                "pg_restore --dbname DATABASE FILE"
            )
        _check_backup(source)
        kept = file.with_name(f"{file.name}.before-restore")
        if kept.exists():
            raise StoreError(f"{kept} is there from an earlier time. Move it away or erase it, then restore again.")
        self.backup(kept)
        known = self._known_backups()
        self._engine.dispose()
        if not _copy_over(source, file):
            remove_copy(kept)
            raise StoreError(f"Somebody is using the store {file}. Stop casework everywhere, then restore again.")
        bring_up_to_date(self._engine)
        with self._writing() as db:
            for row in known:
                insert_once(db, tables.backups, row)
        return kept

    def _known_backups(self) -> list[dict[str, Any]]:
        with self._reading() as db:
            return [dict(row) for row in db.execute(sa.select(tables.backups)).mappings()]


def _check_backup(source: Path) -> None:
    if not source.is_file():
        raise StoreError(f"There is no file {source}. Name one that 'casework store backup' made.")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            db.execute("SELECT count(*) FROM events").fetchone()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{source} is not a backup of a store. Name one that 'casework store backup' made.") from error
    if not sound:
        raise StoreError(f"{source} is damaged; the store stays as it is. Name another backup.")
    if version > SCHEMA:
        raise StoreError(f"{source} was written by a newer casework. Install that one, then restore.")


def _copy_over(source: Path, file: Path) -> bool:
    """Write a backup into a store's own file; return False, and change nothing, if somebody has it open."""
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(file)) as other:
            if other.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                return False
            one.backup(other)
    except sqlite3.OperationalError:
        return False
    return True


def _dump(address: sa.URL, to: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(
            "This store is on PostgreSQL, and pg_dump is not on this computer. Where it is, run: "
            f"pg_dump --format=custom --file={to.name} {address.database}"
        )
    make_private_file(to)
    plain = address.set(drivername="postgresql", password=None).render_as_string()
    command = [program, "--format=custom", f"--file={to}", f"--dbname={plain}"]
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    done = subprocess.run(  # noqa: S603  our own command
        command, env=os.environ | secret, capture_output=True, text=True, check=False
    )
    if done.returncode:
        to.unlink(missing_ok=True)
        said = (done.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise StoreError(f"pg_dump could not copy the store: {said}")
