"""Writers that are killed: a process that has read everything once, and forks one writer for each line it is told.

A line is a folder and the store's address. The writer opens the store and appends until it dies: before each event it
notes in ``intended`` what it is about to do, after the acknowledgement in ``acknowledged``. What an earlier writer of
the same folder intended, and never saw acknowledged, it does first, with the same id, as a page does.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from casework.activity.events import Event
from casework.store import Run, Store, Visit, open_store

MANY = 100_000


def main() -> None:
    """Fork a writer for each line, say its process id, and say when it is gone."""
    for line in sys.stdin:
        folder, url = line.split()
        child = os.fork()
        if child == 0:
            write(Path(folder), url)
        print(child, flush=True)  # noqa: T201  the answer
        os.waitpid(child, 0)
        print("gone", flush=True)  # noqa: T201  the answer


def write(folder: Path, url: str) -> None:
    """Append until this process is killed."""
    told = json.loads((folder / "who.json").read_text())
    intended = os.open(folder / "intended", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    acknowledged = os.open(folder / "acknowledged", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    visit, run = Visit(**told["visit"]), Run(**told["run"])
    store = open_store(url)
    for event_id in [*left_open(folder), *(secrets.token_hex(16) for _ in range(MANY))]:
        os.write(intended, f"{event_id}\n".encode())
        append(store, visit, run, event_id)
        os.write(acknowledged, f"{event_id}\n".encode())
    os._exit(0)


def append(store: Store, visit: Visit, run: Run, event_id: str) -> None:
    """Store one event whose words are its own id."""
    body = {"prompt": "notice", "perspective": "", "text": event_id}
    store.append(visit, run, Event(event_id, "write", "a-case", datetime.now(UTC), body))


def left_open(folder: Path) -> list[str]:
    """Return what was intended and not acknowledged, in order."""
    return sorted(set(lines(folder / "intended")) - set(lines(folder / "acknowledged")))


def lines(path: Path) -> list[str]:
    """Return the whole lines of a file; a line that a kill cut short does not count."""
    if not path.exists():
        return []
    return path.read_text().rpartition("\n")[0].splitlines()


if __name__ == "__main__":
    main()
