"""Stores to try things on: a new one for each test, in a file and on a real PostgreSQL."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from casework.activity.events import Event
from casework.store import Run, Store, Visit, open_store
from postgres import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return the one server of this test session."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a store that is not there yet, on each kind of database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'casework.sqlite'}"
    return request.getfixturevalue("server").new_database()


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Return what opens a store, and closes it after the test."""
    stores: list[Store] = []

    def open_it(url: str) -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(url: str, opened: Callable[[str], Store]) -> Store:
    """Return an empty store, on each kind of database in turn."""
    return opened(url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a SQLite store of this test's own would be."""
    return tmp_path / "casework.sqlite"


@pytest.fixture
def sqlite_store(file: Path, opened: Callable[[str], Store]) -> Store:
    """Return an empty store in a file."""
    return opened(f"sqlite:///{file}")


@pytest.fixture
def postgres_store(server: Server, opened: Callable[[str], Store]) -> Store:
    """Return an empty store on a server."""
    return opened(server.new_database())


class People:
    """What tests do with a store."""

    numbers = itertools.count(1)

    def event(self, text: str = "The door.", *, kind: str = "write", about: str = "small", **body: Any) -> Event:
        """Return a new event, as a page would have it stored."""
        told = {"prompt": "notice", "perspective": "child", "text": text} if kind == "write" else {}
        share = body.get("audience", "private")
        return Event(f"{next(self.numbers):032x}", kind, about, datetime.now(UTC), told | body, share)

    def alone(self, store: Store) -> Visit:
        """Return the visit of someone new, who works alone."""
        return store.record_visit(store.register_device().learner_id)

    def writes(self, store: Store, visit: Visit, run: Run, text: str = "The door.", **body: Any) -> Event:
        """Store something written, and return it."""
        event = self.event(text, **body)
        store.append(visit, run, event)
        return event

    def shares(self, store: Store, visit: Visit, run: Run, audience: str, *events: Event, form: str = "notice") -> None:
        """Give some events to an audience."""
        named = [event.id for event in events]
        store.append(visit, run, self.event(kind="share", form=form, audience=audience, events=named))

    def group(self, store: Store, **options: Any) -> tuple[Run, Visit]:
        """Open a group's run, and return it with its trainer's visit."""
        run = store.open_group_run("the-first-goodbye", convener="Ana Ruiz", **options)
        return run, store.record_visit(store.register_device().learner_id, "trainer", run.id)

    def joins(self, store: Store, run: Run, name: str | None = None) -> Visit:
        """Return the visit of someone new in a group."""
        return store.join_run(run, store.register_device().learner_id, name)

    def reveals(self, store: Store, trainer: Visit, run: Run, form: str = "notice") -> Event:
        """Show a form to the group."""
        event = self.event(kind="reveal", form=form)
        store.append(trainer, run, event)
        return event


@pytest.fixture
def people() -> People:
    """Return what tests do with a store."""
    return People()
