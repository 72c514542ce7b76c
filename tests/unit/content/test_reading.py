import pytest

from casework.content import check
from casework.content.reading import find_hard_reading, measure

EASY = "The kettle is on. Noor sits on the floor by the door. She looks at her shoe. Her mother looks at her. " * 3
FACIL = "La tetera está puesta. Noor está en el piso, junto a la puerta. Mira su zapato. Su mamá la mira a ella. " * 3
HARD = (
    "Institutional considerations regarding intergenerational transmission necessarily complicate interdisciplinary "
    "collaboration between organizations whose administrative responsibilities systematically underestimate "
    "developmental continuities. " * 3
)
DIFICIL = (
    "Las consideraciones institucionales relativas a la transmisión intergeneracional complican necesariamente la "
    "colaboración interdisciplinaria entre organizaciones cuyas responsabilidades administrativas subestiman "
    "sistemáticamente las continuidades evolutivas. " * 3
)


def test_an_easy_english_text_has_a_low_grade():
    assert measure(EASY, "en") < 4
    assert measure(HARD, "en") > 15


def test_an_easy_spanish_text_has_a_high_degree_of_ease():
    assert measure(FACIL, "es-MX") > 75
    assert measure(DIFICIL, "es") < 30


def test_the_grade_is_that_of_the_formula():
    # 60 words, 20 sentences, 60 syllables
    assert measure("A cat sat. " * 20, "en") == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)
    # 60 words, 20 sentences, 100 syllables: ca-sa, me-sa, y
    assert measure("Casa y mesa. " * 20, "es") == pytest.approx(206.835 - 62.3 * 100 / 60 - 3)


def test_where_a_link_leads_is_not_read():
    linked = EASY.replace("door", "[door](https://example.org/interdisciplinary/organizations/responsibilities)")

    assert measure(linked, "en") == measure(EASY, "en")


@pytest.mark.parametrize(("text", "language"), [(HARD[:100], "en"), (HARD, "fr"), (HARD, "est"), ("", "en")])
def test_short_texts_and_other_languages_are_passed_by(text, language):
    assert measure(text, language) is None
    assert list(find_hard_reading(("text",), text, language)) == []


def test_hard_reading_is_a_warning():
    (english,) = find_hard_reading(("text",), HARD, "en")
    (spanish,) = find_hard_reading(("text",), DIFICIL, "es")

    assert english.severity == spanish.severity == "warning"
    assert english.message.startswith("it reads at grade ")
    assert english.message.endswith(" (Flesch-Kincaid), and should stay at 8 or below")
    assert spanish.message.endswith(" (Szigriszt-Pazos), and should reach 55")
    assert list(find_hard_reading(("text",), EASY, "en")) == []
    assert list(find_hard_reading(("text",), FACIL, "es")) == []


@pytest.mark.parametrize("text", ["a" * 5000, "é" * 41, ". " * 500, "x. " * 50, "1 2 3 " * 50])
def test_any_text_can_be_measured(text):
    measure(text * 50, "en")
    measure(text * 50, "es")


def test_a_translation_is_read_in_its_own_language(desk):
    beside = desk.case.with_name("two-doors.es.yaml")
    beside.write_text(
        "schema: 1\ntranslates: two-doors\nlanguage: es\nstrings:\n"
        f"  scenes/kitchen/text: {{of: 'abcdabcd', text: '{DIFICIL}'}}\n"
        "  scenes/ending/text: {of: 'abcdabcd', text: 'Las [puertas](javascript:void) abiertas.'}\n",
        "utf-8",
    )

    told = [str(problem) for problem in check(desk.path)]

    assert any(
        line.startswith("cases/two-doors.es.yaml:5: string 'scenes/kitchen/text': it reads with an ease of ")
        for line in told
    )
    assert any(
        line.startswith("cases/two-doors.es.yaml:6: string 'scenes/ending/text': a link leads to 'javascript:'")
        for line in told
    )
