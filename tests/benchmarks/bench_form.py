"""How long until a form of 40 items can be used, beside the same form built of ipywidgets controls in stock Voilà.

Run it with ``make bench``. It prints the ratio of one run on one machine, and how many widget models either form
costs; it passes and fails nothing.
"""

from __future__ import annotations

import compileall
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import yaml
from bench_first_control import FLAGS, ROOT, free_port, serving
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 7
RATED, OPEN = 30, 10
POINTS = ["Hardly ever", "Seldom", "Now and then", "Often", "Nearly always"]

BUILT_OF_CONTROLS = f"""\
import ipywidgets as w
rated = [
    w.VBox([w.Label(f"Item {{n}}: this is how it is here."), w.RadioButtons(options={POINTS!r}, value=None)])
    for n in range(1, {RATED + 1})
]
written = [
    w.VBox([w.Label(f"Item {{n}}: what would help?"), w.Textarea()]) for n in range({RATED + 1}, {RATED + OPEN + 1})
]
w.VBox([*rated, *written])
"""
ONE_WIDGET = "import casework as cw\nsession = cw.Session('form')\nsession.survey('forty').answer()"

COUNT = """
from ipywidgets.widgets import Layout, Style, widget
models = list(widget._instances.values())
plain = [one for one in models if not isinstance(one, Layout | Style)]
print(len(plain), len(models))
"""

CONTROLS = {
    "theirs": (".widget-radio-box input", RATED * len(POINTS), "textarea", OPEN),
    "ours": ("[data-activity=survey] input", RATED * len(POINTS), "[data-activity=survey] textarea", OPEN),
}


def main() -> None:
    """Measure both and print the ratio."""
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, median of {RUNS}, {RATED} rated, {OPEN} open")
    for folder in (sysconfig.get_path("purelib"), ROOT / "src" / "casework"):
        compileall.compile_dir(folder, quiet=2, workers=0)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        workbooks = written_workbooks(folder)
        count_models(workbooks)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=FLAGS
        )
        with stock(folder) as theirs, casework(folder, workbooks) as ours:
            compare(browser, {"theirs": theirs, "ours": ours})
        browser.close()


def count_models(workbooks: Path) -> None:
    """Print how many widget models either form costs."""
    told = {}
    for name, code in {"theirs": BUILT_OF_CONTROLS, "ours": ONE_WIDGET}.items():
        env = {**os.environ, "CASEWORK_STORE": f"sqlite:///{workbooks.parent / 'count.sqlite'}"}
        command = [sys.executable, "-c", code + COUNT]
        done = subprocess.run(command, env=env, cwd=workbooks, check=True, capture_output=True, text=True)
        told[name] = done.stdout.split()
    for name, (plain, every) in told.items():
        print(f"widget models       {name}: {plain} ({every} with layouts and styles)")


def compare(browser: Browser, urls: dict[str, str]) -> None:
    """Print the time until both forms can be used as a whole, opened in turn."""
    times: dict[str, list[float]] = {name: [] for name in urls}
    for _ in range(RUNS + 1):
        for name, url in urls.items():
            times[name].append(seconds_to_form(browser, url, *CONTROLS[name]))
    theirs, ours = (statistics.median(found[1:]) for found in times.values())
    spread = ", ".join(f"{name} {min(found[1:]):.2f} to {max(found[1:]):.2f}" for name, found in times.items())
    print(f"usable form         {ours:.2f} s; ipywidgets in stock Voilà {theirs:.2f} s; ratio {ours / theirs:.2f}")
    print(f"                    ({spread})")


def seconds_to_form(browser: Browser, url: str, choice: str, choices: int, field: str, fields: int) -> float:
    """Return the seconds from asking for a page, as someone new, until all of its form is there and can be pressed."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(field).nth(fields - 1).click(trial=True, timeout=60_000)
    page.locator(choice).nth(choices - 1).click(trial=True, timeout=60_000)
    taken = time.perf_counter() - start
    found = (page.locator(choice).count(), page.locator(field).count())
    context.close()
    if found != (choices, fields):
        raise RuntimeError(f"{url} shows {found} controls")
    return taken


def written_workbooks(folder: Path) -> Path:
    """Write a folder of workbooks with one survey and a workbook that shows it."""
    rated = [
        {"id": f"item-{n}", "text": f"Item {n}: this is how it is here.", "kind": "rated", "scale": "often"}
        for n in range(1, RATED + 1)
    ]
    written = [
        {"id": f"item-{n}", "text": f"Item {n}: what would help?", "kind": "open"}
        for n in range(RATED + 1, RATED + OPEN + 1)
    ]
    labels = [{"at": at, "text": text} for at, text in enumerate(POINTS, 1)]
    survey = {
        "schema": 1,
        "id": "forty",
        "language": "en",
        "title": "Forty items",
        "summary": "Made for a benchmark.",
        "rights": "Ours.",
        "sources": [{"id": "own", "cite": "Made for a benchmark."}],
        "scales": [{"id": "often", "lowest": 1, "highest": len(POINTS), "labels": labels}],
        "items": [*rated, *written],
    }
    workbooks = folder / "workbooks"
    for name in ("cases", "surveys", "en"):
        (workbooks / name).mkdir(parents=True)
    (workbooks / "surveys" / "forty.yaml").write_text(yaml.safe_dump(survey, sort_keys=False), encoding="utf-8")
    write_notebook(workbooks / "en" / "form.ipynb", ONE_WIDGET)
    return workbooks


def write_notebook(file: Path, code: str) -> None:
    """Write a notebook of one cell."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cell = nbformat.v4.new_code_cell(code)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}), file)


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[str]:
    """Serve the form built of controls by Voilà as it is installed."""
    file, port = folder / "controls.ipynb", free_port()
    write_notebook(file, BUILT_OF_CONTROLS)
    with serving(["voila", str(file), f"--port={port}", "--no-browser"], folder, f"http://localhost:{port}/") as url:
        yield url


@contextlib.contextmanager
def casework(folder: Path, workbooks: Path) -> Iterator[str]:
    """Serve the survey by casework."""
    port = free_port()
    command = ["casework", "serve", str(workbooks), "--port", str(port), "--no-browser"]
    with serving(command, folder, f"http://localhost:{port}/voila/render/en/form.ipynb") as url:
        yield url


if __name__ == "__main__":
    main()
