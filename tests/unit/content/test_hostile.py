"""Files made to do harm: each is refused with one clear line, in bounded time and memory, and nothing is run."""

import os
import time
import tracemalloc

import pytest

from casework.activity.page import walk_page
from casework.content import check, load_case
from casework.errors import ContentError

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n"
HEAD = "schema: 1\nid: two-doors\nlanguage: en\ntitle: Two\n"

HOSTILE = {
    "a bomb of aliases": (BOMB, "an anchor (&a) is not used here"),
    "a bomb of quotations": ("title: " + "'" * 900_000, None),
    "deep lists": ("a: " + "[" * 500_000, "there are more than 20 levels inside one another"),
    "deep keys": ("a: " + "{a: " * 200_000, "there are more than 20 levels inside one another"),
    "deep dashes": ("a:\n" + "- " * 400_000, None),
    "deep indentation": ("".join(f"{' ' * depth}a:\n" for depth in range(1000)), "there are more than 20 levels"),
    "a doubled key": (f"{HEAD}title: Three\n", "the key 'title' stands here a second time"),
    "a tag that would run a program": (f"{HEAD}a: !!python/object/apply:os.system [touch it]\n", "a tag ("),
    "a tag of one's own": (f"{HEAD}a: !run x\n", "a tag (!run) is not used here"),
    "a merge key": (f"{HEAD}<<: {{a: 1}}\n", "merge keys (<<) are not used here"),
    "UTF-16": (HEAD.encode("utf-16"), "the file is not in UTF-8"),
    "Latin-1": (f"{HEAD}summary: Señora\n".encode("latin-1"), "the file is not in UTF-8"),
    "NUL": (f"{HEAD}summary: a\0b\n", "there is a character that cannot be printed (U+0000)"),
    "NUL in an escape": (f'{HEAD}summary: "a\\0b"\n', "there is a character that cannot be printed (U+0000)"),
    "a character that turns the line round": (f"{HEAD}summary: {chr(0xFFFE)}\n", "that cannot be printed (U+FFFE)"),
    "a huge file": (b"a: " + b"x" * 1_000_001, "the file is larger than 1 MB"),
    "a picture of a program": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "the file is not in UTF-8"),
    "two documents": (f"{HEAD}---\n{HEAD}", "a second document begins here"),
    "many wrong entries": (f"{HEAD}objectives:\n" + "- 1\n" * 200_000, "far more entries than one can read"),
    "wrong entries": (f"{HEAD}objectives:\n" + "- 1\n" * 40_000, None),
    "unknown keys": (HEAD + "".join(f"k{number}: 1\n" for number in range(20_000)), None),
    "many unknown keys": (HEAD + "".join(f"k{number}: 1\n" for number in range(60_000)), "far more entries"),
    "many scenes": (f"{HEAD}scenes:\n" + "- {id: a, text: A, next: b}\n" * 30_000, "far more entries"),
    "many scenes that lead nowhere": (f"{HEAD}scenes:\n" + "- {id: a, text: A, next: b}\n" * 5_000, None),
    "a very long number": (f"{HEAD}minutes: " + "9" * 900_000, None),
    "a very long key": ("k" * 900_000 + ": 1\n", None),
    "nothing but line ends": ("\n" * 900_000, "the file is empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time(desk, name):
    raw, message = HOSTILE[name]
    desk.case.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    tracemalloc.start()
    start = time.monotonic()

    problems = [problem for problem in check(desk.case) if problem.severity == "error"]

    took, (_, most) = time.monotonic() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 1 <= len(problems) <= 101
    assert all(len(str(problem)) < 1000 and "\n" not in str(problem) for problem in problems)
    if message is not None:
        assert len(problems) == 1
        assert message in problems[0].message
    assert took < 30
    assert most < 1_000_000_000


@pytest.mark.parametrize(
    "text", ["<a " * 200_000, "](  " * 200_000, "](" + "a" * 900_000, "![" * 400_000, "](x" + " " * 400_000 + "y"]
)
def test_markdown_that_is_hard_to_look_through_is_looked_through_in_time(desk, text):
    desk.edit(desk.case, ("    text: The kettle is on.", f"    text: 'Tea. {text}'"))
    start = time.monotonic()

    check(desk.case)

    assert time.monotonic() - start < 10


def test_very_many_targets_that_are_not_there_are_told_in_time(desk):
    ways = "  - {id: scene-%d, text: A, next: scen-%d-x}\n"
    desk.edit(desk.case, ("  - id: ending\n", "".join(ways % (n, n) for n in range(450)) + "  - id: ending\n"))
    start = time.monotonic()

    problems = check(desk.case)

    assert len(problems) == 101
    assert time.monotonic() - start < 20


def test_too_many_problems_are_cut_short(desk):
    desk.edit(desk.case, ("objectives:\n", "objectives:\n" + "  - 1\n" * 500))

    problems = check(desk.case)

    assert len(problems) == 101
    assert str(problems[0]).endswith("there are more problems than these 100; mend these first")


def test_a_file_behind_a_link_out_of_the_folder_is_not_read(desk, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: swordfish\n")
    desk.case.unlink()
    desk.case.symlink_to(secret)

    (problem,) = check(desk.path)

    assert str(problem) == (
        "cases/two-doors.yaml:1: the file is a link that leads out of the folder; put the file itself there"
    )
    with pytest.raises(ContentError, match="leads out of the folder"):
        load_case(desk.case)


def test_a_link_within_the_folder_is_followed(desk):
    desk.case.rename(desk.path / "cases" / "images" / "two-doors.yaml")
    desk.case.symlink_to(desk.path / "cases" / "images" / "two-doors.yaml")

    assert check(desk.path) == []


def test_links_that_go_round_are_passed_by(desk):
    (desk.path / "cases" / "round.yaml").symlink_to(desk.path / "cases" / "round.yaml")
    (desk.path / "cases" / "up").symlink_to(desk.path)

    assert check(desk.path) == []


def test_a_pipe_is_not_waited_for(desk):
    desk.case.unlink()
    os.mkfifo(desk.case)

    assert not [problem for problem in check(desk.path) if problem.file == "cases/two-doors.yaml"]
    with pytest.raises(ContentError, match="this is no file; name a file"):
        load_case(desk.case)


@pytest.mark.parametrize("name", ["../../../etc/passwd.png", "/etc/hostname.png", "images/../../../x.svg", "~/x.png"])
def test_a_picture_elsewhere_is_refused(desk, name):
    desk.edit(desk.case, ("images/hallway.svg", name))

    (problem,) = check(desk.path)

    assert problem.message.endswith(("lies outside the folder", f"there is no picture '{name}'"))


@pytest.mark.parametrize("name", ["file:///etc/passwd.png", "https://example.org/x.png", "data:,x.png", "a\\b.png"])
def test_a_picture_is_a_file_and_no_address(desk, name):
    desk.edit(desk.case, ("images/hallway.svg", f"'{name}'"))

    (problem,) = check(desk.path)

    assert problem.severity == "error"


def test_a_picture_over_one_megabyte_is_refused(desk):
    (desk.path / "cases" / "images" / "hallway.svg").write_bytes(b" " * 1_400_000)

    (problem,) = check(desk.path)

    assert (problem.message, problem.remedy) == (
        "the picture 'images/hallway.svg' has 1.4 MB",
        "make it smaller than 1 MB",
    )


SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='//x'></iframe>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a]( javascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[a][b]\n\n[b]: javascript:alert(1)",
)


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_script_in_markdown_is_refused(desk, text):
    indented = text.replace("\n", "\n      ")
    desk.edit(desk.case, ("    text: The kettle is on.", f"    text: |\n      Tea. {indented}"))

    (problem,) = check(desk.path)

    assert (problem.severity, problem.element) == ("error", "scene 'kitchen'")
    assert problem.message.startswith(("a link leads to '", "'<"))


@pytest.mark.parametrize(
    "text",
    [
        "3 < 4, and a <3 for her.",
        "[a](https://example.org) and [b](mailto:a@example.org)",
        "<https://example.org>",
        "[a]: and then",
        "Note: [sic]",
        "He said [aside]: nothing",
    ],
)
def test_what_only_looks_like_it_is_let_be(desk, text):
    desk.edit(desk.case, ("    text: The kettle is on.", f"    text: |\n      Tea. {text}"))

    assert check(desk.path) == []
    assert walk_page(load_case(desk.case))
