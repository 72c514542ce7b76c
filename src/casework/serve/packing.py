"""Pages leave the server packed, piece by piece as they are drawn, for browsers that take them so.

Of a packed page the length tells something of what stands in it. Whoever sees the lengths, and has others open pages in
which words of their choice stand beside a secret, finds that secret out: so a page with a form's token is never packed.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tornado.web import OutputTransform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tornado.httputil import HTTPHeaders, HTTPServerRequest
    from tornado.web import RequestHandler

LEVEL = 4
"""A few bytes more than with 6, which is usual, in little more than half of the time."""

SHORTEST = 1_024
"""Bytes of a page that is worth it."""

LARGE = 1 << 15
"""Bytes of a piece that goes as it is if it holds a picture: that is packed already, and would take long."""

_BEGINNING = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
"""Of what is packed as gzip: no name, no date, from no system in particular."""

_BLOCK = (1 << 16) - 1


class Packing(OutputTransform):
    """Packs one answer, each piece so that a browser can read it at once."""

    def __init__(self, request: HTTPServerRequest) -> None:
        self._packs = "gzip" in request.headers.get("Accept-Encoding", "")
        self._packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._sum = self._size = 0

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001  Tornado's signature
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Say how the answer comes, and pack its first piece."""
        headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
        self._packs &= "Content-Encoding" not in headers and not (finishing and len(chunk) < SHORTEST)
        if self._packs:
            headers["Content-Encoding"] = "gzip"
            chunk = _BEGINNING + self._pack(chunk, last=finishing)
            if headers.pop("Content-Length", None) and finishing:
                headers["Content-Length"] = str(len(chunk))
        return status_code, headers, chunk

    def transform_chunk(self, chunk: bytes, finishing: bool) -> bytes:  # noqa: FBT001  Tornado's signature
        """Pack one more piece."""
        return self._pack(chunk, last=finishing) if self._packs else chunk

    def _pack(self, piece: bytes, *, last: bool) -> bytes:
        self._sum, self._size = zlib.crc32(piece, self._sum), self._size + len(piece)
        if len(piece) >= LARGE and b";base64," in piece:
            # What comes after it must not refer to what came before: the packer does not know how far that is.
            packed = self._packer.flush(zlib.Z_FULL_FLUSH) + b"".join(_as_it_is(piece))
        else:
            packed = self._packer.compress(piece)
        if last:
            return packed + self._packer.flush() + struct.pack("<LL", self._sum, self._size & 0xFFFF_FFFF)
        return packed + self._packer.flush(zlib.Z_SYNC_FLUSH)


def _as_it_is(piece: bytes) -> Iterator[bytes]:
    """Yield a piece as gzip has what is not packed."""
    for start in range(0, len(piece), _BLOCK):
        block = piece[start : start + _BLOCK]
        yield struct.pack("<BHH", 0, len(block), len(block) ^ _BLOCK) + block


def pack(handler: RequestHandler) -> None:
    """Have the answer of a handler packed; Tornado itself offers it for all of them or for none."""
    handler._transforms = [*(handler._transforms or ()), Packing(handler.request)]  # noqa: SLF001  see above
