"""What `casework doctor` finds in an installation, each time with one thing made wrong."""

from __future__ import annotations

import compileall
import shutil
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

from casework.cli import _doctor_parts as parts
from casework.widgets import _base


def test_it_says_which_python_is_asked_for(monkeypatch):
    monkeypatch.setattr(parts.platform, "python_version", lambda: "3.9.1")

    found = parts.look_at_python()

    assert (found.level, "3.9.1 runs, and casework asks for >=3.11" in found.says) == ("mend", True)


def test_it_names_a_package_that_is_missing_or_too_old(monkeypatch):
    installed = metadata.version
    versions = {"voila": "0.4.0"}
    monkeypatch.setattr(parts, "_version", lambda name: versions.get(name) or installed(name))

    old = parts.look_at_packages()
    versions["voila"] = ""
    monkeypatch.setattr(parts, "_version", lambda name: None if name == "voila" else installed(name))
    gone = parts.look_at_packages()

    assert "voila is 0.4.0, and casework needs" in old.says
    assert "voila is missing, which casework needs" in gone.says
    assert (old.level, gone.level) == ("mend", "mend")


def test_it_asks_for_nothing_that_only_an_extra_needs():
    asked = [one.name for one in parts._asked_by(metadata.distribution("casework"), frozenset({""}))]

    assert "voila" in asked
    assert "psycopg" not in asked


def test_it_knows_bytecode_that_is_missing_or_of_an_older_file(tmp_path, monkeypatch):
    package = tmp_path / "a_package"
    package.mkdir()
    (package / "__init__.py").write_text("one = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    missing = parts.look_at_bytecode(["a_package"])
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    compileall.compile_dir(package, quiet=2)
    there = parts.look_at_bytecode(["a_package"])
    (package / "__init__.py").write_text("one = 1 + 1\n")
    stale = parts.look_at_bytecode(["a_package"])

    assert [found.level for found in (missing, there, stale)] == ["note", "good", "note"]
    assert f"-m compileall -q -j 0 {tmp_path}" in missing.says


def test_it_misses_a_script_of_the_front_end(tmp_path, monkeypatch):
    copy = Path(shutil.copytree(_base.STATIC, tmp_path / "static"))
    monkeypatch.setattr(_base, "STATIC", copy)
    whole = parts.look_at_front_end()
    (copy / "walk.js").unlink()
    gone = parts.look_at_front_end()

    assert (whole.level, gone.level) == ("good", "mend")
    assert gone.says.startswith(f"walk.js is not in {copy}. ")


def test_it_sees_a_script_that_is_not_of_this_version(tmp_path, monkeypatch):
    copy = Path(shutil.copytree(_base.STATIC, tmp_path / "static"))
    monkeypatch.setattr(_base, "STATIC", copy)
    recorded = metadata.PackagePath("walk.js")
    recorded.dist = SimpleNamespace(locate_file=lambda name: copy / name)
    recorded.hash = metadata.FileHash("sha256=another")
    monkeypatch.setattr(parts.metadata, "files", lambda _name: [recorded])

    found = parts.look_at_front_end()

    assert (found.level, found.says.startswith("walk.js in ")) == ("mend", True)


def test_it_misses_the_parts_of_voilas_pages(monkeypatch, tmp_path):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *names: [str(tmp_path.joinpath(*names))])

    found = parts.look_at_templates()

    assert (found.level, "voila/templates/lab/index.html.j2" in found.says) == ("mend", True)


def test_it_says_that_jupyterlab_knows_nothing_of_casework(monkeypatch, tmp_path):
    monkeypatch.setattr("jupyter_core.paths.jupyter_config_path", lambda: [str(tmp_path)])
    without = parts.look_at_lab()
    (tmp_path / "jupyter_server_config.d").mkdir()
    (tmp_path / "jupyter_server_config.d" / "casework.json").touch()

    assert (without.level, parts.look_at_lab().level) == ("note", "good")
