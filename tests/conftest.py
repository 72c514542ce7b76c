"""What every test stands on: a store and folders of its own, and a last line that counts what ran.

The last line names each kind of test with its count. A skipped test fails the run: a test either runs or does
not exist.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import nbval.kernel
import pytest
from hypothesis import settings
from jupyter_client.manager import KernelManager

from casework.serve.settings import make_kernel_folder

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parent.parent
KINDS = ("unit", "property", "notebooks", "browser", "live", "faults")

settings.register_profile("casework", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("casework")


def pytest_configure(config: pytest.Config) -> None:
    """Keep every process that a test starts away from the stores and settings of whoever runs it."""
    home = Path(tempfile.mkdtemp(prefix="casework-tests-"))
    runtime = make_kernel_folder()
    for folder in (home, runtime):
        config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER"):
        os.environ.pop(name, None)
    os.environ |= {
        "CASEWORK_STORE": new_store(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": runtime,
    }
    if sys.platform != "win32":
        nbval.kernel.KernelManager = partial(on_a_socket_of_its_own, runtime)
    config.pluginmanager.register(Stores(home), "casework-stores")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(), "casework-tally")


def on_a_socket_of_its_own(folder: str, **about: object) -> KernelManager:
    """Return what runs a notebook's kernel.

    A TCP port is chosen first and taken later, by the kernel; now and then, beside servers and browsers, it is somebody
    else's by then.
    """
    return KernelManager(transport="ipc", ip=f"{tempfile.mkdtemp(dir=folder)}/line", **about)


def new_store(folder: Path) -> str:
    """Name a store that does not exist yet."""
    return f"sqlite:///{tempfile.mkdtemp(dir=folder)}/casework.db"


def kind_of(item: pytest.Item) -> str:
    """Say which kind of test this is: by its folder, and within `unit` by whether Hypothesis drives it."""
    if item.path.suffix == ".ipynb":
        return "notebooks"
    kind = item.path.relative_to(ROOT / "tests").parts[0]
    by_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return "property" if by_property and kind == "unit" else kind


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write its kind on each test, so that it travels with the report from the process that runs it."""
    for item in items:
        kind = kind_of(item)
        item.user_properties.append(("kind", kind))
        if kind == "browser":
            item.add_marker(pytest.mark.browser)


class Stores:
    """Gives each notebook an empty store, which its kernel finds in the environment."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.notebook: Path | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Change the store before the first cell of a notebook starts its kernel."""
        if item.path.suffix == ".ipynb" and item.path != self.notebook:
            self.notebook = item.path
            os.environ["CASEWORK_STORE"] = new_store(self.home)
        return (yield)


class Tally:
    """Counts tests by kind, prints the counts last, and fails the run if anything was skipped."""

    def __init__(self) -> None:
        self.ran: Counter[str] = Counter()
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once, when its body ran or when it never came to that."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)
        elif report.when == "call" or (report.when == "setup" and report.failed):
            self.ran[dict(report.user_properties).get("kind", "other")] += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that skipped something."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the counts."""
        kinds = [*KINDS, *sorted(set(self.ran) - set(KINDS))]
        counts = ", ".join(f"{kind} {self.ran[kind]}" for kind in kinds if self.ran[kind])
        for nodeid in self.skipped:
            terminalreporter.write_line(f"skipped, which fails the run: {nodeid}")
        terminalreporter.write_line(f"{counts or 'nothing ran'}; skipped {len(self.skipped)}")


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Point the environment to a store of this test's own, and give its address."""
    url = f"sqlite:///{tmp_path / 'casework.db'}"
    monkeypatch.setenv("CASEWORK_STORE", url)
    return url
