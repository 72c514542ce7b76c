"""Pages come packed, as they are drawn; those with a form do not."""

from __future__ import annotations

import re
import zlib
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from casework.serve.packing import Packing
from hall import played

if TYPE_CHECKING:
    from conftest import Server

PACKED = 16 + zlib.MAX_WBITS
TAKES_IT = {"Accept-Encoding": "gzip"}


PICTURE = b'<img src="data:image/png;base64,%s">'
PIECES = st.one_of(
    st.binary(max_size=200),
    st.text("abc <>", max_size=4_000).map(str.encode),
    st.binary(min_size=1, max_size=8).map(lambda one: PICTURE % (one.hex().encode() * 9_000)),
)


def packed_by_pieces(pieces):
    """Return the headers and the pieces of an answer that is packed as it is drawn."""
    packing = Packing(SimpleNamespace(headers=TAKES_IT))
    headers = HTTPHeaders({"Content-Length": "1"})
    _, headers, first = packing.transform_first_chunk(200, headers, pieces[0], finishing=len(pieces) == 1)
    last = len(pieces) - 1
    return headers, [first, *(packing.transform_chunk(each, at == last) for at, each in enumerate(pieces[1:], 1))]


@given(st.lists(PIECES, min_size=2, max_size=8))
def test_each_piece_can_be_read_as_soon_as_it_is_sent(pieces):
    headers, sent = packed_by_pieces(pieces)
    browser = zlib.decompressobj(PACKED)

    assert [browser.decompress(each) for each in sent] == pieces
    assert browser.eof
    assert "Content-Length" not in headers


def test_a_picture_in_a_page_goes_as_it_is_since_packing_it_would_keep_others_waiting():
    picture = PICTURE % (b"AAAA" * 40_000)
    _, sent = packed_by_pieces([b"<p>Before.</p>" * 100, picture, b"<p>Before.</p>" * 100])

    assert len(picture) < len(sent[1]) < len(picture) + 100
    assert max(len(sent[0]), len(sent[2])) < 200


def test_what_is_packed_already_stays_as_it_is():
    packing = Packing(SimpleNamespace(headers=TAKES_IT))
    headers = HTTPHeaders({"Content-Encoding": "gzip", "Vary": "Accept-Language"})
    piece = b"as it came" * 200

    assert packing.transform_first_chunk(200, headers, piece, finishing=False)[2] == piece
    assert packing.transform_chunk(piece, finishing=True) == piece


def is_packed(answer):
    return answer.headers.get("X-Consumed-Content-Encoding") == "gzip"


@played
async def test_a_page_without_a_form_is_packed(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        screen, own = f"screen/{room['code']}", f"room/{room['code']}/mine"
        asked = [(trainer, ""), (ana, screen), (ana, own), (ana, "mine/everything.html")]
        pages = [await who.ask("GET", path, headers=TAKES_IT) for who, path in asked]

    assert [(page.code, is_packed(page)) for page in pages] == [(200, True)] * 4
    assert [page.headers["Vary"] for page in pages] == ["Accept-Language, Accept-Encoding", *["Accept-Encoding"] * 3]


@played
async def test_a_page_with_a_form_never_is_whatever_its_address_says(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        ana = await hall.learner(room, enters=False)
        said = "x" * 2_000
        paths = [
            "mine",
            "mine/clear",
            "mine/delete",
            "come-back",
            "join",
            "join/QQQQQQ",
            f"welcome-back?next=/voila/render/en/small.ipynb?{said}",
        ]
        pages = [await ana.ask("GET", path, headers=TAKES_IT) for path in paths]
        pages.append(await hall.guest().ask("GET", f"join/{room['code']}", headers=TAKES_IT))

    assert [page.effective_url for page in pages if 'name="_xsrf"' not in page.body.decode()] == []
    assert [page.effective_url for page in pages if is_packed(page)] == []


@pytest.fixture
def slow_page(server: Server):
    """The answer to somebody who opens a workbook whose cell takes long."""
    connection = HTTPConnection("localhost", server.port, timeout=60)
    connection.request("GET", "/voila/render/en/slow.ipynb", headers=TAKES_IT)
    yield connection.getresponse()
    connection.close()  # which ends its kernel


def test_a_browser_reads_the_head_of_a_workbook_while_its_cells_run(slow_page):
    assert slow_page.headers["Content-Encoding"] == "gzip"
    packed, text = zlib.decompressobj(PACKED), ""
    while "</head>" not in text:
        text += packed.decompress(slow_page.read1()).decode()
    assert re.search(r'<script async src="[^"]+/voila\.js"', text) or "voila-style.js" not in text
    assert not packed.eof


def test_a_workbook_is_whole_when_it_is_unpacked(server: Server):
    plain = server.visitor().get("voila/render/en/goodbye.ipynb")
    connection = HTTPConnection("localhost", server.port, timeout=60)
    connection.request("GET", "/voila/render/en/goodbye.ipynb", headers=TAKES_IT)
    answer = connection.getresponse()
    packed, sent = zlib.decompressobj(PACKED), answer.read()
    text = packed.decompress(sent).decode()
    connection.close()

    assert packed.eof
    assert text.rstrip().endswith("</html>")
    assert without_ids(text) == without_ids(plain.text)
    assert len(sent) < 0.7 * len(text)


def without_ids(page: str) -> str:
    """Return a page without what is different each time that it is opened."""
    return re.sub(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|&lt;[0-9a-f]{32}&gt;", "", page)
