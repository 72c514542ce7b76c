"""Several coders side by side: where they differed, what is missing, and figures that agree with plain counting."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from casework.errors import ReportError
from casework.report import cohen_kappa, compare_codings, krippendorff_alpha, ratings_beside_themes
from casework.report.coders import coding_units

ANSWERS = {"a": "We run. The room is loud.", "b": "Nobody stays.", "c": "Nothing."}
TIME, SPACE = {"id": "time", "name": "Time"}, {"id": "space", "name": "Space"}


def coding(*excerpts, read="abc", codes=(TIME, SPACE)):
    told = [
        {"answer": answer, "start": start, "end": end, "codes": list(given)} for answer, start, end, given in excerpts
    ]
    return {"casework": "coding", "codes": list(codes), "read": list(read), "excerpts": told}


ANA = coding(("a", 0, 7, ["time"]), ("a", 8, 25, ["space"]), ("b", 0, 6, ["time"]))
BEN = coding(("a", 3, 12, ["time"]), ("b", 0, 6, ["space"]))


def test_a_code_counts_in_every_answer_and_sentence_that_it_touches():
    by_answer = coding_units({"Ana": ANA, "Ben": BEN}, ANSWERS)
    by_sentence = coding_units({"Ana": ANA, "Ben": BEN}, ANSWERS, "sentence")

    assert by_answer.loc["time"].to_numpy().tolist() == [[True, True], [True, False], [False, False]]
    assert by_sentence.sort_index().loc[("time", "a")].to_numpy().tolist() == [[True, True], [False, True]]


def test_an_answer_that_somebody_has_not_read_is_missing_for_them():
    units = coding_units({"Ana": ANA, "Ben": coding(read="a")}, ANSWERS)

    assert units["Ben"].isna().groupby("answer").all().to_dict() == {"a": False, "b": True, "c": True}


def test_where_they_differed_comes_with_the_words_and_the_most_differing_place_first():
    differed = compare_codings({"Ana": ANA, "Ben": BEN}, ANSWERS).differed

    assert differed[["answer", "name", "text"]].to_numpy().tolist() == [
        ["b", "Time", "Nobody stays."],
        ["b", "Space", "Nobody stays."],
        ["a", "Space", "We run. The room is loud."],
    ]
    assert differed.iloc[0][["gave", "left"]].tolist() == [("Ana",), ("Ben",)]


def test_the_figures_are_those_of_the_units():
    beside = compare_codings({"Ana": ANA, "Ben": BEN}, ANSWERS, "sentence")
    time = beside.units.loc["time"]

    assert beside.agreement.loc["time", "kappa"] == pytest.approx(cohen_kappa(time["Ana"], time["Ben"]), abs=1e-9)
    assert beside.agreement.loc["time", "alpha"] == pytest.approx(krippendorff_alpha(time.astype(float).T), abs=1e-9)
    assert list(beside.agreement["name"]) == ["Time", "Space", ""]


def test_codes_of_ones_own_are_the_same_if_they_are_called_the_same():
    noise, din = {"id": "0" * 32, "name": "Noise"}, {"id": "f" * 32, "name": "noise"}
    one = coding(("a", 8, 25, [noise["id"]]), codes=(TIME, noise))
    other = coding(("a", 8, 25, [din["id"]]), codes=(TIME, din))

    assert compare_codings({"Ana": one, "Ben": other}, ANSWERS).differed.empty


def test_it_shows_where_they_differed_before_any_figure_and_no_markup_of_theirs():
    hostile = {**ANSWERS, "b": "<script>alert(1)</script>"}
    html = compare_codings({"<b>Ana</b>": ANA, "Ben": BEN}, hostile)._repr_html_()

    assert html.index("Where we differed") < html.index("How far we agreed")
    assert "<script" not in html
    assert "<b>Ana</b>" not in html


def test_it_says_why_kappa_is_low_when_nearly_all_agree():
    many = {f"n{number}": "Words." for number in range(40)}
    codes = [{"id": "time", "name": "Time"}]
    one = coding(("n0", 0, 5, ["time"]), read=many, codes=codes)
    other = coding(("n1", 0, 5, ["time"]), read=many, codes=codes)
    html = compare_codings({"Ana": one, "Ben": other}, many, language="es")._repr_html_()

    assert "Dónde diferimos" in html
    assert html.count("<b>Time</b>: ") == 1


@pytest.mark.parametrize("codings", [{"Ana": ANA}, {"Ana": coding(read=""), "Ben": coding(read="")}])
def test_with_nobody_to_compare_with_there_are_no_figures(codings):
    beside = compare_codings(codings, ANSWERS)

    assert beside.differed.empty
    assert all(math.isnan(value) for value in beside.agreement["kappa"])
    assert beside._repr_html_()


def test_what_is_no_coding_is_refused_with_a_sentence():
    with pytest.raises(ReportError, match="'Ana' gave is no coding"):
        coding_units({"Ana": {"codes": 3}}, ANSWERS)
    with pytest.raises(ReportError, match="not by 'word'"):
        coding_units({}, ANSWERS, "word")
    with pytest.raises(ReportError, match="name two coders"):
        coding_units({}, ANSWERS)


# -- ratings beside themes --------------------------------------------------------------------------


def people(*numbers):
    return [f"p{number}" for number in numbers]


def rated(values, item="calm"):
    return pd.DataFrame({"author": people(*range(len(values))), "item": item, "value": values})


def coded(*numbers):
    return pd.DataFrame({"person": people(*numbers), "code": "time", "name": "Time"})


WROTE = pd.Series(people(*range(8)))


def test_ratings_stand_beside_themes_from_the_floor_on():
    frame = ratings_beside_themes(rated([1, 1, 2, 5, 4, 5, 5, 3]), coded(0, 1, 2, 2), WROTE, floor=3)

    assert frame.to_numpy().tolist() == [["calm", "time", "Time", 3, 1.0, 5, 5.0]]


@pytest.mark.parametrize("carry", [(0, 1), (0, 1, 2, 3, 4, 5)])
def test_neither_side_is_told_where_one_is_under_the_floor(carry):
    frame = ratings_beside_themes(rated([1, 1, 2, 5, 4, 5, 5, 3]), coded(*carry), WROTE, floor=1)

    assert frame[["people_with", "median_with", "people_without", "median_without"]].isna().all(axis=None)


def test_whoever_wrote_nothing_or_is_unknown_is_left_out():
    ratings = pd.concat([rated([1] * 8), pd.DataFrame({"author": [""] * 9, "item": "calm", "value": [5] * 9})])
    frame = ratings_beside_themes(ratings, coded(0, 1, 2), WROTE.iloc[:6], floor=3)

    assert frame[["people_with", "people_without"]].to_numpy().tolist() == [[3, 3]]


def test_with_its_survey_the_table_is_in_words_and_in_its_language():
    both = pd.concat([rated([1, 1, 2, 5, 4, 5, 5, 3], "alone"), rated([1] * 8), rated([2] * 8, "gone")])
    items = [SimpleNamespace(id="calm", text="Estoy en *calma*."), SimpleNamespace(id="alone", text="Estoy\nsola.")]
    survey = SimpleNamespace(language="es", items=items)

    frame = ratings_beside_themes(both, coded(0, 1, 2), WROTE, floor=3, survey=survey)

    assert list(frame.index) == [("Estoy en calma.", "Time"), ("Estoy sola.", "Time"), ("gone", "Time")]
    assert [*frame.index.names, *frame.columns] == [
        *("Frase", "Código", "Personas con el código", "Mediana con el código"),
        *("Personas sin el código", "Mediana sin el código"),
    ]
    assert frame.iloc[1].tolist() == [3, 1.0, 5, 5.0]


def test_a_frame_without_its_columns_is_refused_with_a_sentence():
    with pytest.raises(ReportError, match="no column 'value'"):
        ratings_beside_themes(rated([1]).drop(columns="value"), coded(0), WROTE)
