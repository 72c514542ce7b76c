"""What Binder builds and starts, as far as it can be seen without building a computer."""

from __future__ import annotations

import os
import re
import subprocess
import venv
from importlib import metadata
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from casework import Session
from casework.cli._doctor_parts import _faults
from casework.store import open_store

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"
SCRIPTS = ("postBuild", "start")


def locked():
    lines = (BINDER / "lock.txt").read_text("utf-8").split()
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)


def test_it_holds_what_repo2docker_reads_and_nothing_that_would_take_its_place():
    assert sorted(path.name for path in BINDER.iterdir()) == [
        "lock.txt",
        "postBuild",
        "requirements.txt",
        "runtime.txt",
        "start",
    ]
    assert not (ROOT / ".binder").exists()


def test_its_python_is_one_that_casework_and_every_locked_package_run_on():
    version = re.fullmatch(r"python-(3\.\d+)\n", (BINDER / "runtime.txt").read_text("utf-8"))[1]
    asked = {name: metadata.metadata(name)["Requires-Python"] for name in locked() if parts_of(name)}

    assert f'requires-python = ">={version}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    newest = f"{version}.99"
    assert [name for name, python in asked.items() if python and newest not in SpecifierSet(python)] == []


def parts_of(name):
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def test_it_installs_casework_with_every_package_that_it_needs_pinned():
    lines = (BINDER / "requirements.txt").read_text("utf-8").splitlines()
    needed: set[str] = set()

    assert [line for line in lines if line and not line.startswith("#")] == ["-c lock.txt", "."]
    assert list(_faults("casework", frozenset({""}), needed)) == []
    assert needed - {"casework"} <= set(locked())


@pytest.mark.parametrize("name", SCRIPTS)
def test_its_scripts_can_be_run(name):
    script = BINDER / name

    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    run("bash", "-n", str(script))


def test_it_starts_whatever_it_is_given_and_says_where_it_is():
    started = run(str(BINDER / "start"), "sh", "-c", 'echo "$CASEWORK_BINDER $1"', "sh", "two words")

    assert started.stdout == "1 two words\n"


def test_it_compiles_what_is_installed(tmp_path):
    venv.create(tmp_path / "venv", with_pip=False)
    (packages,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    (packages / "installed.py").write_text("one = 1\n")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}

    run(str(BINDER / "postBuild"), cwd=ROOT, env=environment | {"PATH": f"{tmp_path}/venv/bin:{os.environ['PATH']}"})

    assert len(list(packages.glob("__pycache__/installed.*.pyc"))) == 1


def test_the_addresses_in_the_docs_begin_without_a_slash_and_lead_to_what_is_there():
    text = (ROOT / "docs" / "binder.md").read_text("utf-8")
    addresses = re.findall(r"https://mybinder\.org/v2/[^\s`)]+", text)

    paths = [parse_qs(urlsplit(each).query)["urlpath"][0] for each in addresses]
    assert len(paths) == 4
    for path in paths:
        assert not path.startswith("/")
        file = path.removeprefix("casework/voila/render/").removeprefix("lab/tree/workbooks/")
        assert path == "casework/" or (ROOT / "workbooks" / file).is_file(), path


def test_every_activity_there_says_that_nothing_is_kept_or_private(monkeypatch, tmp_path):
    monkeypatch.setenv("CASEWORK_BINDER", "1")
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        there = Session("the-first-goodbye", store=store).case("first-goodbye").walk()
        monkeypatch.delenv("CASEWORK_BINDER")
        here = Session("the-first-goodbye", store=store).case("first-goodbye").walk()

    assert there.content["who"] == "You are on Binder: nothing here is kept or private."
    assert here.content["who"] == "Only you can see this."
