"""A server of one's own for a rehearsal, and what a notebook's cells make of themselves."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casework.errors import ServeError
from casework.serve.languages import site_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60.0
_ENDS_WITH_US = """
import os, signal, sys, threading
from casework.cli import main

def end_with_us():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=end_with_us, daemon=True).start()
main(sys.argv[1:])
"""
"""`casework`, until whoever started it closes its input or dies: nobody is left who could end it."""

_LINK = "To lead a group, open "


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """Serve a folder to groups on this machine, with a store that goes away afterwards; give the trainer link."""
    with tempfile.TemporaryDirectory(prefix="casework-rehearsal-") as place:
        command = [sys.executable, "-c", _ENDS_WITH_US, "serve", str(folder), "--group", "--no-browser"]
        command += ["--ip", "127.0.0.1", "--port", "0"]
        environment = os.environ | {"CASEWORK_STORE": f"sqlite:///{place}/store.sqlite"}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:  # noqa: S603  ours
            try:
                yield _link_of(process)
            finally:
                process.terminate()
                process.wait(PATIENCE)


def _link_of(process: subprocess.Popen[str]) -> str:
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            line = lines.get(timeout=0.2)
        except queue.Empty:
            continue
        if line.startswith(_LINK):
            return line.removeprefix(_LINK).strip()
    raise ServeError("The server for the rehearsal did not start; try casework serve --group to see why.")


def agenda_of(notebook: Path, told_in: str = "en") -> list[dict[str, Any]]:
    """Return the agenda of a workbook: its cells are run, on a store that is thrown away.

    Raises
    ------
    ServeError
        If a cell cannot be run, or the notebook shows nothing that a group could do.
    """
    with tempfile.TemporaryDirectory(prefix="casework-rehearsal-") as place:
        environment = os.environ | {"CASEWORK_STORE": f"sqlite:///{place}/store.sqlite"}
        for name in ("CASEWORK_VISIT", "SERVER_SOFTWARE"):
            environment.pop(name, None)
        command = [sys.executable, "-c", _PROGRAM, str(notebook.resolve())]
        run = subprocess.run(  # noqa: S603  the workbook's own cells, as its pages would run them
            command, capture_output=True, text=True, env=environment, cwd=notebook.resolve().parent, check=False
        )
    if run.returncode:
        why = run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "it stopped"
        raise ServeError(site_words(told_in)["lab_told_cells"].format(notebook=notebook, why=why))
    agenda: list[dict[str, Any]] = json.loads(run.stdout.splitlines()[-1])
    if not agenda:
        raise ServeError(site_words(told_in)["lab_told_nothing"].format(notebook=notebook))
    return agenda


_PROGRAM = """
import json, sys
import casework

made = []
class Session(casework.Session):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        made.append(self)
casework.Session = Session

names = {"display": lambda *_things, **_options: None}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        lines = (line for line in source.splitlines() if not line.startswith("%"))
        exec(compile("\\n".join(lines), "a cell", "exec"), names)
print(json.dumps([item for session in made for item in session.group().agenda]))
"""
