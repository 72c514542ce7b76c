from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from conftest import Server, Watch

pytestmark = pytest.mark.browser

WORKBOOK = "/voila/render/en/the-first-goodbye.ipynb"
LIGHT = "document.body.dataset.jpThemeLight"
PAPER = "getComputedStyle(document.body).backgroundColor"


def open_workbook(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}{WORKBOOK}{query}")
    page.locator("#loading").wait_for(state="detached", timeout=60_000)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.looks
@pytest.mark.parametrize("look", [(320, "dark"), (390, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", ["/", f"/welcome-back?next={WORKBOOK}"])
def test_its_own_pages_can_be_read_by_anyone(
    server: Server, new_page: Callable[..., Page], axe: Callable[..., None], path: str, look: tuple[int, str]
) -> None:
    page = new_page(*look)
    page.goto(server.url + path)
    axe(page)
    assert fits(page)
    assert page.evaluate(PAPER) == {"light": "rgb(251, 248, 243)", "dark": "rgb(22, 32, 42)"}[look[1]]


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1280, "light")])
def test_a_workbook_can_be_read_by_anyone(
    server: Server, new_page: Callable[..., Page], axe: Callable[..., None], width: int, theme: str
) -> None:
    page = new_page(width, theme)
    open_workbook(page, server)
    axe(page)
    assert fits(page)
    assert page.evaluate(LIGHT) == {"light": "true", "dark": "false"}[theme]
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("main#main #rendered_cells h1")).to_have_count(1)


@pytest.mark.looks
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_house_puts_its_own_colors_on_every_page(
    own_server: Callable[..., Server], new_page: Callable[..., Page], theme: str
) -> None:
    server = own_server()
    folder = server.folder / "themes"
    folder.mkdir()
    colors = 'light: {accent: "#7a2e4d", paper: "#ffffff"}\ndark: {accent: "#f0a8c0", on_accent: "#2a1019"}\n'
    head = "schema: 1\nid: house\nlanguage: en\ntitle: House\nrights: Ours.\n"
    (folder / "house.yaml").write_text(head + colors, encoding="utf-8")
    page = new_page(theme=theme)
    open_workbook(page, server)

    begin = page.get_by_role("button", name="Begin", exact=True).first
    expect(begin).to_have_css("background-color", {"light": "rgb(122, 46, 77)", "dark": "rgb(240, 168, 192)"}[theme])
    assert page.evaluate(PAPER) == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 32, 42)"}[theme]
    expect(page.locator("[data-activity=walk]")).to_have_css("background-color", page.evaluate(PAPER))


def test_the_first_words_stand_there_while_the_rest_opens(server: Server, page: Page) -> None:
    page.goto(server.url + WORKBOOK, wait_until="commit")
    expect(page.get_by_role("status").first).to_have_text("Opening the workbook…")
    page.locator("#rendered_cells h1").wait_for()
    page.locator("#loading").wait_for(state="detached", timeout=60_000)
    expect(page.locator("#rendered_cells.cw-still")).to_have_count(0)


def test_widgets_are_told_when_the_theme_changes(server: Server, page: Page) -> None:
    open_workbook(page, server)
    assert page.evaluate(LIGHT) == "true"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => {LIGHT} === 'false'")


def test_a_theme_in_the_address_wins(server: Server, page: Page) -> None:
    open_workbook(page, server, "?theme=dark")
    assert page.evaluate(LIGHT) == "false"
    assert page.evaluate(PAPER) == "rgb(22, 32, 42)"


def test_the_keyboard_gets_past_the_top_of_the_page(server: Server, page: Page) -> None:
    open_workbook(page, server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_closing_a_page_ends_its_kernel(server: Server, page: Page) -> None:
    before = set(server.processes())
    open_workbook(page, server)
    opened = set(server.processes()) - before
    assert opened
    page.get_by_role("link", name="All workbooks").click()
    expect(page.get_by_role("heading", level=1, name="Workbooks")).to_be_visible()
    _, alive = psutil.wait_procs(opened, 20)
    assert not alive, server.said()


BUSY_WHEN_WIDGETS_COME = """
const Plain = WebSocket;
window.WebSocket = class extends Plain {
  constructor(...where) {
    super(...where);
    this.addEventListener("message", ({ data }) => {
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      for (const until = Date.now() + 3000; text.includes("update_states") && Date.now() < until; );
    });
  }
};
"""


def test_a_page_that_is_busy_just_when_its_widgets_come_shows_them_all_the_same(server: Server, page: Page) -> None:
    page.add_init_script(BUSY_WHEN_WIDGETS_COME)
    open_workbook(page, server)
    expect(page.locator("[data-activity=walk]").get_by_role("button").first).to_be_visible()


def test_a_link_in_the_text_opens_beside_the_page(server: Server, page: Page) -> None:
    open_workbook(page, server)
    page.evaluate(
        "document.querySelector('#rendered_cells h1').insertAdjacentHTML('afterend', '<a href=\"/\">A link</a>')"
    )
    with page.expect_popup() as beside:
        page.get_by_role("link", name="A link").click()
    expect(beside.value.get_by_role("heading", level=1, name="Workbooks")).to_be_visible()
    assert page.url == server.url + WORKBOOK


def test_a_page_fetches_nothing_piece_by_piece(server: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    open_workbook(page, server)
    expect(page.locator("[data-activity=walk]").get_by_role("button").first).to_be_visible()

    bundled = {path.rpartition("/")[2] for path in asked if re.match(r"/voila/v[0-9a-f]+/.*\.js$", path)}
    assert {name for name in bundled if not name.startswith("remoteEntry.")} == {"whole.js", "voila-style.js"}, (
        "Voilà or an extension has changed: run `make pieces`."
    )


def test_it_says_at_once_that_what_a_page_runs_on_did_not_come(server: Server, page: Page, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED", "the line is broken")
    page.route("**/static/whole.js", lambda route: route.abort("internetdisconnected"))
    page.goto(f"{server.url}{WORKBOOK}")
    expect(page.get_by_role("status").first).to_have_text(
        "The workbook did not open. Load the page again; what you wrote before is kept."
    )
    page.unroute("**/static/whole.js")
    page.reload()
    expect(page.locator("[data-activity=walk]").get_by_role("button").first).to_be_visible()


def test_a_front_end_that_a_broken_line_lost_is_fetched_again(server: Server, page: Page, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED", "the line is broken twice")
    asked: list[str] = []

    def lose_two(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/casework/static/walk.js*", lose_two)
    open_workbook(page, server)
    expect(page.locator("[data-activity=walk]").get_by_role("button").first).to_be_visible()
    assert 3 <= len(asked) <= 5
