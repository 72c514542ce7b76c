"""A workbook is played through once before kernels are forked; nothing of it may be left."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from casework.serve import forks
from casework.serve.forks import COLD, PROGRAM, Forks

if TYPE_CHECKING:
    from pathlib import Path


PLAY = """
import os, sys, tempfile
from casework.serve.launch import leave_out_the_debugger
leave_out_the_debugger()
import casework.session, casework.widgets, ipywidgets
from casework.serve import dry_run
{before}
here, environment = os.getcwd(), dict(os.environ)
print(dry_run.play_once())
print(os.getcwd() == here, dict(os.environ) == environment, sys.stdout is sys.__stdout__)
print(len(ipywidgets.widgets.widget._instances), os.listdir(tempfile.gettempdir()))
"""


def play(tmp_path: Path, before: str = "") -> list[str]:
    """Play the workbook in a process of its own, and return what it says afterwards."""
    done = subprocess.run(
        [sys.executable, "-c", PLAY.format(before=before)],
        env={"HOME": str(tmp_path), "TMPDIR": str(tmp_path / "t"), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t").mkdir()
    return tmp_path


def test_it_leaves_no_thread_no_file_no_widget_and_no_trace(folder):
    assert play(folder) == ["True", "True True True", "0 []"]
    assert not list(folder.rglob("*.sqlite"))


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("dry_run._read_cells = lambda _: ['1 / 0']", id="a cell that fails"),
        pytest.param(
            "dry_run._read_cells = lambda _: ["
            "'import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()']",
            id="a thread that goes on",
        ),
    ],
)
def test_it_says_so_where_that_cannot_be(folder, before):
    assert play(folder, before)[0] == "False"


def test_kernels_are_forked_all_the_same_where_nothing_can_be_played(monkeypatch, tmp_path):
    monkeypatch.setattr(forks, "PROGRAM", f"import casework.serve.dry_run as it; it.PLAYED = 'none'; {PROGRAM}")
    one = Forks()
    try:
        kernel = one.fork(str(tmp_path / "kernel-0.json"), {}, str(tmp_path))
        assert kernel is not None
        assert psutil.Process(one.pid).cmdline()[-1] == COLD
        kernel.kill()
        kernel.wait(60)
    finally:
        one.close()
