"""Drawing relationships: by keyboard alone, by touch, without a network, in Spanish, and as a picture to keep."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import nbformat
import pytest
from learner import Learner, Network, kernels, stored
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MAPS = {
    "en/a-map": 'cw.Session("a-map").case("first-goodbye").map()',
    "es/a-map": 'cw.Session("un-mapa", language="es").case("first-goodbye").map()',
    "en/two-maps": (
        'case = cw.Session("two-maps").case("first-goodbye")\n'
        'before = case.map(round="before")\nbefore\n%%%\ncase.map(round="after")'
    ),
    "en/in-a-group": (
        'from casework.activity.group import Group\n\nsession = cw.Session("in-a-group")\n'
        'session._group = Group("Ana")\nsession.case("first-goodbye").map()'
    ),
    "en/many": 'cw.Session("many").map("many")',
}
PLACES = ("family", "family", "around", "practitioner", "consultant", "around", "family")
NAMES = (
    "Teo", "Luz Hernández Villanueva", "The pastor of the church on the corner", "Dalia Okonkwo", "Ruth Magee",
    "Ms. Abernathy-Fitzgerald", "Grandmother", "Big sister", "Upstairs neighbor", "Physical therapist", "Dr. Ng",
    "Donaudampfschifffahrtsgesellschaft", "Papá", "The baby",
)  # fmt: skip


def many() -> str:
    """Return a map of fourteen people, each tied to the child."""
    people = [
        f"  - {{id: p{number}, name: {name}, role: Somebody, place: {PLACES[number % 7]}}}"
        for number, name in enumerate(NAMES)
    ]
    ties = [f"  - {{between: [p0, p{number}]}}" for number in range(1, len(NAMES))]
    head = "schema: 1\nid: many\nlanguage: en\ntitle: Many\nsummary: Many.\nrights: Ours.\n"
    return head + "people:\n" + "\n".join(people) + "\nties:\n" + "\n".join(ties) + "\n"


@pytest.fixture(scope="module")
def maps(server):
    """Put the workbooks of these tests beside the others."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (server.folder / "maps").mkdir(exist_ok=True)
    (server.folder / "maps" / "many.yaml").write_text(many(), encoding="utf-8")
    for name, code in MAPS.items():
        cells = [nbformat.v4.new_code_cell(cell) for cell in f"import casework as cw\n\n{code}".split("\n%%%\n")]
        cells.insert(0, nbformat.v4.new_markdown_cell("# A map"))
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
        nbformat.write(notebook, server.folder / f"{name}.ipynb")
    return server


class Drawer(Learner):
    """Someone who draws a map."""

    def draw(self, name: str = "en/a-map"):
        """Open a workbook with a map."""
        self.page.goto(f"{self.url}/voila/render/{name}.ipynb", wait_until="commit")
        return self.arrived()

    def arrived(self):
        """Wait until the map is there."""
        expect(self.map.locator(".stage")).to_be_visible(timeout=60_000)
        return self

    @property
    def map(self):
        """The map's frame; the first, if there are two."""
        return self.activity("map").first

    def person(self, name: str):
        """Return somebody on the drawing."""
        return self.map.locator(".stage").get_by_role("button", name=name, exact=True)

    def tie(self, one: str, other: str, quality: str):
        """Press two people, and say what is between them."""
        self.person(one).click()
        self.person(other).click()
        self.map.get_by_role("radio", name=re.compile(f"^{re.escape(quality)} ")).first.check()
        return self

    def line(self, pair: str):
        """Return what is said about two people, in the list."""
        return self.map.locator(".ties li").filter(has_text=pair)

    def saved(self, state: str = "saved", seconds: float = 20):
        """Wait until the saved line says so."""
        expect(self.map.locator(".saved")).to_have_attribute("data-saved", state, timeout=1000 * seconds)
        return self

    def place(self, name: str):
        """Return the middle of somebody's box, as parts of the drawing."""
        stage, box = self.map.locator(".stage").bounding_box(), self.person(name).bounding_box()
        across = (box["x"] + box["width"] / 2 - stage["x"]) / stage["width"]
        return round(across, 2), round((box["y"] + box["height"] / 2 - stage["y"]) / stage["height"], 2)


def test_a_map_is_drawn_from_beginning_to_end_with_the_keyboard_alone(maps, page):
    learner = Drawer(page, maps.url).draw()
    learner.tab_to("Khoai").press("Enter")
    expect(learner.person("Khoai")).to_have_attribute("aria-pressed", "true")
    learner.tab_to("Trinh Lê").press("Enter")
    expect(learner.map.get_by_role("group", name="What do you see between Khoai and Trinh Lê?")).to_be_visible()
    learner.press("Tab", "Space")
    expect(learner.map.get_by_role("radio", name=re.compile("^Close They"))).to_be_checked()
    learner.press("ArrowDown", "ArrowDown")
    expect(learner.line("Khoai and Trinh Lê")).to_contain_text("Close and strained")
    learner.tab_to("A few words").page.keyboard.type("Both arms.")
    learner.tab_to("Done with these two").press("Enter")
    assert "Trinh" in learner.focused()
    learner.tab_to("Ruth Magee").press("Space")
    before = learner.place("Ruth Magee")
    learner.press("ArrowLeft", "ArrowLeft", "Shift+ArrowUp")
    after = learner.place("Ruth Magee")
    assert after[0] < before[0]
    assert after[1] < before[1]
    learner.press("Escape")
    expect(learner.person("Ruth Magee")).to_have_attribute("aria-pressed", "false")
    learner.tab_to("Who is it?").page.keyboard.type("grandmother")
    learner.press("Enter")
    expect(learner.person("grandmother")).to_be_visible()
    learner.tab_to("Rename: grandmother", key="Shift+Tab").press("Enter")
    learner.press("ControlOrMeta+a")
    learner.page.keyboard.type("aunt")
    learner.press("Enter")
    expect(learner.person("aunt")).to_be_visible()
    learner.tab_to("Put on the map: Me").press("Enter")
    expect(learner.person("Me")).to_be_visible()
    learner.tab_to("Finish this map").press("Enter")
    learner.arrives("Around Khoai")
    learner.saved()
    picture = learner.map.get_by_role("img", name=re.compile("Khoai and Trinh Lê: Close and strained"))
    expect(picture).to_be_visible()
    expect(learner.line("Khoai and Trinh Lê")).to_contain_text("Both arms.")
    learner.tab_to("Go on drawing").press("Enter")
    learner.arrives("Around Khoai")
    learner.reload()
    assert learner.place("Ruth Magee") == after
    expect(learner.person("aunt")).to_be_visible()


def test_the_two_lists_and_the_drawing_say_and_do_the_same(maps, page):
    learner = Drawer(page, maps.url).draw()
    learner.person("Vinh").click()
    expect(learner.map.get_by_label("One", exact=True)).to_have_value("father")
    learner.map.get_by_label("The other", exact=True).select_option(label="A neighbor")
    expect(learner.person("A neighbor")).to_have_attribute("aria-pressed", "true")
    learner.map.get_by_role("radio", name="Distant").check()
    expect(learner.map.locator('[data-tie="father/neighbor"] .tie-distant')).to_be_attached()
    expect(learner.line("Vinh and A neighbor")).to_contain_text("Distant")
    learner.map.get_by_role("button", name="Take this line away").click()
    expect(learner.line("Vinh and A neighbor")).to_have_count(0)
    expect(learner.map.locator('[data-tie="father/neighbor"]')).to_have_count(0)
    learner.saved()
    learner.map.get_by_label("The other", exact=True).select_option(label="Vinh")
    expect(learner.map.get_by_role("alert")).to_have_text(
        "These are the same person. Choose somebody else for one of the two."
    )


def test_it_is_drawn_by_touch_on_a_phone_and_moved_by_dragging(maps, new_page):
    learner = Drawer(new_page(390, has_touch=True), maps.url).draw()
    learner.person("Corinne Batiste").tap()
    learner.person("Ruth Magee").tap()
    learner.map.locator("label", has_text="You cannot tell").tap()
    expect(learner.line("Corinne Batiste and Ruth Magee")).to_contain_text("Not known yet")
    learner.saved()
    learner.map.get_by_role("button", name="Done with these two").tap()
    assert all(
        box["height"] >= 44 and box["width"] >= 44
        for box in (one.bounding_box() for one in learner.map.locator("button.somebody").all())
    )
    mouse, box = learner.page.mouse, learner.person("Vinh").bounding_box()
    before = learner.place("Vinh")
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2 - 50, steps=5)
    mouse.up()
    after = learner.place("Vinh")
    assert after[0] > before[0]
    assert after[1] < before[1]
    expect(learner.person("Vinh")).to_have_attribute("aria-pressed", "false")
    learner.saved()
    learner.reload()
    assert learner.place("Vinh") == after
    assert learner.sideways() <= 0


@pytest.mark.looks
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "name"), [(320, "en/many"), (1280, "en/many"), (320, "es/a-map")])
def test_nothing_breaks_the_rules_of_access_or_runs_out_of_the_page(maps, new_page, axe, theme, width, name):
    learner = Drawer(new_page(width, theme), maps.url).draw(name)
    people = learner.map.locator("button.somebody")
    people.nth(0).click()
    people.nth(1).click()
    learner.map.get_by_role("radio").nth(1).check()
    learner.saved()
    assert learner.sideways() <= 0
    axe(learner.page, ".casework")
    boxes = [one.bounding_box() for one in people.all()]
    frame = learner.map.bounding_box()
    for index, one in enumerate(boxes):
        assert frame["x"] <= one["x"]
        assert one["x"] + one["width"] <= frame["x"] + frame["width"]
        for other in boxes[:index]:
            apart = (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or one["y"] + one["height"] <= other["y"]
                or other["y"] + other["height"] <= one["y"]
            )
            assert apart, f"{one} lies on {other}"
    learner.map.locator("button.main").click()
    expect(learner.map.locator('.stage[role="img"]')).to_be_visible()
    assert learner.sideways() <= 0
    axe(learner.page, ".casework")


def test_a_line_shows_at_once_and_outlives_a_reload_before_the_kernel_answers(maps, page, watch):
    watch.allow(r"WebSocket connection to|ERR_|Failed to|Canceled|NetworkError", "the network is cut")
    with Network(maps.url) as network:
        learner = Drawer(page, network.url).draw()
        learner.tie("Khoai", "Vinh", "Distant").saved()
        before = len(stored(maps, "tie"))
        network.cut()
        learner.tie("Khoai", "Corinne Batiste", "Strained")
        expect(learner.line("Khoai and Corinne Batiste")).to_contain_text("Strained")
        expect(learner.line("Khoai and Corinne Batiste")).to_have_attribute("data-pending", "true")
        learner.map.get_by_label("Who is it?").fill("aunt")
        learner.map.get_by_role("button", name="Put on the map", exact=True).click()
        expect(learner.person("aunt")).to_be_visible()
        learner.tie("aunt", "Khoai", "Close").saved("late")
        assert len(stored(maps, "tie")) == before
        network.mend()
        learner.reload()
        learner.saved()
        expect(learner.line("Khoai and aunt")).to_contain_text("Close")
        expect(learner.line("Khoai and Corinne Batiste")).to_have_attribute("data-pending", "false")
        assert [one["quality"] for one in stored(maps, "tie")[before:]] == ["strained", "close"]


def test_what_was_drawn_while_the_kernel_was_dead_is_there_after_a_reload(maps, page, watch):
    watch.allow(r"WebSocket|ERR_|Failed to|Canceled|NetworkError|404|Kernel|kernel", "the kernel is killed")
    learner = Drawer(page, maps.url).draw()
    learner.tie("Khoai", "Vinh", "Distant").saved()
    for one in kernels(maps):
        one.kill()
    learner.tie("Khoai", "Trinh Lê", "Close")
    learner.map.get_by_label("A few words").fill("She waits for her.")
    learner.saved("late")
    learner.reload().saved()
    expect(learner.line("Khoai and Trinh Lê")).to_contain_text("Close")
    expect(learner.line("Khoai and Trinh Lê")).to_contain_text("She waits for her.")
    expect(learner.line("Khoai and Vinh")).to_contain_text("Distant")


def test_the_picture_to_keep_is_whole_and_holds_no_note(maps, page):
    learner = Drawer(page, maps.url).draw()
    learner.tie("Khoai", "Trinh Lê", "Close and strained")
    learner.map.get_by_label("A few words").fill("Nobody else reads this.")
    learner.saved()
    with page.expect_download() as download:
        learner.map.get_by_role("button", name="Keep the picture").click()
    svg = ET.parse(download.value.path()).getroot()  # noqa: S314  our own picture
    text = "".join(svg.itertext())
    assert download.value.suggested_filename == "map-first-goodbye.svg"
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Khoai and Trinh Lê: Close and strained." in text
    assert "Nobody else reads this." not in text
    assert not [one for element in svg.iter() for one in element.attrib if "href" in one]


def test_the_first_map_stands_beside_the_second_with_what_differs_in_words(maps, page, axe):
    learner = Drawer(page, maps.url).draw("en/two-maps")
    learner.tie("Khoai", "Trinh Lê", "Close").saved()
    second = learner.activity("map").nth(1)
    expect(second.locator(".ties li").filter(has_text="Khoai and Trinh Lê")).to_contain_text("Nothing said yet")
    second.get_by_label("Who is it?").fill("Dì Út")
    second.get_by_role("button", name="Put on the map", exact=True).click()
    second.get_by_label("One", exact=True).select_option(label="Khoai")
    second.get_by_label("The other", exact=True).select_option(label="Dì Út")
    second.get_by_role("radio", name=re.compile("^Close They")).check()
    second.get_by_role("button", name="Set the first map beside this one").click()
    expect(second.get_by_text("Only on this map: Dì Út.")).to_be_visible()
    expect(second.get_by_text("Khoai and Trinh Lê: first close, now nothing said yet.")).to_be_visible()
    second.get_by_role("button", name="Finish this map").click()
    expect(second.locator(".rounds [role=img]")).to_have_count(2)
    axe(page, ".casework")


def test_it_speaks_spanish(maps, page):
    learner = Drawer(page, maps.url).draw("es/a-map")
    learner.tie("Khoai", "Una vecina", "Todavía no se sabe").saved()
    expect(learner.line("Khoai con Una vecina")).to_contain_text("Todavía no se sabe")
    expect(learner.map.get_by_text("Guardado. Solo usted puede ver esto.")).to_be_visible()


def test_in_a_group_the_finished_map_can_be_shared_or_kept(maps, page, axe):
    before = len(stored(maps, "share"))
    learner = Drawer(page, maps.url).draw("en/in-a-group")
    learner.tie("Khoai", "Trinh Lê", "Close")
    expect(learner.map.locator(".note .who")).to_contain_text("Until you share it, only you can see this.")
    learner.saved()
    learner.map.get_by_role("button", name="Finish this map").click()
    learner.map.get_by_role("button", name="Share", exact=True).click()
    expect(learner.map.get_by_text("Shared with the group, without your name.")).to_be_visible()
    axe(page, ".casework")
    learner.saved()
    assert [(one["form"], one["audience"]) for one in stored(maps, "share")[before:]] == [("map", "group_unnamed")]
