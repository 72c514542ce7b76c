"""Figures from research: what the file holds, and an honest picture of it."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

from casework.content import check
from casework.content.theme import DARK, LIGHT
from casework.content.words import languages
from casework.errors import ReportError
from casework.report import draw_evidence, evidence
from casework.report.evidence import COLUMNS

SHIPPED = Path(__file__).parents[3] / "workbooks" / "data" / "evidence.csv"
SVG = "{http://www.w3.org/2000/svg}"


def written(folder, *rows, name="evidence.csv", columns=COLUMNS):
    """Write a file of evidence; a row is given by its first columns."""
    file = folder / name
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerows([columns, *([*row, *[""] * (len(columns) - len(row))] for row in rows)])
    return file


def bars(picture):
    """Return the left edge and the length of each bar, as drawn."""
    color = re.escape(LIGHT["accent"])
    found = re.findall(rf'<path d="M ([\d.]+) [\d.]+\s+L ([\d.]+) [^"]*"[^>]*style="fill: {color}', picture.svg)
    return [(float(left), float(right) - float(left)) for left, right in found]


def words_in(picture):
    return [node.text for node in ET.fromstring(picture.svg).iter(f"{SVG}text")]  # noqa: S314  our own


# The file


def test_the_shipped_file_has_a_source_and_says_of_whom_and_by_whom():
    frame = evidence(SHIPPED)

    for column in ("source", "what_was_asked", "of_whom", "by_whom", "note"):
        assert frame[column].str.len().gt(0).all(), column
    assert frame["id"].is_unique


def test_the_figures_are_those_of_the_sources():
    frame = evidence(SHIPPED).set_index("id")

    assert frame.loc["endorsement-understanding", ["value", "n", "year"]].tolist() == [89, 1294, 2018]
    assert frame.loc["endorsement-promoting", "value"] == 90
    assert frame.loc["endorsement-development", "value"] == 93
    assert frame.loc["endorsed-to-supervise", "value"] == 900
    assert frame.loc["supervision-statewide", "n"] == 38
    assert frame.loc[["leaders-interviews", "leaders-survey"], "value"].tolist() == [10, 64]
    assert frame.loc[["consultation-behavior", "consultation-staff"], "value"].tolist() == [14, 26]
    assert frame.loc["expulsion", ["value", "unit"]].tolist() == [3, "times"]


def test_what_reports_no_figure_has_none():
    frame = evidence(SHIPPED)

    assert (frame["value"].isna() == (frame["unit"] == "")).all()
    assert frame["value"].isna().any()


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_every_word_of_the_file_is_translated(language):
    english, told = evidence(SHIPPED), evidence(SHIPPED, language)

    for column in ("what_was_asked", "note"):
        assert not (english[column] == told[column]).any()
    assert english[["id", "value", "unit"]].equals(told[["id", "value", "unit"]])
    assert not told["source"].str.contains("As told in|We have read|undated").any()
    assert (english["source"].str[:20] == told["source"].str[:20]).all()


def test_without_a_path_the_file_of_the_nearest_workbooks_is_read(workbooks, monkeypatch):
    (workbooks / "data").mkdir()
    written(workbooks / "data", ["ours", "7", "people"])
    monkeypatch.chdir(workbooks)

    assert evidence()["id"].tolist() == ["ours"]


def test_workbooks_without_a_file_have_the_shipped_one(workbooks, monkeypatch):
    monkeypatch.chdir(workbooks)

    assert evidence().equals(evidence(SHIPPED))


def test_the_frame_has_its_types_even_when_it_is_empty(tmp_path):
    frame = evidence(written(tmp_path))

    assert frame.columns.tolist() == list(COLUMNS)
    assert [str(frame[column].dtype) for column in ("value", "n", "year")] == ["float64", "Int64", "Int64"]


def test_a_row_that_is_not_translated_stays_as_it_is(tmp_path):
    file = written(
        tmp_path, ["ours", "7", "people", "", "", "S", "What?"], ["theirs", "8", "people", "", "", "S", "Who?"]
    )
    written(
        tmp_path,
        ["ours", "¿Qué?"],
        name="evidence.es.csv",
        columns=("id", "what_was_asked", "of_whom", "by_whom", "note"),
    )

    assert evidence(file, "es")["what_was_asked"].tolist() == ["¿Qué?", "Who?"]


def test_the_check_of_a_folder_looks_past_its_data(workbooks):
    before = check(workbooks)
    (workbooks / "data").mkdir()
    (workbooks / "data" / "evidence.csv").write_text("no: such\n  - yaml")

    assert check(workbooks) == before


MISFITS = {
    "a word for a figure": ([["ours", "many"]], r"evidence\.csv:2: 'value' is 'many'"),
    "half a person": ([["ours", "1", "people", "2.5"]], r":2: 'n' is '2\.5'"),
    "an id twice": ([["ours"], ["theirs"], ["ours"]], r":4: the id 'ours'"),
}


@pytest.mark.parametrize(("rows", "said"), MISFITS.values(), ids=MISFITS.keys())
def test_a_file_that_cannot_be_used_is_refused_with_its_line(tmp_path, rows, said):
    with pytest.raises(ReportError, match=said):
        evidence(written(tmp_path, *rows))


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(ReportError, match="'by_whom' is missing"):
        evidence(written(tmp_path, columns=[name for name in COLUMNS if name != "by_whom"]))


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00rubbish"])
def test_a_file_that_is_no_table_is_refused(tmp_path, content):
    file = tmp_path / "evidence.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ReportError, match="cannot be read"):
        evidence(file)


# The picture


def test_bars_begin_at_nought_and_are_as_long_as_their_figures():
    figures = evidence(SHIPPED)

    drawn = bars(draw_evidence(figures, "people", theme="light"))

    assert len({left for left, _ in drawn}) == 1
    assert [length / drawn[0][1] for _, length in drawn] == pytest.approx([1, 38 / 900, 64 / 900], abs=1e-4)


def test_percent_are_drawn_on_a_scale_to_the_whole():
    shown = words_in(draw_evidence(evidence(SHIPPED), theme="light"))

    assert {"0%", "25%", "50%", "75%", "100%"} <= set(shown)


@pytest.mark.parametrize(("language", "said"), [("en", "n = 1,294 · 2018"), ("es", "n = 1.294 · 2018")])
def test_each_figure_says_how_many_it_rests_on_and_when(language, said):
    picture = draw_evidence(evidence(SHIPPED, language), language=language)

    assert words_in(picture).count(said) == 3


def test_the_caption_names_each_source_once_and_the_table_says_the_same():
    picture = draw_evidence(evidence(SHIPPED))

    assert picture.caption.count("Krysik") == 1
    for told in ("89%", "90%", "93%", "1,294", "2018", "Krysik"):
        assert told in picture.table
        assert told in picture.svg or told == "Krysik"


@pytest.mark.parametrize("language", languages())
def test_the_alternative_text_tells_every_figure(language):
    figures = evidence(SHIPPED, language)

    picture = draw_evidence(figures, "studies", language=language)

    assert "14 " in picture.alt
    assert "26 " in picture.alt
    assert ET.fromstring(picture.svg).find(f"{SVG}title").text == picture.alt  # noqa: S314


@pytest.mark.parametrize(("theme", "colors"), [("light", LIGHT), ("dark", DARK)])
def test_a_picture_is_drawn_in_the_colors_of_its_theme(theme, colors):
    svg = draw_evidence(evidence(SHIPPED), theme=theme).svg

    used = set(re.findall(r"#[0-9a-f]{6}\b", svg))
    assert {colors["ink"], colors["accent"], colors["paper"]} <= used <= set(colors.values())


def test_a_picture_for_a_page_takes_the_colors_of_the_page():
    svg = draw_evidence(evidence(SHIPPED)).svg

    assert f"var(--cw-ink, light-dark({LIGHT['ink']}, {DARK['ink']}))" in svg
    assert not re.findall(r": #[0-9a-f]{6}", svg)


def test_two_pictures_on_a_page_share_no_id():
    figures = evidence(SHIPPED)
    ids = [re.findall(r'\bid="([^"]+)"', draw_evidence(figures, unit).svg) for unit in ("percent", "people")]

    assert ids[0]
    assert not set(ids[0]) & set(ids[1])
    assert len(set(ids[0])) == len(ids[0])


def test_a_picture_is_the_same_each_time():
    assert draw_evidence(evidence(SHIPPED)) == draw_evidence(evidence(SHIPPED))


def test_a_picture_reaches_nothing_but_itself():
    svg = draw_evidence(evidence(SHIPPED)).svg

    assert "<style" not in svg
    assert set(re.findall(r"https?://([\w.]+)", svg)) == {"www.w3.org"}


def test_drawing_leaves_matplotlib_as_it_was():
    import matplotlib as mpl  # noqa: PLC0415

    before = dict(mpl.rcParams)
    draw_evidence(evidence(SHIPPED))

    assert dict(mpl.rcParams) == before


def test_what_stands_in_the_file_is_never_markup(tmp_path):
    hostile = "<script>alert(1)</script> & $x^2$"
    file = written(tmp_path, ["ours", "7", "<b>", "3", "2020", hostile, hostile, hostile, hostile, hostile])

    picture = draw_evidence(evidence(file), "<b>")

    assert "<script" not in picture.html()
    assert "$x^2$" in " ".join(words_in(picture))


def test_a_notebook_shows_the_picture_with_caption_and_table():
    html = draw_evidence(evidence(SHIPPED))._repr_html_()

    assert html.index("<svg") < html.index("<figcaption") < html.index("<table")


def test_many_pictures_on_a_page_are_no_landmarks_of_one_name():
    assert 'role="region"' not in draw_evidence(evidence(SHIPPED)).html()


def test_figures_in_a_unit_of_ones_own_are_drawn(tmp_path):
    picture = draw_evidence(evidence(written(tmp_path, ["a", "0", "visits"], ["b", "2.5", "visits"])), "visits")

    assert {"0 visits", "2.5 visits"} <= set(words_in(picture))


def test_percent_beyond_the_whole_are_not_cut_off(tmp_path):
    picture = draw_evidence(evidence(written(tmp_path, ["a", "150", "percent"])), theme="light")

    assert "150%" in words_in(picture)
    assert "200%" in words_in(picture) or "160%" in words_in(picture)


def test_a_unit_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ReportError, match="interviews, people, percent"):
        draw_evidence(evidence(SHIPPED), "miles")


def test_figures_below_nought_are_refused(tmp_path):
    with pytest.raises(ReportError, match="from 0"):
        draw_evidence(evidence(written(tmp_path, ["a", "-3", "people"])), "people")


def test_an_unknown_theme_is_refused():
    with pytest.raises(ReportError, match="light, dark, page"):
        draw_evidence(evidence(SHIPPED), theme="sepia")


def test_rows_of_any_frame_can_be_drawn():
    rows = evidence(SHIPPED).iloc[:1]

    assert isinstance(rows, pd.DataFrame)
    assert len(bars(draw_evidence(rows, theme="light"))) == 1
