"""Where people stand on a map: readable, the same each time, nobody on top of another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.activity.map_layout import SHEETS, lay_out

PLACES = ["family", "around", "practitioner", "consultant"]
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=80)


def crowd(count):
    return tuple((f"p{number}", f"Somebody {number}", PLACES[number % 4]) for number in range(count))


def overlapping(layout):
    boxes = list(layout.boxes.values())
    return [(one.id, other.id) for i, one in enumerate(boxes) for other in boxes[:i] if one.overlaps(other)]


def outside(layout):
    return [
        box.id
        for box in layout.boxes.values()
        if not (
            box.width / 2 <= box.x <= layout.width - box.width / 2
            and box.height / 2 <= box.y <= layout.height - box.height / 2
        )
    ]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("count", [1, 2, 4, 8, 14, 30])
def test_nobody_stands_on_another_or_leaves_the_sheet(sheet, count):
    layout = lay_out(sheet, crowd(count))

    assert overlapping(layout) == []
    assert outside(layout) == []


@settings(max_examples=100, deadline=None)
@given(people=st.lists(st.tuples(NAMES, st.sampled_from(PLACES)), min_size=1, max_size=16))
def test_no_names_bring_people_to_stand_on_one_another(people):
    at = tuple((f"p{number}", name, place) for number, (name, place) in enumerate(people))
    for sheet in SHEETS:
        layout = lay_out(sheet, at)

        assert overlapping(layout) == []
        assert outside(layout) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_box_is_large_enough_to_touch(sheet):
    assert all(box.height >= 44 and box.width >= 44 for box in lay_out(sheet, crowd(14)).boxes.values())


def test_the_child_stands_in_the_middle_of_the_rings():
    layout = lay_out("wide", crowd(8))

    assert layout.centre == (layout.boxes["p0"].x, pytest.approx(layout.boxes["p0"].y, abs=0.1))


def test_those_further_out_stand_further_from_the_child():
    at = (("c", "Noa", "family"), ("m", "Luz", "family"), ("w", "Dalia", "practitioner"), ("s", "Ruth", "consultant"))
    boxes = lay_out("wide", at).boxes
    far = [((boxes[one].x - boxes["c"].x) ** 2 + (boxes[one].y - boxes["c"].y) ** 2) ** 0.5 for one in "mws"]

    assert far == sorted(far)


def test_a_line_swings_around_whoever_stands_in_its_way():
    at = tuple((name, name, "family") for name in ("child", "left", "right"))
    across = (("left", 0.1, 0.5), ("right", 0.8, 0.5))

    straight = lay_out("wide", at, (("child", "left"),), across)
    around = lay_out("wide", at, (("left", "right"),), across)

    assert straight.bends["child", "left"] == 0
    assert around.bends["left", "right"] != 0


def test_somebody_moved_beyond_the_sheet_stays_on_it():
    assert outside(lay_out("narrow", crowd(4), (), (("p1", 0.0, 1.0), ("p2", 1.0, 0.0)))) == []
