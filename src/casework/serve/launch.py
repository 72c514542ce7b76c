"""Starts the kernel of a page: ``python -m casework.serve.launch -f CONNECTION_FILE``.

What every workbook imports is read while the kernel waits for its first message, and what no page uses is left out.
Where a process can be forked, `casework.serve.forks` does it sooner.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.serve.page_kernel import PageKernelApp

PREFIX = "kernel-"
"""How the name of a connection file begins; the kernel's id comes after it."""


def leave_out_the_debugger() -> None:
    """Keep ipykernel from importing debugpy: nobody steps through a page, and it takes a tenth of a second."""
    sys.modules["debugpy"] = None  # type: ignore[assignment] # the documented way to say "not here"


def leave_out_the_folder() -> None:
    """Keep what lies in the folder that this was started in from being imported in place of a library."""
    if sys.path[0] == "":
        del sys.path[0]


def become_kernel(connection_file: str, prepared: PageKernelApp | None = None) -> None:
    """Be the kernel of a page until it is told to end; whoever lists processes finds it by its id."""
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/comm").write_text(f"kernel {Path(connection_file).stem.removeprefix(PREFIX)[:8]}", "ascii")
    app = prepared or prepare_kernel()
    app.begin(connection_file)
    app.shell.events.register("post_run_cell", answer_pages)
    app.start()


def prepare_kernel() -> PageKernelApp:
    """Return a kernel that needs only a connection."""
    from casework.serve.page_kernel import PageKernelApp  # noqa: PLC0415  after the debugger was left out

    app: PageKernelApp = PageKernelApp.instance()
    app.prepare()
    return app


def answer_pages(*_ran: object) -> None:
    """Let pages ask for all widgets at once, as soon as there can be any.

    The library of widgets does so itself while it is imported, if it finds a kernel; here it was imported before.
    Without it a page asks for one widget after the other, and on a busy computer gives up on some.
    """
    if widgets := sys.modules.get("ipywidgets"):
        widgets.register_comm_target()


def main() -> None:
    """Start the kernel, and serve it until it is told to end."""
    leave_out_the_debugger()
    leave_out_the_folder()
    threading.Thread(target=import_module, args=("casework.session",), daemon=True).start()
    become_kernel(sys.argv[-1])


if __name__ == "__main__":
    main()
