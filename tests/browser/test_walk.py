"""Walking through a case: by keyboard, by touch, out and back, and back again."""

from __future__ import annotations

import pytest
from learner import (
    CHOSEN,
    PAUSE,
    TO_DOWN_THE_STAIRS,
    TO_FIRST_PAUSE,
    TO_FIRST_TURN,
    TO_SECOND_PAUSE,
    TO_SECOND_TURN,
    TO_THREE_NOTES,
    TURN,
    Learner,
)
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIRST = "Her stomach is on Corinne's knee. Mine went tight, too."
LATER = "The slippers were there all along."


def keyboard(learner: Learner, steps: list[tuple[str, str]], key: str = "Enter") -> None:
    """Take steps with the keyboard alone; after each one the focus is on the new heading."""
    for name, heading in steps:
        learner.tab_to(name).press(key)
        learner.arrives(heading)


def test_it_is_walked_to_an_end_with_the_keyboard_alone(server, page):
    learner = Learner(page, server.url).open()
    learner.press("Tab")
    assert learner.focused() == "Skip to the content"
    learner.press("Enter")
    keyboard(learner, TO_FIRST_PAUSE)
    learner.tab_to("The child")
    page.keyboard.type(FIRST)
    keyboard(learner, [("Continue", TURN)])
    keyboard(learner, TO_SECOND_PAUSE, key="Space")
    learner.tab_to("The child")
    expect(learner.walk.locator("blockquote")).to_have_text(FIRST)
    page.keyboard.type(LATER)
    learner.tab_to("The parent").press("Shift+Tab")
    assert learner.focused().startswith("The child")
    keyboard(learner, [("Continue", TURN), *TO_THREE_NOTES])
    expect(learner.heading("Three notes")).to_be_visible()
    expect(learner.heading("The way you took")).to_be_visible()
    learner.saved()


def test_it_leads_the_keyboard_back_from_one_end_to_another(server, page):
    learner = Learner(page, server.url).open()
    keyboard(learner, [*TO_FIRST_TURN, *TO_SECOND_TURN, *TO_DOWN_THE_STAIRS])
    expect(learner.heading("The way you took")).to_be_visible()
    expect(learner.walk.locator(".way li[aria-current]")).to_contain_text("Down the stairs")
    keyboard(learner, [("Go back and try another: Whispering", TURN), *TO_THREE_NOTES])
    expect(learner.heading("Three notes")).to_be_visible()
    keyboard(learner, [("Read it again from the start", "The mat")])


@pytest.mark.looks
@pytest.mark.parametrize("width", [390, 320])
def test_it_is_walked_by_touch_on_a_phone_without_scrolling_sideways(server, new_page, width):
    learner = Learner(new_page(width, has_touch=True), server.url).open()
    assert learner.sideways() <= 0

    def tap(button):
        button.tap()

    for step in [*TO_FIRST_TURN, *TO_SECOND_TURN, *TO_DOWN_THE_STAIRS]:
        learner.take([step], tap)
        assert learner.sideways() <= 0, step
    expect(learner.heading("The way you took")).to_be_visible()


def test_it_says_what_a_choice_opened_and_closed(server, page):
    learner = Learner(page, server.url).open().take([*TO_FIRST_TURN, ("Stay down on the mat", CHOSEN)])
    panel = learner.walk.locator(".chosen")
    expect(panel).to_contain_text("Khoai can hold on to someone who is not moving")
    expect(panel).to_contain_text("Trinh has waved you out and you have not gone")


def test_it_lets_one_step_out_and_come_back_to_the_same_place(server, page):
    learner = Learner(page, server.url).open().to_pause()
    learner.field("notice").fill(FIRST)
    learner.button("Step out").click()
    expect(learner.heading("You have stepped out")).to_be_focused()
    expect(learner.field("notice")).to_have_count(0)
    learner.reload()
    expect(learner.heading("You have stepped out")).to_be_visible()
    learner.take([("Come back", PAUSE)])
    expect(learner.field("notice")).to_have_value(FIRST)


def test_it_keeps_ones_words_when_one_goes_back_and_takes_another_turn(server, page):
    learner = Learner(page, server.url).open().to_pause()
    learner.field("wonder", "child").fill(FIRST)
    learner.take([("Continue", TURN), *TO_SECOND_PAUSE])
    learner.field("wonder-again", "child").fill(LATER)
    learner.take([("Continue", TURN), *TO_THREE_NOTES])
    learner.take([("Go back and try another: Ten to four", TURN)])
    expect(learner.button("Stay down on the mat")).to_contain_text("You went this way before")
    learner.walk.get_by_text("What you wrote here").click()
    expect(learner.field("wonder", "child")).to_have_value(FIRST)
    learner.take([("Say to Trinh", CHOSEN)])
    expect(learner.heading("A yellow bird")).to_be_visible()
    learner.take([("Continue", "The bank drawer"), ("Continue", PAUSE), ("Continue", "Folded arms")])
    learner.take([("Continue", "Whispering"), ("Continue", PAUSE)])
    expect(learner.field("wonder-again", "child")).to_have_value(LATER)
    expect(learner.walk.locator("blockquote")).to_have_text(FIRST)


def test_it_takes_a_double_press_for_one(server, page):
    learner = Learner(page, server.url).open()
    learner.button("Begin").dblclick()
    expect(learner.heading("The mat")).to_be_visible()
    learner.take([("Continue", "Clothespins"), ("Continue", "Ten to four"), ("Continue", PAUSE), ("Continue", TURN)])
    learner.button("Stay down on the mat").dblclick()
    expect(learner.heading("One boot on")).to_be_visible()
    learner.saved()
    expect(learner.line().locator(".refusal")).to_have_count(0)
    expect(learner.walk.locator(".progress")).to_contain_text("Scene 4")
    expect(learner.heading("One boot on")).to_be_visible()


def test_it_goes_on_from_a_step_that_is_shown_before_it_is_acknowledged(server, page):
    line, kept = [], []

    def hold(socket):
        def told(frame):
            if b'"ack"' in frame and line:
                kept.append(frame)
            else:
                socket.send(frame)

        socket.connect_to_server().on_message(told)
        opened.append(socket)

    opened = []
    page.route_web_socket("**/channels*", hold)
    learner = Learner(page, server.url).open().to_pause()
    learner.saved()
    line.append("slow")
    learner.take([("Continue", TURN), *TO_SECOND_PAUSE])
    learner.saved("late")
    for frame in kept:
        opened[-1].send(frame)
    learner.saved()
