from pathlib import Path

import pytest
import yaml

from casework.content import check

BROKEN = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text("utf-8"))


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken["name"])
def test_what_is_broken_is_told(desk, broken):
    desk.edit(desk.path / broken["file"], (broken["old"], broken["new"]))

    problems = [problem for problem in check(desk.path) if problem.file == broken["file"]]

    lines = [f"{problem}{' (a warning)' if problem.severity == 'warning' else ''}" for problem in problems]
    assert lines == [f"{broken['file']}:{line}" for line in broken["said"].splitlines()]


def test_a_case_says_which_file_of_perspectives_keeps_it_from_being_read(desk):
    desk.edit(desk.perspectives, ("id: parent", "id: child"))

    problems = check(desk.path)

    assert str(problems[0]) == (
        "cases/two-doors.yaml:16: the shared perspectives cannot be used; mend this first: "
        "perspectives/everybody.yaml:8: perspective 'child': another perspective has the id 'child' already; "
        "give each an id of its own"
    )


def test_only_what_keeps_a_file_from_being_used_is_an_error(desk):
    desk.edit(
        desk.case,
        ("objectives:\n  - Stay a minute longer with what one sees.\n", ""),
        ("The kettle is on.", "'![kettle](kettle.png)'"),
        ("when: {chose: wait}", "when: {visited: ending}"),
    )

    assert [problem.severity for problem in check(desk.path)] == ["warning"] * 3


def test_a_picture_that_a_link_leads_out_of_the_folder_to_is_refused(desk, tmp_path):
    outside = tmp_path / "secret.svg"
    outside.write_text("<svg/>")
    picture = desk.path / "cases" / "images" / "hallway.svg"
    picture.unlink()
    picture.symlink_to(outside)

    (problem,) = check(desk.path)

    assert "lies outside the folder" in problem.message


def test_a_name_no_file_can_have_is_a_picture_that_is_not_there(desk):
    desk.edit(desk.case, ("images/hallway.svg", f"{'x' * 5000}.svg"))

    (problem,) = check(desk.path)

    assert problem.message.startswith("there is no picture 'xxx")


def test_a_long_way_through_many_scenes_is_followed_to_its_end(desk):
    many = "".join(f"  - {{id: on-{number}, text: On., next: on-{number + 1}}}\n" for number in range(400))
    last = "  - {id: on-400, text: There., end: true}\n"
    desk.edit(desk.case, ("  - id: ending\n", f"{many}{last}  - id: ending\n"), ("to: ending", "to: on-0"))

    (problem,) = check(desk.path)

    assert (problem.element, problem.message) == ("scene 'ending'", "no way leads to this scene")
