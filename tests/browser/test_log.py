"""Keeping a log: by keyboard, by touch, in the dark, in Spanish, through a reload and without a kernel."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from learner import Network, kernels, stored
from log_page import Keeper, write_workbook
from openpyxl import load_workbook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TODAY = date.today()  # noqa: DTZ011  the page's own day
LAST = TODAY - timedelta(days=30)
NOTE = "She asked where in the room I would like to sit."


@pytest.fixture
def keeper(server, page):
    """Open a log on a computer."""
    return Keeper(page, server.url, write_workbook(server)).open()


def lengths(keeper):
    """Return how long each listed meeting was."""
    return keeper.entries.locator("b").all_inner_texts()


def test_it_is_kept_with_the_keyboard_alone(keeper):
    keeper.log.get_by_role("heading").first.evaluate("one => one.scrollIntoView()")
    keeper.tab_to("Log a meeting").press("Enter")
    keeper.arrives("A meeting")
    keeper.press("Tab", "Tab", "Tab", "Tab", "ArrowRight")  # three parts of the day, then the lengths: from 1 hr on
    keeper.tab_to("With whom").page.keyboard.type("M. Rivera")
    keeper.tab_to("What it was about, and a note").press("Enter")
    keeper.tab_to("A note to yourself").page.keyboard.type(NOTE)
    keeper.tab_to("Put it in the log").press("Enter")
    expect(keeper.entries).to_have_count(1)
    expect(keeper.entries).to_contain_text(NOTE)
    assert keeper.focused() == "Log a meeting"
    keeper.saved(within="log")
    keeper.tab_to("Remove: ").press("Enter")
    expect(keeper.entries).to_have_count(0)
    assert keeper.focused() == "Bring it back"
    keeper.press("Enter")
    expect(keeper.entries).to_have_count(1)
    keeper.saved(within="log")
    expect(keeper.entries).to_contain_text(NOTE)


def test_a_second_meeting_takes_two_touches_on_a_phone(server, new_page, axe):
    keeper = Keeper(new_page(390, has_touch=True), server.url, write_workbook(server)).open()
    keeper.add(str(LAST), "1 hr 30 min", provider="M. Rivera")
    keeper.button("Log a meeting", "log").tap()
    small = "[...document.querySelectorAll('.casework')].flatMap((one) => [...one.shadowRoot.querySelectorAll("
    small += (
        "'button, .pill, .field input:not([type=radio]), summary, select')]).map((one) => one.getBoundingClientRect())"
    )
    assert keeper.page.evaluate(f"() => {small}.filter(({{height}}) => height > 0 && height < 44).length") == 0
    assert keeper.sideways() <= 0
    axe(keeper.page, ".casework")
    keeper.form.get_by_role("button", name="Put it in the log").tap()
    expect(keeper.entries).to_have_count(2)
    keeper.saved(within="log")
    assert lengths(keeper) == ["1 hr 30 min", "1 hr 30 min"]
    expect(keeper.entries.first).to_contain_text("with M. Rivera")


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (320, "dark")])
def test_all_of_it_can_be_read_by_anyone(server, new_page, axe, width, theme):
    keeper = Keeper(new_page(width, theme), server.url, write_workbook(server, 'session.log("mi-aimh")')).open()
    axe(keeper.page, ".casework")
    keeper.add(str(LAST), provider="M. Rivera").add(str(TODAY - timedelta(days=400)), group=False)
    plan(keeper)
    keeper.log.get_by_text("All days of this series").click()
    keeper.log.get_by_text("The same as a table").click()
    keeper.button("Choose the hours", "log").click()
    expect(keeper.heading("Choose the hours", "log")).to_be_visible()
    assert keeper.sideways() <= 0
    axe(keeper.page, ".casework")


def plan(keeper):
    """Plan two hours a month, from the day of the last meeting on."""
    keeper.button("Plan a series", "log").click()
    keeper.log.get_by_label("First day").fill(str(LAST))
    keeper.log.get_by_role("button", name="Plan it").click()
    keeper.saved(within="log")
    expect(keeper.log.locator(".series")).to_contain_text("2 hr every month, on the same weekday")


def test_what_is_chosen_and_typed_is_there_again_after_a_reload(keeper):
    keeper.button("Log a meeting", "log").click()
    keeper.form.get_by_label("Day").fill(str(LAST))
    keeper.form.get_by_role("radio", name="45 min").check()
    keeper.form.get_by_label("With whom").fill("M. Riv")
    keeper.form.get_by_text("What it was about, and a note").click()
    keeper.form.get_by_role("checkbox", name="Parallel process").check()
    keeper.form.get_by_label("A note to yourself").fill(NOTE)
    keeper.reload()
    expect(keeper.form.get_by_label("Day")).to_have_value(str(LAST))
    expect(keeper.form.get_by_role("radio", name="45 min")).to_be_checked()
    expect(keeper.form.get_by_label("With whom")).to_have_value("M. Riv")
    expect(keeper.form.get_by_role("checkbox", name="Parallel process")).to_be_checked()
    expect(keeper.form.get_by_label("A note to yourself")).to_have_value(NOTE)
    keeper.form.get_by_role("button", name="Put it in the log").click()
    keeper.saved(within="log").reload()
    expect(keeper.form).to_have_count(0)
    expect(keeper.entries).to_contain_text(NOTE)


def test_a_fault_is_said_at_its_field_and_takes_the_focus(keeper):
    keeper.button("Log a meeting", "log").click()
    keeper.form.get_by_label("Day").fill(str(TODAY + timedelta(days=40)))
    keeper.form.get_by_role("radio", name="Another length").check()
    keeper.form.get_by_label("Minutes").fill("two")
    keeper.form.get_by_role("button", name="Put it in the log").click()
    day, minutes = keeper.form.get_by_label("Day"), keeper.form.get_by_label("Minutes")
    expect(day).to_be_focused()
    expect(day).to_have_accessible_description(
        "This day has not come yet. A meeting to come belongs into a planned series."
    )
    expect(minutes).to_have_accessible_description("Write whole minutes, from 1 to 720.")
    day.fill(str(LAST))
    minutes.fill("75")
    minutes.press("Enter")
    expect(keeper.entries).to_contain_text("1 hr 15 min")


def test_a_meeting_is_changed_and_the_sums_follow(keeper):
    keeper.add(str(LAST), provider="M. Rivera")
    keeper.button("Change: ", "log").click()
    expect(keeper.form.get_by_label("With whom")).to_have_value("M. Rivera")
    keeper.form.get_by_role("radio", name="2 hr").check()
    keeper.form.get_by_role("button", name="Keep the changes").click()
    keeper.saved(within="log")
    assert lengths(keeper) == ["2 hr"]
    expect(keeper.log.locator(".sum")).to_have_text("2 hr in one meeting")


def test_a_year_is_looked_at_alone(keeper):
    before = LAST.replace(year=LAST.year - 1)
    keeper.add(str(LAST), "1 hr").add(str(before), "2 hr")
    keeper.log.get_by_label("Year").select_option(str(before.year))
    assert lengths(keeper) == ["2 hr"]
    expect(keeper.log.locator(".sum .lead")).to_have_text("2 hr in one meeting")


def test_a_planned_series_is_offered_moved_and_ended(keeper):
    plan(keeper)
    series = keeper.log.locator(".series")
    keeper.log.get_by_text("All days of this series").click()
    days = series.locator(".days > li")
    expect(days).to_have_count(24)
    days.nth(2).get_by_role("button", name="Move the meeting of").click()
    days.nth(2).get_by_role("button", name="Call it off").click()
    expect(days.nth(2)).to_contain_text("called off")
    keeper.button("Log the meeting of", "log").click()
    expect(keeper.form.get_by_role("radio", name="2 hr")).to_be_checked()
    keeper.form.get_by_role("button", name="Put it in the log").click()
    expect(series.locator(".days > li").filter(has_text="held")).to_have_count(1)
    keeper.button("End this series", "log").click()
    expect(series).to_contain_text("Ended after")
    keeper.saved(within="log")
    keeper.button("Let it go on", "log").click()
    expect(series).to_contain_text("Next: ")


def test_hours_are_counted_and_nothing_is_called_enough(keeper):
    keeper.add(str(LAST), "2 hr")
    keeper.button("Choose the hours", "log").click()
    keeper.log.get_by_role("checkbox", name="Renewal each year, 12 hours").check()
    keeper.saved(within="log")
    aims = keeper.log.locator(".aim")
    expect(aims).to_contain_text("2 hr of 12 hr in the 12 months until")
    expect(aims.get_by_role("link")).to_have_attribute(
        "href", "http://mi-aimh.workroomdesign.com/endorsement/endorsement-policies-2/"
    )
    form = keeper.log.get_by_role("form", name="Numbers of your own")
    form.get_by_label("What they are for").fill("My program")
    form.get_by_label("Hours", exact=True).fill("1,5")
    form.get_by_role("button", name="Count towards these").click()
    expect(aims).to_have_count(2)
    expect(aims.last).to_contain_text("2 hr of 1.5 hr in the 24 months until")
    said = keeper.log.inner_text().lower()
    assert not [word for word in ("eligib", "reached", "complete", "congrat", "✓", "goal") if word in said]
    expect(keeper.log).to_contain_text("only the association can say what counts")


def test_it_speaks_spanish_with_its_days_and_numbers(server, page, axe):
    call = 'session.log("mi-aimh")'
    keeper = Keeper(page, server.url, write_workbook(server, call, "es")).open()
    keeper.button("Anotar una reunión", "log").click()
    keeper.form.get_by_label("Día").fill("2026-01-20")
    keeper.form.get_by_role("radio", name="1 h 30 min").check()
    keeper.form.get_by_role("button", name="Anotarla").click()
    keeper.saved(within="log")
    expect(keeper.entries.locator("time")).to_contain_text("20 de enero de 2026")
    expect(keeper.log).to_contain_text("24 horas, en no menos de un año ni más de dos")
    axe(page, ".casework")


def taken(keeper, name):
    """Press a button, and return the name and the bytes of the file it gives."""
    with keeper.page.expect_download() as download:
        keeper.button(name, "log").click()
    path = download.value.path()
    return download.value.suggested_filename, path.read_bytes()


def test_its_three_files_can_be_read_back(keeper):
    keeper.add(str(LAST), "1 hr 30 min", provider="=1+1")
    plan(keeper)
    name, data = taken(keeper, "Calendar (.ics)")
    events = {event.decoded("dtstart"): str(event["summary"]) for event in Calendar.from_ical(data).walk("VEVENT")}
    assert (name, len(events)) == ("reflective-supervision-log.ics", 24)
    assert events[LAST] == "Reflective supervision (group) with =1+1"
    name, data = taken(keeper, "Spreadsheet (.xlsx)")
    rows = list(load_workbook(io.BytesIO(data))["Meetings"].iter_rows(values_only=True))
    assert (name, rows[1][0].date(), rows[1][1], rows[1][4]) == ("reflective-supervision-log.xlsx", LAST, 90, "=1+1")
    name, data = taken(keeper, "Table (.csv)")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert (name, rows[1][:2], rows[1][4]) == ("reflective-supervision-log.csv", [str(LAST), "90"], "'=1+1")
    assert len(stored_kinds(keeper)) == 2


def stored_kinds(keeper):
    """Return what the page has left to send, and what it listed."""
    return [keeper.line("log").get_attribute("data-saved"), keeper.entries.count()]


def test_an_earlier_log_is_brought_in_or_its_bad_row_is_named(keeper):
    keeper.log.get_by_text("Bring in an earlier log (.csv)").first.click()
    field = keeper.log.get_by_label("Bring in an earlier log (.csv)")

    def bring(text):
        field.set_input_files({"name": "log.csv", "mimeType": "text/csv", "buffer": text.encode()})

    bring("date,minutes\n2025-01-20,sixty\n")
    expect(keeper.log.locator(".files .trouble")).to_contain_text("Row 2: “sixty” is no number of minutes")
    bring("date,minutes,provider\n2025-01-20,60,M. Rivera\n2025-02-20,90,M. Rivera\n")
    expect(keeper.entries).to_have_count(2)


def test_it_waits_for_a_kernel_that_is_gone_and_loses_nothing(server, page, watch):
    watch.allow(r"WebSocket connection to|ERR_|Failed to|Canceled|NetworkError|404", "the network is cut")
    with Network(server.url) as network:
        keeper = Keeper(page, network.url, write_workbook(server)).open().add(str(LAST))
        before = len(stored(server, "add"))
        network.cut()
        keeper.button("Log a meeting", "log").click()
        keeper.form.get_by_role("radio", name="2 hr").check()
        keeper.form.get_by_role("button", name="Put it in the log").click()
        assert lengths(keeper) == ["2 hr", "1 hr"]
        keeper.saved("late", within="log")
        assert len(stored(server, "add")) == before
        network.mend()
        keeper.reload().saved(within="log")
        assert lengths(keeper) == ["2 hr", "1 hr"]
        assert [one["minutes"] for one in stored(server, "add")[before:]] == [120]


def test_it_is_the_same_log_in_another_workbook(server, page):
    Keeper(page, server.url, write_workbook(server)).open().add(str(LAST), "45 min")
    assert kernels(server)
    other = Keeper(page, server.url, write_workbook(server)).open()
    assert "45 min" in lengths(other)
