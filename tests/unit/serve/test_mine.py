"""Your work here: taken along, brought to another device, forgotten, erased; and nobody else's, ever."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from casework.activity.events import Event
from casework.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from conftest import Answer, Server, Visitor

PAGE = "voila/render/en/goodbye.ipynb"
WROTE = "the yellow raincoat nobody fetched"
CODE = re.compile(r"<strong>([A-Z0-9]{4}-[A-Z0-9]{4})</strong>")
SHARED = re.compile(r"&lt;([^&]*)&gt;")


def press(visitor: Visitor, path: str, **body: str) -> Answer:
    """Press a button of one of these pages."""
    visitor.get("come-back")
    return visitor.post(path, _xsrf=visitor.cookies["_xsrf"], **body)


def somebody(server: Server, *texts: str) -> Visitor:
    """Return somebody who has written here, one version after the other."""
    visitor = server.visitor()
    press(visitor, "welcome-back", who="other")
    with closing(open_store(server.store_url)) as store:
        visit = store.record_visit(learner(server, visitor))
        run = store.open_run(visit, "goodbye")
        for number, text in enumerate(texts):
            body = {"prompt": "notice", "perspective": "", "text": text}
            at = datetime.now(UTC) - timedelta(hours=number)  # the clock runs backwards
            store.append(visit, run, Event(f"{visit.id}{number}", "write", "a-case", at, body))
    return visitor


def learner(server: Server, visitor: Visitor) -> str:
    with closing(open_store(server.store_url)) as store:
        return store.find_device(visitor.cookies["casework-device"]).learner_id


def a_code(visitor: Visitor) -> str:
    return CODE.search(press(visitor, "mine/code").text)[1]


@pytest.fixture(scope="module")
def own_server(workbooks: Path, tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Server]) -> Server:
    """Serve for these tests alone: they lock addresses out."""
    return start(workbooks, tmp_path_factory.mktemp("own"))


@pytest.fixture
def writer(own_server: Server) -> Visitor:
    """Somebody who has written something and written it over."""
    return somebody(own_server, "first " + WROTE, "then " + WROTE)


@pytest.fixture
def stranger(own_server: Server) -> Visitor:
    """A device that was never here."""
    return own_server.visitor()


@pytest.mark.parametrize("path", ["mine", "mine/clear", "mine/delete", "mine/everything.html", "mine/everything.json"])
def test_makes_nobody_of_someone_who_only_looks(stranger: Visitor, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status == 200
    assert "Nothing of yours is known on this device yet" in answer.text
    assert not [cookie for cookie in answer.cookies if cookie.startswith("casework-")]


def test_says_what_is_kept_and_where_one_has_been(writer: Visitor) -> None:
    page = writer.get("mine").text
    assert "Only you can see it, until you share something yourself" in page
    assert '<a lang="en" href="/voila/render/en/goodbye.ipynb">The first goodbye</a>' in page
    assert '<html lang="es">' in writer.get("mine?language=es").text
    assert "<script" not in page
    assert WROTE not in page


def test_is_linked_from_the_foot_of_the_gallery_and_from_the_head_of_a_workbook(writer: Visitor) -> None:
    assert 'href="/mine?language=en"' in writer.get().text
    assert 'href="/mine?language=en"' in writer.get(PAGE).text.split("</header>")[0]


@pytest.mark.parametrize("path", ["mine", "mine/clear", "mine/delete", "mine/everything.html", "mine/everything.json"])
def test_asks_who_is_back_before_it_shows_anything(writer: Visitor, path: str) -> None:
    del writer.cookies["casework-here"]
    answer = writer.get(path)
    assert (answer.status, answer.headers["Location"]) == (302, "/welcome-back?next=/mine&language=en")
    writer.ask("GET", answer.headers["Location"])
    on = press(writer, "welcome-back", who="same", next="/mine", language="es")
    assert (on.status, on.headers["Location"]) == (303, "/mine?language=es")
    assert writer.get("mine").status == 200


@pytest.mark.parametrize("path", ["mine/code", "mine/clear", "mine/delete", "mine/shared-computer", "come-back"])
def test_takes_no_form_from_another_site(writer: Visitor, path: str) -> None:
    assert writer.post(path, code="x").status == 403
    assert writer.get("mine").status == 200


@pytest.mark.parametrize("path", ["mine/code", "mine/delete", "mine/shared-computer"])
def test_changes_nothing_before_whoever_is_back_was_asked(own_server: Server, writer: Visitor, path: str) -> None:
    del writer.cookies["casework-here"]
    assert press(writer, path).status == 302
    with closing(open_store(own_server.store_url)) as store:
        assert store.has_work(learner(own_server, writer))


def test_brings_ones_work_to_another_device(own_server: Server, writer: Visitor, stranger: Visitor) -> None:
    code = a_code(writer)
    answer = press(stranger, "come-back", code=f" {code.lower().replace('-', ' ')} ")
    assert (answer.status, answer.headers["Location"]) == (303, "/mine?back&language=en")
    assert stranger.cookies["casework-device"] != writer.cookies["casework-device"]
    assert learner(own_server, stranger) == learner(own_server, writer)
    page = stranger.ask("GET", answer.headers["Location"]).text
    assert "This device goes on with your work now" in page
    assert WROTE in stranger.get("mine/everything.html").text


def test_shows_a_code_only_once(writer: Visitor) -> None:
    code = a_code(writer)
    assert code not in writer.get("mine").text
    assert writer.get("mine/code").status == 302
    assert a_code(writer) != code


def test_tells_whoever_enters_a_code_that_somebody_wrote_here_before(writer: Visitor, stranger: Visitor) -> None:
    assert "Somebody has written on this device already" in writer.get("come-back").text
    assert "Somebody has written on this device already" not in stranger.get("come-back").text


@pytest.fixture
def guesses(own_server: Server) -> Iterator[sqlite3.Connection]:
    """Open the store of a server that remembers no guess, and in the end forgets those of the test."""
    with closing(sqlite3.connect(own_server.store_url.removeprefix("sqlite:///"))) as store:
        with store:
            store.execute("DELETE FROM guesses")
        yield store
        with store:
            store.execute("DELETE FROM guesses")


def test_slows_guessing_then_rests_without_a_hint_whether_a_code_is_right(
    own_server: Server, stranger: Visitor, guesses: sqlite3.Connection
) -> None:
    code = a_code(somebody(own_server, WROTE))
    wrong = [press(stranger, "come-back", code="AAAA-AAAA") for _ in range(5)]
    assert {answer.status for answer in wrong} == {200}
    assert all("Nothing can be opened with this code" in answer.text for answer in wrong)
    assert 'aria-describedby="problem code-note" aria-invalid="true"' in wrong[0].text
    slowed = [press(stranger, "come-back", code=each) for each in ("AAAA-AAAA", code)]
    assert [answer.status for answer in slowed] == [429, 429]
    assert re.search(r"Try again in \d seconds", slowed[1].text)
    assert "casework-device" not in stranger.cookies
    with guesses:
        guesses.execute("UPDATE guesses SET wrong = 20")
    locked = press(stranger, "come-back", code=code, language="es")
    assert re.search(r"Vuelva a intentarlo en (59|60) minutos", locked.text)
    assert 3500 < int(locked.headers["Retry-After"]) <= 3600


def test_asks_for_a_code_where_none_was_entered(stranger: Visitor) -> None:
    assert "Enter the code first." in press(stranger, "come-back", code=" ").text


def test_gives_everything_with_earlier_versions_to_its_author(own_server: Server, writer: Visitor) -> None:
    other = somebody(own_server, "what somebody else wrote")
    page = writer.get("mine/everything.html")
    assert re.search(r'attachment; filename="casework-[\d-]+.html"', page.headers["Content-Disposition"])
    assert page.text.index("then " + WROTE) < page.text.index("Earlier:") < page.text.index("first " + WROTE)
    assert "somebody else" not in page.text
    own = json.loads(writer.get("mine/everything.json").text)
    assert [event["body"]["text"] for event in own["runs"][0]["events"]] == ["first " + WROTE, "then " + WROTE]
    assert WROTE not in other.get("mine/everything.json").text


def test_writes_words_into_the_page_as_words(own_server: Server) -> None:
    page = somebody(own_server, "<script>alert(1)</script>").get("mine/everything.html").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_forgets_a_device_and_keeps_the_work_under_its_code(own_server: Server, writer: Visitor) -> None:
    code, before = a_code(writer), learner(own_server, writer)
    token = writer.cookies["casework-device"]
    assert "Only your code leads back to it" in writer.get("mine/clear").text
    answer = press(writer, "mine/clear")
    assert "This device is cleared" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.headers["Content-Security-Policy"].endswith("script-src 'self'")
    assert {cookie.partition("=")[0] for cookie in answer.cookies} >= {"casework-device", "casework-here"}
    with closing(open_store(own_server.store_url)) as store:
        assert store.find_device(token) is None
    again = own_server.visitor()
    press(again, "come-back", code=code)
    assert learner(own_server, again) == before


def test_erases_everything_and_begins_as_someone_new(own_server: Server, writer: Visitor, tmp_path: Path) -> None:
    with closing(open_store(own_server.store_url)) as store:
        store.backup(tmp_path / "autumn.sqlite")
    page = writer.get("mine/delete").text
    assert "This cannot be undone" in page
    assert "The first goodbye" in page
    answer = press(writer, "mine/delete")
    assert "Your work is deleted" in answer.text
    assert "<li>autumn.sqlite</li>" in answer.text
    assert str(tmp_path) not in answer.text
    assert not writer.cookies["casework-device"]
    assert "Nothing of yours is known" in writer.get("mine").text


def test_leaves_no_trace_of_a_person_on_a_shared_computer(own_server: Server, writer: Visitor) -> None:
    answer = press(writer, "mine/shared-computer")
    assert "Nothing of you will stay here" in answer.text
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.cookies}
    for name in ("casework-device", "casework-here", "casework-shared"):
        assert "HttpOnly" in cookies[name]
        assert "SameSite=Lax" in cookies[name]
        assert not re.search("max-age|expires", cookies[name], re.IGNORECASE)
    assert 'src="/casework/static/forget.js?' in answer.text
    assert "when the browser closes, it forgets you" in writer.get("mine").text
    other = press(writer, "welcome-back", who="other")
    assert not any(re.search("max-age|expires", cookie, re.IGNORECASE) for cookie in other.cookies)
    back = press(writer, "come-back", code=a_code(somebody(own_server, WROTE)))
    assert not any(re.search("max-age|expires", cookie, re.IGNORECASE) for cookie in back.cookies)


def test_begins_as_someone_new_on_a_shared_computer(own_server: Server, writer: Visitor) -> None:
    before = learner(own_server, writer)
    answer = press(writer, "welcome-back", who="shared", next=f"/{PAGE}")
    assert f'href="/{PAGE}">Go on</a>' in answer.text
    assert learner(own_server, writer) != before
    writer.cookies = {}  # the browser closed
    writer.get(PAGE)
    assert "casework-shared" not in writer.cookies


def test_tells_the_kernel_of_a_shared_computer_and_no_other(own_server: Server) -> None:
    visitor = own_server.visitor()
    assert SHARED.findall(visitor.get(PAGE).text)[3:] == ["None"]
    press(visitor, "mine/shared-computer")
    assert SHARED.findall(visitor.get(PAGE).text)[3:] == ["1"]


def test_says_calmly_that_the_store_does_not_answer(
    own_server: Server, lost: Callable[[Server, str], AbstractContextManager[None]]
) -> None:
    visitor = somebody(own_server, WROTE)
    paths = ("mine", "mine/delete", "mine/clear", "mine/everything.json", "come-back")
    with lost(own_server, "devices"):
        answers = [visitor.get(path) for path in paths]
    assert [answer.status for answer in answers] == [503] * len(paths)
    assert all("The workbook stays closed for now" in answer.text for answer in answers)


def test_logs_no_code_no_cookie_and_nobodys_words(
    workbooks: Path, tmp_path: Path, start: Callable[..., Server]
) -> None:
    server = start(workbooks, tmp_path, talkative=True)
    writer = somebody(server, WROTE)
    code, stranger = a_code(writer), server.visitor()
    press(stranger, "come-back", code="WRNG-CODE")
    press(stranger, "come-back", code=code)
    stranger.post("come-back", code=code)  # without its origin
    stranger.get(f"mine?code={code}")
    stranger.get(f"come-back?code={code}")
    for path in ("mine", "mine/everything.html", "mine/everything.json", "mine/clear", "mine/delete", PAGE):
        writer.get(path)
    tokens = [visitor.cookies["casework-device"] for visitor in (writer, stranger)]
    press(stranger, "mine/shared-computer")
    press(stranger, "mine/clear")
    press(writer, "mine/delete")
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as db, db:
        db.execute("ALTER TABLE codes RENAME TO lost")
    press(server.visitor(), "come-back", code=code)
    server.hear("could not be used")  # so the log does speak
    server.stop()
    said = "".join(server.all_lines())
    assert "DEBUG" in said
    for secret in (code, code.replace("-", ""), "WRNG", quote(code), WROTE, *tokens, writer.cookies["_xsrf"]):
        assert secret not in said
