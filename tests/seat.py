"""The page of a widget, for tests that have no browser."""

from __future__ import annotations

from itertools import count


class Page:
    """Sends what a page sends, and keeps what it is told; no two pages make the same id."""

    numbers = count(1)

    def __init__(self, widget):
        self.widget, self.told = widget, []
        widget.send = lambda message, buffers=None: self.told.append({**message, "buffers": buffers})

    def send(self, **message):
        self.widget._handle_custom_msg(message, [])
        return self.told[-1]

    def do(self, kind, intent_id=None, **body):
        return self.send(id=intent_id or f"{next(self.numbers):032x}", do=kind, **body)

    def writes(self, cell, text):
        """Write in a cell: a prompt, or a prompt and a perspective."""
        prompt, _, perspective = cell.partition("/")
        return self.do("write", prompt=prompt, perspective=perspective, text=text)
