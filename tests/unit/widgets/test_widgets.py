"""What a widget is before any page opens: options, repr, fallback."""

from __future__ import annotations

import pytest

from casework.session import Session
from casework.store import open_store
from casework.widgets import WalkWidget
from casework.widgets._base import STATIC


@pytest.fixture
def session(workbooks, tmp_path, monkeypatch):
    monkeypatch.delenv("CASEWORK_VISIT", raising=False)
    return Session("a-workbook", folder=workbooks, store=open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}"))


@pytest.fixture
def widgets(session):
    case = session.case("small")
    observation = session.checklist("small-list").observe(case, "at-the-door")
    return {
        "walk": case.walk(),
        "reflect": case.reflect("notice"),
        "observe": observation,
        "report": session.report(),
    }


def test_an_unknown_option_is_refused_with_the_nearest_one():
    with pytest.raises(TypeError, match="Did you mean 'layout'"):
        WalkWidget({}, {}, layuot={})


def test_it_brings_its_front_end_unless_the_page_around_it_fetches_that(widgets, monkeypatch):
    assert widgets["walk"].get_state("_esm")["_esm"] == (STATIC / "walk.js").read_text("utf-8")
    monkeypatch.setenv("CASEWORK_SCRIPTS_FETCHED", "1")
    fetched = WalkWidget({}, {})
    assert fetched.get_state("_esm") == {"_esm": "export default (await casework.script('walk')).default;"}


def test_it_is_of_the_class_that_it_was_made_from(widgets):
    assert type(widgets["walk"]) is WalkWidget
    assert widgets["walk"].get_state("_anywidget_id")["_anywidget_id"] == "casework.widgets.walk.WalkWidget"


@pytest.mark.parametrize("name", ["walk", "reflect", "observe", "report"])
def test_each_has_a_repr_without_an_address(widgets, name):
    assert repr(widgets[name]).endswith(f"('{widgets[name].content['key']}')")
    assert " at 0x" not in repr(widgets[name])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("walk", "Noa stands at the <strong>door</strong>"),
        ("reflect", "What is it like down there?"),
        ("observe", "Lets a silence be."),
        ("report", "<em>"),
    ],
)
def test_each_reads_well_where_no_widget_can_run(widgets, name, said):
    data, _ = widgets[name]._repr_mimebundle_()

    assert said in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize("name", ["walk", "reflect", "observe", "report"])
def test_nothing_a_page_is_given_holds_the_trainers_notes(widgets, name):
    data, _ = widgets[name]._repr_mimebundle_()

    assert "SECRET" not in str(widgets[name].get_state()["content"]) + data["text/html"]


def test_a_reflection_without_a_prompt_says_what_it_needs(session):
    with pytest.raises(Exception, match=r"reflect\('notice'\)"):
        session.case("small").reflect()
