import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from casework.content import signs
from casework.content.drawing import draw_key, draw_map, list_map, tell_map, tell_ways
from casework.content.finding import find_case
from casework.content.graph import SceneGraph, letter
from casework.content.layout import place
from casework.content.loader import load_case
from casework.errors import ContentError

ROOT = Path(__file__).parents[3]

HEAD = """\
schema: 1
id: drawn
language: en
title: Drawn
summary: A door.
setting: home-visiting
minutes: 5
content_note: Nothing happens.
sources: [{id: own, cite: Written for these tests.}]
rights: Ours.
scenes:
"""

ROUND = """\
  - id: door
    title: <The door>
    minutes: 2
    text: A door.
    choices:
      - {id: wait, text: Wait., to: wait, opens: A., closes: B.}
      - {id: knock, text: Knock & listen., to: in, opens: A., closes: B.}
  - {id: wait, minutes: 3, text: Rain., next: door}
  - id: in
    minutes: 4
    text: Inside.
    new_information: A song.
    choices:
      - {id: out, text: Go., to: street, opens: A., closes: B., when: {chose: wait}}
      - {id: stay, text: Stay., to: street, opens: A., closes: B.}
      - {id: sleep, text: Sleep., to: street, opens: A., closes: B., when: {visited: in}}
  - {id: street, text: Wind., end: true}
"""


@pytest.fixture
def round_case(tmp_path):
    path = tmp_path / "drawn.yaml"
    path.write_text(HEAD + ROUND)
    return load_case(path)


@pytest.fixture
def long_case(tmp_path):
    scenes = [
        f"  - id: s{n}\n    text: A.\n    choices:\n"
        + "".join(
            f"      - {{id: c{n}{each}, text: Go on., to: s{min(n + step, 59)}, opens: A., closes: B.}}\n"
            for each, step in enumerate((1, 2, 3))
        )
        for n in range(59)
    ]
    path = tmp_path / "drawn.yaml"
    path.write_text(HEAD + "".join(scenes) + "  - {id: s59, text: B., end: true}\n")
    return load_case(path)


def test_it_letters_scenes_in_the_order_of_the_file():
    assert [letter(index) for index in (0, 25, 26, 59)] == ["A", "Z", "AA", "BH"]


def test_it_counts_ways_with_their_conditions_and_minutes(round_case):
    ways = SceneGraph(round_case).ways()

    # Waiting leads back to the door, so that no counted way has waited before it is inside.
    assert (ways.count, ways.shortest, ways.longest, ways.rounds) == (2, 6, 6, True)


def test_it_says_how_many_ways_there_are(round_case):
    assert tell_ways(round_case) == (
        "2 ways lead through the story. Each takes 6 minutes. "
        "Some ways lead back to an earlier scene; going round again is not counted."
    )


def test_it_says_in_words_where_each_choice_leads(round_case):
    assert tell_map(round_case).splitlines()[3:6] == [
        "- A, <The door>: 2 min",
        "  - Wait. → leads to B",
        "  - Knock & listen. → leads to C",
    ]
    assert "  - Then back to A, <The door>" in tell_map(round_case)
    assert "<strong>A, &lt;The door&gt;</strong>" in list_map(round_case)


def test_it_draws_well_formed_svg_that_asks_for_nothing(round_case):
    drawn = draw_map(round_case)

    assert ET.fromstring(drawn).get("aria-label") == "Map of the scenes: Drawn"  # noqa: S314  drawn here
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert "back to an earlier scene" in draw_key(round_case)


def test_it_lays_no_box_on_another_among_sixty_scenes(long_case):
    graph = SceneGraph(long_case)
    layout = place(
        graph,
        dict.fromkeys(graph.scenes, (216, 71)),
        {step.choice.id: (178, 40) for step in graph.steps if step.choice},
    )

    for row in {box.row for box in layout.boxes}:
        row_boxes = sorted((box for box in layout.boxes if box.row == row), key=lambda box: box.x)
        for left, right in pairwise(row_boxes):
            assert left.x + left.width / 2 <= right.x - right.width / 2
    assert graph.ways().count > 9999
    assert tell_ways(long_case).startswith("More than 9999 ways")


def test_it_draws_the_signs_that_the_front_end_draws():
    drawn = (ROOT / "src" / "casework" / "frontend" / "kit" / "signs.tsx").read_text("utf-8")

    assert [name for name, path in signs.PERSPECTIVES.items() if f'"{path}"' not in drawn] == []


def test_it_finds_a_case_by_id_and_by_path():
    by_id = find_case("first-goodbye", folder=ROOT / "workbooks")
    by_path = find_case(str(ROOT / "workbooks" / "cases" / "first-goodbye.yaml"), "es")

    assert (by_id.language, by_path.language) == ("en", "es")


def test_it_names_the_nearest_case_when_there_is_none():
    with pytest.raises(ContentError, match="first-goodbye"):
        find_case("first-goodby", folder=ROOT / "workbooks")


def test_it_says_that_a_file_is_not_there():
    with pytest.raises(ContentError, match=r"There is no file 'no/such\.yaml'"):
        find_case("no/such.yaml")
