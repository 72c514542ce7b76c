"""Kernels that know that they work for whoever owns the server."""

from __future__ import annotations

import os
from functools import wraps
from typing import Any

from jupyter_core.utils import ensure_async


def own_kernels(manager: Any, pages: str) -> None:  # noqa: ANN401  whichever manager of kernels is configured
    """Have a manager tell each kernel that it is the owner's, and where the owner's pages are.

    It is told to kernels alone. A program that is started in a terminal of JupyterLab, such as a Voilà for others to
    open, must not inherit it: its visitors would all be taken for the owner.

    Parameters
    ----------
    manager : MappingKernelManager
        The server's.
    pages : str
        The address of the owner's pages, from the root of the server.
    """
    start = manager.start_kernel

    @wraps(start)
    async def start_kernel(*args: Any, env: dict[str, str] | None = None, **options: Any) -> Any:  # noqa: ANN401  its own
        told = {**(os.environ if env is None else env), "CASEWORK_OWNER": "1", "CASEWORK_PAGES": pages}
        told.pop("CASEWORK_VISIT", None)
        return await ensure_async(start(*args, env=told, **options))

    manager.start_kernel = start_kernel
