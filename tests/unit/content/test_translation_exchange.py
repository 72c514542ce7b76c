"""Strings out to a translator and back."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casework.content import Folder, check
from casework.content.kinds import KINDS
from casework.content.translation import source_mark
from casework.content.translation_exchange import export_strings, find_standings, import_strings, open_desk
from casework.content.translation_po import read_po, write_po
from casework.content.translation_sheet import read_sheet, write_sheet
from casework.content.translation_table import Row, Table
from casework.content.yaml_tree import UNPRINTABLE
from casework.errors import ContentError

SAMPLE = Path(__file__).parent / "sample"
FILES = sorted(f"{kind}/{path.stem}" for kind in KINDS for path in SAMPLE.glob(f"{kind}/*.yaml"))
SHIPPED = Path(__file__).parents[3] / "workbooks"
HARD = ("=1+1", "+1", "-1", "@SUM(A1)", "'x", "_x000D_", "a\rb", "a\r\nb", "a\n\n  b \n\tc", "#x", "yes", "1e5", "~",
        'say "so"', "a: b # c", "| x", "\\n", "%s", "\u2028x\u2029y\x85z", "{a}", "---", "- a", "a\u00a0b", "é́", "😀",
        "null", "0123", "a\n...\nb", "&a *b", "? x", "a  \nb", "\\", '"', "msgid", "x" * 200)  # fmt: skip
texts = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80),
    st.text("=+-@\"'\\\n\t\r _x:#|>&*%{}[]-?!é0", min_size=1, max_size=40),
).filter(lambda text: text.strip() and not UNPRINTABLE.search(text))
keys = st.from_regex(r"[a-z][a-z-]{0,8}/[0-9]{1,2}", fullmatch=True)
states = st.sampled_from(["done", "stale"])
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(rows=st.dictionaries(keys, st.tuples(texts, texts, states), min_size=1, max_size=4))
@pytest.mark.parametrize("way", [(write_sheet, read_sheet, ".xlsx"), (write_po, read_po, ".po")], ids=["xlsx", "po"])
def test_any_text_comes_back_as_it_went(tmp_path, way, rows):
    write, read, ending = way
    table = Table("cases/x", "es", tuple(Row(key, "Where", *row) for key, row in rows.items()))

    write(table, tmp_path / f"x{ending}")
    back = read(tmp_path / f"x{ending}", "x")

    assert (back.name, back.language) == ("cases/x", "es")
    assert [(row.key, row.source, row.text) for row in back.rows] == [(key, *row[:2]) for key, row in rows.items()]
    assert [row.state == "stale" for row in back.rows] == [row[2] == "stale" for row in rows.values()]


@pytest.mark.parametrize("way", [(write_sheet, read_sheet, ".xlsx"), (write_po, read_po, ".po")], ids=["xlsx", "po"])
def test_any_text_that_is_gone_comes_back_as_it_went(tmp_path, way):
    write, read, ending = way
    rows = (
        Row("a/1", "Where", "A", "B", "done"),
        *(Row(f"b/{at}", "", "", text, "gone") for at, text in enumerate(HARD)),
    )

    write(Table("cases/x", "es", rows), tmp_path / f"x{ending}")
    back = read(tmp_path / f"x{ending}", "x").rows

    assert [(row.key, row.text) for row in back] == [(row.key, row.text) for row in rows]
    assert {row.state for row in back[1:]} == {"gone"}


@quick
@given(text=texts, again=texts, ending=st.sampled_from([".xlsx", ".po"]))
def test_any_translation_is_written_and_read_again(sample, tmp_path, text, again, ending):
    shutil.rmtree(tmp_path / "desk", ignore_errors=True)
    shutil.copytree(sample, tmp_path / "desk")
    case, sheet = tmp_path / "desk" / "cases" / "two-doors.yaml", tmp_path / f"x{ending}"

    for said in (text, again):
        desk = open_desk(case, "es")
        rows = [row._replace(text=said) if row.key == "title" else row for row in desk.table("es").rows]
        (write_sheet if ending == ".xlsx" else write_po)(Table(desk.name, "es", tuple(rows)), sheet)
        import_strings(sheet, tmp_path / "desk")

        assert Folder(tmp_path / "desk").find_case("two-doors", "es").title == said.strip()

    before = case.with_suffix(".es.yaml").read_bytes()
    export_strings("two-doors", "es", sheet, tmp_path / "desk")
    assert import_strings(sheet, tmp_path / "desk")[1] == 0
    assert case.with_suffix(".es.yaml").read_bytes() == before


@pytest.mark.parametrize("ending", [".xlsx", ".po"])
@pytest.mark.parametrize("name", ["cases/first-goodbye", "checklists/everyday-interaction", "perspectives/iecmh"])
def test_a_round_trip_changes_nothing_in_what_is_shipped(tmp_path, name, ending):
    shutil.copytree(SHIPPED, tmp_path / "workbooks")
    path = tmp_path / "workbooks" / f"{name}.es.yaml"
    before = path.read_bytes()

    export_strings(name, "es", tmp_path / f"x{ending}", tmp_path / "workbooks")
    _, changed, standing = import_strings(tmp_path / f"x{ending}", tmp_path / "workbooks")

    assert (changed, path.read_bytes()) == (0, before)
    assert (standing.stale, standing.missing) == (0, 0)


def fill(path, **texts):
    """Write translations into a sheet, as a translator would."""
    book = load_workbook(path)
    sheet = book.active
    for line in sheet.iter_rows(min_row=3):
        if line[0].value in texts:
            line[3].value = texts[line[0].value]
    book.save(path)


@pytest.fixture
def sheet(desk, tmp_path):
    path = tmp_path / "strings.xlsx"
    export_strings("two-doors", "es", path, desk.path)
    return path


def test_a_new_translation_is_made_from_a_sheet(desk, sheet):
    fill(sheet, **{"title": "Dos puertas", "choices/wait/opens": "Noor tiene tiempo.", "summary": "=1+1"})

    path, changed, standing = import_strings(sheet, desk.path, ["Ana Ruiz"])

    assert (path, changed, standing.done) == (desk.case.with_suffix(".es.yaml"), 3, 5)
    case = Folder(desk.path).find_case("two-doors", "es")
    assert (case.title, case.summary, case.translated_by) == ("Dos puertas", "=1+1", ("Ana Ruiz",))
    assert [problem for problem in check(desk.path) if problem.severity == "error"] == []


def test_comments_and_layout_of_the_author_stay(desk, sheet):
    beside = desk.case.with_suffix(".es.yaml")
    beside.write_text(
        "# Ours.\nschema: 1\ntranslates: two-doors\nlanguage: es\ntranslated_by:\n- Ana   # all of it\n\n# The words\n"
        "strings:\n    title:   # short\n        of: 'aaaaaaaa'\n        text: 'Puertas'   # two of them\n\n"
        "    # the yes or no of it\n    summary: Una mañana.   # flat\n\n    content_note: |\n        Una niña llora.\n"
        "\n    # the end\n",
        "utf-8",
    )
    fill(sheet, title="Dos puertas", summary="Una mañana en un pasillo.", rights="Inventado.")

    import_strings(sheet, desk.path)

    assert beside.read_text("utf-8") == (
        "# Ours.\nschema: 1\ntranslates: two-doors\nlanguage: es\ntranslated_by:\n- Ana   # all of it\n\n# The words\n"
        f"strings:\n    title:   # short\n        of: '{source_mark('Two doors')}'\n        text: 'Dos puertas' "
        "# two of them\n\n"
        f"    # the yes or no of it\n    summary:\n        of: '{source_mark('A morning in a hallway.')}'\n"
        "        text: Una mañana en un pasillo. # flat\n\n    content_note: |\n        Una niña llora.\n"
        f"\n    # the end\n    rights:\n        of: '{source_mark('Made up for these tests; do as you like.')}'\n"
        "        text: Inventado.\n"
    )


@pytest.fixture
def renamed(desk, sheet):
    """A translation of a case in which a scene was renamed since."""
    fill(sheet, **{"title": "Dos puertas", "scenes/hallway/text": "Un pasillo.", "scenes/kitchen/text": "La tetera."})
    import_strings(sheet, desk.path)
    text = desk.case.read_text("utf-8").replace("kitchen", "stove")
    desk.case.write_text(text, "utf-8")
    return desk


@pytest.mark.parametrize("ending", [".xlsx", ".po"])
def test_what_the_file_no_longer_has_is_listed_as_gone_and_dropped_by_the_import(renamed, tmp_path, ending):
    path = tmp_path / f"again{ending}"

    table = export_strings("two-doors", "es", path, renamed.path)

    assert [(row.key, row.text) for row in table.rows if row.state == "gone"] == [("scenes/kitchen/text", "La tetera.")]
    assert [row.state for row in table.rows if row.key == "scenes/stove/text"] == ["missing"]
    assert next(each for each in find_standings(renamed.path) if each.file == "cases/two-doors.es.yaml").gone == 1
    _, changed, standing = import_strings(path, renamed.path)
    assert (changed, standing.gone) == (1, 0)
    case = Folder(renamed.path).find_case("two-doors", "es")
    assert case.find_scene("hallway").text == "Un pasillo."
    assert "La tetera." not in renamed.case.with_suffix(".es.yaml").read_text("utf-8")


def test_until_an_import_drops_it_a_page_is_not_shown_with_what_is_gone(renamed):
    with pytest.raises(ContentError, match="the file beside it has no such string"):
        Folder(renamed.path).find_case("two-doors", "es")


def test_a_row_that_is_taken_out_of_the_sheet_drops_nothing(renamed, sheet):
    export_strings("two-doors", "es", sheet, renamed.path)
    book = load_workbook(sheet)
    book.active.delete_rows(book.active.max_row)
    book.save(sheet)

    assert import_strings(sheet, renamed.path)[2].gone == 1


@pytest.mark.parametrize("gone", ["first", "second", "last"])
def test_comments_around_a_string_that_is_dropped_stay(desk, sheet, gone):
    beside = desk.case.with_suffix(".es.yaml")
    keys = {"title": "Dos puertas", "summary": "Un pasillo.", "content_note": "Nadie."}
    place = {"first": 0, "second": 1, "last": 3}[gone]
    parts = [f"  # above {key}\n  {key}: {text}\n" for key, text in keys.items()]
    parts.insert(place, "  scenes/lost/text:\n    of: 'aaaaaaaa'\n    text: Perdida.\n\n")
    head = "schema: 1\ntranslates: two-doors\nlanguage: es\nstrings:\n"
    beside.write_text(head + "".join(parts) + "\n# the end\n", "utf-8")
    export_strings("two-doors", "es", sheet, desk.path)

    assert import_strings(sheet, desk.path)[2].gone == 0

    text = beside.read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    expected = head + "".join(part for part in parts if "lost" not in part) + "# the end\n"
    assert lines == [line.strip() for line in expected.splitlines()]


def test_other_rows_and_columns_are_no_matter(desk, sheet):
    book = load_workbook(sheet)
    strings = book.active
    strings.insert_rows(2)
    strings["A2"] = "Notes for Ana"
    strings.insert_cols(1)
    strings["A3"] = "our own column"
    strings.cell(strings.max_row + 2, 3).value = "thank you"
    for line in strings.iter_rows(min_row=4):
        if line[1].value == "title":
            line[4].value = "Dos puertas"
    strings["A1"], strings["B1"] = "strings of", "cases/two-doors"
    strings["C1"] = None
    book.create_sheet("other", 0)["A1"] = "nothing"
    book.save(sheet)

    assert import_strings(sheet, desk.path)[1] == 1


def test_a_stale_string_is_done_once_it_is_said_so(desk, sheet):
    fill(sheet, title="Dos puertas")
    import_strings(sheet, desk.path)
    desk.edit(desk.case, ("title: Two doors", "title: Two old doors"))
    export_strings("two-doors", "es", sheet, desk.path)
    assert import_strings(sheet, desk.path)[2].stale == 1

    book = load_workbook(sheet)
    next(line for line in book.active.iter_rows() if line[0].value == "title")[4].value = "done"
    book.save(sheet)

    assert import_strings(sheet, desk.path)[2].stale == 0


def test_wrong_rows_are_refused_and_nothing_is_written(desk, sheet):
    book = load_workbook(sheet)
    for cell, text in (("A3", "titel"), ("C4", "Another morning."), ("A6", "objectives/1"), ("D7", "x")):
        book.active[cell] = text
    book.active["A7"], book.active["C7"] = book.active["A5"].value, book.active["C5"].value
    book.save(sheet)

    with pytest.raises(ContentError) as caught:
        import_strings(sheet, desk.path)

    lines = str(caught.value).splitlines()
    assert lines[:2] == [
        "strings.xlsx: row 3: the file has no string 'titel'; perhaps 'title' is meant",
        (
            "strings.xlsx: row 4: the source of 'summary' is not what the file says now ('A morning in a hallway.'); "
            "export again, and carry your translations over"
        ),
    ]
    assert "strings.xlsx: row 7: 'content_note' stands in row 5 already; keep one of the two" in lines
    assert not desk.case.with_suffix(".es.yaml").exists()


def test_wrong_messages_of_a_po_file_are_refused_with_their_line(desk, tmp_path):
    path = tmp_path / "x.po"
    export_strings("two-doors", "es", path, desk.path)
    path.write_text(path.read_text("utf-8").replace('msgctxt "title"', 'msgctxt "titel"'), "utf-8")

    with pytest.raises(ContentError, match=r"x\.po: line 12: the file has no string 'titel'; perhaps 'title' is meant"):
        import_strings(path, desk.path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.xlsx", b"no zip", "x.xlsx: this cannot be opened as a spreadsheet; save it as .xlsx."),
        ("x.po", b"msgid nothing", "x.po: line 1: this is no PO file"),
        ("x.po", b"\xff\xfe", "x.po: this"),
        ("x.po", b"", "x.po: line 1: it does not say which file and language it is of; export again."),
        ("x.csv", b"", "'x.csv' is no file to exchange strings by; give it the ending .xlsx or .po."),
    ],
)
def test_what_is_no_exchange_is_refused_in_a_sentence(desk, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ContentError) as caught:
        import_strings(tmp_path / name, desk.path)

    assert str(caught.value).startswith(said)


def test_a_text_too_long_for_a_cell_is_refused(desk, tmp_path):
    desk.edit(desk.case, ("A morning in a hallway.", "A " * 20_000))

    with pytest.raises(ContentError, match=r"The string 'summary' is longer than a cell"):
        export_strings("two-doors", "es", tmp_path / "x.xlsx", desk.path)
    export_strings("two-doors", "es", tmp_path / "x.po", desk.path)


def test_the_standing_of_each_file_is_told(desk, sheet):
    fill(sheet, title="Dos puertas")
    import_strings(sheet, desk.path)

    told = {each.file: each for each in find_standings(desk.path)}
    kept = sum(row.state == "kept" for row in open_desk(desk.case, "es").table("es").rows)
    assert (told["cases/two-doors.es.yaml"].done, told["cases/two-doors.es.yaml"].stale) == (kept + 1, 0)
    assert told["checklists/table.es.yaml"].done == 0
    assert told["perspectives/everybody.es.yaml"].missing == len(open_desk(desk.perspectives, "es").base.strings)


@pytest.mark.parametrize(
    ("wanted", "language", "said"),
    [
        ("too-doors", "es", "perhaps 'two-doors' is meant"),
        ("two-doors", "en", "'two-doors' is written in 'en' already"),
        ("two-doors", "Spanish", "'Spanish' is no language code; write one such as es or es-MX."),
    ],
)
def test_what_cannot_be_exported_is_told(desk, tmp_path, wanted, language, said):
    with pytest.raises(ContentError) as caught:
        export_strings(wanted, language, tmp_path / "x.po", desk.path)

    assert said in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_is_translated_whole(sample, tmp_path, name):
    folder = tmp_path / "desk"
    shutil.copytree(sample, folder)
    where, stem = name.split("/")
    desk = open_desk(folder / f"{name}.yaml", "es")
    rows = [row._replace(text=f"Otra vez: {row.source}") for row in desk.table("es").rows]
    write_sheet(Table(desk.name, "es", tuple(rows)), tmp_path / "x.xlsx")

    _, changed, standing = import_strings(tmp_path / "x.xlsx", folder)

    assert (changed, standing.done) == (len(rows), len(rows))
    told = Folder(folder)._find(where, KINDS[where], stem, "es")
    own = Folder(folder)._find(where, KINDS[where], stem, "en")
    assert told.title == f"Otra vez: {own.title}"
    assert told.content_hash == own.content_hash
    assert {key for key in told.borrowed if key in desk.base.strings} == set()
    assert [problem for problem in check(folder / f"{name}.yaml") if ".es." in problem.file] == []
