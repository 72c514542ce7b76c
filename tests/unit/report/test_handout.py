import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from casework.cli import main
from casework.content import Folder
from casework.report.handout import handout

WORKBOOKS = Path(__file__).parents[3] / "workbooks"


@pytest.fixture
def printed(tmp_path):
    def run(*options):
        out = tmp_path / "page.html"
        done = CliRunner().invoke(
            main, ["print", "first-goodbye", "--folder", str(WORKBOOKS), "--out", str(out), *options]
        )
        assert (done.output, done.exit_code) == (f"{out}\n", 0)
        return out.read_text("utf-8")

    return run


def test_a_handout_leads_from_letter_to_letter_and_leaves_room_to_write(printed):
    page = printed()

    assert '<span class="go">Go to D</span>' in page
    assert '<div class="ruled"' in page
    assert "You were asked about this in C." in page
    assert "What each turn opens and closes" in page


def test_a_handout_keeps_the_trainers_notes_to_the_trainer(printed):
    assert "Let this one be quiet." not in printed()
    assert "Let this one be quiet." in printed("--trainer")


def test_a_guide_holds_minutes_and_the_map_and_no_room_to_write(printed):
    page = printed("--trainer")

    assert "9 ways lead through the story." in page
    assert 'aria-label="Map of the scenes: The first goodbye"' in page
    assert '<div class="ruled"' not in page


def test_a_checklist_makes_a_sheet_of_each_moment(printed):
    page = printed("--checklist", "everyday-interaction")

    assert "Sheet: Strategies in an everyday moment" in page
    assert '<td class="n">13</td>' in page
    assert page.count('<p class="meaning">') == 12


def test_it_prints_in_spanish(printed):
    page = printed("--lang", "es", "--checklist", "everyday-interaction")

    assert '<html lang="es">' in page
    assert "Vaya a la D" in page
    assert "Go to" not in page


def test_it_asks_no_other_place_for_anything(printed):
    page = printed("--trainer")

    assert re.findall(r"(?:src|href)=\"(?!data:)|url\((?!\"data:)", page) == []


def test_what_is_heard_and_what_is_observed_is_on_paper_too():
    folder = Path(__file__).parents[1] / "content" / "sample"

    page = handout(Folder(folder).find_case("three-stops"))

    assert "A bus hums." in page
    assert "Humming." in page
    assert "Observe: On the bridge" in page
    assert "Look out of the window." in page
