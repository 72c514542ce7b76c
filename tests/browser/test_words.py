"""No word is lost, and none is called saved before it is: reloads, dead kernels, lost networks, locked stores."""

from __future__ import annotations

import pytest
from learner import WORKBOOK, Learner, Network, held, kernels, stored_texts
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIRST = "She holds the lace in her mouth. I would want to go, too."
LATER = "And her mother looks at the clock, then at the wall."
OWN = "I counted the stairs on my way down."

NO_KERNEL = "the browser says that its line to the kernel is gone, which is what this test is about"
GONE = r"WebSocket connection to|ERR_|Failed to (load|fetch)|Error: Canceled|NetworkError|Connection lost"
HOSTILE = {
    ("wonder", "child"): "<script>window.executed = 1</script></textarea><img src=x onerror='window.executed = 2'>",
    ("wonder", "parent"): "\u202eلا تذهبي\u202c שלום — Dì Út 👶🏽🧑🏿‍🍼 e\u0301 \u200b\u2028 end",
    ("wonder", "practitioner"): "a\x01b\x07c\x1bd\x7fe\tf\n\n  g  \n{{7*7}} ${1} %s \\n '\" --; DROP TABLE events;",
    ("wonder", "relationship"): "[x](javascript:window.executed=3) <b onclick=x>**bold**</b> &lt;script&gt; &amp;",
    ("missing", ""): ("ab👶 " * 5000)[:19_999],
}


def elsewhere(learner: Learner, new_page, url: str = "") -> Learner:
    """Return the same person in a browser that has kept nothing but who they are: it shows what is stored."""
    cookies = learner.page.context.cookies()
    return Learner(new_page(storage_state={"cookies": cookies, "origins": []}), url or learner.url).open()


def never_claimed(learner: Learner, words: str, since: float = 0) -> None:
    """See to it that no saved line has said "saved" beside these words."""
    claims = learner.claims(words, since)
    assert claims, "The words were never seen on the page"
    assert "saved" not in claims
    assert "empty" not in claims


def test_it_keeps_every_word_when_the_page_is_reloaded_at_once(server, page, new_page):
    learner = Learner(page, server.url).open().to_pause()
    learner.field("notice").press_sequentially(OWN)
    learner.field("wonder", "child").press_sequentially(FIRST)
    learner.field("wonder", "parent").press_sequentially(LATER)
    learner.reload()
    expect(learner.field("notice")).to_have_value(OWN)
    expect(learner.field("wonder", "child")).to_have_value(FIRST)
    expect(learner.field("wonder", "parent")).to_have_value(LATER)
    learner.saved()
    other = elsewhere(learner, new_page)
    expect(other.field("wonder", "parent")).to_have_value(LATER)


def test_it_loses_no_word_and_claims_nothing_when_the_kernel_is_killed(server, page, watch):
    watch.allow(GONE, NO_KERNEL)
    others, before = set(kernels(server)), len(stored_texts(server))
    learner = Learner(page, server.url).watch_saved().open().to_pause()
    learner.field("notice").fill(OWN)
    learner.saved()
    (kernel,) = set(kernels(server)) - others
    learner.field("wonder", "child").press_sequentially(FIRST)
    kernel.kill()
    learner.saved("lost", seconds=40)
    expect(learner.line()).to_contain_text("This page has lost touch with its notebook. Your words are kept")
    learner.field("wonder", "parent").fill(LATER)
    assert stored_texts(server)[before:] == [OWN]
    never_claimed(learner, FIRST)
    never_claimed(learner, LATER)
    learner.line().get_by_role("button", name="Reload").click()
    learner.arrived().saved()
    expect(learner.field("notice")).to_have_value(OWN)
    expect(learner.field("wonder", "child")).to_have_value(FIRST)
    expect(learner.field("wonder", "parent")).to_have_value(LATER)
    learner.saved(within="reflect")
    texts = stored_texts(server)[before:]
    assert sorted(texts) == sorted([OWN, FIRST, LATER])  # walk and reflection send each of them as one


def test_it_saves_by_itself_after_ten_seconds_without_a_network(server, page, new_page, watch):
    watch.allow(GONE, "the network is cut, which is what this test is about")
    with Network(server.url) as network:
        learner = Learner(page, network.url).watch_saved().open().to_pause()
        learner.field("notice").fill(OWN)
        learner.saved()
        before = len(stored_texts(server))
        network.cut()
        cut = learner.now()
        learner.field("wonder", "child").press_sequentially(FIRST)
        learner.saved("late")
        expect(learner.line()).to_contain_text("Not saved yet. Your words are kept on this device")
        learner.wait(max(0, 10 - (learner.now() - cut) / 1000))
        assert learner.now() - cut >= 10_000
        never_claimed(learner, FIRST)
        network.mend()
        learner.saved(seconds=90)
        assert FIRST in stored_texts(server)[before:]
        expect(learner.field("wonder", "child")).to_have_value(FIRST)
        assert learner.claims(FIRST)[-1] == "saved"
        other = elsewhere(learner, new_page, server.url)
        expect(other.field("wonder", "child")).to_have_value(FIRST)
        expect(other.field("notice")).to_have_value(OWN)


def test_it_shows_ones_words_to_nobody_else(server, page, new_page):
    learner = Learner(page, server.url).open().to_pause()
    learner.field("notice").fill(OWN)
    learner.saved()
    other = Learner(new_page(), server.url).open()
    expect(other.button("Begin")).to_be_visible()
    other.to_pause()
    expect(other.field("notice")).to_have_value("")
    assert OWN not in other.page.content()
    expect(learner.field("notice")).to_have_value(OWN)


def test_it_asks_once_in_a_browser_session_who_is_here_and_begins_anew_for_someone_else(server, page):
    learner = Learner(page, server.url).open().to_pause()
    learner.field("notice").fill(OWN)
    learner.saved()
    page.context.clear_cookies(name="casework-here")  # as when the browser is closed
    page.goto(server.url + WORKBOOK)
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    assert OWN not in page.content()
    page.get_by_role("button", name="Continue").click()
    learner.arrived()
    expect(learner.field("notice")).to_have_value(OWN)
    learner.reload()  # asked already
    expect(learner.field("notice")).to_have_value(OWN)
    page.context.clear_cookies(name="casework-here")
    page.goto(server.url + WORKBOOK)
    page.get_by_role("button", name="I am someone else").click()
    learner.arrived().to_pause()
    expect(learner.field("notice")).to_have_value("")
    assert OWN not in page.content()
    assert OWN not in page.evaluate("() => JSON.stringify(localStorage)")


def test_it_says_not_saved_yet_while_the_store_is_locked(server, page):
    before = len(stored_texts(server))
    learner = Learner(page, server.url).watch_saved().open().to_pause()
    with held(server):
        learner.field("notice").fill(OWN)
        learner.saved("late")
        expect(learner.line()).to_contain_text("The place where words are kept does not answer just now.")
        expect(learner.line()).to_contain_text("Not saved yet. Your words are kept on this device")
        never_claimed(learner, OWN)
        assert stored_texts(server)[before:] == []
    learner.saved(seconds=30)
    assert stored_texts(server)[before:] == [OWN]


def test_it_lets_the_later_words_of_two_tabs_win(server, page):
    here = Learner(page, server.url).open().to_pause()
    there = Learner(page.context.new_page(), server.url).open()
    here.field("notice").fill(OWN)
    here.saved()
    there.reload()
    expect(there.field("notice")).to_have_value(OWN)
    there.field("notice").fill(LATER)
    there.saved()
    here.reload()
    expect(here.field("notice")).to_have_value(LATER)
    expect(here.walk.locator(".leftover")).to_have_count(0)


def test_it_gives_hostile_words_back_exactly_and_runs_none_of_them(server, page, new_page):
    learner = Learner(page, server.url).open().to_pause()
    for (prompt, view), words in HOSTILE.items():
        learner.field(prompt, view).fill(words)
    learner.saved()
    other = elsewhere(learner, new_page)
    for (prompt, view), words in HOSTILE.items():
        expect(other.field(prompt, view)).to_have_value(words)
    other.to_second_pause()  # where the first words stand above the fields
    quotes = other.walk.locator(".first blockquote")
    assert quotes.first.evaluate("one => one.textContent") == HOSTILE["wonder", "child"]
    for one in (learner, other):
        assert one.page.evaluate("() => window.executed") is None
        expect(one.page.locator("img[src=x]")).to_have_count(0)


def test_it_says_in_time_that_a_text_is_too_long_and_calls_it_not_saved(server, page, new_page):
    learner = Learner(page, server.url).watch_saved().open().to_pause()
    field = learner.field("missing")
    field.fill("a" * 19_500)
    expect(learner.walk).to_contain_text("There is room for 500 more characters here.")
    learner.saved()
    field.fill("a" * 20_001)
    expect(learner.walk).to_contain_text("Characters too many to be saved: 1.")
    learner.saved("late")
    never_claimed(learner, "a" * 20_001)
    learner.reload()
    expect(field).to_have_value("a" * 20_001)
    learner.saved("late")
    expect(elsewhere(learner, new_page).field("missing")).to_have_value("a" * 19_500)
    field.fill("b" * 20_000)
    learner.saved()


def test_it_keeps_what_is_typed_while_the_server_is_started_again(own_server, page, new_page, watch):
    watch.allow(GONE, "the server is stopped, which is what this test is about")
    server = own_server()
    learner = Learner(page, server.url).watch_saved().open().to_pause()
    learner.field("notice").fill(OWN)
    learner.saved()
    server.stop()
    learner.field("wonder", "child").press_sequentially(FIRST)
    learner.saved("late")
    server.start()
    learner.field("wonder", "parent").press_sequentially(LATER)
    never_claimed(learner, FIRST)
    never_claimed(learner, LATER)
    assert stored_texts(server) == [OWN]
    learner.reload().saved()
    expect(learner.field("notice")).to_have_value(OWN)
    expect(learner.field("wonder", "child")).to_have_value(FIRST)
    other = elsewhere(learner, new_page)
    expect(other.field("wonder", "parent")).to_have_value(LATER)
