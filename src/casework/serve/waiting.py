"""The page for whoever has to wait: it says why, looks again by itself, and keeps their turn."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from casework.serve.cookies import cookie_flags
from casework.serve.languages import site_words
from casework.serve.pages import draw
from casework.serve.settings import WAITING_POLICY

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from casework.serve.places import Places

WAITING_COOKIE = "casework-waiting"
"""Keeps somebody's turn while they wait; says nothing of them, and is gone when the browser closes."""

SOONEST, LATEST = 8, 16
"""Seconds until a page that waits looks again: at random between these, so that not all look at once."""


def draw_full(handler: RequestHandler, places: Places, language: str) -> None:
    """Answer that there is no place, and keep the turn of whoever asks; or that the server is about to end."""
    if places.closing:
        draw_waiting(handler, "restart", language)
        return
    known = handler.get_cookie(WAITING_COOKIE, "") or ""
    ticket = places.queue.wait(known)
    if ticket != known:
        handler.set_cookie(WAITING_COOKIE, ticket, **cookie_flags(handler))
    draw_waiting(handler, "busy", language)


def draw_waiting(handler: RequestHandler, why: str, language: str) -> None:
    """Answer with a calm page that looks again by itself, with a script or without; ``why`` names its words."""
    handler.set_status(503)
    seconds = say_when(handler)
    said = site_words(language)
    draw(handler, "waiting.html", language, title=said[f"{why}_title"], text=said[why], seconds=seconds)
    handler.set_header("Content-Security-Policy", WAITING_POLICY)


def say_when(handler: RequestHandler) -> int:
    """Say, and return, after how many seconds it is worth asking again."""
    seconds = SOONEST + secrets.randbelow(LATEST - SOONEST + 1)
    handler.set_header("Retry-After", str(seconds))
    handler.set_header("Cache-Control", "no-store")
    return seconds
