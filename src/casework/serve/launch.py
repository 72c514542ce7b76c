"""Starts the kernel of a page: ``python -m casework.serve.launch -f CONNECTION_FILE``.

What every workbook imports is read while the kernel waits for its first message, and what no page uses is left out.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module


def _leave_out_the_debugger() -> None:
    """Keep ipykernel from importing debugpy: nobody steps through a page, and it takes a tenth of a second."""
    sys.modules["debugpy"] = None  # type: ignore[assignment] # the documented way to say "not here"


def _read_ahead() -> None:
    threading.Thread(target=import_module, args=("casework.session",), daemon=True).start()


def main() -> None:
    """Start the kernel, and serve it until it is told to end."""
    _leave_out_the_debugger()
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415  after the debugger was left out

    _read_ahead()
    IPKernelApp.launch_instance()


if __name__ == "__main__":
    if sys.path[0] == "":
        del sys.path[0]
    main()
