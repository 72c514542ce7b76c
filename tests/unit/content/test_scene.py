import json

import pytest

from casework.activity.page import walk_page
from casework.content import Document, Folder, load_case, load_document
from casework.content.kinds import KINDS


@pytest.fixture
def stops(desk):
    return load_case(desk.path / "cases" / "three-stops.yaml")


def test_a_pause_takes_its_steps_in_the_order_of_the_file(stops):
    assert stops.find_scene("market").pause.steps == ("discuss", "breathe")
    assert stops.find_scene("river").pause.steps == ("observe", "reflect")


def test_a_pause_made_in_python_takes_them_as_they_are_given(stops):
    pause = stops.find_scene("market").pause

    assert type(pause)(discuss=pause.discuss, breathe=pause.breathe).steps == ("discuss", "breathe")


def test_what_a_trainer_holds_adds_up_unless_the_pause_says_how_long_it_is(desk, stops):
    desk.edit(stops.path, ("    pause:\n      minutes: 4\n", "    pause:\n"))

    assert stops.find_scene("market").length == 2 + 4
    assert load_case(stops.path).find_scene("market").length == 2 + 2 + 1
    assert stops.find_scene("home").length == 3


def test_a_scene_may_be_heard(stops):
    audio = stops.find_scene("market").audio

    assert (audio.file, audio.alt, audio.transcript) == ("sounds/hum.mp3", "A bus hums.", "Humming.")


def test_a_moment_may_be_a_recording(stops):
    moment = stops.find_moment("on-the-bridge")

    assert moment.beats == ()
    assert moment.media.transcript == "Humming."


def test_a_page_is_given_what_a_pause_holds(stops):
    page = walk_page(stops)["scenes"]

    assert page["market"]["pause"] == {
        "steps": ["discuss", "breathe"],
        "reflect": [],
        "observe": None,
        "discuss": {"html": "<p>What did you hear?</p>", "minutes": 2},
        "breathe": {"html": "<p>Look out of the window.</p>", "minutes": 1},
    }
    assert page["river"]["pause"]["observe"] == {
        "moment": "on-the-bridge",
        "checklist": "table",
        "title": "On the bridge",
    }
    assert page["river"]["pause"]["reflect"] == ["heard"]
    assert page["market"]["audio"]["src"].startswith("data:audio/mpeg;base64,")
    assert page["market"]["audio"]["transcript"] == "<p>Humming.</p>"


def test_no_page_holds_the_notes_for_the_trainer(desk, stops):
    desk.edit(stops.path, ("moments:", "trainer_notes: Say nothing.\nmoments:"))
    told = json.dumps(walk_page(load_case(stops.path)))

    for note in ("Say nothing", "Wait until it is quiet", "Some will be tired"):
        assert note in stops.path.read_text()
        assert note not in told


def test_no_page_of_a_case_that_comes_with_the_library_holds_the_notes_for_the_trainer():
    folder = Folder()
    for name in folder.ids("cases"):
        case = folder.find_case(name)
        told = json.dumps(walk_page(case), ensure_ascii=False)
        notes = [part.trainer_notes for part in (case, *case.scenes) if part.trainer_notes]
        notes += [scene.pause.trainer_notes for scene in case.scenes if scene.pause and scene.pause.trainer_notes]
        assert not [line for note in notes for line in note.splitlines() if len(line) > 20 and line in told]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind)
def test_every_kind_is_read_into_its_model(sample, kind):
    for path in (sample / kind.folder).glob("*.yaml"):
        content = load_case(path) if kind.kind == "case" else load_document(path, kind)
        assert content.id == path.stem
        assert content.path == path


def test_what_files_have_in_common_is_in_each():
    shared = set(Document.model_fields)

    assert {"id", "language", "title", "sources", "rights", "reviewed_by", "translated_by"} <= shared
    assert all(shared <= set(kind.model_fields) for kind in KINDS.values())
