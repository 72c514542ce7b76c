import re
from pathlib import Path

from click.testing import CliRunner

from casework.cli import main
from casework.content.finding import find_case
from casework.report.preview import CaseMap
from casework.session import Session

WORKBOOKS = Path(__file__).parents[3] / "workbooks"


def test_it_writes_a_page_that_needs_nothing_else(tmp_path):
    out = tmp_path / "map.html"

    done = CliRunner().invoke(
        main, ["preview", "first-goodbye", "--folder", str(WORKBOOKS), "--lang", "es", "--out", str(out)]
    )

    page = out.read_text("utf-8")
    assert (done.output, done.exit_code) == (f"{out}\n", 0)
    assert '<html lang="es">' in page
    assert "9 caminos recorren la historia." in page
    assert re.findall(r"(?:src|href)=|url\((?!\"data:)", page) == []


def test_a_notebook_shows_the_picture_and_the_words():
    shown = CaseMap(find_case("first-goodbye", folder=WORKBOOKS))

    bundle = shown._repr_mimebundle_()
    assert "<svg" in bundle["text/html"]
    assert bundle["text/plain"].startswith("The first goodbye\n9 ways lead through the story.")


def test_a_case_in_a_session_draws_its_paths(empty_store):
    session = Session("the-first-goodbye", folder=WORKBOOKS)

    assert "<svg" in session.case("first-goodbye").paths()._repr_html_()
    assert empty_store
