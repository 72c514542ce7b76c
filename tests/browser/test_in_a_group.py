"""Sharing in a group: what one sees is what one shares, and what one makes of an invitation stays with oneself."""

from __future__ import annotations

import nbformat
import pytest
from learner import Learner, stored, texts_by_id
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIRST = "She holds the lace in her mouth."
LATER = " And her mother looks at the clock."
DEALT = 'dealt={("first-goodbye", "wonder"): "parent"}'
REVEALED = 'revealed=frozenset({("first-goodbye", "notice")})'
BEGIN = """\
import casework as cw
from casework.activity.group import Group

session = cw.Session("in-a-group")
session._group = Group("Ana Ruiz", {rest})
case = session.case("first-goodbye")
case.walk()"""
REFLECT = 'case.reflect("notice", "wonder", layout="{layout}")'
OFFER = "Until you share it, only you can see this. You may share it with the group, without your name."
UNNAMED = "Shared with the group, without your name."


def write_workbook(server, name, *cells):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_markdown_cell("# In a group"), *map(nbformat.v4.new_code_cell, cells)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), server.folder / "en" / f"{name}.ipynb")


@pytest.fixture(scope="module")
def group(server):
    """Serve a workbook for a learner in a group, and the same once what they wrote at the door was revealed."""
    write_workbook(server, "in-a-group", BEGIN.format(rest=DEALT), REFLECT.format(layout="side-by-side"))
    write_workbook(server, "revealed", BEGIN.format(rest=REVEALED), REFLECT.format(layout="one-by-one"))
    return server


class Member(Learner):
    """A learner in a group."""

    def open(self, name="in-a-group"):
        self.page.goto(f"{self.url}/voila/render/en/{name}.ipynb", wait_until="commit")
        return self.arrived()

    def arrived(self):
        for name in ("walk", "reflect"):
            expect(self.activity(name)).to_be_visible(timeout=60_000)
        return self

    def bar(self, prompt="notice", within="walk"):
        """Return the bar that shares a prompt."""
        return (
            self.field(prompt, within=within)
            .locator("xpath=ancestor::*[contains(@class, 'prompt')][1]")
            .locator(".share")
        )

    def press(self, *names, within="walk"):
        for name in names:
            self.bar(within=within).get_by_role("button", name=name, exact=True).click()

    def is_shared(self, audience, within="walk"):
        expect(self.bar(within=within)).to_have_attribute("data-audience", audience)
        return self

    def who(self, within="walk"):
        return self.activity(within).locator(".prompt .who").first


@pytest.fixture
def member(group, page):
    return Member(page, group.url).open().to_pause()


def shares(server):
    return stored(server, "share")


def test_it_says_who_may_see_ones_words_before_one_types_and_after(member):
    expect(member.who()).to_have_text(OFFER)
    expect(member.bar().get_by_role("button", name="Share", exact=True)).to_be_disabled()
    member.field("notice").fill(FIRST)
    member.saved()
    expect(member.line()).to_contain_text("Saved. Only you can see this.")
    member.press("Share")
    member.is_shared("group_unnamed")
    expect(member.who()).to_have_text(
        f"{UNNAMED} What you write from now on only you can see, until you share it again."
    )
    member.saved()
    expect(member.line()).to_contain_text("Who can see what you shared stands with each question.")
    expect(member.who("reflect")).to_contain_text(UNNAMED)


def test_it_shares_exactly_what_one_sees_while_the_words_are_on_their_way(group, member):
    before = len(shares(group))
    member.field("notice").press_sequentially(FIRST)
    member.press("Share")
    member.is_shared("group_unnamed")
    expect(member.bar().get_by_text("written on since")).to_have_count(0)
    member.field("notice").press_sequentially(LATER)
    expect(member.bar()).to_contain_text("You have written on since. What is shared are your words as they were.")
    member.saved()
    member.press("Share these words instead")
    expect(member.bar().get_by_text("written on since")).to_have_count(0)
    first, second = shares(group)[before:]
    texts = texts_by_id(group)
    assert [texts[one] for (one,) in (first["events"], second["events"])] == [FIRST, FIRST + LATER]


def test_it_shares_from_the_reflection_what_was_typed_in_the_walk(group, member):
    before = len(shares(group))
    member.field("notice").press_sequentially(FIRST)
    member.press("Share", within="reflect")
    member.is_shared("group_unnamed", "reflect").is_shared("group_unnamed")
    (event,) = shares(group)[before]["events"]
    assert texts_by_id(group)[event] == FIRST


def test_it_keeps_withdraws_and_narrows_with_the_keyboard_alone(group, member):
    member.field("notice").fill(FIRST)
    member.saved()
    field = member.field("notice")
    field.focus()
    member.tab_to("Keep to myself")
    member.page.keyboard.press("Enter")
    member.is_shared("private")
    expect(member.bar()).to_contain_text("You keep this to yourself: only you can see it.")
    assert member.focused().startswith("You keep this to yourself")
    member.tab_to("Share it after all")
    member.page.keyboard.press("Enter")
    member.is_shared("group_unnamed")
    member.tab_to("Share with the trainer alone")
    member.page.keyboard.press("Space")
    member.is_shared("trainer")
    member.tab_to("Withdraw it")
    member.page.keyboard.press("Enter")
    member.is_shared("private")
    assert [body["audience"] for body in shares(group)][-4:] == ["private", "group_unnamed", "trainer", "private"]
    member.saved()
    expect(member.line()).to_contain_text("Saved. Only you can see this.")


def test_it_says_plainly_that_what_was_revealed_stays(member):
    member.field("notice").fill(FIRST)
    member.press("Share")
    member.is_shared("group_unnamed")
    member.open("revealed")
    expect(member.bar()).to_contain_text("It has been shown to the group and can no longer be taken back.")
    expect(member.bar().get_by_role("button")).to_have_count(0)
    member.field("notice").press_sequentially(LATER)
    expect(member.bar().get_by_role("button")).to_have_text(["Share these words instead"])


def test_a_dealt_view_is_taken_swapped_or_declined_and_nobody_is_told(group, member):
    walk = member.walk
    invited = walk.get_by_role("region", name="You are invited to look from here")
    expect(invited).to_contain_text("The parent")
    member.button("Look from here").click()
    expect(walk.get_by_text("You look from here: The parent")).to_be_visible()
    expect(member.field("wonder", "parent")).to_be_focused()
    member.button("Choose another").click()
    walk.get_by_role("group", name="Where would you like").get_by_role("button", name="The child").click()
    expect(walk.get_by_text("You look from here: The child")).to_be_visible()
    expect(member.activity("reflect").get_by_text("You look from here: The child")).to_be_visible()
    member.saved()
    assert [body["perspective"] for body in stored(group, "take")][-2:] == ["parent", "child"]


def test_an_invitation_that_is_declined_leaves_nothing_behind(member):
    invited = member.page.get_by_role("region", name="You are invited to look from here")
    expect(invited).to_have_count(2)
    member.button("Not today").click()
    expect(invited).to_have_count(0)
    member.saved().reload()
    expect(member.field("wonder", "parent")).to_be_visible()
    expect(invited).to_have_count(0)
    expect(member.walk).not_to_contain_text("You look from here")


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_it_reads_well_at_every_width_with_the_share_bar_on_the_page(group, new_page, axe, width, theme):
    member = Member(new_page(width, theme, has_touch=width < 700), group.url).open().to_pause()
    member.field("wonder", "child").fill(FIRST)
    member.field("notice").fill(FIRST)
    member.saved()
    axe(member.page, ".jp-RenderedHTMLCommon, .casework")
    member.press("Share")
    member.is_shared("group_unnamed")
    axe(member.page, ".jp-RenderedHTMLCommon, .casework")
    assert member.sideways() <= 0
    tops = (
        member.activity("reflect")
        .locator(".view textarea")
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    )
    assert (len(set(tops[:2])) == 1) == (width == 1280)
