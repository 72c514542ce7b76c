"""How long until a learner can begin, beside a stock Voilà page with one button; and what an import costs.

Run it with ``make bench``. It prints ratios of one run on one machine; it passes and fails nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 5
ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Measure both and print the ratios."""
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, median of {RUNS}")
    compare_imports()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=FLAGS
        )
        with stock(Path(folder)) as bare, casework(Path(folder)) as ours:
            compare_pages(browser, bare, ours)
        browser.close()


def compare_imports() -> None:
    """Print what ``import casework`` costs beside ``import anywidget``."""
    times: dict[str, list[float]] = {"casework": [], "anywidget": []}
    for _ in range(RUNS + 1):
        for module, found in times.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
            found.append(time.perf_counter() - start)
    ours, theirs = (statistics.median(found[1:]) for found in times.values())
    print(f"import casework     {ours:.3f} s; import anywidget {theirs:.3f} s; ratio {ours / theirs:.2f}")


def compare_pages(browser: Browser, bare: str, ours: str) -> None:
    """Print the time to the first usable control of both pages, opened in turn."""
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(RUNS + 1):
        times["bare"].append(seconds_to_control(browser, bare, "button.jupyter-button"))
        times["ours"].append(seconds_to_control(browser, ours, "[data-activity=walk] button"))
    theirs, mine = (statistics.median(found[1:]) for found in times.values())
    print(f"first control       {mine:.2f} s; stock one-button page {theirs:.2f} s; ratio {mine / theirs:.2f}")


def seconds_to_control(browser: Browser, url: str, control: str) -> float:
    """Return the seconds from asking for a page, as someone new, until a control can be pressed."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(control).first.click(trial=True, timeout=60_000)
    taken = time.perf_counter() - start
    context.close()
    return taken


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[str]:
    """Serve a notebook with one ipywidgets button by Voilà as it is installed."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.Button(description='Begin')")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    file = folder / "button.ipynb"
    nbformat.write(notebook, file)
    port = free_port()
    with serving(["voila", str(file), f"--port={port}", "--no-browser"], folder, f"http://localhost:{port}/") as url:
        yield url


@contextlib.contextmanager
def casework(folder: Path) -> Iterator[str]:
    """Serve the first workbook by casework."""
    port = free_port()
    command = ["casework", "serve", str(ROOT / "workbooks"), "--port", str(port), "--no-browser"]
    with serving(command, folder, f"http://localhost:{port}/voila/render/en/the-first-goodbye.ipynb") as url:
        yield url


@contextlib.contextmanager
def serving(command: list[str], folder: Path, url: str) -> Iterator[str]:
    """Run a server until its first page answers, and end it afterwards."""
    env = {**os.environ, "CASEWORK_STORE": f"sqlite:///{folder / 'bench.sqlite'}"}
    program = Path(sys.executable).parent / command[0]
    with (folder / f"{command[0]}.log").open("w") as log:
        server = subprocess.Popen([program, *command[1:]], env=env, cwd=folder, stdout=log, stderr=log)
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url: str) -> None:
    """Return when a server answers."""
    home = url.split("/voila/", maxsplit=1)[0]
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(home, timeout=60).close()  # noqa: S310  a server of our own
            return
        time.sleep(0.1)
    raise TimeoutError(url)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
