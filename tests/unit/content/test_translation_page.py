"""A page says of each string that is not translated in which language it is."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casework.activity.observe_ground import Ground
from casework.activity.observe_page import observe_page
from casework.activity.page import reflect_page, walk_page
from casework.activity.rules import Response, fold
from casework.activity.walk import Walk
from casework.content import Folder
from casework.content.translation import source_mark
from casework.content.words import ENGLISH
from casework.report.pages import own_pages, walk_chapters
from casework.widgets import ReflectWidget, WalkWidget

STRINGS = {
    "title": ("Two doors", "Dos puertas"),
    "prompts/notice/prompt": ("What do you see?", "¿Qué ve?"),
    "scenes/kitchen/text": ("The kettle is on.", "La tetera está puesta."),
    "moments/at-the-table/beats/0": ("She looks up.", "Levanta la mirada."),
}


@pytest.fixture
def folder(desk):
    lines = [f"  {key}: {{of: '{source_mark(source)}', text: {text}}}" for key, (source, text) in STRINGS.items()]
    head = "schema: 1\ntranslates: {}\nlanguage: es\nstrings:\n"
    desk.case.with_suffix(".es.yaml").write_text(head.format("two-doors") + "\n".join(lines), "utf-8")
    item = f"  title: {{of: '{source_mark('At the table')}', text: A la mesa}}"
    desk.checklist.with_suffix(".es.yaml").write_text(head.format("table") + item, "utf-8")
    return Folder(desk.path)


def test_a_walk_marks_what_is_borrowed(folder):
    page = walk_page(folder.find_case("two-doors", "es"))

    assert (page["title"], page["base"]) == ("Dos puertas", "en")
    assert page["summary"] == '<p lang="en">A morning in a hallway.</p>'
    assert page["scenes"]["hallway"]["html"] == '<p lang="en">Noor stands between <em>two</em> doors.</p>'
    assert page["scenes"]["kitchen"]["html"] == "<p>La tetera está puesta.</p>"
    assert page["prompts"]["notice"]["html"] == "¿Qué ve?"
    assert page["prompts"]["notice-again"]["html"] == '<span lang="en">What is different now?</span>'
    assert {"choices/wait/text", "perspectives/child/name", "people/noor/role"} < set(page["borrowed"])
    assert "title" not in page["borrowed"]


def test_a_reflection_marks_what_is_borrowed(folder):
    page = reflect_page(folder.find_case("two-doors", "es"), ["notice-again"])

    assert page["prompts"][0]["html"] == '<span lang="en">What is different now?</span>'
    assert "perspectives/child/question" in page["borrowed"]


def test_an_observation_marks_what_is_borrowed_from_either_file(folder):
    case, checklist = folder.find_case("two-doors", "es"), folder.find_checklist("table", "es")

    moment = case.moments[0]

    page = observe_page(Ground(moment.id, moment.title, moment), checklist, case)

    assert [beat["html"] for beat in page["moment"]["beats"]] == [
        "<p>Levanta la mirada.</p>",
        '<p lang="en">She looks at the door.</p>',
    ]
    assert {"summary", "moments/at-the-table/title"} < set(page["borrowed"])
    assert {"title", "content_note"}.isdisjoint(page["borrowed"])


def test_an_observation_marks_a_content_note_that_is_borrowed(folder):
    head = "schema: 1\nid: at-home\nlanguage: en\ntitle: At home\nrights: Ours.\ncontent_note: A child waits.\n"
    one = "moments: [{id: sofa, title: Sofa, beats: [{at: 0, text: So.}]}]\n"
    moments = folder.path / "moments/at-home.yaml"
    moments.parent.mkdir(exist_ok=True)
    moments.write_text(head + one, "utf-8")
    moments.with_suffix(".es.yaml").write_text("schema: 1\ntranslates: at-home\nlanguage: es\nstrings: {}\n", "utf-8")
    holder = folder.find_moments("at-home", "es")

    page = observe_page(Ground("sofa", "Sofa", holder.moments[0]), folder.find_checklist("table", "es"), holder)

    assert page["moment"]["contentNote"] == '<p lang="en">A child waits.</p>'


def test_a_page_in_its_own_language_marks_nothing(folder):
    page = walk_page(folder.find_case("two-doors", "en"))

    assert "borrowed" not in page
    assert "lang=" not in str(page)


def test_a_fallback_marks_what_is_borrowed(folder):
    case, words = folder.find_case("two-doors", "es"), {"words": ENGLISH}

    walk = WalkWidget({**walk_page(case), **words}, {}).fallback()
    reflect = ReflectWidget({**reflect_page(case, ["notice"]), **words}, {}).fallback()

    assert "<h3>Dos puertas</h3>" in walk
    assert '<strong>Noor</strong>, <span lang="en">' in walk
    assert "¿Qué ve?" in reflect
    assert '<strong><span lang="en">' in reflect


def test_ones_own_pages_mark_what_is_borrowed(folder):
    walk = Walk(folder.find_case("two-doors", "es"))
    state = fold(walk, [])
    said = Response("a" * 32, "Manos <b>", datetime(2026, 1, 5, tzinfo=UTC))
    responses = {"notice/child": said, "notice-again/child": said}

    [chapter] = walk_chapters(walk, replace(state, responses=responses), ENGLISH)
    html = own_pages("T", [chapter], ENGLISH, "es", said.at)

    assert "Dos puertas" in chapter.title
    assert re.search(r'<dt><span lang="en">[^<]+</span>\. ¿Qué ve\?</dt>', html)
    assert re.search(r'<dt><span lang="en">[^<]+</span>\. <span lang="en">What is different now\?</span></dt>', html)
    assert "Manos &lt;b&gt;" in html
