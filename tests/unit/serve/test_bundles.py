from __future__ import annotations

import base64
import gzip
import json
import re
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from casework import widgets
from casework.serve.bundles import MOST_AHEAD, PIECES, Bundles
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Server

PAGE = "voila/render/es/goodbye.ipynb"


@pytest.fixture(scope="module")
def opened(server: Server) -> tuple[str, dict[str, str]]:
    """A page, and its visitor's cookies."""
    visitor = server.visitor()
    return visitor.get(PAGE).text, visitor.cookies


@pytest.fixture(scope="module")
def bundle(opened: tuple[str, dict[str, str]]) -> str:
    """The address under which a page finds the scripts that it shares with others."""
    return re.search(r'"fullStaticUrl": "([^"]+)/static"', opened[0])[1]


def fetch(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("localhost", server.port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), data


def test_a_page_takes_everything_that_it_shares_from_one_place(opened: tuple[str, dict[str, str]], bundle: str) -> None:
    page, _ = opened
    assert re.fullmatch(r"/voila/v[0-9a-f]{12}", bundle)
    assert f'"fullLabextensionsUrl": "{bundle}/labextensions"' in page
    elsewhere = {"/voila/static", "/voila/templates", "/voila/labextensions"}
    assert [place for place in elsewhere if f'"{place}' in page] == []
    for name in ("index.css", "theme-light.css", "voila-style.js", "whole.js"):
        assert f'"{bundle}/static/{name}"' in page


def test_a_page_knows_every_front_end_and_fetches_those_of_its_notebook_ahead(
    server: Server, opened: tuple[str, dict[str, str]]
) -> None:
    known = json.loads(re.search(r'id="scripts">(.*?)</script>', opened[0])[1])
    kinds = [getattr(widgets, name) for name in widgets.__all__]
    assert sorted(known) == sorted(kind.name for kind in kinds if issubclass(kind, ActivityWidget))
    ahead = re.findall(r'rel="modulepreload" href="([^"]+)"', opened[0])
    assert ahead == [known["walk"]]
    status, headers, _ = fetch(server, ahead[0], **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"], "max-age=315360000" in headers["Cache-Control"]) == (200, "gzip", True)


def test_a_browser_keeps_what_it_fetched_and_fetches_it_packed(server: Server, bundle: str) -> None:
    plain_status, plain_headers, plain = fetch(server, f"{bundle}/static/voila-style.js")
    status, headers, packed = fetch(server, f"{bundle}/static/voila-style.js", **{"Accept-Encoding": "gzip, br"})
    assert (plain_status, status) == (200, 200)
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert headers["Content-Type"] == "text/javascript"
    assert "Content-Encoding" not in plain_headers
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 3


def test_a_page_gets_what_it_runs_on_in_one_piece(
    server: Server, opened: tuple[str, dict[str, str]], bundle: str
) -> None:
    whole, main = f"{bundle}/static/whole.js", fetch(server, f"{bundle}/static/voila.js")[2]
    assert f'<link rel="preload" as="script" href="{whole}">' in opened[0]
    assert f'<script async src="{whole}" onerror="casework.lost()">' in opened[0]
    status, headers, packed = fetch(server, whole, **{"Accept-Encoding": "gzip"})
    plain_headers, plain = fetch(server, whole)[1:]
    assert (status, headers["Content-Encoding"], headers["Vary"]) == (200, "gzip", "Accept-Encoding")
    assert headers["Cache-Control"] == plain_headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(packed) == plain
    pieces = PIECES.read_text("utf-8").split()
    assert len(pieces) > 50
    for name in pieces:
        assert fetch(server, f"{bundle}/{name}")[2] in plain
    assert plain.endswith(main)


def test_a_piece_that_is_not_there_is_not_missed(tmp_path: Path) -> None:
    one, _ = PIECES.read_text("utf-8").split()[-2:]
    assert one.startswith("static/")
    (tmp_path / "voila.js").write_text("begin()")
    (tmp_path / one.removeprefix("static/")).write_text('"use strict";self.list.push(1) // the end')
    joined = gzip.decompress(Bundles("/", [str(tmp_path)], []).joined).decode()
    assert joined == '(()=>{"use strict";self.list.push(1) // the end\n})();\nbegin()'


def ahead(server: Server, page: str) -> list[str]:
    return re.findall(r'<link rel="preload" as="script" href="([^"]+)">', server.visitor().get(page).text)


def test_a_page_fetches_ahead_what_it_was_asked_for_when_it_was_opened_before(server: Server, bundle: str) -> None:
    here, elsewhere = "voila/render/en/goodbye.ipynb", "voila/render/es/goodbye.ipynb"
    before = ahead(server, here), ahead(server, elsewhere)
    asked = [f"{bundle}/labextensions/anywidget/package.json", f"{bundle}/static/nobody-has-this.js"]
    wanted = [f"{bundle}/static/voila.js", f"{bundle}/static/voila-style.js?v=1"]
    again = [f"{wanted[0]}?again={number}" for number in range(3)]
    for script in (*asked, *again, *wanted, "/voila/v000000000000/static/voila.js"):
        fetch(server, script, Referer=f"http://localhost:{server.port}/{here}")
    fetch(server, wanted[0], Referer="http://elsewhere.example/voila/render/en/never-opened.ipynb")
    fetch(server, wanted[0])
    assert ahead(server, here) == [*before[0], *wanted]
    assert ahead(server, elsewhere) == before[1]


def test_what_pages_fetch_ahead_has_an_end() -> None:
    bundles = Bundles("/", [], [])
    bundles.page_config({}, notebook_path="en/one.ipynb")
    for number in range(2 * MOST_AHEAD):
        line = RequestStartLine("GET", f"/voila/v0/static/{number}.js", "HTTP/1.1")
        headers = HTTPHeaders({"Host": "here", "Referer": "http://here/voila/render/en/one.ipynb"})
        bundles.note(HTTPServerRequest(headers=headers, connection=Mock(), start_line=line))
    assert len(bundles.page_config({}, notebook_path="en/one.ipynb")["ahead"]) == MOST_AHEAD


def test_a_page_that_was_open_before_finds_its_files_but_keeps_none(server: Server) -> None:
    status, headers, _ = fetch(server, "/voila/v000000000000/static/voila.js")
    assert (status, headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "path",
    [
        "static/../../../../../../etc/passwd",
        "static/%2e%2e/%2e%2e/conf.json",
        "static/nowhere.js",
        "labextensions/jupyterlab_pygments/package.json",
        "labextensions/anywidget/../jupyterlab_pygments/package.json",
        "labextensions/anywidget/%2e%2e/jupyterlab_pygments/package.json",
        "labextensions/anywidget",
        "static/",
    ],
)
def test_serves_nothing_else(server: Server, bundle: str, path: str) -> None:
    assert fetch(server, f"{bundle}/{path}")[0] in {403, 404}


def test_serves_the_extensions_that_pages_load(server: Server, bundle: str) -> None:
    assert fetch(server, f"{bundle}/labextensions/anywidget/package.json")[0] == 200


def test_another_version_has_another_address(tmp_path: Path) -> None:
    def version() -> str:
        return Bundles("/", [str(tmp_path)], [str(tmp_path / "extensions")]).version

    (tmp_path / "a.js").write_text("1")
    before = version()
    assert version() == before
    (tmp_path / "a.js").write_text("22")
    changed = version()
    extension = tmp_path / "extensions/anywidget/b.js"
    extension.parent.mkdir(parents=True)
    extension.write_text("3")
    assert len({before, changed, version()}) == 3


def test_what_a_page_and_its_kernel_say_is_packed(server: Server, opened: tuple[str, dict[str, str]]) -> None:
    page, cookies = opened
    kernel = re.search(r'"kernelId": "([\w-]+)"', page)[1]
    here = f"localhost:{server.port}"
    lines = [
        f"GET /api/kernels/{kernel}/channels?session_id=a HTTP/1.1",
        *(f"Host: {here}", f"Origin: http://{here}", "Upgrade: websocket", "Connection: Upgrade"),
        f"Sec-WebSocket-Key: {base64.b64encode(b'a' * 16).decode()}",
        *("Sec-WebSocket-Version: 13", "Sec-WebSocket-Extensions: permessage-deflate"),
        "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org",
        "Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()),
    ]
    with socket.create_connection(("localhost", server.port), timeout=60) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        told = line.recv(4_096).decode("latin-1")
    assert told.startswith("HTTP/1.1 101")
    assert "Sec-Websocket-Extensions: permessage-deflate" in told
