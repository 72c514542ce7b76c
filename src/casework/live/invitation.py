"""How a phone finds a room: an address that it can reach, written out and as a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEB_PORTS = {"http": 80, "https": 443}

_INNER = ("br-", "docker", "lxc", "podman", "vbox", "veth", "virbr", "vmnet")
_TUNNELS = ("tailscale", "tap", "tun", "utun", "wg", "zt")


@dataclass(frozen=True, slots=True)
class Interface:
    """One way by which this computer is on a network."""

    name: str
    """As the system calls it, such as ``wlan0``."""
    address: str


def reachable(interfaces: Iterable[Interface]) -> list[str]:
    """Return the addresses of this computer that phones in the room may reach, the likeliest first.

    Parameters
    ----------
    interfaces : iterable of Interface
        What the system names; an address that cannot be read is left out.

    Returns
    -------
    list of str
        Without those that only this computer can reach. Whoever leads is asked if there are several.
    """
    ranked: dict[str, int] = {}
    for one in interfaces:
        rank = _rank(one)
        if rank is not None:
            ranked[one.address] = min(rank, ranked.get(one.address, rank))
    return sorted(ranked, key=ranked.__getitem__)


def _rank(interface: Interface) -> int | None:
    """Return how unlikely it is that phones reach this, or None if they cannot."""
    address = _read(interface.address)
    if address is None or address.is_loopback or address.is_link_local or address.is_unspecified:
        return None
    if address.is_multicast or interface.name.lower().startswith(_INNER):
        return None
    tunnel = interface.name.lower().startswith(_TUNNELS)
    return 4 * tunnel + 2 * (address.version == 6) + (not address.is_private)  # noqa: PLR2004  the version's name


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def join_address(host: str, port: int, code: str, *, base_url: str = "/", scheme: str = "http") -> str:
    """Return the address of a room's join page.

    Examples
    --------
    >>> join_address("192.168.1.20", 8866, "XK4TPM")
    'http://192.168.1.20:8866/join/XK4TPM'
    """
    address = _read(host)
    shown = f"[{host}]" if isinstance(address, IPv6Address) else host
    place = shown if port == WEB_PORTS.get(scheme) else f"{shown}:{port}"
    return f"{scheme}://{place}/{base_url.strip('/')}/join/{code}".replace("//join", "/join")


def written_address(address: str) -> str:
    """Return an address as one writes it on a board: without what a browser adds by itself."""
    return address.removeprefix("http://")


def qr_svg(address: str, title: str) -> str:
    """Return a QR code as SVG that says in words where it leads.

    It stays dark on light in every theme, since many cameras read no other, and has the quiet edge that they need.

    Parameters
    ----------
    address : str
        Where it leads.
    title : str
        What it is for, such as *Join with your phone*.
    """
    import segno  # noqa: PLC0415  for those who show one

    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    told = f"<title>{escape(title)}</title><desc>{escape(address)}</desc>"
    name = escape(f"{title}: {written_address(address)}", quote=True)
    opening, rest = drawn.split(">", 1)
    return f'{opening} role="img" aria-label="{name}">{told}{rest}'
