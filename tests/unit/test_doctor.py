"""What `casework doctor` finds, each time with one thing made wrong."""

from __future__ import annotations

import compileall
import os
import shutil
import socket
import sqlite3
import time
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import psutil
import pytest
from click.testing import CliRunner

from casework.cli import _doctor_keeping as keeping
from casework.cli import _doctor_machine as machine
from casework.cli import _doctor_parts as parts
from casework.cli import main
from casework.cli._finding import Finding, listed
from casework.content import shipped_folder
from casework.live.invitation import Interface
from casework.store import look_at_store, open_store
from casework.store._tables import SCHEMA
from casework.widgets import _base


class Partition(NamedTuple):
    """A disk, as the system lists it."""

    mountpoint: str
    fstype: str


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Return the file of an empty store, which is the one that commands use."""
    file = tmp_path / "kept" / "casework.sqlite"
    monkeypatch.setenv("CASEWORK_STORE", f"sqlite:///{file}")
    open_store().close()
    return file


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one case and its two pages."""
    shipped = shipped_folder()
    for name in ("en/the-first-goodbye.ipynb", "es/the-first-goodbye.ipynb", "cases/first-goodbye.yaml"):
        (tmp_path / "workbooks" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / name, tmp_path / "workbooks" / name)
    return tmp_path / "workbooks"


def run(*arguments):
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def lines(done):
    return {line.split(":")[0][6:]: line[:4].strip() for line in done.output.splitlines()[:-1]}


# -- the whole ----------------------------------------------------------------------------------------


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


# -- the installation ---------------------------------------------------------------------------------


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


# -- the computer -------------------------------------------------------------------------------------


def test_it_says_who_holds_the_port_and_which_one_is_free(monkeypatch):
    monkeypatch.setattr(machine, "_command", lambda _process: ["/usr/bin/other-program", "--serve"])
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        found = machine.look_at_port(port)

    assert found.level == "mend"
    assert found.says.startswith(f"{port} is in use by other-program (process {os.getpid()}). End that, or choose")


def test_it_is_no_fault_that_casework_itself_is_serving(monkeypatch):
    monkeypatch.setattr(machine, "_command", lambda _process: ["python", "/bin/casework", "serve"])
    with socket.create_server(("127.0.0.1", 0)) as held:
        found = machine.look_at_port(held.getsockname()[1])

    assert (found.level, "casework itself is there already" in found.says) == ("note", True)


def test_it_says_that_the_holder_is_somebody_elses_when_it_may_not_know(monkeypatch):
    def refuse(**_options):
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refuse)
    with socket.create_server(("127.0.0.1", 0)) as held:
        found = machine.look_at_port(held.getsockname()[1])

    assert "by a program of another account" in found.says


def test_it_says_which_ports_everybody_may_use(monkeypatch):
    monkeypatch.setattr(machine, "_try_port", lambda _port: PermissionError())

    assert machine.look_at_port(80).says == "80 may not be used by this account. Choose one above 1023, such as 8866."


@pytest.mark.parametrize(
    ("addresses", "level", "said"),
    [
        ([], "note", "No address that phones could reach"),
        ([("lo", "127.0.0.1"), ("wlan0", "192.168.1.20")], "good", "at 192.168.1.20, if that network"),
        ([("wlan0", "192.168.1.20"), ("eth0", "10.0.0.2")], "note", "--address 192.168.1.20"),
    ],
)
def test_it_says_where_phones_reach_this_computer(addresses, level, said, monkeypatch):
    monkeypatch.setattr(
        "casework.serve.rooms.hosts.own_interfaces", lambda: [Interface(name, each) for name, each in addresses]
    )

    found = machine.look_at_addresses()

    assert found.level == level
    assert said in found.says


def test_it_says_that_kernels_cannot_be_forked(monkeypatch):
    def refuse(_number):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(machine.os, "pidfd_open", refuse)
    refused = machine.look_at_forks()
    monkeypatch.setattr(machine.sys, "platform", "darwin")
    elsewhere = machine.look_at_forks()

    assert (refused.level, elsewhere.level) == ("note", "note")
    assert "Operation not permitted" in refused.says
    assert "only Linux" in elsewhere.says


@pytest.mark.parametrize(("most", "level"), [(256, "mend"), (65_536, "good"), (-1, "good")])
def test_it_says_how_many_pages_the_limit_of_open_files_allows(most, level, monkeypatch):
    monkeypatch.setattr("resource.getrlimit", lambda _kind: (most, most))
    monkeypatch.setattr("resource.RLIM_INFINITY", -1)

    assert machine.look_at_files().level == level


def test_it_notices_a_clock_that_is_behind_what_was_written(tmp_path):
    file = tmp_path / "store"
    file.touch()
    right = machine.look_at_clock(file, None, tmp_path / "not-there")
    os.utime(file, (time.time() + 86_400,) * 2)
    wrong = machine.look_at_clock(file)

    assert (right.level, wrong.level) == ("good", "mend")


# -- the store and the folder -------------------------------------------------------------------------


def test_it_finds_a_store_that_can_be_written_to(store):
    found = keeping.look_at_store(look_at_store())

    assert found == Finding("good", "Store", f"{store} can be written to (tables of version {SCHEMA}).")


def test_it_says_where_the_store_will_be_or_why_it_cannot_be(tmp_path, monkeypatch):
    file = tmp_path / "not" / "yet" / "casework.sqlite"
    looked = look_at_store(f"sqlite:///{file}")
    will_be = keeping.look_at_store(looked)
    monkeypatch.setattr(keeping.os, "access", lambda *_asked: False)
    cannot = keeping.look_at_store(looked)

    assert (will_be.level, will_be.says) == ("good", f"{file} will be made at first use.")
    assert (cannot.level, str(tmp_path) in cannot.says) == ("mend", True)


@pytest.mark.parametrize(
    ("version", "level", "said"),
    [(SCHEMA - 1, "note", "brought up to date when it is next opened"), (SCHEMA + 1, "mend", "a newer casework")],
)
def test_it_knows_tables_of_another_version(version, level, said, store):
    with sqlite3.connect(store) as db:
        db.execute(f"PRAGMA user_version={version}")
    db.close()

    found = keeping.look_at_store(look_at_store())

    assert (found.level, said in found.says) == (level, True)
    db = sqlite3.connect(store)
    assert db.execute("PRAGMA user_version").fetchone()[0] == version  # it was not upgraded by looking
    db.close()


def test_it_leaves_another_programs_database_alone(tmp_path):
    file = tmp_path / "theirs.sqlite"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE birds (name)")
    db.close()
    before = file.read_bytes()

    found = keeping.look_at_store(look_at_store(f"sqlite:///{file}"))

    assert (found.level, "another program's database" in found.says) == ("mend", True)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.sqlite"]


def test_it_says_what_is_wrong_with_an_address():
    wrong = keeping.look_at_store(look_at_store("mysql://somewhere"))
    text = look_at_store(f"sqlite:///{__file__}")

    assert (wrong.level, "CASEWORK_STORE is not the address of a database" in wrong.says) == ("mend", True)
    assert "it is not a store of casework" in text.trouble


def test_it_says_that_a_database_on_a_server_does_not_answer_and_hides_its_password(free_port):
    looked = look_at_store(f"postgresql://ana:secret@127.0.0.1:{free_port}/casework")

    found = keeping.look_at_store(looked)

    assert (found.level, "its server does not answer" in found.says) == ("mend", True)
    assert "secret" not in found.says
    assert list(keeping.look_at_its_place(looked, Path())) == []


@pytest.mark.parametrize(
    ("kind", "name", "level", "said"),
    [
        ("ext4", "data", "good", "is on this computer (ext4 at"),
        ("nfs4", "data", "mend", "is on a network (nfs4)"),
        ("ext4", "Dropbox", "mend", "is copied to the internet (Dropbox)"),
    ],
)
def test_it_knows_disks_on_which_a_store_should_not_be(kind, name, level, said, tmp_path, monkeypatch):
    there = tmp_path / name
    there.mkdir()
    mounts = [Partition("/", "ext4"), Partition(str(there), kind)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_options: mounts)

    found = keeping.look_at_file_system(there)

    assert (found.level, said in found.says) == (level, True)


@pytest.mark.parametrize(("free", "level"), [(5_000_000, "mend"), (500_000_000, "note"), (50_000_000_000, "good")])
def test_it_says_how_much_space_is_left(free, level, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping.shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))

    assert keeping.look_at_space(tmp_path).level == level


def test_it_says_that_a_store_lies_among_the_workbooks_that_are_served(store):
    found = list(keeping.look_at_its_place(look_at_store(), store.parents[1]))

    assert "lies among the workbooks that are served" in found[-1].says


def test_it_finds_a_key_that_others_may_read(store):
    key = store.parent / "cookie-secret"
    key.touch(0o644)

    found = list(keeping.look_at_its_place(look_at_store(), Path("elsewhere")))

    assert f"Other accounts may read {key}" in found[-1].says


def test_it_says_what_is_in_a_folder(folder):
    found = list(keeping.look_at_folder(folder))

    assert [each.level for each in found] == ["good", "good", "good"]
    assert found[1].says == "2 pages, in en and es."
    assert found[2].says == "casework check finds nothing to mend."


def test_it_says_that_there_is_no_folder_or_nothing_in_it(tmp_path):
    none = list(keeping.look_at_folder(tmp_path / "not-there"))
    empty = list(keeping.look_at_folder(tmp_path))

    assert [each.level for each in none] == ["mend"]
    assert "Make one: casework new workbook ID" in empty[1].says
    assert empty[2].says.startswith("The folder has no cases of its own")


def test_it_names_a_notebook_that_is_none(folder):
    (folder / "en" / "the-first-goodbye.ipynb").write_text("no notebook", "utf-8")

    found = list(keeping.look_at_folder(folder))

    assert found[1].says.startswith("en/the-first-goodbye.ipynb cannot be read as a notebook.")


def test_it_names_what_may_not_be_read_or_changed(folder, monkeypatch):
    shut = folder / "cases" / "first-goodbye.yaml"
    monkeypatch.setattr(keeping.os, "access", lambda path, _mode: path != shut)
    closed = list(keeping.look_at_folder(folder))
    monkeypatch.setattr(keeping.os, "access", lambda _path, mode: mode != os.W_OK)
    fixed = list(keeping.look_at_folder(folder))

    assert closed == [
        Finding("mend", "Folder", f"This account may not read {shut}. Run: chmod -R u+rX {folder}"),
    ]
    assert (fixed[0].level, "not changed" in fixed[0].says) == ("note", True)
