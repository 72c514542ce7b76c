"""One open page of a room: what it was sent, and what it may send."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from casework.serve.rooms.limits import Bucket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casework.live.protocol import Message
    from casework.live.state import Visitor
    from casework.serve.rooms.frames import BoardFrame, Frame
    from casework.serve.rooms.limits import Limits

PART = 1.0
"""After what took some time to draw, a page is left alone for so many times as long; others have their turn then."""

LONGEST_PAUSE = 1.0


class Line:
    """One open page of a room.

    Parameters
    ----------
    visitor : Visitor
        Whose page it is, as the server knows it from a cookie.
    write : callable
        Sends a frame.
    close : callable
        Closes the connection.
    limits : Limits
        How much it may send.
    device : str, optional
        The token of the device that it is open on, which is somebody's no longer once they leave it.
    """

    __slots__ = (
        "_not_before",
        "_sent",
        "_together",
        "_write",
        "behind",
        "bucket",
        "close",
        "device",
        "greeted",
        "visitor",
        "waiting",
    )

    def __init__(
        self,
        visitor: Visitor,
        write: Callable[[str], None],
        close: Callable[[], None],
        limits: Limits,
        device: str = "",
    ) -> None:
        self.visitor, self._write, self.close, self.device = visitor, write, close, device
        self.bucket = Bucket(limits.per_second, limits.at_once)
        self.greeted = False
        """Whether it has said hello; before that it is shown nothing."""
        self.waiting = 0
        """How many frames have not left this computer yet."""
        self.behind = False
        """Whether it is to be shown something as soon as they have left."""
        self._together: list[str] | None = None
        self._sent: dict[tuple[str, str | None], int | BoardFrame] = {}
        self._not_before = 0.0

    def tell(self, message: Message) -> None:
        """Send one message."""
        self._say(message.model_dump_json(exclude_none=True))

    def _say(self, text: str) -> None:
        if self._together is None:
            self._write(text)
        else:
            self._together.append(text)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send what is said meanwhile as one frame, in its order: each costs both ends much more than what it says."""
        if self._together is not None:
            yield
            return
        said: list[str] = []
        self._together = said
        try:
            yield
        finally:
            self._together = None
            if said:
                self._write(said[0] if len(said) == 1 else f"[{','.join(said)}]")

    def show(self, frames: Iterable[Frame | BoardFrame]) -> None:
        """Send what differs from what was sent before, and nothing else."""
        with self.together():
            self._show(frames)

    def _show(self, frames: Iterable[Frame | BoardFrame]) -> None:
        shown: dict[tuple[str, str | None], int | BoardFrame] = {}
        for frame in frames:
            shown[frame.key] = frame.mark
            before = self._sent.get(frame.key)
            if before != frame.mark:
                for text in frame.since(before):
                    self._say(text)
        for kind, place in self._sent.keys() - shown.keys():
            if kind == "board":  # a reveal that was undone: an empty board takes the place of what was there
                self._say(f'{{"place":"{place}","board":{{"forms":[],"votes":[]}}}}')
        # What is not shown now may come again: then it need not be sent anew, but for boards, which were emptied.
        kept = {key: mark for key, mark in self._sent.items() if key[0] == "content"}
        self._sent = kept | shown

    def pause(self) -> float:
        """Return for how many seconds it is to be left alone."""
        return max(0.0, self._not_before - time.monotonic())

    def rest_after(self, seconds: float) -> None:
        """Leave it alone for a while, after what took some seconds to draw."""
        self._not_before = time.monotonic() + min(PART * seconds, LONGEST_PAUSE)
