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
from functools import cache
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import Unicode, default

from casework.serve.forks import OWN_VARIABLES
from casework.serve.memory import give_back
from casework.serve.places import MOST, Limits, Opening, Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyter_client.connect import KernelConnectionInfo
    from jupyter_events import EventLogger

    from casework.serve.forks import Forks
    from casework.store import Device

PROVISIONER = "casework-fork"
"""What Jupyter calls our way to start a kernel."""


GOODBYE_SECONDS = 30.0
"""How long a kernel whose page is nobody's any more still says so: longer than from one heartbeat to the next."""


LOOKS_SECONDS = 10.0
"""From one look for pages that do not come back to the next."""


SETTLING_SECONDS = 4.0
"""How long a kernel may take to finish what it is at, when the server ends."""

ARRIVING_SECONDS = 0.2
"""What a page had sent by then has arrived at its kernel."""


opening: ContextVar[Opening | None] = ContextVar("opening", default=None)
"""The page that the current task opens."""


@cache
def event_log() -> EventLogger:
    """Return where kernels note that they start and end; nobody listens there."""
    events: EventLogger = ServerKernelManager().event_logger
    return events


class PageKernelManager(ServerKernelManager):
    """Starts one kernel; has one log of events with all others, instead of one each that is never let go of."""

    @default("event_logger")
    def _one_for_all(self) -> EventLogger:
        return event_log()


class VisitKernelManager(AsyncMappingKernelManager):
    """Starts each kernel with the visit it belongs to."""

    store_url = Unicode(config=True)
    """The address of the store, given to every kernel."""

    forks = AnyTrait(None)
    """What forks the kernels, a `casework.serve.forks.Forks`; None starts each on its own."""

    places = AnyTrait()
    """Which pages are open, a `casework.serve.places.Places`."""

    @default("kernel_manager_class")
    def _of_pages(self) -> str:
        return f"{__name__}.{PageKernelManager.__name__}"

    @default("places")
    def _plenty(self) -> Places:
        return Places(Limits(MOST))

    def pages_of(self, device: Device, *, everywhere: bool = False) -> list[Opening]:
        """Return the pages that are open on a device; or, everywhere, of its learner."""
        return [
            page
            for page in self._open()
            if page.device is not None
            and (page.device.token == device.token or (everywhere and page.device.learner_id == device.learner_id))
        ]

    def admit(self, page: Opening, ticket: str = "") -> bool:
        """Give a page that is about to open a place, and end others for it if need be; False if it has to wait."""
        self._open()
        ending: list[Opening] | None = self.places.enter(page, ticket)
        self._end_now(ending or ())
        return ending is not None

    def shown(self, page: Opening) -> None:
        """Note that all of a page has left for its browser, which is to connect now; or that it has no kernel."""
        if page.kernel_id is None or page.kernel_id not in self:
            self.places.leave(page)
        elif not page.came:
            page.gone_since = self.places.clock()

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page is there."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        if page := self.page_of(kernel_id):
            page.came, page.gone_since = True, None

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note that a page is gone for now."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        page = self.page_of(kernel_id)
        if page and self._kernel_connections.get(kernel_id, 0) <= 0:
            page.gone_since = self.places.clock()

    async def look_after_pages(self) -> None:
        """End the kernels of pages that do not come back, for as long as the server runs."""
        crowded = False
        while True:
            await asyncio.sleep(LOOKS_SECONDS)
            pages = self._open()
            self._end_now(self.places.overdue())
            if crowded and not pages:
                await asyncio.to_thread(give_back)
            crowded = bool(pages)

    async def finish(self) -> None:
        """Let pages finish what they were asked to do, and end all kernels."""
        if any(page.came for page in self._open()):
            await asyncio.sleep(ARRIVING_SECONDS)
        for _ in range(round(SETTLING_SECONDS / ARRIVING_SECONDS)):
            if not any(self._is_busy(page) for page in self._open()):
                break
            await asyncio.sleep(ARRIVING_SECONDS)
        for page in self._open():
            page.closed = True
        await self.shutdown_all()

    async def kill(self) -> None:
        """End all kernels without a word to them."""
        for kernel_id in self.list_kernel_ids():
            provisioner = self.get_kernel(kernel_id).provisioner
            if provisioner is not None:
                await provisioner.kill()

    def _is_busy(self, page: Opening) -> bool:
        """Return whether the kernel of a page that was connected is at something."""
        if not page.came or page.kernel_id is None or page.kernel_id not in self:
            return False
        return getattr(self.get_kernel(page.kernel_id), "execution_state", "") == "busy"

    def _open(self) -> list[Opening]:
        """Return the pages whose kernels start or run."""
        for page in [each for each in self.places.pages if each.kernel_id not in {None, *self.list_kernel_ids()}]:
            self.places.leave(page)
        pages: list[Opening] = self.places.pages
        return pages

    def page_of(self, kernel_id: str) -> Opening | None:
        """Return the page that a kernel works for."""
        return next((page for page in self.places.pages if page.kernel_id == kernel_id), None)

    def _end_now(self, pages: Iterable[Opening]) -> None:
        for page in pages:
            page.closed = True
            IOLoop.current().add_callback(self._end, page)

    def end_soon(self, pages: Iterable[Opening]) -> None:
        """End the kernels of some pages, once each page has had time to hear that it is nobody's any more."""
        for page in pages:
            page.closed = True  # whose kernel is still starting ends with it
            IOLoop.current().call_later(GOODBYE_SECONDS, self._end, page, now=True)

    async def _end(self, page: Opening, *, now: bool = False) -> None:
        if page.kernel_id is not None and page.kernel_id in self:
            await self.shutdown_kernel(page.kernel_id, now=now)  # type: ignore[no-untyped-call]

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # noqa: ANN401  as it is there
        """Start a kernel for the page that the current task opens."""
        env = dict(kwargs.pop("env", None) or os.environ)
        for name in OWN_VARIABLES:
            env.pop(name, None)
        env |= {"CASEWORK_STORE": self.store_url, "CASEWORK_SCRIPTS_FETCHED": "1"}
        page = opening.get()
        if page is not None:
            if page not in self.places.pages:
                self.places.pages.append(page)
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
