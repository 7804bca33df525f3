"""From motion to result through five people's hands: registrar, keeper, head of unit, councillor, citizen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from klarsyn.plan.models import ActionPlan
from klarsyn.plan.motions import planning, publishing
from tests.browser.conftest import OpenPage, fits
from tests.people import person
from tests.web.plan.released import draft, release

UNIT, NAME = "Socialkontoret Öster (påhittad)", "Kvällsöppet på Mika"
DEMAND = "att Mika har öppet på kvällar"


def day(ago: int) -> str:
    return str(timezone.localdate() - timedelta(days=ago))


def fill(page: Page, **told: str) -> None:
    for name, value in told.items():
        page.locator(f"#id_{name}").fill(value)


def publish(page: Page, address: str, what: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=f"Publicera {what}").first.click()
    page.get_by_text("Det är publicerat.").wait_for()


@pytest.fixture
def site(live_server, transactional_db, home: Path) -> str:
    """The site's address: a plan for the measures, and a mapping released with 70 people of 2024."""
    person("greta")
    today, by = timezone.localdate(), person("petra")
    made: ActionPlan = planning.make_plan(
        title="Planen", starts_on=today - timedelta(days=400), ends_on=today + timedelta(days=400),
        adopted_by=None, supersedes=None, by=by, today=today,
    )  # fmt: skip
    publishing.publish(row=made, by=by, today=today)
    draft(home)
    release()
    return str(live_server.url)


def registers(page: Page, site: str) -> None:
    """Lars: the motion with its two demands, and what the council said of them."""
    page.goto(f"{site}/personal/planen/ny-motion/")
    fill(
        page, title="Motion om kvällsöppet", handed_in_on=day(300), handed_in_by="Ledamot (X)", text="Kvällar.",
        demands=f"{DEMAND}\natt KAST har det", source="Diariet",
    )  # fmt: skip
    page.get_by_role("button", name="För in motionen").click()
    page.get_by_role("link", name="För in ett beslut").click()
    fill(
        page, title="Svar på motionen", registry_number="KS 2026/7", decided_on=day(200), wording="Bifalls.",
        source="Protokoll",
    )  # fmt: skip
    page.locator("#id_result_1").select_option("approved")
    page.locator("#id_result_2").select_option("rejected")
    page.get_by_role("button", name="För in beslutet").click()
    expect(page.locator("h1")).to_have_text("Svar på motionen")


def plans(page: Page, site: str, decision: str) -> None:
    """Petra: a measure for the first demand, followed by a figure that she sees before she chooses; all goes out."""
    page.goto(f"{site}/personal/planen/plan/planen/ny-atgard/")
    fill(
        page, title=NAME, what="Öppet till nio.", responsible_unit=UNIT, starts_on=day(100), due_on=day(-100)
    )
    page.get_by_label(DEMAND).check()
    page.locator("#id_indicator").select_option("example_people")
    page.get_by_role("button", name="Visa siffran och dess delar").click()
    expect(page.locator("main")).to_contain_text("2024: 70 (avrundat; det rätta talet ligger i 66–74)")
    expect(page.locator("main")).to_contain_text("Vad siffran inte säger")
    fill(page, target="40", target_year="2027", baseline_year="2023")
    page.locator("#id_direction").select_option("up")
    page.get_by_role("button", name="Lägg upp åtgärden").click()
    page.get_by_text("Det är sparat.").wait_for()
    publish(page, page.url, NAME)
    publish(page, f"{site}/personal/planen/motion/motion-om-kvallsoppet/", "Motion om kvällsöppet")
    publish(page, decision, "Svar på motionen")


def test_a_demand_goes_from_motion_to_a_result_that_a_citizen_reads(
    open_page: OpenPage, as_person, site: str, axe
) -> None:
    lars, petra, greta = (as_person(open_page(), name) for name in ("lars", "petra", "greta"))
    registers(lars, site)
    plans(petra, site, lars.url)
    measure = f"{site}/personal/planen/atgard/kvallsoppet-pa-mika/"
    greta.goto(measure)
    fill(greta, came_of_it="Det är öppet tre kvällar i veckan.")
    greta.locator("#id_state").select_option("running")
    greta.get_by_role("button", name="Spara uppföljningen").click()
    greta.get_by_text("Det är sparat.").wait_for()
    elis = open_page()
    elis.goto(f"{site}/planen/atgard/kvallsoppet-pa-mika/")
    expect(elis.locator("main")).to_contain_text("Ingen uppföljning är publicerad än.")
    publish(petra, measure, "")  # what is left to publish there: the review
    elis.goto(f"{site}/planen/")
    demands = elis.locator(".p-demands > li")
    for word in ("inlämnad", "bifallen", "1 åtgärd", "På rätt sida om målet"):
        expect(demands.nth(0).locator(".p-track")).to_contain_text(word)
    expect(demands.nth(1).locator(".p-track")).to_contain_text("avslagen")
    frej = open_page(width=360, javascript=False)
    frej.goto(f"{site}/planen/motion/motion-om-kvallsoppet/")
    expect(frej.locator("main")).to_contain_text("Bifalls.")
    frej.get_by_role("link", name=NAME).first.click()
    for words in ("70 (avrundat; det rätta talet ligger i 66–74), 2024", "minst 40 år 2027", "PÅHITTAT",
                  "Det är öppet tre kvällar i veckan.", "Vad siffran inte säger"):  # fmt: skip
        expect(frej.locator("main")).to_contain_text(words)
    assert fits(frej) and frej.locator(".k-leave").is_visible()
    axe(elis)
