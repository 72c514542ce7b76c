"""The addresses of a page's kernel: for the browser that opened the page alone, and for as much as a page needs.

A kernel's id is random, and no other page is ever told it. These doors hold also where it came out after all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler  # type: ignore[import-untyped]
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler  # type: ignore[import-untyped]

from casework.serve.cookies import find_device
from casework.serve.pages import NOT_FOUND
from casework.serve.rooms.keys import find_trainer
from casework.serve.rooms.limits import Bucket, Heads

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from casework.serve.places import Opening

SOCKETS = 8
"""At once, of one page; each takes a handful of the server's open files."""

PER_SECOND, AT_ONCE = 50.0, 1_000
"""Messages of one socket in the long run, and at once: a page with many widgets asks for all of them as it opens."""

LONGEST_MESSAGE = 1 << 20
"""Bytes of one message to a kernel; what is longer closes the socket."""

PROTOCOL = "v1.kernel.websocket.jupyter.org"
"""How a page and the server wrap what a kernel hears; the older way is not spoken here."""

MOST_PARTS = 64
"""Of one message: its head, its body, and what comes along."""

CHANNELS = frozenset({b"shell", b"control"})

BAD_REQUEST, TOO_MANY, POLICY_VIOLATION = 400, 429, 1008

_sockets = Heads(SOCKETS)


async def check_own(handler: Any) -> None:  # noqa: ANN401  one of Jupyter's handlers
    """Answer that there is no such kernel to whoever has not opened its page."""
    kernel_id = handler.path_kwargs.get("kernel_id") or next(iter(handler.path_args), "")
    page: Opening | None = handler.kernel_manager.page_of(kernel_id)
    if page is None:
        raise HTTPError(NOT_FOUND)
    if page.trainer:
        trainer = await find_trainer(handler)
        own = trainer is not None and trainer.id == page.trainer
    else:
        device = await find_device(handler)
        own = device is not None and page.device is not None and device.learner_id == page.device.learner_id
    if not own:
        raise HTTPError(NOT_FOUND)


def is_hidden(handler: RequestHandler) -> bool:
    """Return whether a browser asks for a page within a page of another site, where nobody would see it open.

    Each would start a kernel: a page elsewhere could fill the server with the browsers of those who look at it.
    """
    told = handler.request.headers.get
    from_elsewhere = told("Sec-Fetch-Site") == "cross-site"
    return from_elsewhere and (told("Sec-Fetch-Mode"), told("Sec-Fetch-Dest")) != ("navigate", "document")


class OwnKernel(KernelHandler):
    """What there is to know of a page's kernel."""

    async def prepare(self) -> None:  # type: ignore[override] # as in Jupyter's
        """Let in whoever opened the page."""
        await super().prepare()
        await check_own(self)


class OwnShutdown(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """Ends a page's kernel, as the page does when it is closed."""

    async def prepare(self) -> None:
        """Let in whoever opened the page."""
        await super().prepare()
        await check_own(self)


class OwnSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The socket between a page and its kernel."""

    _counted = ""
    _bucket: Bucket

    async def prepare(self) -> None:
        """Let in whoever opened the page, unless it has too many sockets."""
        await super().prepare()
        await check_own(self)
        if PROTOCOL not in self.request.headers.get("Sec-WebSocket-Protocol", ""):
            raise HTTPError(BAD_REQUEST)
        kernel_id: str = self.path_kwargs["kernel_id"]
        if not _sockets.enter(kernel_id):
            raise HTTPError(TOO_MANY)
        self._counted, self._bucket = kernel_id, Bucket(PER_SECOND, AT_ONCE)

    @property
    def max_message_size(self) -> int:
        """How long a message may be."""
        return LONGEST_MESSAGE

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel, unless it is none, or there are too many; the page comes back by itself."""
        if not (self._bucket.take() and is_message(ws_message)):
            self.close(POLICY_VIOLATION)
            return
        super().on_message(ws_message)

    def on_finish(self) -> None:
        """Count one less, if it never became a socket."""
        super().on_finish()
        if self._status_code != 101:  # noqa: PLR2004  switching protocols
            self._leave()

    def on_close(self) -> None:
        """Count one less."""
        self._leave()
        super().on_close()

    def _leave(self) -> None:
        if self._counted:
            _sockets.leave(self._counted)
            self._counted = ""


def is_message(frame: str | bytes) -> bool:
    """Return whether a frame holds the parts that it says it does.

    Jupyter believes what a frame says of itself: one that claims 2**60 parts would keep the server busy for good.
    """
    if isinstance(frame, str) or len(frame) < _WORD:
        return False
    count = _number(frame, 0)
    if not _FEWEST_OFFSETS <= count <= MOST_PARTS or len(frame) < _WORD * (count + 1):
        return False
    offsets = [_number(frame, _WORD * (each + 1)) for each in range(count)]
    if offsets != sorted(offsets) or offsets[-1] > len(frame) or frame[offsets[0] : offsets[1]] not in CHANNELS:
        return False
    try:
        header = json.loads(frame[offsets[1] : offsets[2]])
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and isinstance(header.get("msg_type"), str)


_WORD = 8
_FEWEST_OFFSETS = 6
"""Where the channel begins, the header, what it answers, its notes and its content, and where that ends."""


def _number(frame: bytes, at: int) -> int:
    return int.from_bytes(frame[at : at + _WORD], "little")


KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

HANDLERS: list[tuple[str, type]] = [
    (rf"api/kernels/{KERNEL_ID}", OwnKernel),
    (rf"api/kernels/{KERNEL_ID}/channels", OwnSocket),
    (r"voila/api/shutdown/(.*)", OwnShutdown),
]
"""Under which addresses these are, after the base URL, in the place of Jupyter's own."""
