from __future__ import annotations


class Clock:
    """A clock that goes only when it is told to; called, it gives the seconds."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now
