"""An organization's own colors: laid over ours, and never so faint that somebody could not read them."""

import re
from pathlib import Path

import pytest

import casework
from casework.content import Folder
from casework.content.theme import DARK, LIGHT, TEXT, Palette, contrast
from casework.errors import ContentError

HOUSE = Path(casework.__file__).parent
SHEETS = (HOUSE / "frontend/kit/styles.css", HOUSE / "serve/static/page.css")
OURS = re.compile(r"--cw-([a-z-]+): light-dark\((#\w+), (#\w+)\);")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cases").mkdir()
    (tmp_path / "themes").mkdir()
    return Folder(tmp_path)


def paint(folder, colors):
    text = f"schema: 1\nid: house\nlanguage: en\ntitle: House\nrights: Ours.\n{colors}\n"
    (folder.path / "themes" / "house.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_our_own_colors_are_those_of_the_stylesheets(sheet):
    told = {name.replace("-", "_"): pair for name, *pair in OURS.findall(sheet.read_text("utf-8"))}

    assert told
    assert told == {name: [LIGHT[name], DARK[name]] for name in told}


def test_the_stylesheet_of_activities_has_every_color_that_a_theme_can_change():
    told = {name.replace("-", "_") for name, *_ in OURS.findall(SHEETS[0].read_text("utf-8"))}

    assert told == set(Palette.model_fields) == set(LIGHT) == set(DARK)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#0000ff", 2.15),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, found):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(found, abs=0.005)


def test_a_folder_without_a_theme_keeps_our_colors(folder):
    assert folder.find_theme() is None
    assert folder.own_colors() == {}


def test_what_a_theme_gives_lies_over_ours_and_the_rest_stays(folder):
    paint(folder, 'light: {accent: "#7a2e4d"}\ndark: {on_accent: "#000000"}')

    assert folder.own_colors() == {
        "--cw-accent": f"light-dark(#7a2e4d, {DARK['accent']})",
        "--cw-on-accent": f"light-dark({LIGHT['on_accent']}, #000000)",
    }


def test_a_color_that_nobody_could_read_is_named_with_its_ground(folder):
    paint(folder, 'light:\n  ink: "#cccccc"')

    with pytest.raises(ContentError) as caught:
        folder.find_theme()

    assert "themes/house.yaml:7" in str(caught.value)
    assert "'ink' #cccccc on 'paper' #fbf8f3 has a contrast of 1.5 to 1, and 4.5 to 1 is needed" in str(caught.value)


def test_a_theme_that_cannot_be_used_is_left_out_and_told_to_the_log(folder, caplog):
    paint(folder, 'light: {paper: "#22303a"}')

    assert folder.own_colors() == {}
    assert "The theme is not used: themes/house.yaml" in caplog.text


@pytest.mark.parametrize("color", ["red", "#123", "#12345g", "#0b6e6e; background: url(x)"])
def test_a_color_is_written_in_one_way(folder, color):
    paint(folder, f'light: {{accent: "{color}"}}')

    with pytest.raises(ContentError, match="is no color; write it as"):
        folder.find_theme()


@pytest.mark.parametrize("name", sorted({*LIGHT} - {"paper", "leaf", "field", "line", "on_accent", "edge"}))
def test_our_own_words_can_be_read_on_each_of_our_grounds(name):
    for ours in (LIGHT, DARK):
        assert all(contrast(ours[name], ours[ground]) >= TEXT for ground in ("paper", "leaf", "field"))
