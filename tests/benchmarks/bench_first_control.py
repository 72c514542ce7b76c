"""How long until a learner can begin, beside a stock Voilà page with one button; and what an import costs.

Run it with ``make bench``. It prints ratios of one run on one machine; it passes and fails nothing.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from visitors import STOCK_PAGE, WORKBOOK, casework, stock

RUNS = 5
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
            compare_pages(browser, bare.base + STOCK_PAGE, ours.base + WORKBOOK)
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
    page.goto("about:blank")  # as one leaves, so that its kernel does not go on beside the next one
    context.close()
    return taken


if __name__ == "__main__":
    main()
