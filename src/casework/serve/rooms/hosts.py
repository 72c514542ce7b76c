"""How this computer is on its networks."""

from __future__ import annotations

import socket

from casework.live.invitation import Interface


def own_interfaces() -> list[Interface]:
    """Return every address that this computer has, with the name of what it is on the network by."""
    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415  for those who serve groups

    return [
        Interface(name, one.address.partition("%")[0])
        for name, addresses in psutil.net_if_addrs().items()
        for one in addresses
        if one.family in {socket.AF_INET, socket.AF_INET6}
    ]
