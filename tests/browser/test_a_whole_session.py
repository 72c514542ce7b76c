"""A whole session of The first goodbye: a trainer, a screen, twelve people, and all that goes wrong in a room."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
import websocket
from group import WALK, Desk, Phone, Somebody, on_time, texts, write_session
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from conftest import Server, Watch

pytestmark = pytest.mark.browser

CLAIMS = [f"What I noticed, said by number {number}." for number in range(6)]
MARKUP = '<img src=x onerror="document.title=`taken`"> and a boot'
OWN = "Only mine: I was the child at that door."
ASLEEP = "Her shoes were on before the phone went dark."
STAY = "Stay down on the mat"
KILLED = r"WebSocket connection|ERR_CONNECTION|ERR_INTERNET|Failed to load resource|kernel"


class Everybody:
    """Whoever takes part: three on phones and eight without pages at first, a trainer and a screen; one comes late."""

    def __init__(self, server: Server, new_page: Callable[..., Page], leaving: contextlib.ExitStack) -> None:
        self.server, self.leaving, self.new_page = server, leaving, new_page
        self.desk = Desk(new_page(), server).come()
        self.code = self.desk.open_room()
        self.screen = new_page(1920, height=1080)
        self.screen.goto(f"{server.url}/screen/{self.code}")
        expect(self.screen.locator(".code")).to_have_text(self.code)
        self.ana, self.beto, self.sleeper = self.phone("Ana"), self.phone("Beto"), self.phone()
        self.beto.page.locator(".introduce select").select_option("es")
        self.beto.sees("Ya está adentro")
        self.others = [self.somebody().join(self.code, f"Number {number}") for number in range(6)]
        self.dozing = self.somebody().join(self.code, language="es")
        self.hostile = self.somebody().join(self.code, "Mallory")
        self.are_here(11)

    def phone(self, name: str = "") -> Phone:
        """Let somebody join on a phone."""
        return Phone(self.new_page(390, has_touch=True), self.server).join(self.code, name)

    def somebody(self) -> Somebody:
        """Return somebody without a page."""
        return Somebody(self.server, self.leaving)

    def are_here(self, people: int) -> None:
        """Wait until the trainer is told so."""
        expect(self.desk.page.locator(".top .here")).to_contain_text(f"{people} people are here", timeout=60_000)

    def come_to_the_first_pause(self) -> None:
        """Let the trainer lead everyone there; they write, and two of them fall asleep over it."""
        self.desk.next("Begin")
        self.desk.next("Open The first goodbye")
        self.ana.sees("begins with everyone in a moment")
        for label in ("Begin with everyone", "Go on", "Go on", "Go on to the pause"):
            self.desk.next(label)
        expect(self.screen.get_by_text("Stay at the door for one breath")).to_be_visible()
        self.ana.write("notice/", "She looks at the boot, not at the face.")
        self.ana.write("missing/", OWN)
        self.beto.write("notice/", "Los zapatos ya están puestos.")
        for one, claim in zip(self.others, CLAIMS, strict=True):
            one.gives("notice", claim)
        self.dozing.do("write", prompt="notice", perspective="", text="Half a sen")
        self.dozing.leave()
        self.sleeper.page.context.set_offline(True)
        self.sleeper.field("notice/").press_sequentially(ASLEEP)
        expect(self.sleeper.line()).to_have_attribute("data-line", "lost", timeout=40_000)

    def are_attacked(self) -> None:
        """Let one of them try what only the trainer may, and what nobody may."""
        hostile = self.hostile
        for deed in ({"do": "reveal", "place": WALK, "form": "notice"}, {"do": "end"}, {"do": "start"}):
            hostile.say({"id": "f" * 32, **deed})
            assert "refused" in hostile.hear(lambda told: "refused" in told)
        assert "refused" in hostile.do("share", form="notice", audience="group_named", events=["0" * 32])
        assert "refused" in hostile.do("go_on", scene="ten-to-four", step="pause")
        hostile.gives("notice", MARKUP)
        impostor = self.somebody()
        impostor.cookies = hostile.cookies
        with contextlib.suppress(websocket.WebSocketException):
            impostor.call(self.code, "trainer")
        assert not any("roster" in told for told in impostor.told)
        assert not any(claim in str(hostile.told + impostor.told) for claim in [*CLAIMS, OWN])

    def share_and_are_shown(self) -> None:
        """Let them share; nobody but the trainer sees it before the trainer shows it."""
        self.ana.button("Share").first.click()
        self.beto.button("Compartir").first.click()
        form = self.desk.form("notice")
        expect(form.locator(".card blockquote")).to_have_count(8)
        expect(form).to_contain_text("9 have shared. 1 waits")
        expect(self.screen.locator(".card")).to_have_count(0)
        form.get_by_role("button", name="Show to the group").click()
        expect(self.screen.locator(".card")).to_have_count(8)
        expect(self.ana.cards()).to_have_count(8)
        assert texts(self.ana.cards().all_inner_texts()) >= set(CLAIMS)
        assert self.ana.page.locator(".card img").count() == 0

    def go_through_trouble(self) -> None:
        """Let one come late, the trainer load the page anew, the server die, and the sleepers wake."""
        late = self.phone("Lia")
        late.sees("A moment to stop")
        expect(late.cards()).to_have_count(8)
        self.late = late
        here = self.desk.about()
        self.desk.page.reload(wait_until="commit")
        expect(self.desk.page.locator(".next .eyebrow")).to_have_text(here, timeout=60_000)
        self.are_here(12)
        self.server.kill()
        expect(self.ana.line()).to_have_attribute("data-line", "lost", timeout=30_000)
        self.ana.field("missing/").press_sequentially(" Still mine.")
        self.server.start()
        expect(self.ana.line()).to_have_attribute("data-line", "open", timeout=40_000)
        self.ana.saved()
        self._wake()

    def _wake(self) -> None:
        """See that both sleepers have the words that they fell asleep over."""
        self.sleeper.page.context.set_offline(False)
        expect(self.sleeper.line()).to_have_attribute("data-line", "open", timeout=40_000)
        self.sleeper.saved()
        self.sleeper.page.reload()
        expect(self.sleeper.field("notice/")).to_have_value(ASLEEP)
        self.dozing.call(self.code, "learner", "es")
        told = self.dozing.hears_of("state", lambda state: state["responses"])
        assert told["responses"]["notice/"]["text"] == "Half a sen"

    def vote_and_take_a_way(self) -> None:
        """Let them vote; the trainer counts, shows it, and takes the way."""
        desk = self.desk
        expect(desk.page.locator("header.top")).to_have_attribute("data-line", "open", timeout=40_000)
        desk.next("Go on to the choices")
        desk.next("Let the group vote")
        for phone in (self.ana, self.late):
            phone.button(STAY).click()
            expect(phone.button(STAY)).to_have_attribute("aria-pressed", "true")
        for one in self.others:
            one.call(self.code, "learner")
            assert "ack" in one.do("cast", place=WALK, scene="ten-to-four", choice="ask-trinh")
        on_time(lambda: "8 of 12 have voted" in desk.about())
        desk.next("Count the votes")
        desk.next("Show how the group voted")
        expect(self.screen.locator(".bars .number")).to_have_text(["2", "0", "6"], timeout=40_000)
        self.beto.sees("Cómo votó el grupo")
        desk.next()
        expect(desk.page.locator(".next .eyebrow")).to_have_text("A yellow bird")
        self.beto.sees("Un pájaro amarillo")
        expect(self.screen.get_by_role("heading", name="A yellow bird")).to_be_visible()

    def end(self) -> None:
        """Let the trainer end it; everyone is told, each in their language."""
        self.desk.page.get_by_role("button", name="End the session").click()
        sure = self.desk.page.get_by_role("group", name="End the session")
        sure.get_by_role("button", name="End the session").click()
        for phone, said in ((self.ana, "The session is over"), (self.beto, "La sesión terminó")):
            phone.sees(said)
        self.sleeper.sees("The session is over")
        expect(self.screen.get_by_role("heading", name="Until next time")).to_be_visible()

    def never_saw(self, secret: str) -> None:
        """Assert that something came to nobody's page but its author's."""
        for one in (self.dozing, self.hostile, *self.others):
            assert secret not in str(one.told)
        for page in (self.screen, self.desk.page, self.beto.page, self.late.page):
            assert secret not in page.content()


@pytest.fixture
def leaving() -> Iterator[contextlib.ExitStack]:
    """Let everybody leave in the end."""
    with contextlib.ExitStack() as stack:
        yield stack


def test_a_whole_session_of_the_first_goodbye(
    own_server: Callable[..., Server], new_page: Callable[..., Page], watch: Watch, leaving: contextlib.ExitStack
) -> None:
    watch.allow(KILLED, "the server is killed, and a phone sleeps")
    server = own_server("--group", "--ip", "127.0.0.1")
    write_session(server.folder)
    everybody = Everybody(server, new_page, leaving)

    everybody.come_to_the_first_pause()
    everybody.are_attacked()
    everybody.share_and_are_shown()
    everybody.go_through_trouble()
    everybody.vote_and_take_a_way()
    everybody.end()

    everybody.never_saw(OWN)
