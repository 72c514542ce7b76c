"""Someone at their log: a workbook with nothing else on it, and what they do there."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Self

from learner import Learner
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from conftest import Server


def write_workbook(server: Server, call: str = "session.log()", language: str = "en") -> str:
    """Put a workbook with a log into a server's folder, and return where it is found."""
    name = f"log-{uuid.uuid4().hex[:8]}"
    source = f"import casework as cw\n\nsession = cw.Session({name!r}, language={language!r})\n{call}"
    cell = {"cell_type": "code", "execution_count": None, "id": "log", "metadata": {}, "outputs": [], "source": source}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "title": "Log", "language": language}
    book = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (server.folder / language / f"{name}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    return f"/voila/render/{language}/{name}.ipynb"


class Keeper(Learner):
    """One person at the page of their log.

    Parameters
    ----------
    page : Page
        Their page.
    url : str
        The server's address, or that of a line to it.
    workbook : str
        Where the workbook is found.
    """

    def __init__(self, page: Page, url: str, workbook: str) -> None:
        super().__init__(page, url)
        self.workbook = workbook

    def open(self) -> Self:
        """Open the workbook."""
        self.page.goto(self.url + self.workbook, wait_until="commit")
        return self.arrived()

    def arrived(self) -> Self:
        """Wait until the log is there."""
        expect(self.log).to_be_visible(timeout=60_000)
        return self

    @property
    def log(self) -> Locator:
        """The log's frame."""
        return self.activity("log")

    @property
    def form(self) -> Locator:
        """The form for a meeting."""
        return self.log.locator(".meetings form")

    @property
    def entries(self) -> Locator:
        """The meetings that are listed."""
        return self.log.locator(".entries > li")

    def add(self, day: str, length: str = "1 hr", *, provider: str = "", group: bool = True) -> Self:
        """Write a meeting into the log with the mouse, and wait until it is saved."""
        self.button("Log a meeting", "log").click()
        self.form.get_by_label("Day").fill(day)
        self.form.get_by_role("radio", name=length, exact=True).check()
        self.form.get_by_role("radio", name="Group" if group else "Individual").check()
        if provider:
            self.form.get_by_label("With whom").fill(provider)
        self.form.get_by_role("button", name="Put it in the log").click()
        expect(self.form).to_have_count(0)
        self.saved(within="log")
        return self
