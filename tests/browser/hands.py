"""Two ways to work with a page: the keyboard alone, and a finger. Neither ever reaches for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SMALLEST = 44
"""Pixels that a finger needs."""

ACTIVE = "let a = document.activeElement; while (a?.shadowRoot?.activeElement) a = a.shadowRoot.activeElement;"
IS_ACTIVE = f"(el) => {{ {ACTIVE} return a === el; }}"
STANDS = f"""(el) => {{
  {ACTIVE}
  const beside = a?.type === "radio" && el.type === "radio" && a.name === el.name;
  return [a === el, beside, a?.getAttribute("aria-label") || a?.labels?.[0]?.innerText || a?.innerText];
}}"""
"""Whether the focus is on something, whether it is on another button of the same group, and where it is."""
FITS = "() => document.documentElement.scrollWidth <= innerWidth"

RING = """(el) => {
  const seen = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  };
  return !el.matches(":focus-visible") || [el, el.parentElement, el.closest("label")].some((one) => one && seen(one));
}"""
"""Whether what the keyboard has come to can be seen to have the focus."""

TARGET = """(el) => {
  const boxes = [el, ...(el.labels ?? [])].map((one) => one.getBoundingClientRect());
  return [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
}"""
"""How wide and how high what a finger may press is, its label included."""


class Keyboard:
    """Tab, Enter, Space, arrows and letters.

    Parameters
    ----------
    page : Page
        The page; the focus is wherever the person left it.
    """

    touch = False

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, what: Locator, limit: int = 250) -> None:
        """Press Tab until something has the focus; it must come, and be seen to have it."""
        expect(what).to_be_visible()
        seen = []
        for _ in range(limit):
            there, beside, where = what.evaluate(STANDS)
            seen.append(str(where)[:40])
            if there:
                assert what.evaluate(RING), f"{seen[-1]} has the focus, and does not show it"
            if there or beside:
                return
            self.page.keyboard.press("Tab")
        msg = f"The focus never came to {what}; it was on {seen}"
        raise AssertionError(msg)

    def press(self, what: Locator) -> None:
        """Press a button, or open a summary."""
        self.reach(what)
        self.page.keyboard.press("Enter")

    def pick(self, what: Locator, limit: int = 30) -> None:
        """Pick one of several radio buttons, or a box to tick."""
        self.reach(what)
        for _ in range(limit):
            if what.evaluate(IS_ACTIVE):
                break
            self.page.keyboard.press("ArrowDown")
        if not what.is_checked():
            self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def choose(self, what: Locator, option: str) -> None:
        """Choose in a native list, by the option's words."""
        self.reach(what)
        self.page.keyboard.type(option)
        expect(what.locator("option:checked")).to_have_text(option)

    def write(self, what: Locator, text: str) -> None:
        """Write in a field, after what stands in it."""
        self.reach(what)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def fill(self, what: Locator, digits: str, value: str) -> None:
        """Write digits into a native date or number field, which then holds a value."""
        self.reach(what)
        self.page.keyboard.type(digits)
        expect(what).to_have_value(value)


class Finger:
    """A finger on a phone; what it presses must be large enough, and in view without scrolling sideways.

    Parameters
    ----------
    page : Page
        The page; its context has touch.
    """

    touch = True

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, what: Locator) -> None:
        """See that something can be pressed with a finger."""
        expect(what).to_be_visible()
        what.scroll_into_view_if_needed()
        width, height = what.evaluate(TARGET)
        assert min(width, height) >= SMALLEST - 0.5, f"{what} is {width:.0f} by {height:.0f} pixels"
        assert self.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), (
            "the page scrolls sideways"
        )

    def press(self, what: Locator) -> None:
        """Tap a button."""
        self.reach(what)
        what.tap()

    def pick(self, what: Locator) -> None:
        """Tap one of several radio buttons, or a box to tick: where a finger would, on its words."""
        self.reach(what)
        label = what.locator("xpath=ancestor::label")
        (label if label.count() else what).tap()
        expect(what).to_be_checked()

    def choose(self, what: Locator, option: str) -> None:
        """Choose in a native list, as the phone's own picker does."""
        self.reach(what)
        what.select_option(label=option)

    def write(self, what: Locator, text: str) -> None:
        """Tap into a field and write."""
        self.press(what)
        what.press_sequentially(text)

    def fill(self, what: Locator, digits: str, value: str) -> None:  # noqa: ARG002  the phone's picker needs no digits
        """Give a native date or number field its value, as the phone's own picker does."""
        self.reach(what)
        what.fill(value)
