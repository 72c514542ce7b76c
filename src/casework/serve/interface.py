"""What the pages of a room speak with: the interface's words in one language, and the folder's colours."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import Any

from tornado.web import HTTPError

from casework.content import Folder
from casework.content.words import languages, words
from casework.serve.pages import NOT_FOUND, Page

_ELSEWHERE = (
    *("agreement.", "change.", "code.", "evidence.", "fallback.", "frames.", "group.desk_", "live.", "log."),
    *("pages.", "print.", "refused.", "report.", "reports.", "site."),
)
"""The words that no page of a learner or a screen needs."""


class Interface(Page):
    """The interface's words, for pages that no kernel gives them to."""

    def get(self, language: str) -> None:
        """Give them as JSON; a browser asks again each time, and is told if nothing is new."""
        if language not in languages():
            raise HTTPError(NOT_FOUND)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Vary", "Accept-Encoding")
        told = json.dumps(interface(language, Folder(self.site.folder).own_colors()), ensure_ascii=False)
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(_packed(told))
        else:
            self.write(told)

    head = get


@lru_cache(maxsize=16)
def _packed(told: str) -> bytes:
    return gzip.compress(told.encode(), mtime=0)


def interface(language: str, colors: dict[str, str]) -> dict[str, Any]:
    """Return what a room's pages speak with: the words, the languages that there are, and the folder's colours."""
    said = {key: text for key, text in words(language).items() if not key.startswith(_ELSEWHERE)}
    return {"language": language, "languages": list(languages()), "words": said, "theme": colors}
