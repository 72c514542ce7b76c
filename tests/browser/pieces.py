"""Writes down what a page fetches piece by piece: ``make pieces``, when Voilà or an extension has changed."""

from __future__ import annotations

import re
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import expect, sync_playwright
from test_every_look import GALLERY

from casework.serve.bundles import PIECES
from conftest import CHROMIUM_FLAGS, ROOT, a_server, chromium, running

BUNDLED = re.compile(r"/voila/v[0-9a-f]+/(.*\.js)")
PIECE = re.compile(r'\s*(/\*.*?\*/\s*)?("use strict";)?\s*\(self\W+\w+ackChunk', re.DOTALL)
"""How one begins: it puts itself into a list. Other scripts do more than that, and stay on their own."""


def main() -> None:
    """Let a page fetch everything by itself, and keep the names of the pieces."""
    PIECES.write_text("", "utf-8")
    asked: set[str] = set()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(a_server(folder)))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium(), args=CHROMIUM_FLAGS
        )
        page = browser.new_page()
        page.on("request", lambda request: asked.add(request.url))
        page.goto(f"{server.url}/voila/render/en/{GALLERY}.ipynb", wait_until="commit")
        expect(page.locator("[data-activity=report]").get_by_role("button").first).to_be_visible(timeout=60_000)
        browser.close()
        names = {found[1]: url for url in asked if (found := BUNDLED.fullmatch(urlsplit(url).path))}
        pieces = [name for name, url in sorted(names.items()) if PIECE.match(urlopen(url).read().decode())]  # noqa: S310  our own server
    PIECES.write_text("".join(f"{name}\n" for name in pieces), "utf-8")
    sys.stdout.write(f"{len(pieces)} pieces in {PIECES.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
