import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from casework.cli import main
from casework.errors import ServeError
from casework.serve import Guards

CASE = """\
schema: 1
id: door
language: en
title: A door
summary: A door, and nobody.
setting: home-visiting
minutes: 5
content_note: Nothing happens.
objectives: [Look.]
sources: [{id: house, cite: Written for these tests.}]
rights: Made up for these tests.
scenes:
  - {id: before, text: A door., next: after}
  - {id: after, text: The same door., end: true}
"""


@pytest.fixture
def workbooks(tmp_path, monkeypatch):
    """Stand in a directory whose workbooks hold one case; return the case."""
    monkeypatch.chdir(tmp_path)
    case = tmp_path / "workbooks" / "cases" / "door.yaml"
    case.parent.mkdir(parents=True)
    case.write_text(CASE)
    return case


@pytest.fixture
def served(monkeypatch):
    """Replace the server, and return what it is started with."""
    calls = []

    def run(folder, **options):
        calls.append((folder, options))

    monkeypatch.setitem(sys.modules, "casework.serve", SimpleNamespace(run=run, Guards=Guards))
    return calls


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.usefixtures("workbooks")
def test_check_finds_nothing_to_mend_in_a_good_folder():
    done = run("check")

    assert (done.output, done.exit_code) == ("1 file checked, nothing to mend.\n", 0)


def test_check_prints_each_problem_and_a_sum(workbooks):
    workbooks.write_text(CASE.replace("next: after", "next: aftr").replace("minutes: 5", "minutes: 0"))
    workbooks.with_name("other.yaml").write_text(
        CASE.replace("id: door", "id: other").replace("next: after", "nxt: after")
    )

    done = run("check", "workbooks")

    assert done.output.splitlines() == [
        "cases/door.yaml:7: 'minutes' is the number 0; write a number of at least 1",
        "cases/other.yaml:13: scene 'before': the key 'nxt' is not known here; perhaps 'next' is meant",
        "2 problems in 2 files.",
    ]
    assert done.exit_code == 1


def test_check_counts_one_problem_as_one(workbooks):
    workbooks.write_text(CASE.replace("next: after", "next: aftr"))

    done = run("check", workbooks)

    assert done.output.splitlines() == [
        (
            "workbooks/cases/door.yaml:13: scene 'before': it leads to 'aftr', and no scene has this id; "
            "perhaps 'after' is meant"
        ),
        "1 problem in 1 file.",
    ]


def test_check_lets_warnings_pass(workbooks):
    workbooks.write_text(CASE.replace("objectives: [Look.]\n", ""))

    done = run("check")

    assert done.output.splitlines() == [
        "cases/door.yaml:1: there are no objectives; say in a line or two what a learner may take away (a warning)",
        "1 warning in 1 file.",
    ]
    assert done.exit_code == 0


def test_check_counts_problems_and_warnings_apart(workbooks):
    workbooks.write_text(CASE.replace("objectives: [Look.]\n", "").replace("next: after", "next: aftr"))

    assert run("check").output.splitlines()[-1] == "1 problem and 1 warning in 1 file."


def test_check_tells_how_many_ways_there_are_if_asked(workbooks):
    workbooks.write_text(CASE.replace("{id: before,", "{id: before, minutes: 2,"))

    assert run("check", "-v").output.splitlines() == [
        "cases/door.yaml:1: one way leads from the first scene to an end, in 2 minutes by what the scenes say",
        "1 file checked, nothing to mend.",
    ]


def test_check_tells_the_same_to_a_program(workbooks):
    workbooks.write_text(CASE.replace("next: after", "next: aftr").replace("objectives: [Look.]\n", ""))

    done = run("check", "--format", "json")
    told = json.loads(done.output)

    assert (told["files"], told["errors"], told["warnings"]) == (1, 1, 1)
    assert told["problems"][1] == {
        "file": "cases/door.yaml",
        "line": 12,
        "element": "scene 'before'",
        "message": "it leads to 'aftr', and no scene has this id",
        "remedy": "perhaps 'after' is meant",
        "severity": "error",
    }
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "There is no file or folder 'workbooks'; name one that holds cases."),
        (["nowhere"], "There is no file or folder 'nowhere'; name one that holds cases."),
        (["."], "The folder '.' holds nothing to check; name one with cases/, checklists/ or perspectives/ in it."),
    ],
)
def test_check_says_what_is_wrong_with_its_path(tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)

    done = run("check", *arguments)

    assert sentence in done.stderr
    assert done.exit_code == 2


def test_check_reads_the_workbooks_that_come_with_the_library():
    done = run("check", Path(__file__).parents[2] / "workbooks")

    assert "nothing to mend." in done.output


@pytest.mark.usefixtures("workbooks")
def test_serve_shows_the_workbooks_here(served):
    done = run("serve")

    options = {"port": 8866, "ip": "127.0.0.1", "base_url": "/", "browser": True, "guards": Guards()}
    assert served == [(Path("workbooks"), options)]
    assert done.exit_code == 0


def test_serve_passes_its_options_on(served, tmp_path):
    chosen = ["--port", "0", "--ip", "::1", "--base-url", "/cases/", "--no-browser", "--max-pages", "30"]
    run("serve", tmp_path, *chosen, "--max-newcomers", "7")

    guards = Guards(most_pages=30, newcomers=7)
    options = {"port": 0, "ip": "::1", "base_url": "/cases/", "browser": False, "guards": guards}
    assert served == [(tmp_path, options)]


def test_serve_lets_groups_in_from_the_network_and_only_trainers_to_the_workbooks(served, tmp_path):
    run("serve", tmp_path, "--group", "--address", "192.168.1.20")
    run("serve", tmp_path, "--group", "--ip", "10.0.0.7", "--pages", "anyone")

    told = [{name: options[name] for name in ("ip", "group", "hosts", "trainers_only")} for _, options in served]
    assert told == [
        {"ip": "0.0.0.0", "group": True, "hosts": ["192.168.1.20"], "trainers_only": True},  # noqa: S104  as asked
        {"ip": "10.0.0.7", "group": True, "hosts": ["10.0.0.7"], "trainers_only": False},
    ]


def test_serve_knows_no_trainers_without_groups(served):
    done = run("serve", "--pages", "trainers")

    assert "Only with --group are there trainers" in done.stderr
    assert served == []


def test_serve_takes_a_key_only_with_its_certificate(served):
    done = run("serve", "--key", "key.pem")

    assert "name that, too, with --certificate" in done.stderr
    assert (done.exit_code, served) == (2, [])


def test_serve_shows_what_comes_with_the_library_if_there_is_nothing_here(served, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    run("serve")

    assert (served[0][0] / "cases").is_dir()


def test_serve_says_that_a_folder_is_not_there(served):
    done = run("serve", "nowhere")

    assert "There is no folder 'nowhere'; name one that holds workbooks." in done.stderr
    assert (done.exit_code, served) == (2, [])


@pytest.mark.usefixtures("workbooks")
def test_an_error_of_ours_is_one_sentence(monkeypatch):
    def run_into_trouble(_folder, **_options):
        raise ServeError("Port 8866 is taken; choose another with --port.")

    monkeypatch.setitem(sys.modules, "casework.serve", SimpleNamespace(run=run_into_trouble, Guards=Guards))

    done = run("serve")

    assert (done.stderr, done.exit_code) == ("Port 8866 is taken; choose another with --port.\n", 1)


@pytest.mark.usefixtures("workbooks")
def test_python_can_run_the_package():
    done = subprocess.run([sys.executable, "-m", "casework", "check"], capture_output=True, text=True, check=True)

    assert done.stdout == "1 file checked, nothing to mend.\n"


def test_help_names_the_commands():
    done = run("--help")

    assert "check" in done.output
    assert "serve" in done.output


def test_version_is_told():
    assert run("--version").output.startswith("casework 0.")
