"""How a kernel learns who opened its page.

The handler of a page sets `opening` before Voilà starts the kernel; the kernel manager, called in the
same task, puts the visit into that kernel's environment. Two pages that open at the same moment are two
tasks with a context each, so neither can see the other's.
"""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Unicode, default

OWN_VARIABLES = ("CASEWORK_VISIT", "CASEWORK_OWNER", "CASEWORK_STORE", "CASEWORK_SHARED_COMPUTER")
"""What tells a kernel who it works for. Never inherited from the server's own environment."""


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


opening: ContextVar[Opening | None] = ContextVar("opening", default=None)
"""The page that the current task opens."""


class VisitKernelManager(AsyncMappingKernelManager):
    """Starts each kernel with the visit it belongs to."""

    store_url = Unicode(config=True)
    """The address of the store, given to every kernel."""

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # noqa: ANN401  as it is there
        """Start a kernel for the page that the current task opens."""
        env = dict(kwargs.pop("env", None) or os.environ)
        for name in OWN_VARIABLES:
            env.pop(name, None)
        env["CASEWORK_STORE"] = self.store_url
        page = opening.get()
        if page is not None:
            env["CASEWORK_VISIT"] = page.visit_id
            if page.shared_computer:
                env["CASEWORK_SHARED_COMPUTER"] = "1"
        kernel_id: str = await super().start_kernel(env=env, **kwargs)
        if page is not None:
            page.kernel_id = kernel_id
            if page.closed:  # while it started, when nobody knew yet which kernel to end
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        return kernel_id


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: the Python that runs this server, whatever else the machine has registered."""

    @default("kernel_dirs")
    def _no_other_kernels(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the one kernel, started by our own launcher; see `casework.serve.launch`."""
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [sys.executable, "-m", "casework.serve.launch", "-f", "{connection_file}"]
        return spec
