"""What JupyterHub tells a service of its own in the environment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casework.errors import ServeError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

TRAINERS = "trainers"
"""The group of the hub whose members lead, if no other is named."""

NEEDED = (
    "JUPYTERHUB_API_TOKEN",
    "JUPYTERHUB_API_URL",
    "JUPYTERHUB_CLIENT_ID",
    "JUPYTERHUB_SERVICE_PREFIX",
    "JUPYTERHUB_SERVICE_URL",
)


@dataclass(frozen=True, slots=True)
class HubPlace:
    """A service's place at its hub."""

    ip: str
    """The address to listen on, to which the hub's proxy leads."""
    port: int
    base_url: str
    """The path under which the hub shows the service."""
    api_url: str
    """Where the hub answers the service's own questions."""
    api_token: str = field(repr=False)
    """What the service proves itself with; no kernel ever gets it."""
    client_id: str
    scopes: frozenset[str]
    """Of these, the hub must have given one to whoever may come in."""
    hub_host: str = ""
    """Where the hub is for browsers, if not at the same host as its services."""
    hub_path: str = "/hub/"
    trainers: str = TRAINERS
    """The group of the hub whose members lead."""


def read_place(environment: MutableMapping[str, str], trainers: str | None = None) -> HubPlace:
    """Return the place that a hub gives its service, and take its token out of the environment.

    Parameters
    ----------
    environment : mutable mapping
        The environment, as ``os.environ``.
    trainers : str, optional
        The group of the hub whose members lead.

    Raises
    ------
    ServeError
        If no hub has started this.
    """
    missing = [name for name in NEEDED if not environment.get(name)]
    if missing:
        msg = (
            f"With --pages hub casework is a service of JupyterHub, which tells it the rest in the environment; "
            f"{', '.join(missing)} is not there. Name the command in jupyterhub_config.py; see docs/jupyterhub.md."
        )
        raise ServeError(msg)
    client = environment["JUPYTERHUB_CLIENT_ID"]
    told = environment.get("JUPYTERHUB_OAUTH_ACCESS_SCOPES")
    name = environment.get("JUPYTERHUB_SERVICE_NAME") or client.removeprefix("service-")
    ip, port = _listening(environment["JUPYTERHUB_SERVICE_URL"])
    return HubPlace(
        ip=ip,
        port=port,
        base_url=environment["JUPYTERHUB_SERVICE_PREFIX"],
        api_url=environment["JUPYTERHUB_API_URL"],
        api_token=environment.pop("JUPYTERHUB_API_TOKEN"),
        client_id=client,
        scopes=frozenset(json.loads(told) if told else [f"access:services!service={name}"]),
        hub_host=environment.get("JUPYTERHUB_HOST", ""),
        hub_path=f"{environment.get('JUPYTERHUB_BASE_URL', '/').rstrip('/')}/hub/",
        trainers=trainers or TRAINERS,
    )


def _listening(url: str) -> tuple[str, int]:
    """Return the address and the port of a service's URL."""
    try:
        parts = urlsplit(url)
        ip, port = parts.hostname, parts.port
    except ValueError:
        ip = port = None
    if not ip or not port:
        msg = (
            f"The service's url in jupyterhub_config.py must name a host and a port, such as http://127.0.0.1:8866; "
            f"found '{url}'."
        )
        raise ServeError(msg)
    return ip, port
