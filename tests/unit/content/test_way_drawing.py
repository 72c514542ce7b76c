"""One's own way on the map of the scenes: it shows where one was, and gives nothing else away."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.content.way_drawing import Trodden, draw_way


def titled(case):
    """Return the case with a title for each scene."""
    scenes = tuple(scene.model_copy(update={"title": f"Title of {scene.id} <&>"}) for scene in case.scenes)
    return case.model_copy(update={"scenes": scenes})


def drawn(case, *stops, wide=True, tried=None, others=()):
    visited = frozenset([scene for scene, _ in stops]).union(others)
    return draw_way(titled(case), Trodden(stops, visited, tried or {}), wide=wide)


HOME = [("arrival", "sit"), ("floor", None), ("supper", "stay"), ("home", None)]
STRONG = 'stroke-width="4.5"'


def texts(svg):
    return " ".join(ET.fromstring(svg).itertext())  # noqa: S314  our own


def test_it_is_sound_svg_with_a_name(case):
    root = ET.fromstring(drawn(case, *HOME))  # noqa: S314  our own

    assert root.get("role") == "img"
    assert root.get("aria-label").startswith("The way you took")


def test_it_numbers_the_stops_and_names_what_was_read(case):
    said = texts(drawn(case, *HOME))

    assert all(str(number) in said for number in (1, 2, 3, 4))
    assert "arrival" in said
    assert "street" not in said


def test_a_narrow_page_has_the_numbers_alone(case):
    said = texts(drawn(case, *HOME, wide=False))

    assert said.split() == ["1", "2", "3", "4"]


def test_it_draws_the_way_that_was_taken_strongly_and_last(case):
    svg = drawn(case, *HOME)

    assert svg.count(STRONG) == 3
    assert svg.rindex("stroke-dasharray") < svg.index(STRONG)


def test_a_way_taken_before_is_drawn_without_dashes(case):
    before = drawn(case, *HOME).count("stroke-dasharray")
    tried = {"arrival": ("leave", "sit"), "supper": ("stay",)}

    assert drawn(case, *HOME, tried=tried, others=["street"]).count("stroke-dasharray") == before - 1


def test_a_scene_read_on_another_way_has_its_title_and_no_number(case):
    assert "street" in texts(drawn(case, *HOME, others=["street"]))


def test_a_map_wider_than_a_page_is_drawn_with_numbers_alone(case):
    many = tuple(case.scenes[0].choices[0].model_copy(update={"id": f"go-{n}", "to": f"place-{n}"}) for n in range(9))
    first = case.scenes[0].model_copy(update={"choices": many})
    places = [case.scenes[-1].model_copy(update={"id": f"place-{n}"}) for n in range(9)]
    wide_case = case.model_copy(update={"scenes": (first, *places)})
    trodden = Trodden((("arrival", "go-1"), ("place-1", None)), frozenset(["arrival", *(one.id for one in places)]), {})

    assert draw_way(titled(wide_case), trodden, wide=True) is None
    assert draw_way(titled(wide_case), trodden, wide=False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    visited=st.frozensets(st.sampled_from(["arrival", "floor", "supper", "street", "home"]), min_size=1),
    wide=st.booleans(),
)
def test_no_title_of_a_scene_that_was_never_read_is_given_away(case, visited, wide):
    way = tuple((scene.id, None) for scene in case.scenes if scene.id in visited)
    svg = draw_way(titled(case), Trodden(way, visited, {}), wide=wide)

    said = texts(svg)
    assert not [scene.id for scene in case.scenes if scene.id not in visited and scene.id in said]
