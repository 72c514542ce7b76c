"""`casework doctor` as a whole: a line for everything, and how it ends."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from casework.cli import _doctor_parts as parts
from casework.cli import main
from casework.cli._finding import Finding, listed


def run(*arguments):
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def lines(done):
    return {line.split(":")[0][6:]: line[:4].strip() for line in done.output.splitlines()[:-1]}


@pytest.mark.usefixtures("store")
def test_it_has_a_line_for_everything_and_ends_well_where_nothing_is_wrong(folder, free_port):
    done = run(folder, "--port", free_port)

    found = lines(done)
    assert set(found) >= {"Python", "Packages", "Bytecode", "Front end", "Voilà", "Port", "Network", "Kernels"}
    assert set(found) >= {"Open files", "Store", "Disk", "Space", "Rights", "Clock", "Folder", "Workbooks", "Check"}
    assert "mend" not in found.values(), done.output
    assert (done.exit_code, done.output.splitlines()[-1][:15]) == (0, "Nothing to mend")


def test_it_ends_with_one_and_says_what_to_do_where_something_is_wrong(folder, free_port, store):
    store.chmod(0o644)
    (folder / "cases" / "first-goodbye.yaml").write_text("schema: 1\n", "utf-8")

    done = run(folder, "--port", free_port)

    assert f"mend  Rights: Other accounts may read {store}. Run: chmod 600 {store}" in done.output
    assert f"See all: casework check {folder}" in done.output
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("2 things to mend")


def test_it_makes_and_changes_nothing(folder, free_port, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEWORK_STORE", f"sqlite:///{tmp_path / 'not' / 'there.sqlite'}")
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}

    run(folder, "--port", free_port)

    assert {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))} == before


def test_it_stops_at_packages_that_are_missing_since_the_rest_would_stumble(monkeypatch):
    monkeypatch.setattr(parts, "look_at_packages", lambda: Finding("mend", "Packages", "pandas is missing."))

    done = run()

    assert list(lines(done)) == ["Python", "Packages"]
    assert done.exit_code == 1


def test_it_names_a_few_and_counts_the_rest():
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdef")) == "a, b, c, d and 2 more"
