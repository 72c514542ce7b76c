"""Programs that look at a link, and no person behind them: they read what a workbook is, and start nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework.serve.pages import Page, draw

if TYPE_CHECKING:
    from tornado.httputil import HTTPHeaders
    from tornado.web import RequestHandler

    from casework.serve.gallery import Edition

PREVIEWS = (
    "Discordbot",
    "facebookexternalhit",
    "Facebot",
    "LinkedInBot",
    "MicrosoftPreview",
    "SkypeUriPreview",  # Teams
    "Slackbot",
    "Slack-ImgProxy",
    "TelegramBot",
    "Twitterbot",
    "WhatsApp",
)
"""Fetch a link that somebody sends in a message, to show beside it what it leads to."""

CRAWLERS = (
    "AhrefsBot",
    "Amazonbot",
    "Applebot",
    "archive.org_bot",
    "Baiduspider",
    "bingbot",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "DuckDuckBot",
    "GPTBot",
    "Googlebot",
    "PerplexityBot",
    "PetalBot",
    "SemrushBot",
    "YandexBot",
)
"""Read whatever they find, for a search engine or an archive."""

_NAMES = "|".join(re.escape(name) for name in (*PREVIEWS, *CRAWLERS))
_PROGRAM = re.compile(rf"(?:^|[\s;(+,])(?:{_NAMES})(?=[/\s;),-]|$)", re.IGNORECASE)
"""A name counts where a program names itself, not within a longer word: there are telephones called Cubot."""


def is_program(agent: str) -> bool:
    """Return whether a ``User-Agent`` is that of a known program, and of no person's browser."""
    return bool(_PROGRAM.search(agent))


def is_ahead(headers: HTTPHeaders) -> bool:
    """Return whether a browser fetches a page before anybody has asked for it."""
    told = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return "prefetch" in told.lower() or "preview" in told.lower()


def answer_program(handler: RequestHandler, edition: Edition) -> bool:
    """Answer a request that no person waits for; return False if somebody does."""
    if is_ahead(handler.request.headers):
        # A browser throws such an answer away. One that it kept would be shown to the person who comes after all.
        handler.set_status(503)
        handler.set_header("Cache-Control", "no-store")
        return True
    if not is_program(handler.request.headers.get("User-Agent", "")):
        return False
    draw(handler, "preview.html", edition.language, edition=edition)
    handler.set_header("X-Robots-Tag", "noindex, nofollow")
    return True


class Robots(Page):
    """What programs may fetch: nothing, but for those that show what a link leads to."""

    def get(self) -> None:
        """Say so."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        welcome = "".join(f"User-agent: {name}\n" for name in PREVIEWS)
        self.write(f"{welcome}Disallow:\n\nUser-agent: *\nDisallow: /\n")

    head = get
