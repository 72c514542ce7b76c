from __future__ import annotations

import re
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from casework.activity.events import Event
from casework.serve.settings import cookie_secret, workbook_policy
from casework.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Server, Visitor

PAGE = "voila/render/en/goodbye.ipynb"
WHO = re.compile(r"&lt;([^&]*)&gt; &lt;([^&]*)&gt; &lt;([^&]*)&gt;")


def write_something(server: Server, visitor: Visitor) -> None:
    """Leave an event behind, as the kernel of a visitor's page would."""
    with closing(open_store(server.store_url)) as store:
        device = store.find_device(visitor.cookies["casework-device"])
        visit = store.record_visit(device.learner_id)
        run = store.open_run(visit, "goodbye")
        now = datetime.now(UTC)
        store.append(visit, run, Event(visit.id, "write", "goodbye", now, {"text": "a"}))


@pytest.fixture
def returning(server: Server) -> Visitor:
    """Someone who wrote here, and comes back after closing the browser."""
    visitor = server.visitor()
    visitor.post("welcome-back", who="other", _xsrf=xsrf(visitor))
    write_something(server, visitor)
    del visitor.cookies["casework-here"]
    return visitor


def xsrf(visitor: Visitor) -> str:
    page = visitor.get("welcome-back").text
    return re.search(r'name="_xsrf" value="([^"]+)"', page)[1]


def test_gives_each_kernel_the_visit_of_its_page(server: Server) -> None:
    visitors = [server.visitor(), server.visitor()]
    with ThreadPoolExecutor(2) as pool:
        pages = [answer.text for answer in pool.map(lambda each: each.get(PAGE), visitors)]
    said = [WHO.search(page).groups() for page in pages]
    assert said[0][0] != said[1][0]
    with closing(open_store(server.store_url)) as store:
        for (visit_id, owner, url), visitor in zip(said, visitors, strict=True):
            device = store.find_device(visitor.cookies["casework-device"])
            assert store.find_visit(visit_id).learner_id == device.learner_id
            assert (owner, url) == ("None", server.store_url)


def test_knows_a_device_again(server: Server, visitor: Visitor) -> None:
    visitor.get(PAGE)
    again = visitor.get(PAGE)
    assert again.status == 200
    assert not [cookie for cookie in again.cookies if cookie.startswith("casework-")]
    with closing(open_store(server.store_url)) as store:
        device = store.find_device(visitor.cookies["casework-device"])
        assert store.find_visit(WHO.search(again.text)[1]).learner_id == device.learner_id


def test_keeps_its_cookies_from_scripts_and_from_other_sites(visitor: Visitor) -> None:
    cookies = {cookie.split("=")[0]: cookie for cookie in visitor.get(PAGE).cookies}
    for name in ("casework-device", "casework-here"):
        assert "HttpOnly" in cookies[name]
        assert "SameSite=Lax" in cookies[name]
        assert "Path=/" in cookies[name]
        assert "Secure" not in cookies[name]
    assert "Max-Age=31536000" in cookies["casework-device"]
    assert "Max-Age" not in cookies["casework-here"]
    assert "expires" not in cookies["casework-here"].lower()


def test_sends_its_cookies_over_https_only_where_there_is_https(visitor: Visitor) -> None:
    token = xsrf(visitor)
    answer = visitor.ask("POST", "/welcome-back", {"who": "other", "_xsrf": token}, {"X-Forwarded-Proto": "https"})
    new = visitor.server.visitor()
    first = [new.ask("GET", f"/{path}", headers={"X-Forwarded-Proto": "https"}) for path in ("welcome-back", PAGE)]
    assert {cookie.partition("=")[0] for each in first for cookie in each.cookies} == {
        "_xsrf",
        "casework-device",
        "casework-here",
    }
    assert all("Secure" in cookie for each in [answer, *first] for cookie in each.cookies)


def test_shows_a_page_that_asks_no_other_server(visitor: Visitor) -> None:
    answer = visitor.get("voila/render/es/goodbye.ipynb?theme=dark")
    assert answer.status == 200
    assert '<html lang="es" data-theme="dark">' in answer.text
    assert "<title>La primera despedida</title>" in answer.text
    assert "Abriendo el cuaderno…" in answer.text
    assert '<main class="cw-main cw-workbook-main" id="main"' in answer.text
    assert not re.search(r"https?://(?!localhost)", answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert policy == workbook_policy(f"localhost:{visitor.server.port}")
    assert f"connect-src 'self' ws://localhost:{visitor.server.port} " in policy
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_takes_no_policy_from_a_forged_host() -> None:
    assert "evil" not in workbook_policy("evil; script-src *")


def test_ignores_a_theme_it_does_not_know(visitor: Visitor) -> None:
    page = visitor.get('voila/render/es/goodbye.ipynb?theme="><script>x</script>&template=reveal'.replace(" ", "")).text
    assert '<html lang="es">' in page
    assert "<script>x</script>" not in page


def test_says_calmly_that_a_cell_failed(server: Server, visitor: Visitor) -> None:
    page = visitor.get("voila/render/en/failing.ipynb").text
    assert "This part of the page could not be opened." in page
    assert "ValueError" not in page
    assert "Traceback" not in page
    assert "somebody wrote" not in server.hear("en/failing.ipynb: a cell could not be run: ValueError")


def test_opens_a_notebook_that_names_no_kernel(visitor: Visitor) -> None:
    assert "Nothing but words." in visitor.get("voila/render/en/nameless.ipynb").text


def test_says_calmly_that_a_notebook_is_broken(visitor: Visitor) -> None:
    answer = visitor.get("voila/render/en/broken.ipynb")
    assert answer.status == 500
    assert "This workbook cannot be opened" in answer.text
    assert "{ this is no notebook" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["en/missing.ipynb", "../outside/x.ipynb", "%2e%2e%2fx.ipynb", "cases/case.yaml", "en", "", "en%5cgoodbye.ipynb"],
)
def test_starts_nothing_for_a_page_that_is_not_there(server: Server, visitor: Visitor, path: str) -> None:
    before = len(server.kernels())
    answer = visitor.get(f"voila/render/{path}")
    assert answer.status == 404
    assert "There is no page here" in answer.text
    assert answer.cookies == []
    assert len(server.kernels()) <= before


def test_starts_nothing_for_someone_who_asks_for_the_head_only(server: Server, visitor: Visitor) -> None:
    before = len(server.kernels())
    assert visitor.ask("HEAD", f"/{PAGE}").status == 200
    assert visitor.ask("HEAD", "/voila/render/en/missing.ipynb").status == 404
    assert visitor.cookies == {}
    assert len(server.kernels()) <= before


def test_asks_who_is_back_before_any_kernel_starts(server: Server, returning: Visitor) -> None:
    before = len(server.kernels())
    answer = returning.get(f"{PAGE}?theme=dark")
    assert answer.status == 302
    assert answer.headers["Location"] == f"/welcome-back?next={quote(f'/{PAGE}?theme=dark', safe='')}"
    page = returning.ask("GET", answer.headers["Location"]).text
    assert "Welcome back" in page
    assert f'name="next" value="/{PAGE}?theme=dark"' in page
    assert len(server.kernels()) <= before


def test_lets_the_same_person_continue(returning: Visitor) -> None:
    device = returning.cookies["casework-device"]
    answer = returning.post("welcome-back", who="same", next=f"/{PAGE}", _xsrf=xsrf(returning))
    assert (answer.status, answer.headers["Location"]) == (303, f"/{PAGE}")
    assert returning.cookies["casework-device"] == device
    assert returning.cookies["casework-here"] == "1"


def test_gives_someone_else_empty_pages(server: Server, returning: Visitor) -> None:
    device = returning.cookies["casework-device"]
    returning.post("welcome-back", who="other", next=f"/{PAGE}", _xsrf=xsrf(returning))
    assert returning.cookies["casework-device"] != device
    with closing(open_store(server.store_url)) as store:
        new = store.find_device(returning.cookies["casework-device"])
        assert new.learner_id != store.find_device(device).learner_id
        assert not store.has_work(new.learner_id)


def test_refuses_an_answer_from_another_site(returning: Visitor) -> None:
    assert returning.post("welcome-back", who="other", next=f"/{PAGE}").status == 403
    assert "casework-here" not in returning.cookies


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/voila/render/en/goodbye.ipynb",
        "//evil.example/voila/render/en/goodbye.ipynb",
        "/\\evil.example",
        "\\\\evil.example",
        "/voila/render/../../en/goodbye.ipynb",
        "/voila/render//evil.example/goodbye.ipynb",
        "javascript:alert(1)//en/goodbye.ipynb",
        "/voila/render/en/missing.ipynb",
        "http:en/goodbye.ipynb",
        "//[",
        "",
    ],
)
def test_goes_nowhere_but_to_a_workbook(returning: Visitor, target: str) -> None:
    answer = returning.post("welcome-back", who="same", next=target, _xsrf=xsrf(returning))
    assert (answer.status, answer.headers.get("Location")) == (303, "/")


def test_asks_in_the_language_of_the_workbook(returning: Visitor) -> None:
    assert '<html lang="es">' in returning.get(f"welcome-back?next={quote('/voila/render/es/goodbye.ipynb')}").text


def test_ends_the_kernel_of_a_page_that_closes(
    server: Server, visitor: Visitor, until: Callable[[Callable[[], bool], str], None]
) -> None:
    kernel = re.search(r'"kernelId": "([\w-]+)"', visitor.get(PAGE).text)[1]
    assert visitor.post(f"voila/api/shutdown/{kernel}").status == 403
    assert visitor.post(f"voila/api/shutdown/{kernel}", _xsrf=visitor.cookies["_xsrf"]).status == 204
    assert visitor.post(f"voila/api/shutdown/{kernel}", _xsrf=visitor.cookies["_xsrf"]).status == 404
    until(lambda: f"kernel {kernel[:8]}" not in {each.name() for each in server.kernels()}, "its kernel lives on")


def test_ends_the_kernel_of_a_page_that_closes_while_it_opens(
    server: Server, until: Callable[[Callable[[], bool], str], None]
) -> None:
    def slow() -> list[int]:
        return [each.pid for each in server.kernels() if each.pid not in before]

    before = {each.pid for each in server.kernels()}
    with socket.create_connection(("localhost", server.port)) as page:
        page.sendall(b"GET /voila/render/en/slow.ipynb HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: bool(slow()), "no kernel started")
    until(lambda: not slow(), "its kernel lives on")
    assert server.visitor().get().status == 200
    assert not any("slow" in line or "Traceback" in line for line in server.all_lines())


def test_keeps_one_secret_that_only_its_owner_can_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'store.sqlite'}"
    secret = cookie_secret(url)
    assert len(secret) == 32
    assert cookie_secret(url) == secret
    path = tmp_path / "data" / "cookie-secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"cut")
    assert len(cookie_secret(url)) == 32


def test_knows_a_device_after_a_restart_and_under_a_base_url(
    workbooks: Path, tmp_path: Path, start: Callable[..., Server]
) -> None:
    first = start(workbooks, tmp_path, "/some/base/")
    visitor = first.visitor()
    page = visitor.get("voila/render/en/goodbye.ipynb").text
    assert '"baseUrl": "/some/base/"' in page
    assert '<header class="cw-top"><a href="/some/base/">' in page
    kernels = first.kernels()
    assert kernels
    assert first.stop() == 0
    assert not any(each.is_running() for each in kernels)
    second = start(workbooks, tmp_path, "/some/base/")
    visitor.server = second
    again = visitor.get("voila/render/en/goodbye.ipynb")
    second.stop()
    assert again.status == 200
    assert not [cookie for cookie in again.cookies if cookie.startswith("casework-")]
