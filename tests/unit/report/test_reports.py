"""Reports of a session of twelve: what is in them, for whom, and what must never be."""

from __future__ import annotations

import base64
import io
import re

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from casework.cli import main
from casework.content.words import words
from casework.report.asked import Asked
from casework.report.drawings import Drawing
from casework.report.own_report import own_report
from casework.report.page import as_page
from casework.report.reports import LEFT_OUT, frames_for, group_report
from casework.report.sheet import as_sheets
from casework.report.word import as_word
from casework.session import Session
from casework.store import open_store
from papers import DOT, WHOM, spoken, text_of
from twelve import CONVENER, FOR_TRAINER, NAMES, PRIVATE, WORKBOOKS

MADE = [("en", whom) for whom in WHOM] + [("es", "group")]


@pytest.fixture(scope="session")
def made(twelve, doce):
    """Return reports of both sessions: by language, whom they are for, and form; the pictures in Word are dots."""
    found, sessions = {}, {"en": twelve, "es": doce}
    for language, whom in MADE:
        session, key = sessions[language], (language, whom)
        document = group_report(session.store, session.run, whom, language=language, folder=WORKBOOKS)
        found[*key, "document"] = document
        found[*key, "html"] = as_page(document)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Drawing, "png", lambda _self: base64.b64decode(DOT))
            found[*key, "docx"] = as_word(document)
        frames = frames_for(session.store, session.run, session.trainer, whom, Asked(WORKBOOKS, language))
        found[*key, "xlsx"] = as_sheets(frames, language, leave_out=LEFT_OUT[whom])
    return found


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
@pytest.mark.parametrize(("language", "whom"), MADE)
def test_nobodys_name_and_nothing_unshared_is_in_a_report(made, language, whom, form):
    text = text_of(made[language, whom, form])

    for never in (*NAMES, CONVENER, PRIVATE):
        assert never not in text
        assert never.split()[-1] not in text or never == PRIVATE
    assert (FOR_TRAINER in text) == (whom == "trainer")


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
def test_an_organisation_reads_nobodys_words(made, form):
    text = text_of(made["en", "organisation", form])

    assert [said for said in spoken("en") if said in text] == []


def test_no_row_for_an_organisation_can_be_joined_to_another(made):
    book = openpyxl.load_workbook(io.BytesIO(made["en", "organisation", "xlsx"]))

    for sheet in book.worksheets[1:]:
        heads = {cell.value for cell in sheet[1]}
        assert not heads & {"author", "pair", "name", "id", "text", "joined_at"}


def test_answers_given_to_the_trainer_alone_are_in_no_figure_for_an_organisation(twelve):
    frames = frames_for(twelve.store, twelve.run, twelve.trainer, "organisation", Asked(WORKBOOKS))
    whole = frames_for(twelve.store, twelve.run, twelve.trainer, "trainer", Asked(WORKBOOKS))

    team, all_of_them = (each.ratings[each.ratings["survey"] == "our-program"] for each in (frames, whole))
    assert team.groupby("item").size().max() == 11
    assert all_of_them.groupby("item").size().max() == 12


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_asks_for_nothing_from_elsewhere(made, language):
    page = made[language, "group", "html"]

    assert re.findall(r"<(?:script|link|iframe|img|object)\b", page) == []
    assert [each for each in re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?([^\"')> ]+)", page) if each[0] != "#"] == []
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_picture_says_what_it_shows_and_has_its_table(made, language):
    document, page = made[language, "group", "document"], made[language, "group", "html"]
    drawings = [drawing for section in document.sections for drawing in section.drawings]

    assert len(drawings) > 5
    assert page.count("<svg ") == page.count("<title id=") == len(drawings)
    assert all(len(drawing.alt) > 20 and not drawing.table.empty for drawing in drawings)
    assert page.count("<caption>") == sum(1 for _ in document.tables())
    word = docx.Document(io.BytesIO(made[language, "group", "docx"]))
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [drawing.alt for drawing in drawings]


def test_ids_in_a_page_are_its_own_each(made):
    ids = re.findall(r'\bid="([^"]+)"', made["en", "group", "html"])

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["en", "es"])
def test_sentences_stand_first_pictures_below_and_tables_last(made, language):
    page, said = made[language, "group", "html"], words(language)

    places = [page.index(said["reports.short"]), page.index("<svg "), page.index(f">{said['reports.tables']}</h2>")]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_change_is_never_called_an_effect_of_the_training(made, language):
    assert words(language)["reports.no_effect"] in made[language, "group", "document"].notes


def test_a_report_says_who_answered_only_once_and_how_few_there_are(made):
    document = made["en", "group", "document"]

    survey = next(section for section in document.sections if section.title == "How I work, these days")
    text = " ".join(survey.says)
    assert "11 people answered “How I work, these days” before, and 8 after." in text
    assert "3 answered only before, 0 only after" in text
    assert "With 8 people" in text


def test_ratings_of_a_team_are_shown_as_a_spread_alone(made):
    section = next(each for each in made["en", "trainer", "document"].sections if "Our program" in each.title)

    assert {drawing.title for drawing in section.drawings} == {"How many gave which answer"}


def test_what_people_saw_comes_with_where_they_differed(made):
    document = made["en", "group", "document"]
    section = next(each for each in document.sections if each.title.startswith("What people saw"))

    assert section.says[2].startswith("They differed most here: “")
    assert [title for title, _ in section.tables] == ["Where they differed"]
    assert any("They are low where something is rare" in note for note in document.notes)


def test_a_board_lays_a_first_and_a_later_answer_side_by_side(made):
    section = made["en", "group", "document"].sections[-1]
    board = next(board for board in section.boards if board.question.startswith("The practitioner."))

    assert board.heads == ("First", "Later")
    assert sum(all(row) for row in board.rows) >= 5


def test_a_spreadsheet_explains_every_column_and_holds_no_formula(made):
    book = openpyxl.load_workbook(io.BytesIO(made["es", "group", "xlsx"]))
    legend = [tuple(cell.value for cell in row) for row in book["Columnas"].iter_rows()]

    for sheet in book.worksheets[1:]:
        explained = [column for title, column, told in legend if title == sheet.title and column and told]
        assert [cell.value for cell in sheet[1]] == explained
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_words_that_look_like_a_formula_stay_words(store_of_one):
    session, store = store_of_one
    frames = frames_for(store, session._ledger.run, session._visit, "learner", Asked(session.folder.path))

    book = openpyxl.load_workbook(io.BytesIO(as_sheets(frames)))

    cells = [cell for row in book["Responses"].iter_rows() for cell in row if cell.value == "=1+1 <b>"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("whom", WHOM)
def test_an_empty_session_invites(whom, tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}") as store:
        run = store.open_group_run("the-first-goodbye", convener=CONVENER)

        document = group_report(store, run, whom, folder=WORKBOOKS)

    assert words("en")[f"reports.empty_{whom}"] in document.says
    assert document.sections == document.notes == ()
    assert "<article" in as_page(document)
    assert as_word(document)[:2] == b"PK"


@pytest.fixture
def store_of_one(empty_store, workbooks):
    """Return a session of one's own with words, answers and a log in it, and its store."""
    folder = workbooks / "surveys"
    folder.mkdir()
    (folder / "how-i-work.yaml").write_text((WORKBOOKS / "surveys/how-i-work.yaml").read_text("utf-8"), "utf-8")
    session = Session("own", folder=workbooks)
    count = iter(range(1, 1000))

    def does(widget, what, **body):
        widget.send = lambda _message, _buffers=None: None
        widget._handle_custom_msg({"id": f"{next(count):032x}", "do": what, **body}, [])

    walk = session.case("small").walk()
    does(walk, "start")
    does(walk, "go_on", scene="arrival", step="read")
    does(walk, "write", prompt="notice", perspective="child", text="=1+1 <b>")
    survey = session.survey("how-i-work").answer("before")
    for item in session.folder.find_survey("how-i-work").items:
        if item.kind == "rated":
            does(survey, "answer", item=item.id, value=3)
    log = session.log()
    does(log, "add", entry=f"{1:032x}", date="2026-03-02", minutes=90, kind="group", people=4)
    with open_store(empty_store) as store:
        yield session, store


def test_ones_own_report_holds_words_and_profile(store_of_one):
    session, store = store_of_one

    document = own_report(store, session._visit, session._ledger.run, folder=session.folder.path)

    page = as_page(document)
    assert "=1+1 &lt;b&gt;" in page
    profile = next(drawing for section in document.sections for drawing in section.drawings)
    assert profile.table.iloc[0].tolist()[1:] == ["3.0", "3.0"]
    assert as_word(document)[:2] == b"PK"


def test_ones_own_maps_are_drawn_with_words_that_say_the_same(store_of_one):
    session, store = store_of_one
    case = session.case("small")
    for number, (name, quality) in enumerate((("before", "strained"), ("after", "close"))):
        widget = case.map(name)
        widget.send = lambda _message, _buffers=None: None
        told = {"id": f"{number + 5000:032x}", "do": "tie", "one": "child", "other": "0-me", "quality": quality}
        widget._handle_custom_msg(told, [])

    document = own_report(store, session._visit, session._ledger.run, folder=session.folder.path)

    first, later = (section for section in document.sections if section.picture)
    assert "map" in first.title.lower()
    assert first.picture.startswith("data:image/svg+xml;base64,")
    differs = words("en")["map.differs"]
    assert differs not in dict(first.entries)
    assert "strained" in dict(later.entries)[differs]
    page = as_page(document)
    assert page.count('<img src="data:image/svg+xml') == 2
    assert first.picture_says in page.replace("&#39;", "'")
    assert first.picture_says in [each.text for each in docx.Document(io.BytesIO(as_word(document))).paragraphs]


def test_ones_own_log_is_drawn_by_month(store_of_one):
    session, store = store_of_one
    run = store.find_own_run(session._visit, "own-papers")

    document = own_report(store, session._visit, run, language="es", folder=session.folder.path)

    assert document.sections[-1].says == ("1 h 30 min de supervisión reflexiva. Meses: 1. Encuentros: 1.",)
    assert document.sections[-1].drawings[0].table.to_numpy().tolist() == [["marzo de 2026", "0 h 0 min", "1 h 30 min"]]


# The command


@pytest.fixture
def command(twelve, monkeypatch):
    """Return what runs the command on the session of twelve."""
    monkeypatch.setenv("CASEWORK_STORE", str(twelve.store._engine.url))

    def run(*arguments):
        return CliRunner().invoke(main, ["report", *arguments, "--folder", str(WORKBOOKS)])

    return run


def test_the_command_writes_a_file_that_its_owner_alone_may_read(command, twelve, tmp_path):
    file = tmp_path / "spring.html"

    done = command(twelve.run.id, "--to", str(file), "--for", "organisation", "--lang", "es")

    assert done.output == f"{file} is written, readable by you alone.\n"
    assert "Lo que vio un grupo, en cifras" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0


def test_the_command_names_the_file_by_whom_it_is_for(command, twelve, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    command(twelve.run.id, "--to", "xlsx")

    assert [path.name for path in tmp_path.iterdir()] == [f"{twelve.run.id}-group.xlsx"]


def test_the_command_says_what_it_can_write(command, twelve):
    assert "say html, docx or xlsx" in command(twelve.run.id, "--to", "odt").output
    assert "take their own pages along" in command(twelve.run.id, "--for", "learner").output


def test_a_session_of_ones_own_has_one_report(store_of_one, tmp_path):
    session, _ = store_of_one
    asked = ["report", "own", "--folder", str(session.folder.path), "--to"]

    refused = CliRunner().invoke(main, [*asked, "html", "--for", "organisation"])
    done = CliRunner().invoke(main, [*asked, str(tmp_path / "own.docx")])

    assert "its report is for you" in refused.output
    assert done.exit_code == 0, done.output
    assert "=1+1 <b>" in [each.text for each in docx.Document(tmp_path / "own.docx").paragraphs]


# In a notebook


def test_a_trainer_sees_what_was_shared_in_their_run(twelve, monkeypatch):
    monkeypatch.setenv("CASEWORK_VISIT", twelve.trainer.id)
    session = Session("the-first-goodbye", folder=WORKBOOKS, store=twelve.store)
    widget, said = session.report(), []
    widget.send = lambda message, buffers=None: said.append((message, buffers))

    assert widget.state["html"] is None
    widget._handle_custom_msg({"id": "a" * 32, "do": "draw"}, [])
    widget._handle_custom_msg({"id": "b" * 32, "do": "take"}, [])

    assert widget.content["title"] == "What was shared"
    assert re.findall(r"<h([1-6])", widget.state["html"])[0] == "4"  # below the heading of the widget
    assert FOR_TRAINER in widget.state["html"]
    assert PRIVATE not in widget.state["html"]
    assert FOR_TRAINER in bytes(said[-1][1][0]).decode()


def test_a_learner_of_the_group_sees_their_own_pages_alone(twelve, monkeypatch):
    monkeypatch.setenv("CASEWORK_VISIT", twelve.visits[0].id)
    widget = Session("the-first-goodbye", folder=WORKBOOKS, store=twelve.store).report()
    widget.send = lambda _message, _buffers=None: None

    widget._handle_custom_msg({"id": "a" * 32, "do": "draw"}, [])

    assert widget.content["title"] == "How your seeing changed"
    assert FOR_TRAINER not in widget.state["html"]
