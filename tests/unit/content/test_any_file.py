"""Whatever stands in a file: it yields a model, or a ContentError that says where and why."""

import copy
import re
from functools import partial

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.content import Case, load_case, load_document
from casework.content.kinds import KINDS
from casework.content.yaml_tree import parse_tree
from casework.errors import ContentError

relaxed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
LOADERS = {folder: partial(load_document, kind=kind) for folder, kind in KINDS.items()} | {"cases": load_case}

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["hallway", "notice", "end"]),
)
keys = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["id", "scenes", "text", "again", "when", "perspectives", "choices", "to", "pause", "next", "schema"]
    ),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
yaml_pieces = st.lists(
    st.sampled_from(
        [*"a0\n\t\r\x85\u2028\ufeff[]{}'|>&*!#?%@,\\", '"', ": ", "- ", "  ", "---", "...", "<<", "id", "scenes"]
    ),
    max_size=40,
).map("".join)


def check_told(load, path):
    """Load a file; see that a refusal names file and line, and what to do, on every line of it."""
    try:
        return load(path)
    except ContentError as error:
        for line in str(error).split("\n"):
            assert re.fullmatch(rf"{re.escape(path.as_posix())}:[1-9][0-9]*: \S.*; \S.*", line), line
        return None


def places_in(value, place=()):
    """Yield the path to every value inside another."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*place, key)
        yield from places_in(inner, (*place, key))


def holder_of(value, place):
    for key in place[:-1]:
        value = value[key]
    return value


@pytest.mark.parametrize("kind", LOADERS)
@relaxed
@given(raw=st.one_of(st.binary(), st.text().map(str.encode), yaml_pieces.map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path, kind, raw):
    path = tmp_path / "any.yaml"
    path.write_bytes(raw)

    check_told(LOADERS[kind], path)


@pytest.mark.parametrize("kind", LOADERS)
@relaxed
@given(value=st.dictionaries(keys, values, max_size=6))
def test_any_values_are_read_or_refused(tmp_path, kind, value):
    path = tmp_path / "any.yaml"
    path.write_text(yaml.safe_dump(value, allow_unicode=True), "utf-8")

    check_told(LOADERS[kind], path)


@pytest.mark.parametrize("kind", LOADERS)
@relaxed
@given(data=st.data())
def test_a_good_file_changed_anywhere_is_read_or_refused(desk, sample, kind, data):
    path = data.draw(st.sampled_from(sorted((desk.path / kind).glob("*.yaml"))))
    value = parse_tree((sample / kind / path.name).read_bytes()).value
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places_in(value))))
        holder = holder_of(value, place)
        change = data.draw(st.sampled_from(["replace", "remove", "repeat", "rename"]))
        if change == "remove":
            del holder[place[-1]]
        elif change == "repeat" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[place[-1]]))
        elif change == "rename" and isinstance(holder, dict):
            holder[data.draw(keys)] = holder.pop(place[-1])
        else:
            holder[place[-1]] = data.draw(values)
    path.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), "utf-8")

    check_told(LOADERS[kind], path)


@relaxed
@given(data=st.data())
def test_a_good_file_cut_or_mixed_up_is_read_or_refused(desk, sample, data):
    text = (sample / "cases" / "two-doors.yaml").read_text("utf-8")
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    desk.case.write_text(text[:start] + data.draw(yaml_pieces) + text[end:], "utf-8", newline="")

    check_told(load_case, desk.case)


@relaxed
@given(
    targets=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=6),
    ends=st.sets(st.integers(0, 5)),
)
def test_every_scene_of_a_case_that_loads_lies_on_a_way_to_an_end(desk, sample, targets, ends):
    value = parse_tree((sample / "cases" / "two-doors.yaml").read_bytes()).value
    turn = {"text": "So.", "opens": "A.", "closes": "B."}
    value["scenes"] = [
        {"id": f"s{number}", "text": "Here.", "end": True}
        if number in ends
        else {
            "id": f"s{number}",
            "text": "Here.",
            "choices": [{"id": f"c{number}-{side}", "to": f"s{to}", **turn} for side, to in enumerate(pair)],
        }
        for number, pair in enumerate(targets)
    ]
    desk.case.write_text(yaml.safe_dump(value), "utf-8")

    case = check_told(load_case, desk.case)

    if case is not None:
        assert all(reach_end(case, scene.id) for scene in case.scenes)
        assert {scene.id for scene in case.scenes} == seen_from(case, case.scenes[0].id)


def seen_from(case: Case, start):
    seen, waiting = set(), [start]
    while waiting:
        scene_id = waiting.pop()
        if scene_id not in seen:
            seen.add(scene_id)
            waiting.extend(case.find_scene(scene_id).targets())
    return seen


def reach_end(case: Case, start):
    return any(case.find_scene(scene_id).end for scene_id in seen_from(case, start))
