"""The cookies by which a browser is known, and how long they stay."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from casework.serve.hub.signing import TOKEN_COOKIE

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest
    from tornado.web import RequestHandler

    from casework.serve.pages import Site
    from casework.store import Device

DEVICE_COOKIE = "casework-device"
"""Names a pseudonymous learner on this device: for a year, or on a shared computer until the browser closes."""

HERE_COOKIE = "casework-here"
"""Says that whoever sits here now has been asked; gone when the browser closes."""

SHARED_COOKIE = "casework-shared"
"""Says that this is a shared computer; gone when the browser closes."""

DEVICE_SECONDS = 365 * 24 * 3600


class SecureCookies:
    """A handler's part that has each cookie sent over HTTPS only, where that is spoken; that of forms, too."""

    request: HTTPServerRequest

    def set_cookie(self, *args: Any, **flags: Any) -> None:  # noqa: ANN401  as Tornado has it
        """Set a cookie."""
        flags["secure"] = flags.get("secure") or self.request.protocol == "https"
        super().set_cookie(*args, **flags)  # type: ignore[misc]


def set_here(handler: RequestHandler, device: Device | None = None) -> None:
    """Set the cookie for this browser session, and for a new device its own."""
    flags = cookie_flags(handler)
    handler.set_cookie(HERE_COOKIE, "1", **flags)
    if device is not None:
        days: dict[str, Any] = {} if is_shared(handler) else {"max_age": DEVICE_SECONDS}
        handler.set_cookie(DEVICE_COOKIE, device.token, **flags, **days)


def set_shared(handler: RequestHandler, device: Device) -> None:
    """Let a device be known until the browser closes, and no longer."""
    flags = cookie_flags(handler)
    handler.set_cookie(SHARED_COOKIE, "1", **flags)
    handler.set_cookie(HERE_COOKIE, "1", **flags)
    handler.set_cookie(DEVICE_COOKIE, device.token, **flags)


def forget(handler: RequestHandler) -> None:
    """Take every cookie back by which somebody is known here."""
    flags = cookie_flags(handler)
    for name in (DEVICE_COOKIE, HERE_COOKIE, SHARED_COOKIE, TOKEN_COOKIE):
        handler.clear_cookie(name, **flags)


def is_shared(handler: RequestHandler) -> bool:
    """Return whether somebody said that this is a shared computer."""
    return bool(handler.get_cookie(SHARED_COOKIE))


def was_asked(handler: RequestHandler) -> bool:
    """Return whether whoever sits here has been asked who they are since the browser was opened."""
    return bool(handler.get_cookie(HERE_COOKIE)) or has_signed_in(handler)


def has_signed_in(handler: RequestHandler) -> bool:
    """Return whether a request, whose device was looked for, comes from somebody who signed in by a hub."""
    site: Site = handler.settings["casework"]
    return site.hub is not None and site.hub.has_met(handler)


async def find_device(handler: RequestHandler) -> Device | None:
    """Return the known device that a request comes from; of somebody who signed in, whatever its cookie says."""
    site: Site = handler.settings["casework"]
    if site.hub is not None and (person := await site.hub.person(handler)):
        return person.device
    token = handler.get_cookie(DEVICE_COOKIE)
    return await asyncio.to_thread(site.store.find_device, token) if token else None


def cookie_flags(handler: RequestHandler) -> dict[str, Any]:
    """Return what every cookie of ours is set with."""
    site: Site = handler.settings["casework"]
    secure = handler.request.protocol == "https"
    return {"path": site.base_url, "httponly": True, "samesite": "Lax", "secure": secure}
