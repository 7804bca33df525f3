"""The public plan on a phone and on a desk: a councillor follows a demand, a citizen reads, nobody needs a script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, fits
from tests.web.plan.conftest import publish, today
from tests.web.plan.released import draft, release

__all__ = ["today"]


@pytest.fixture
def plan(live_server, transactional_db, home: Path, today) -> str:
    """The site's address, with a plan that anyone may read and its figure released."""
    publish()
    draft(home)
    release()
    return str(live_server.url)


def test_elis_follows_a_demand_to_its_result_on_a_phone(open_page: OpenPage, plan: str, axe, shoot) -> None:
    page = open_page(width=360)
    page.goto(plan)
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Planen").click()
    axe(page)
    assert fits(page)
    shoot(page, "plan-index")
    demand = page.locator(".p-demands > li").first
    for word in ("inlämnad", "0 av 1 har svarat", "bifallen", "1 försenad", "På rätt sida om målet"):
        expect(demand.locator(".p-track")).to_contain_text(word)
    demand.get_by_role("link", name="Mottagning").click()
    axe(page)
    assert fits(page)
    shoot(page, "plan-measure")
    figure = page.get_by_label("Indikatorn")
    expect(figure).to_contain_text("70 (avrundat; det rätta talet ligger i 66–74), 2024")
    expect(figure).to_contain_text("Vad siffran inte säger")
    expect(page.locator(".p-picture .p-limits")).to_have_count(2)
    page.get_by_role("link", name="1. att 1 görs").click()
    expect(page.locator("h1")).to_contain_text("En motion")
    assert fits(page) and page.url.partition("#")[2].startswith("krav-")


def test_frej_reads_it_on_a_desk_in_english_without_a_script(open_page, plan, axe, shoot) -> None:
    page = open_page(width=1280, javascript=False)
    for name in ("", "motion/en-motion/", "atgard/mottagning/", "oppna-data/"):
        page.goto(f"{plan}/en/planen/{name}")
        expect(page.locator(".k-leave")).to_be_visible()
        assert fits(page) and page.locator("h1").count() == 1
        shoot(page, "plan-en-" + (name.split("/")[0] or "index"))
    looked = open_page(width=1280, dark=True)
    for name in ("motion/en-motion/", "oppna-data/"):
        looked.goto(f"{plan}/planen/{name}")
        axe(looked)
