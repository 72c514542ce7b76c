"""A translation beside its file: read, compared, applied."""

import pytest

from casework.content import Folder, check, load_case
from casework.content.translation import source_mark
from casework.errors import ContentError

HEAD = "schema: 1\ntranslates: {}\nlanguage: es\ntranslated_by: [Ana]\nstrings:\n"


def add(path, **strings):
    """Write a translation beside a file, with what each string is of and says."""
    beside = path.with_suffix(".es.yaml")
    lines = [f"  {key}: {{of: '{mark}', text: {text}}}\n" for key, (mark, text) in strings.items()]
    beside.write_text(HEAD.format(path.stem) + "".join(lines), "utf-8")
    return beside


@pytest.fixture
def spanish(desk):
    add(
        desk.case,
        **{
            "title": (source_mark("Two doors"), "Dos puertas"),
            "people/noor/role": (source_mark("The child"), "La niña"),
            "prompts/notice/prompt": (source_mark("What do you see?"), "¿Qué ve?"),
            "choices/wait/opens": (source_mark("Noor has time."), "Noor tiene tiempo."),
            "scenes/hallway/image/alt": ("00000000", "Un pasillo con dos puertas."),
            "moments/at-the-table/beats/6": (source_mark("She looks at the door."), "Mira la puerta."),
            "perspectives/sibling/name": (source_mark("The brother"), "El hermano"),
        },
    )
    add(desk.perspectives, **{"perspectives/child/name": (source_mark("The child"), "La niña")})
    return desk


def test_a_case_is_found_in_the_language_of_its_translation(spanish):
    case = Folder(spanish.path).find_case("two-doors", "es")

    assert (case.language, case.base_language, case.translated_by) == ("es", "en", ("Ana",))
    assert case.title == "Dos puertas"
    assert case.people[0].role == "La niña"
    assert case.find_prompt("notice").prompt == "¿Qué ve?"
    assert case.scenes[0].choices[0].opens == "Noor tiene tiempo."
    assert case.moments[0].beats[1].text == "Mira la puerta."
    assert [one.name for one in case.perspectives] == ["La niña", "The parent", "El hermano"]


def test_what_a_translation_lacks_is_borrowed(spanish):
    case = Folder(spanish.path).find_case("two-doors", "es")

    assert case.summary == "A morning in a hallway."
    assert {"summary", "scenes/hallway/text", "perspectives/parent/name", "perspectives/child/question"} < case.borrowed
    assert case.borrowed.isdisjoint({"title", "choices/wait/opens", "perspectives/child/name", "people/noor/name"})


def test_a_string_whose_source_has_changed_is_still_shown(spanish):
    case = Folder(spanish.path).find_case("two-doors", "es")

    assert case.scenes[0].image.alt == "Un pasillo con dos puertas."
    assert "scenes/hallway/image/alt" not in case.borrowed


def test_answers_in_both_languages_belong_together(spanish):
    folder = Folder(spanish.path)

    assert folder.find_case("two-doors", "es").content_hash == folder.find_case("two-doors", "en").content_hash


def test_a_file_in_its_own_language_borrows_nothing(desk):
    case = load_case(desk.case)

    assert (case.base_language, case.borrowed) == ("en", frozenset())


def test_a_case_that_is_written_in_spanish_needs_no_translation(desk):
    desk.edit(desk.case, ("language: en", "language: es"))
    add(desk.perspectives, **{"perspectives/child/name": ("", "La niña"), "perspectives/parent/name": ("", "La madre")})
    desk.edit(desk.perspectives.with_suffix(".es.yaml"), ("of: ''", "of: '1'"), ("of: ''", "of: '1'"))

    case = Folder(desk.path).find_case("two-doors", "es")

    assert [one.name for one in case.perspectives] == ["La niña", "La madre", "The brother"]
    assert case.borrowed == frozenset()


def test_a_checklist_is_found_in_the_language_of_its_translation(desk):
    add(desk.checklist, title=(source_mark("At the table"), "A la mesa"))

    checklist = Folder(desk.path).find_checklist("table", "es")

    assert checklist.title == "A la mesa"
    assert "rights" in checklist.borrowed


def test_a_translation_that_changed_is_read_again(spanish):
    before = Folder(spanish.path).perspectives("es")["child"].name
    spanish.edit(spanish.perspectives.with_suffix(".es.yaml"), ("La niña", "La pequeña Noor"))

    assert (before, Folder(spanish.path).perspectives("es")["child"].name) == ("La niña", "La pequeña Noor")


@pytest.mark.parametrize("language", ["../es", "", "ES", "es/../es", "*"])
def test_a_language_is_no_path(spanish, language):
    with pytest.raises(ContentError, match="not yet translated into"):
        Folder(spanish.path).find_case("two-doors", language)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "choices/wait/opens",
            "choices/wait/open",
            (
                "9: string 'choices/wait/open': the file beside it has no such string; "
                "perhaps 'choices/wait/opens' is meant"
            ),
        ),
        (
            "translates: two-doors",
            "translates: doors",
            ("2: it translates 'doors', but stands beside 'two-doors'; write translates: two-doors, or move the file"),
        ),
        (
            "language: es",
            "language: fr",
            ("3: the language is 'fr', but the file is called 'two-doors.es.yaml'; let the two agree"),
        ),
        ("text: Dos puertas", "text: ''", "6: string 'title': 'text' is empty; write something there"),
        ("title: {of: ", "title: {off: ", "6: string 'title': the key 'off' is not known here; perhaps 'of' is meant"),
        ("strings:", "string:", "5: the key 'string' is not known here; perhaps 'strings' is meant"),
        (
            "{of: '00000000', text: Un pasillo con dos puertas.}",
            "[Un pasillo]",
            (
                "10: string 'scenes/hallway/image/alt': 'scenes/hallway/image/alt' should have keys of its own, "
                "but a list stands there; write its keys below it: text"
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_translation_is_told_with_its_line(spanish, old, new, said):
    spanish.edit(spanish.case.with_suffix(".es.yaml"), (old, new))

    with pytest.raises(ContentError) as caught:
        Folder(spanish.path).find_case("two-doors", "es")

    assert str(caught.value) == f"cases/two-doors.es.yaml:{said}"


def told(problems):
    return [f"{problem} ({problem.severity})" for problem in problems if ".es." in problem.file]


def test_a_check_tells_what_is_missing_and_what_is_stale(spanish):
    spanish.edit(spanish.perspectives.with_suffix(".es.yaml"), ("{of: '84a9a703', text: La niña}", "La niña"))

    alt = source_mark("A hallway with two doors.")
    assert told(check(spanish.path)) == [
        (
            "cases/two-doors.es.yaml:5: 24 strings are not translated yet: 'summary', 'content_note', 'objectives/1', "
            "'rights', 'perspectives/sibling/question', 'scenes/hallway/text', …; until then, learners read 'en' there "
            "(warning)"
        ),
        (
            "cases/two-doors.es.yaml:10: string 'scenes/hallway/image/alt': its source has changed since it was "
            f"translated; read both again; once they agree, write of: '{alt}' (warning)"
        ),
        (
            "perspectives/everybody.es.yaml:5: 5 strings are not translated yet: 'title', 'rights', "
            "'perspectives/child/question', 'perspectives/parent/name', 'perspectives/parent/question'; "
            "until then, learners read 'en' there (warning)"
        ),
        (
            "perspectives/everybody.es.yaml:6: string 'perspectives/child/name': it does not say which wording it "
            "translates; read both again; once they agree, write of: '84a9a703' (warning)"
        ),
    ]


def test_a_check_of_a_translation_alone_tells_its_errors(spanish):
    beside = spanish.edit(spanish.case.with_suffix(".es.yaml"), ("  title:", "  titel:"))

    assert [problem.severity for problem in check(beside) if "titel" in problem.element] == ["error"]


def test_a_translation_of_nothing_is_told(spanish):
    spanish.case.with_suffix(".es.yaml").rename(spanish.case.with_name("doors.es.yaml"))

    assert told(check(spanish.path))[0] == (
        "cases/doors.es.yaml:1: there is no 'doors.yaml' that it translates; "
        "put 'doors.yaml' there, or take this file away (error)"
    )


def test_a_translation_that_is_a_link_is_refused(spanish, tmp_path):
    beside = spanish.case.with_suffix(".es.yaml")
    beside.rename(tmp_path / "elsewhere.yaml")
    beside.symlink_to(tmp_path / "elsewhere.yaml")

    with pytest.raises(ContentError, match=r"two-doors\.es\.yaml:1: the file is a link; put the file itself there"):
        Folder(spanish.path).find_case("two-doors", "es")


ODD = ["", "- a", "strings: 1", "strings: [a]", "strings: {title: 1}", "strings: {title: [a]}", "strings: {title: {}}",
       "strings: {title: {text: 1, of: [2]}}", "strings: {title: {text: a, of: 1e5}}", "strings:", "strings: {1: a}",
       "strings: {title: {text: {a: b}}}", "translated_by: 3", "translated_by: [[]]", "strings: {? [a] : b}",
       "strings: &a {title: *a}", "strings: {title: !!python/object:os.system a}", "\0", "strings: {text: {a: b}}",
       "strings: {translates: {text: {text: a}}}", "a: " + "[" * 100]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_no_translation_makes_a_traceback(desk, odd):
    beside = desk.case.with_suffix(".es.yaml")
    beside.write_text(f"schema: 1\ntranslates: two-doors\nlanguage: es\n{odd}\n", "utf-8")

    problems = told(check(desk.path))

    assert problems
    assert all(problem.startswith("cases/two-doors.es.yaml:") for problem in problems)
