"""The kernel of a page: ipykernel's, in two steps, so that forks can share the first.

What it leaves out, no page uses, or should: options on a command line, a debugger, and what whoever serves has set up
for their own IPython. Their extensions and startup files are not run, and no history is written into their files.
"""

from __future__ import annotations

import contextlib
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets.config import Config
from zmq import ZMQError

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterator


class PageKernelApp(IPKernelApp):
    """A kernel that is prepared first, and later begins with a connection of its own."""

    shell: Any

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  as it is there
        super().__init__(**kwargs)
        self.update_config(Config(HistoryManager={"enabled": False}))
        self.log.addFilter(_could_still_speak)

    def prepare(self) -> None:
        """Make all that needs no socket, no thread, and no environment of its own: above all the shell."""
        self.init_crash_handler()
        self.init_profile_dir()
        self.init_pdb()
        self.init_blackhole()
        self.shell = ZMQInteractiveShell.instance(
            parent=self, profile_dir=self.profile_dir, user_ns={}, compiler_class=XCachingCompiler
        )
        self.user_ns = self.shell.user_ns  # which the kernel is to have, too
        _ = self.connection_dir  # looked for now

    def begin(self, connection_file: str) -> None:
        """Be a kernel with the connection that a file names; what is left of `initialize`, in its order."""
        self.connection_file = connection_file
        self.shell.init_environment()
        self.init_connection_file()
        self.init_poller()
        self.init_sockets()
        self.init_heartbeat()
        self.write_connection_file()
        self.log_connection_info()
        self.init_io()
        self.init_signal()
        with no_modules_named(ipkernel):
            self.init_kernel()
        self.shell.kernel = self.kernel
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        sys.stdout.flush()  # or else it would come with the first answer
        sys.stderr.flush()


def _could_still_speak(record: logging.LogRecord) -> bool:
    """Leave out that a kernel, which was ended at its work, has nobody left to answer."""
    return not (record.exc_info and isinstance(record.exc_info[1], ZMQError))


@contextlib.contextmanager
def no_modules_named(module: Any) -> Iterator[None]:  # noqa: ANN401  a module, whose `sys` it is about
    """Keep a module from listing every other, which it does for a debugger, and so touches all their memory."""
    plain = module.sys
    module.sys = SimpleNamespace(**{**vars(plain), "modules": {}})
    try:
        yield
    finally:
        module.sys = plain
