"""Protected figures in a real browser: the chart, the checker's room, the ledger, an answer."""

import pytest
from playwright.sync_api import Page, expect

from klarsyn.mapping import queries
from klarsyn.report import actions, render
from klarsyn.report.models import Edition
from klarsyn.report.policy import Verdict
from tests.browser.conftest import fits
from tests.people import person
from tests.unit.report import frozen

LEDGER = "/personal/publicerade-siffror/"


@pytest.fixture
def edition(transactional_db, home, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The invented example, approved by two; pages alone."""
    monkeypatch.setattr(render, "ARTEFACTS", [])
    frozen.lay_out(frozen.mapping(2024, True), home)
    made = actions.draft(municipality="0680", year=2024, by=person("disa"), invented=True)
    made = actions.submit(edition=made, by=person("disa"))
    for name in ("greta", "cilla"):
        actions.vote(edition=made, by=person(name), verdict=Verdict.APPROVE)
    return made


@pytest.fixture
def released(edition: Edition) -> Edition:
    return actions.release(edition=edition, by=person("greta"))


def test_elis_reads_rounded_figures_with_what_they_leave_open(
    page: Page, live_server, released, axe, shoot
) -> None:
    page.goto(f"{live_server.url}/kartlaggning/exempel/#figur-example_people")
    figure = page.locator("#figur-example_people")
    expect(figure.locator(".r-protection")).to_contain_text("ett verkligt antal ligger högst 4 ifrån")
    assert figure.locator("svg:visible .fig-reach").count() > 10, "boxes that rounding leaves open"
    axe(page)
    assert fits(page)
    shoot(page, "protected-figure", whole=False)


def test_cilla_checks_before_and_after_by_keyboard(
    page: Page, as_person, live_server, edition, axe, shoot
) -> None:
    as_person(page, "cilla")
    page.goto(f"{live_server.url}/personal/rapporter/{edition.pk}/")
    axe(page)
    assert fits(page)
    expect(page.get_by_text("stod emot").first).to_be_visible()
    fold = page.get_by_text("Del av staden och kön, 2024", exact=True).first
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".r-before:visible .r-true").first).to_be_visible()
    axe(page)
    shoot(page, "protected-check")


def test_disa_reads_what_was_published(page: Page, as_person, live_server, released, axe, shoot) -> None:
    as_person(page, "disa")
    page.goto(live_server.url + LEDGER)
    expect(page.get_by_text("Hel: ingen rad har ändrats")).to_be_visible()
    axe(page)
    assert fits(page)
    shoot(page, "ledger")


@pytest.mark.parametrize("javascript", [True, False])
def test_greta_gives_out_a_figure_with_and_without_javascript(
    open_page, as_person, live_server, released, axe, shoot, javascript: bool
) -> None:
    page = open_page(width=360, javascript=javascript)
    as_person(page, "greta")
    page.goto(f"{live_server.url}{LEDGER}lamna-ut/")
    page.get_by_role("link", name="människor som verksamheterna har mött").click()
    if javascript:
        axe(page)
        shoot(page, "answer")
    page.get_by_label("Kön", exact=False).select_option("women")
    page.get_by_label("Vem frågar", exact=False).fill("En fråga från radion")
    page.get_by_role("button", name="Lämna ut siffran").click()
    expect(page.get_by_text("2024, kvinnor: omkring")).to_be_visible()
    assert queries.published()[0].kind == "press_answer"
