import pytest

from casework.content import check

SCENES = """\
scenes:
  - {id: a, minutes: 2, text: A., choices: [
      {id: left, text: L., to: b, opens: O., closes: C.}, {id: right, text: R., to: c, opens: O., closes: C.}]}
  - {id: b, minutes: 5, text: B., next: c}
  - {id: c, minutes: 3, text: C., end: true}
"""


@pytest.fixture
def short(desk):
    """Return a case of three scenes and two ways; it may be changed by its text."""
    head, _, _ = desk.case.read_text("utf-8").partition("scenes:")
    desk.case.write_text(head.replace("minutes: 20", "minutes: 8") + SCENES, "utf-8")
    return desk


def told(desk):
    return check(desk.case, information=True)


def test_ways_and_minutes_are_good_to_know(short):
    (problem,) = told(short)

    assert problem.severity == "information"
    assert problem.message == "2 ways lead from the first scene to an end, in 5 to 10 minutes by what the scenes say"
    assert str(problem).endswith("scenes say")


def test_information_is_told_only_if_asked_for(short):
    assert check(short.case) == []


def test_very_many_ways_are_not_counted_out(short):
    turns = "".join(
        f"  - {{id: s{n}, text: S., choices: [\n      {{id: l{n}, text: L., to: s{n + 1}, opens: O., closes: C.}},"
        f" {{id: r{n}, text: R., to: s{n + 1}, opens: O., closes: C.}}]}}\n"
        for n in range(100)
    )
    head, _, _ = short.case.read_text("utf-8").partition("scenes:")
    short.case.write_text(f"{head}scenes:\n{turns}  - {{id: s100, text: E., end: true}}\n", "utf-8")

    (problem,) = told(short)

    assert problem.message == "more than 1000 ways lead from the first scene to an end"


@pytest.mark.parametrize(("minutes", "far"), [(3, True), (4, False), (15, False), (16, True)])
def test_minutes_far_from_those_of_the_scenes_are_a_warning(short, minutes, far):
    short.edit(short.case, ("minutes: 8", f"minutes: {minutes}"))

    problems = check(short.case)

    assert [(problem.severity, problem.line) for problem in problems] == ([("warning", 7)] if far else [])
    assert all(
        problem.message == f"the case says {minutes} minutes, and its scenes take 5 to 10" for problem in problems
    )


def test_minutes_are_compared_only_if_every_scene_has_them(short):
    short.edit(short.case, ("minutes: 8", "minutes: 60"), ("minutes: 5, text: B", "text: B"))

    assert check(short.case) == []
