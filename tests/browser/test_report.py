"""The yearly report in a real browser: on a desk, on a phone, at night, on paper, by keyboard, without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from klarsyn.report import actions, render
from klarsyn.report.models import Edition
from klarsyn.report.policy import Verdict
from tests.browser.conftest import fits
from tests.people import person
from tests.unit.report import frozen

REPORT = "/kartlaggning/2019/"
PAGES = {
    "report": REPORT,
    "report-en": "/en/kartlaggning/2019/utgava-1/",
    "report-source": "/kartlaggning/2019/utgava-1/kalla/convicted_press/",
    "report-list": "/kartlaggning/",
    "report-open-data": "/kartlaggning/oppna-data/",
}
ALONG = (
    "/api/",
    "/inbadda/",
    "/inbadda/0680-2019-1/convicted_press/kod/",
    "/inbadda/0680-2019-1/convicted_press/",
)


def drafted(home: Path, year: int = 2019, invented: bool = False) -> Edition:
    frozen.lay_out(frozen.mapping(year, invented), home)
    return actions.draft(municipality="0680", year=year, by=person("disa"), invented=invented)


def released(home: Path, year: int = 2019, invented: bool = False) -> Edition:
    edition = drafted(home, year, invented)
    actions.submit(edition=edition, by=person("disa"))
    for name in ("greta", "cilla"):
        actions.vote(edition=edition, by=person(name), verdict=Verdict.APPROVE)
    return actions.release(edition=edition, by=person("greta"))


@pytest.fixture
def report(live_server, transactional_db, home, monkeypatch: pytest.MonkeyPatch) -> str:
    """The site's address, with the edition of 2019 released."""
    monkeypatch.setattr(render, "ARTEFACTS", [])
    released(home)
    return live_server.url


@pytest.mark.parametrize("name", PAGES)
def test_elis_reads_the_report(page: Page, report: str, axe, shoot, name: str) -> None:
    page.goto(report + PAGES[name])
    axe(page)
    assert fits(page)
    shoot(page, name, whole=False)


def test_elis_takes_figures_along(page: Page, report: str, axe, shoot) -> None:
    for number, address in enumerate(ALONG):
        page.goto(report + address)
        axe(page)
        assert fits(page), address
        shoot(page, f"report-along-{number}", whole=False)


@pytest.mark.parametrize("width", [1280, 360])
def test_elis_reads_the_report_at_night(open_page, report: str, axe, shoot, width: int) -> None:
    page = open_page(width=width, dark=True)
    page.goto(report + REPORT)
    axe(page)
    shoot(page, "report-dark", whole=False)


def test_the_example_says_on_every_screen_that_it_is_invented(
    page: Page, live_server, transactional_db, home, monkeypatch, axe, shoot
) -> None:
    monkeypatch.setattr(render, "ARTEFACTS", [])
    released(home, 2024, invented=True)
    page.goto(f"{live_server.url}/kartlaggning/exempel/")
    axe(page)
    assert fits(page)
    page.mouse.wheel(0, 4000)
    expect(page.get_by_role("note").get_by_text("PÅHITTADE TAL")).to_be_in_viewport()
    shoot(page, "report-example", whole=False)


def test_the_first_screen_holds_the_finding_its_caveat_and_a_number(page: Page, report: str) -> None:
    page.goto(report + REPORT)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.get_by_text("Antalet dömda följer polisens arbete", exact=False).first).to_be_in_viewport()
    expect(page.locator(".r-value").first).to_be_in_viewport()


def test_each_chart_is_shown_once_and_in_the_width_that_fits(page: Page, report: str) -> None:
    page.goto(report + REPORT)
    width = page.viewport_size["width"]
    seen = page.locator(".r-wide svg:visible").count(), page.locator(".r-narrow svg:visible").count()
    assert (seen[0] > 5, seen[1]) == (True, 0) if width > 700 else (seen[0], seen[1] > 5) == (0, True)
    for svg in page.locator(".r-picture svg:visible").all():
        assert svg.get_attribute("role") == "img"


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_the_true_map_comes_late_and_in_the_colours_of_the_page(open_page, report: str, dark: bool) -> None:
    page = open_page(dark=dark)
    page.goto(report + REPORT)
    picture = page.locator(".r-map img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=picture.element_handle())
    assert picture.evaluate("e => e.currentSrc").endswith("map-dark.svg" if dark else "map.svg")
    assert "290 kommuner" in picture.get_attribute("alt")


def test_elis_follows_a_number_to_its_source_by_keyboard_alone(open_page, report: str) -> None:
    page = open_page()
    page.goto(report + REPORT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "12,05"
    page.keyboard.press("Enter")
    page.wait_for_url("**/kalla/convicted_press/#rates-0680-*")
    row = page.locator(":target")
    expect(row).to_be_in_viewport()
    assert "17" in row.inner_text() and "12.05" in row.inner_text().replace(",", ".")


def test_elis_opens_a_table_by_keyboard_and_scrolls_in_it(open_page, report: str) -> None:
    page = open_page(width=360)
    page.goto(report + REPORT)
    fold = page.locator("#figur-convicted_press details.r-tables")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    region = fold.get_by_role("region").first
    expect(region).to_be_visible()
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=region.element_handle())


def test_frej_reads_everything_without_javascript(no_js: Page, report: str) -> None:
    no_js.goto(report + REPORT)
    no_js.locator("details.r-contents summary").click()
    no_js.locator("details.r-contents").get_by_role("link", name="Luckor och förslag").click()
    expect(no_js.get_by_role("heading", name="Luckor och förslag")).to_be_in_viewport()
    no_js.locator("#figur-convicted_national details.r-tables summary").click()
    expect(no_js.locator("#figur-convicted_national table")).to_be_visible()
    expect(no_js.get_by_role("link", name="Lämna sidan snabbt")).to_be_visible()


def test_on_paper_the_rail_is_gone_and_the_folded_words_are_there(open_page, report: str, shoot) -> None:
    page = open_page()
    page.goto(report + REPORT)
    page.emulate_media(media="print")
    expect(page.locator(".r-rail")).to_be_hidden()
    expect(page.locator(".r-wide svg").first).to_be_visible()
    expect(page.locator(".r-more p").first).to_be_visible()
    expect(page.get_by_role("link", name="Lämna sidan snabbt")).to_be_hidden()
    shoot(page, "report-print", whole=False)


def test_a_report_goes_from_disa_by_two_readers_to_frej(
    open_page, as_person, live_server, transactional_db, home, monkeypatch, axe, shoot
) -> None:
    monkeypatch.setattr(render, "ARTEFACTS", [])
    room = f"{live_server.url}/personal/rapporter/{drafted(home).pk}/"
    disa = as_person(open_page(), "disa")
    disa.goto(room)
    axe(disa)
    disa.get_by_role("button", name="Lämna till kontroll").click()
    expect(disa.get_by_text("Under kontroll")).to_be_visible()
    for name in ("cilla", "greta"):
        reader = as_person(open_page(), name)
        reader.goto(room)
        axe(reader)
        shoot(reader, f"report-room-{name}")
        reader.get_by_label("Godkänn: talen stämmer").check()
        reader.get_by_role("button", name="Spara rösten").click()
        expect(reader.get_by_text("Din röst är sparad")).to_be_visible()
    reader.get_by_role("button", name="Publicera utgåvan").click()
    expect(reader.get_by_text("Utgåvan är publicerad")).to_be_visible()
    frej = open_page(width=360)
    frej.goto(live_server.url + REPORT)
    expect(frej.get_by_role("heading", level=1)).to_contain_text("Jönköping låg 2019")


def test_cilla_is_told_what_to_mend_when_she_sends_back_without_a_word(
    page: Page, as_person, live_server, transactional_db, home, axe
) -> None:
    edition = drafted(home)
    actions.submit(edition=edition, by=person("disa"))
    cilla = as_person(page, "cilla")
    cilla.goto(f"{live_server.url}/personal/rapporter/{edition.pk}/")
    cilla.get_by_label("Återsänd: något behöver ändras").check()
    cilla.get_by_role("button", name="Spara rösten").click()
    expect(cilla.get_by_role("alert")).to_contain_text("Skriv vad som behöver ändras")
    axe(cilla)
    cilla.goto(f"{live_server.url}/personal/rapporter/")
    axe(cilla)
    assert fits(cilla)
