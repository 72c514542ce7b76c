"""Observing on every ground: told at its own pace, a recording, live; and beside another reading afterwards."""

from __future__ import annotations

import os
import re
import signal
import wave

import nbformat
import pytest
from learner import Learner, Network, kernels, stored, until
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MOMENTS = """\
schema: 1
id: sounds
language: en
title: Sounds
rights: Made up for these tests.
moments:
  - id: hum
    title: A hum in the kitchen
    media:
      file: hum.wav
      alt: Twenty seconds in a kitchen.
      transcript: Somebody hums.
  - id: short
    title: At the gate
    beats:
      - {at: 0, text: She looks up.}
      - {at: 1, text: He waves.}
      - {at: 2, text: The gate.}
"""
CELLS = {
    "steps": 'together.observe(case, "at-the-door")',
    "told": 'together.observe(session.moments("sounds"), "short", pace="told")',
    "live": 'together.observe_live("lunch", title="Lunch")',
    "media": 'together.observe(session.moments("sounds"), "hum")',
    "beside": 'session.checklist("everyday-interaction").observe(case, "at-the-door", reference="at-the-door")',
}
OPENING = """\
import casework as cw

session = cw.Session("{name}", language="{language}")
case = session.case("first-goodbye")
together = session.checklist("being-together")"""
AT_THE_NEXT_FRAME = """
(button) => new Promise((done) => {
  const item = () => button.closest("li");
  button.click();
  requestAnimationFrame(() => done({
    pending: button.dataset.pending,
    count: item().querySelector(".count")?.textContent ?? "",
    pressed: button.getAttribute("aria-pressed"),
  }));
})
"""
"""Taps, and looks at the very next frame."""


def sound(path):
    """Write twenty seconds of a low tone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(4000)
        file.writeframes(bytes(128 + (number // 5) % 2 * 20 for number in range(20 * 4000)))


class Observer(Learner):
    """Someone at a page with one observation on it."""

    def __init__(self, page, url, name, language="en"):
        super().__init__(page, url)
        self.address = f"{url}/voila/render/{language}/{name}.ipynb"

    def open(self):
        self.page.goto(self.address, wait_until="commit")
        return self.arrived()

    def arrived(self):
        expect(self.frame).to_be_visible(timeout=60_000)
        return self

    @property
    def frame(self):
        return self.activity("observe")

    def begin(self, name="Begin"):
        self.frame.get_by_role("button", name=name, exact=True).click()
        expect(self.frame.locator("button.item").first).to_be_visible()
        return self

    def item(self, text):
        return self.frame.locator("button.item").filter(has_text=text)

    def press_button(self, name):
        self.frame.get_by_role("button", name=name, exact=True).first.click()
        return self

    def shown(self):
        return self.frame.inner_text()


@pytest.fixture(scope="module")
def grounds(server):
    """Serve a page for each ground, in both languages."""
    (server.folder / "moments").mkdir(exist_ok=True)
    (server.folder / "moments" / "sounds.yaml").write_text(MOMENTS)
    sound(server.folder / "moments" / "hum.wav")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for name, cell in CELLS.items():
        for language in ("en", "es") if "sounds" not in cell else ("en",):
            cells = [nbformat.v4.new_code_cell(OPENING.format(name=name, language=language))]
            book = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(cell)], metadata=kernel)
            nbformat.write(book, server.folder / language / f"{name}.ipynb")
    return server


@pytest.fixture
def observe(grounds, new_page):
    """Open the page of a ground as somebody new."""

    def open_page(name, width=1280, theme="light", language="en", network=None, **options):
        return Observer(new_page(width, theme, **options), network or grounds.url, name, language).open()

    return open_page


# -- a tap, whatever happens ----------------------------------------------------------------------


@pytest.mark.parametrize("item", ["One gives", "Touching"])
def test_a_tap_is_on_screen_at_the_next_frame_while_the_kernel_stands_still(grounds, observe, item):
    learner = observe("live").begin("Start the clock")
    learner.saved(within="observe")
    stopped = kernels(grounds)
    for process in stopped:
        os.kill(process.pid, signal.SIGSTOP)
    try:
        seen = learner.item(item).evaluate(AT_THE_NEXT_FRAME)
    finally:
        for process in stopped:
            os.kill(process.pid, signal.SIGCONT)

    assert seen["pending"] == "true"
    assert (seen["count"] or seen["pressed"]) in {"1", "true"}
    learner.saved(within="observe")
    expect(learner.item(item)).to_have_attribute("data-pending", "false")


def test_a_tap_is_on_screen_at_the_next_frame_without_a_network(grounds, observe, watch):
    watch.allow(r"WebSocket connection to|ERR_|Failed to|Canceled|NetworkError", "the network is cut")
    with Network(grounds.url) as network:
        learner = observe("live", network=network.url).begin("Start the clock")
        learner.saved(within="observe")
        network.cut()
        seen = learner.item("One gives").evaluate(AT_THE_NEXT_FRAME)
        network.mend()
        learner.reload()
        learner.saved(within="observe")

    assert (seen["pending"], seen["count"]) == ("true", "1")
    expect(learner.item("One gives").locator(".count")).to_have_text("1")


# -- live -----------------------------------------------------------------------------------------


def seconds(learner):
    minutes, rest = learner.frame.locator(".clock").inner_text().split(":")
    return 60 * int(minutes) + int(rest)


def test_a_live_clock_goes_on_through_a_reload_and_stands_still_in_a_pause(observe):
    learner = observe("live").begin("Start the clock")
    learner.saved(within="observe")
    learner.wait(1.2)
    learner.reload()
    assert 1 <= seconds(learner) < 60
    learner.press_button("Pause")
    expect(learner.frame.get_by_text("The clock is paused.")).to_be_visible()
    learner.saved(within="observe")
    stood = seconds(learner)
    learner.wait(1.2)
    learner.reload()
    assert seconds(learner) == stood
    learner.press_button("Go on")
    until(lambda: seconds(learner) > stood, wanted=True, wait=learner.wait)


def test_a_live_observation_by_keyboard_alone(observe):
    learner = observe("live")
    learner.tab_to("Start the clock").press("Enter")
    learner.arrives("Lunch")
    learner.press("t")
    expect(learner.item("Touching")).to_have_attribute("aria-pressed", "true")
    learner.wait(0.6)
    learner.press("a")
    expect(learner.item("Touching")).to_have_attribute("aria-pressed", "false")
    expect(learner.item("Apart")).to_have_attribute("aria-pressed", "true")
    learner.press("g")
    learner.tab_to("Yes").press("Enter")
    learner.tab_to("Write a note").press("Enter")
    until(lambda: learner.focused()[:7], "Note at", learner.wait)
    learner.page.keyboard.type("gat")  # in a field, keys write
    expect(learner.item("One gives").locator(".count")).to_have_text("1")
    learner.tab_to("End", key="Shift+Tab").press("Enter")
    learner.arrives("What you saw")
    learner.saved(within="observe")
    told = learner.shown()
    assert "Yes in 1, no in 0" in told
    assert "gat" in told
    learner.tab_to("Your marks, one by one").press("Enter")
    learner.tab_to("Change: One gives").press("Enter")
    learner.tab_to("When it was")
    learner.press("Control+a")
    learner.page.keyboard.type("9:05")
    learner.tab_to("Change it").press("Enter")
    expect(learner.frame.get_by_role("alert")).to_contain_text("Write a time as 1:05")
    learner.tab_to("When it was", key="Shift+Tab")
    learner.press("Control+a")
    learner.page.keyboard.type("0:00.5")
    learner.press("Enter")
    expect(learner.frame.locator(".marked").filter(has_text="One gives")).to_contain_text("first marked as")
    learner.saved(within="observe")


# -- told -----------------------------------------------------------------------------------------


def test_a_told_moment_waits_to_be_played_and_its_beats_follow_the_seconds(grounds, observe):
    learner = observe("told").begin()
    learner.wait(1.2)
    expect(learner.heading("Moment 1 of 3", "observe")).to_be_visible()
    learner.frame.get_by_label("× 0.5").check()
    learner.press_button("Play")
    learner.item("One gives").click()
    expect(learner.heading("Moment 2 of 3", "observe")).to_be_visible(timeout=5000)
    learner.press_button("Pause")
    learner.item("Touching").click()
    learner.wait(1.5)
    expect(learner.heading("Moment 2 of 3", "observe")).to_be_visible()
    learner.saved(within="observe")
    assert stored(grounds, "start_state")[-1]["beat"] == 1
    assert 1 <= stored(grounds, "start_state")[-1]["seconds"] < 2
    learner.reload()
    expect(learner.heading("Moment 2 of 3", "observe")).to_be_visible()
    learner.press_button("Play")
    learner.frame.get_by_role("button", name="Finish").click()
    learner.arrives("What you saw")
    expect(learner.frame.get_by_role("img", name=re.compile("Touching: Once"))).to_be_visible()


# -- a recording ----------------------------------------------------------------------------------


def test_marks_over_a_recording_carry_its_time(grounds, observe):
    learner = observe("media", 390, has_touch=True).begin()
    player = learner.frame.locator("audio")
    until(lambda: player.evaluate("one => one.readyState >= 1"), wanted=True, wait=learner.wait)
    player.evaluate("one => { one.currentTime = 12.5 }")
    until(lambda: player.evaluate("one => !one.seeking"), wanted=True, wait=learner.wait)
    learner.item("Touching").tap()
    expect(learner.item("Touching")).to_have_attribute("aria-pressed", "true")
    learner.frame.get_by_label("× 0.75").check()
    assert player.evaluate("one => one.playbackRate") == 0.75
    learner.saved(within="observe")
    assert stored(grounds, "start_state")[-1]["seconds"] == 12.5
    assert learner.sideways() <= 0
    learner.reload()
    until(lambda: player.evaluate("one => one.currentTime"), 12.5, learner.wait)
    learner.press_button("Finish")
    learner.arrives("What you saw")
    assert "Observed: 0:12" in learner.shown()


# -- beside another reading -----------------------------------------------------------------------


def test_another_reading_is_offered_once_one_has_finished(observe, axe):
    learner = observe("beside").begin()
    assert "Another reading" not in learner.page.content()
    learner.item("Lets the parent lead").click()
    for beat in range(2, 17):
        learner.press_button("Next moment")
        expect(learner.heading(f"Moment {beat} of 16", "observe")).to_be_visible()
    learner.press_button("Finish")
    learner.arrives("What you saw")
    learner.press_button("Lay it beside another reading")
    learner.arrives("Where we differed")
    there = learner.frame.locator(".there")
    expect(there.first).to_contain_text("The other reading marked this. You did not.")
    expect(there.first).to_contain_text("gives it back as Trinh's own")
    same = learner.frame.get_by_role("heading", name="Where you saw the same")
    expect(same).to_be_visible()
    assert "right" not in re.sub(r"could be right about them", "", learner.frame.locator(".beside").inner_text())
    axe(learner.page, ".casework")


# -- every shape ----------------------------------------------------------------------------------


@pytest.mark.looks
@pytest.mark.parametrize(
    ("name", "width", "theme", "language"),
    [
        ("steps", 390, "dark", "en"),
        ("told", 320, "light", "en"),
        ("live", 320, "dark", "es"),
        ("media", 1280, "dark", "en"),
        ("live", 1280, "light", "es"),
    ],
)
def test_every_ground_fits_its_page_and_breaks_no_rule(observe, axe, name, width, theme, language):
    learner = observe(name, width, theme, language)
    axe(learner.page, ".casework")
    learner.frame.locator(".row button").first.click()
    expect(learner.frame.locator("button.item").first).to_be_visible()
    learner.item("Touching" if language == "en" else "Se tocan").click()
    learner.frame.get_by_role("button", name=re.compile(r"^(Change|Cambiar):")).click()
    expect(learner.frame.locator("form.change")).to_be_visible()
    learner.frame.locator(".notes button").last.click()
    assert learner.sideways() <= 0
    small = learner.frame.evaluate(
        """frame => [...frame.querySelectorAll("button, summary, select, input[type=text]")]
          .filter((one) => one.offsetWidth && one.getBoundingClientRect().height < 43.5)
          .map((one) => one.innerText || one.tagName)"""
    )
    assert small == []
    axe(learner.page, ".casework")


def test_it_is_finished_in_dark_and_spanish_on_a_narrow_page(observe, axe):
    learner = observe("live", 320, "dark", "es").begin("Poner en marcha el reloj")
    learner.item("Se tocan").click()
    learner.saved(within="observe")
    learner.press_button("Terminar")
    learner.arrives("Lo que usted vio")
    for details in learner.frame.locator("details.more").all():
        details.locator("summary").first.click()
    assert learner.sideways() <= 0
    axe(learner.page, ".casework")
