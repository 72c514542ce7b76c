"""A hostile client tries what docs/security.md lists against one running server, and gets nowhere.

What it tries in rooms is in test_rooms_safety.py and test_rooms_limits.py, with codes in test_mine.py.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import AsyncExitStack, closing, suppress
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from attacked import PAGE, OpenPage, Running, attacked, closed, frame, message, opened
from casework.serve import mine
from casework.serve.kernel_doors import AT_ONCE, SOCKETS
from casework.serve.rooms import leading
from casework.store import Visit, open_store
from hall import played

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = "\"'><script>alert(1)</script>"
"""Ends whatever it stands in, if it stands there raw."""


@pytest.fixture(scope="module")
def server(small_files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with attacked(tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("data"), small_files) as running:
        yield running


@pytest.fixture(scope="module")
def page(server: Running) -> OpenPage:
    """Return the page of somebody who has opened the workbook."""
    return opened(server)


# -- code


FORBIDDEN = {
    "execute_request": {"silent": False},
    "inspect_request": {"cursor_pos": 1},
    "complete_request": {"cursor_pos": 1},
    "is_complete_request": {},
    "history_request": {"hist_access_type": "tail", "n": 10},
    "input_reply": {},
    "debug_request": {"command": "evaluate"},
    "create_subshell_request": {},
    "usage_request": {},
}


@pytest.mark.parametrize("channel", ["shell", "control"])
@played
async def test_no_code_runs_that_a_page_sends_to_its_own_kernel(page, channel):
    trace = page.server.data / f"trace-{channel}"
    code = f"open({str(trace)!r}, 'w')"
    async with page.socket(page.owner) as socket:
        for kind, content in FORBIDDEN.items():
            told = message(kind, code=code, value=code, user_expressions={"x": code}, **content)
            await socket.write_message(frame(told, channel), binary=True)
            allowed = json.dumps({**told["header"], "msg_type": "comm_msg"})
            twice = allowed[:-1] + f', "msg_type": "{kind}"' + "}"  # two kinds in one header
            parts = [twice.encode(), b"{}", b"{}", json.dumps(told["content"]).encode()]
            await socket.write_message(serialize_msg_to_ws_v1(parts, channel), binary=True)
        heard = {*await page.hears(socket), *await page.hears(socket, "control"), *await page.hears(socket)}

    assert heard <= {"status", "kernel_info_reply", "comm_msg", "comm_open", "comm_close"}
    assert not trace.exists()


@played
async def test_what_a_page_tells_a_widget_gives_it_no_right(page):
    opening = message("comm_open", comm_id="d" * 32, target_name="no such target", data={})
    messages = [
        {"method": "custom", "content": {"id": "a" * 32, "do": "reveal", "form": "notice"}},
        {"method": "custom", "content": {"id": "b" * 32, "do": "lead", "role": "trainer", "visit": "x"}},
        {"method": "custom", "content": {"id": "c" * 32, "do": "share", "form": "notice", "audience": "group_named"}},
        {"method": "custom", "content": "no message"},
        {"method": "update", "state": {"state": {"role": "trainer"}, "content": {"group": True}, "_esm": "alert(1)"}},
        {"method": "custom", "content": {"id": "e" * 32, "do": "start", "role": "trainer", "learner": "f" * 32}},
    ]
    async with page.socket(page.owner) as socket:
        await socket.write_message(frame(opening), binary=True)
        for data in messages:
            await socket.write_message(frame(message("comm_msg", comm_id=page.model, data=data)), binary=True)
        await page.hears(socket)

    with closing(open_store(f"sqlite:///{page.server.data / 'store.sqlite'}")) as store:
        visit = Visit("", store.find_device(page.owner.cookies["casework-device"]).learner_id)
        events = [event for _, event in store.events(visit, store.find_own_run(visit, "small"))]
    assert [(event.kind, event.id) for event in events if event.id != "e" * 32] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "api/kernels"),
        ("POST", "api/kernels"),
        ("GET", "api/sessions"),
        ("GET", "api/contents"),
        ("GET", "api/contents/en/small.ipynb"),
        ("GET", "api/terminals"),
        ("GET", "api/kernelspecs"),
        ("GET", "api/config/x"),
        ("GET", "api/status"),
        ("GET", "api/me"),
        ("GET", "terminals/websocket/1"),
        ("GET", "files/en/small.ipynb"),
        ("GET", "nbconvert/html/en/small.ipynb"),
        ("GET", "notebooks/en/small.ipynb"),
        ("GET", "tree"),
        ("GET", "lab"),
        ("GET", "voila/tree"),
        ("GET", "voila/api/contents/en"),
        ("GET", "voila/query/x-x-x-x-x"),
        ("GET", "metrics"),
    ],
)
@played
async def test_nothing_of_jupyter_is_there_that_a_page_does_not_need(server, method, path):
    visitor = server.guest()
    await visitor.ask("GET", "come-back")

    body = {"_xsrf": visitor.cookies["_xsrf"]} if method == "POST" else None

    assert (await visitor.ask(method, path, body)).code in {403, 404, 405}


# -- other people's answers


@played
async def test_nobody_reaches_the_kernel_of_anybody_else(page):
    mallory = page.server.guest()
    await mallory.ask("GET", PAGE)
    await mallory.ask("GET", "come-back")
    trainer = await page.server.trainer()
    token = {"_xsrf": mallory.cookies["_xsrf"]}

    for who in (page.server.guest(), mallory, trainer):
        with pytest.raises(HTTPClientError, match="404"):
            await page.socket(who).__aenter__()
        assert (await who.ask("GET", f"api/kernels/{page.kernel}")).code == 404
    deleting = await mallory.ask("DELETE", f"api/kernels/{page.kernel}", headers={"X-XSRFToken": token["_xsrf"]})
    ending = await mallory.ask("POST", f"voila/api/shutdown/{page.kernel}", token)

    assert [deleting.code, ending.code] == [404, 404]
    assert await page.is_well()


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1:1", "file://"])
@played
async def test_a_page_of_another_site_reaches_no_kernel(page, origin):
    with pytest.raises(HTTPClientError, match="403"):
        await page.socket(page.owner, origin).__aenter__()


@pytest.mark.parametrize("told", [("no-cors", "image"), ("navigate", "iframe"), ("no-cors", "empty")])
@played
async def test_a_page_of_another_site_opens_no_workbook_within_itself(server, told):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": told[0], "Sec-Fetch-Dest": told[1]}

    answer = await server.guest().ask("GET", PAGE, headers=headers)

    assert answer.code == 403


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "../store", "' OR 1=1 --", "é"])
@played
async def test_a_device_that_was_made_up_is_nobodys(server, cookie):
    told = f"Cookie: casework-device={quote(cookie)}; casework-here=1\r\n"

    mine = await server.ask("/mine", headers=told)
    everything = await server.ask("/mine/everything.json", headers=told)

    assert b"Nothing of yours is known" in mine
    assert b'"runs"' not in everything


# -- paths

MOUNTS = [
    "/voila/files/",
    "/casework/static/",
    "/voila/static/",
    "/voila/v0/static/",
    "/voila/v0/labextensions/",
    "/voila/templates/",
    "/voila/render/",
    "/voila/api/themes/",
    "/casework/words/",
]
CLIMBS = [
    *("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "%252e%252e%252f", "....//"),
    *("/", "%00", "cases/../", "~root/"),
]
TARGETS = ["cases/small.yaml", "en/small.ipynb", "data/store.sqlite", "data/cookie-secret", "etc/passwd", ".env"]


@pytest.mark.parametrize("mount", MOUNTS)
@played
async def test_no_path_leads_to_a_file_that_is_not_served(server, mount):
    up = [climb * times for climb in CLIMBS for times in (1, 6)]
    paths = [f"{mount}{start}{target}" for start in ["", *up] for target in TARGETS]
    paths += [f"{mount}..%2f{quote(str(server.data / name)[1:])}" for name in ("store.sqlite", "cookie-secret")]
    paths += [f"{mount}/{server.data / 'store.sqlite'}", f"{mount}{server.folder / 'cases/small.yaml'}"]
    secrets = (b"A small case", b"SQLite format", b"root:", (server.data / "cookie-secret").read_bytes(), b"nbformat")

    for path in paths:
        if mount != "/voila/render/" or not path.endswith("en/small.ipynb"):
            answer = await server.ask(path)
            assert not any(each in answer for each in secrets), path
            assert b" 500 " not in answer[:20], path
    assert b"a picture" in await server.ask("/voila/files/cases/door.png")


# -- markup


@played
async def test_what_people_write_is_words_and_never_markup(server):
    trainer = await server.trainer()
    room = await server.room(trainer, SCRIPT)
    learner, other = server.guest(), server.guest()
    await learner.join(room["code"], SCRIPT)
    await other.ask("GET", "come-back")
    token = {"_xsrf": other.cookies["_xsrf"]}
    told = quote(SCRIPT)

    pages = [
        await learner.ask("GET", f"join/{room['code']}"),
        await learner.ask("GET", f"room/{room['code']}"),
        await learner.ask("GET", f"room/{room['code']}/mine"),
        await learner.ask("GET", "mine/everything.html"),
        await other.ask("GET", f"join/{room['code']}"),
        await other.ask("GET", f"screen/{room['code']}?language={told}"),
        await other.ask("GET", f"join/{told[:40]}"),
        await other.ask("GET", f"voila/render/{told}"),
        await other.ask("GET", f"mine?language={told}&next={told}"),
        await other.ask("GET", f"welcome-back?next={told}&language={told}"),
        await other.ask("GET", f"lead/{told}"),
        await other.ask("POST", "join", {**token, "code": SCRIPT, "language": SCRIPT}),
        await other.ask("POST", "come-back", {**token, "code": SCRIPT, "language": SCRIPT}),
        await other.ask("POST", "welcome-back", {**token, "who": SCRIPT, "next": SCRIPT}),
        await other.ask("GET", f"{PAGE}x?theme={told}&{told}={told}", {"Accept-Language": SCRIPT}.get("body")),
    ]

    for each in pages:
        assert b"<script>alert" not in each.body, each.request.url
        assert SCRIPT not in str(each.headers.get("Location")), each.request.url
    assert escape(SCRIPT).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in pages[4].body.decode()
    desk = await trainer.ask("GET", "group/desk")
    assert desk.headers["Content-Type"].startswith("application/json")


@played
async def test_a_workbook_shows_no_markup_of_its_address(page):
    told = quote(SCRIPT)
    visitor = page.server.guest()

    answer = await visitor.ask("GET", f"{PAGE}?theme={told}&token={told}&{told}={told}")

    assert answer.code == 200
    assert b"<script>alert" not in answer.body


# -- forms


def forms() -> list[str]:
    """Return every address that takes a form."""
    handlers = [*mine.HANDLERS, *leading.HANDLERS]
    found = [path for path, handler in handlers if "post" in vars(handler)]
    return [*(re.sub(r"\([^)]*\)", "f" * 32, path).replace("/?", "") for path in found), "welcome-back"]


@pytest.mark.parametrize("path", [*forms(), "voila/api/shutdown/x-x-x-x-x"])
@played
async def test_no_form_is_taken_from_another_site(server, path):
    trainer = await server.trainer()  # who may do everything
    await trainer.ask("GET", "come-back")

    without = await trainer.ask("POST", path, {"who": "other"})
    made_up = await trainer.ask("POST", path, {"_xsrf": "2|00000000|" + "0" * 32 + "|1700000000"})

    assert [without.code, made_up.code] == [403, 403]


# -- too much, and nonsense


def claims(count: int) -> bytes:
    return count.to_bytes(8, "little") + b"\0" * 64


@pytest.mark.parametrize(
    "told",
    [
        claims(2**63),
        claims(2**40),
        claims(0),
        claims(6),
        b"",
        b"\xff" * 8,
        b"\xff" * 200,
        b"x" * (1 << 21),
        "{}",
        "[" * 100_000,
        json.dumps({**message("execute_request", code="1"), "channel": "shell"}),
        frame(message("comm_msg"), "stdin"),
        frame(message("comm_msg"), "nowhere"),
        frame({**message("x"), "header": []}),
        frame({**message("x"), "header": {"msg_type": ["execute_request"]}}),
    ],
    ids=range(15),
)
@played
async def test_a_frame_that_is_no_message_closes_its_socket_and_harms_nobody(page, told):
    async with page.socket(page.owner) as socket:
        await socket.write_message(told, binary=isinstance(told, bytes))
        await closed(socket)

    assert await page.server.answers()
    assert await page.is_well()


@played
async def test_the_older_way_to_wrap_messages_is_not_spoken(page):
    with pytest.raises(HTTPClientError, match="400"):
        await page.socket(page.owner, protocol="nothing").__aenter__()


@played
async def test_a_page_has_no_more_sockets_than_it_may(page):
    async with AsyncExitStack() as sockets:
        for _ in range(SOCKETS):
            await sockets.enter_async_context(page.socket(page.owner))
        with pytest.raises(HTTPClientError, match="429"):
            await page.socket(page.owner).__aenter__()

    assert await page.is_well()


@played
async def test_a_page_that_floods_its_kernel_is_cut_off(page):
    ignored = frame(message("execute_request", code="1"))

    async with page.socket(page.owner) as socket:
        with suppress(WebSocketClosedError):
            for _ in range(AT_ONCE * 2):
                await socket.write_message(ignored, binary=True)
        await closed(socket)

    assert socket.close_code == 1008
    assert await page.is_well()


@played
async def test_a_request_that_is_too_long_is_not_kept(server):
    length = 50_000_000

    long_body = await server.ask("/come-back", "POST", f"Content-Length: {length}\r\n", b"x" * 100_000)
    long_head = await server.ask("/", headers=f"X-Long: {'x' * 200_000}\r\n")
    no_http = await server.ask("/\r\n\x00\xff", "\x16\x03\x01")

    assert not long_body.startswith(b"HTTP/1.1 200")
    assert not long_head.startswith(b"HTTP/1.1 200")
    assert not no_http.startswith(b"HTTP/1.1 200")
    assert await server.answers()


@played
async def test_many_connections_that_say_nothing_keep_nobody_out(server):
    held = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(200)]
    for _, writer in held:
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
    try:
        assert await server.answers()
    finally:
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
