"""Every workbook of the curriculum opens, whoever comes and however, and can be read by everyone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import FITS
from looks import LOOKS

pytestmark = pytest.mark.browser

WORKBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "workbooks/en").glob("*.ipynb"))

# What hides part of itself, or makes one scroll sideways for it; tables may, and can be reached by keyboard.
CUT = """() => {
  const within = (one) => (one.shadowRoot ? all(one.shadowRoot) : []);
  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...within(one)]);
  return all(document.querySelector("main")).filter((one) =>
    one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible"
    && !one.matches("table, pre, select, input, textarea, [role=group][tabindex], [role=region][tabindex]"))
    .map((one) => `${one.tagName}.${one.className}: ${(one.innerText ?? "").slice(0, 60)}`);
}"""


@pytest.mark.looks(per="workbook")
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_a_workbook_opens_and_can_be_read_by_everyone(server, new_page, axe, workbook, look):
    page = new_page(look.width, look.theme)
    page.goto(f"{server.url}/voila/render/{look.language}/{workbook}.ipynb", wait_until="load")
    page.locator("#loading").wait_for(state="detached", timeout=90_000)
    for activity in page.locator(".jp-OutputArea-output:has([data-activity])").all():
        activity.locator("[data-activity] :is(h2, h3, h4, p, button)").first.wait_for(timeout=60_000)

    axe(page)
    assert page.evaluate(FITS)
    assert page.evaluate(CUT) == []
    assert page.locator("h1").count() == 1
    assert page.locator("main img:not([alt])").count() == 0
