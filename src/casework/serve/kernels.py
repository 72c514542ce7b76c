"""How a kernel learns who opened its page.

The handler of a page sets `opening` before Voilà starts the kernel; the kernel manager, called in the
same task, puts the visit into that kernel's environment. Two pages that open at the same moment are two
tasks with a context each, so neither can see the other's.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import Unicode, default

from casework.serve.forks import OWN_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyter_client.connect import KernelConnectionInfo

    from casework.serve.forks import Forks
    from casework.store import Device

PROVISIONER = "casework-fork"
"""What Jupyter calls our way to start a kernel."""


@dataclass(slots=True)
class Opening:
    """A page that is being opened."""

    visit_id: str
    workbook: str
    """The notebook's path under the folder."""
    shared_computer: bool = False
    """Whether its drafts must not outlive it."""
    kernel_id: str | None = None
    """Known once its kernel has started."""
    closed: bool = False
    """True once the visitor left before the page had opened."""
    device: Device | None = None
    """The browser in which it was opened."""


GOODBYE_SECONDS = 30.0
"""How long a kernel whose page is nobody's any more still says so: longer than from one heartbeat to the next."""


opening: ContextVar[Opening | None] = ContextVar("opening", default=None)
"""The page that the current task opens."""


class VisitKernelManager(AsyncMappingKernelManager):
    """Starts each kernel with the visit it belongs to."""

    store_url = Unicode(config=True)
    """The address of the store, given to every kernel."""

    forks = AnyTrait(None)
    """What forks the kernels, a `casework.serve.forks.Forks`; None starts each on its own."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  traits
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._pages: list[Opening] = []

    def pages_of(self, device: Device, *, everywhere: bool = False) -> list[Opening]:
        """Return the pages that are open on a device; or, everywhere, of its learner."""
        self._pages = [page for page in self._pages if page.kernel_id is None or page.kernel_id in self]
        return [
            page
            for page in self._pages
            if page.device is not None
            and (page.device.token == device.token or (everywhere and page.device.learner_id == device.learner_id))
        ]

    def end_soon(self, pages: Iterable[Opening]) -> None:
        """End the kernels of some pages, once each page has had time to hear that it is nobody's any more."""
        for page in pages:
            page.closed = True  # whose kernel is still starting ends with it
            IOLoop.current().call_later(GOODBYE_SECONDS, self._end, page)

    async def _end(self, page: Opening) -> None:
        if page.kernel_id is not None and page.kernel_id in self:
            await self.shutdown_kernel(page.kernel_id, now=True)  # type: ignore[no-untyped-call]

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # noqa: ANN401  as it is there
        """Start a kernel for the page that the current task opens."""
        env = dict(kwargs.pop("env", None) or os.environ)
        for name in OWN_VARIABLES:
            env.pop(name, None)
        env["CASEWORK_STORE"] = self.store_url
        page = opening.get()
        if page is not None:
            self._pages.append(page)
            env["CASEWORK_VISIT"] = page.visit_id
            if page.shared_computer:
                env["CASEWORK_SHARED_COMPUTER"] = "1"
        kernel_id: str = await super().start_kernel(env=env, **kwargs)
        if page is not None:
            page.kernel_id = kernel_id
            if page.closed:  # while it started, when nobody knew yet which kernel to end
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        return kernel_id


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork if its manager has `forks`, else as a process of its own."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401  as it is there
        """Start the kernel whose connection file ends the command."""
        forks: Forks | None = getattr(getattr(self.parent, "parent", None), "forks", None)
        cwd = str(kwargs.get("cwd") or Path.cwd())
        forked = await asyncio.to_thread(forks.fork, cmd[-1], kwargs["env"], cwd) if forks else None
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked  # type: ignore[assignment]  # it does what they use of a Popen
        self.pid = self.pgid = forked.pid  # it begins a group of its own
        self.cwd = cwd
        return self.connection_info


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: the Python that runs this server, whatever else the machine has registered."""

    @default("kernel_dirs")
    def _no_other_kernels(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the one kernel, started by our own launcher; see `casework.serve.launch`."""
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [sys.executable, "-m", "casework.serve.launch", "-f", "{connection_file}"]
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec


def _offer_forks() -> None:
    """Tell Jupyter, in this process alone, of our way to start a kernel."""
    ours = EntryPoint(PROVISIONER, f"{__name__}:{ForkProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.instance().provisioners[PROVISIONER] = ours


_offer_forks()
