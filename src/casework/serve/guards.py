"""How the server is guarded against more than it can bear; chosen when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.serve.newcomers import AT_ONCE

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Guards:
    """What whoever runs the server may choose."""

    most_pages: int | None = None
    """How many pages of workbooks may be open at once; None for as many as the computer's memory allows."""
    newcomers: int = AT_ONCE
    """How many people who are new here may open workbooks from one address at once; as many again in four minutes."""
    seconds_to_end: float = 10.0
    """How long the server may take to end, once it is told to."""
    certificate: Path | None = None
    """A file with the certificate that HTTPS is spoken with; None for HTTP."""
    key: Path | None = None
    """A file with its key; None if that is in the same one."""
    proxies: tuple[str, ...] = ()
    """Addresses of proxies on other computers, whose word is taken about whom they speak for."""
