"""A registrar enters a motion on a phone; a unit's head says what came of a measure, and why it is late."""

from __future__ import annotations

from klarsyn.plan.models import Motion
from klarsyn.plan.motions.demo import ensure_demo_plan
from tests.browser.conftest import fits
from tests.people import person


def test_lars_enters_a_motion_and_greta_reviews(open_page, as_person, axe, shoot, live_server, db) -> None:
    person("greta")
    ensure_demo_plan()
    page = open_page(width=360)
    page.set_default_timeout(30_000)  # the first page of a busy machine
    as_person(page, "lars")
    page.goto(f"{live_server.url}/personal/planen/")
    page.get_by_role("link", name="För in en motion").click()
    for label, words in (
        ("Motionens rubrik", "Motion om kvällsöppet"), ("Inlämnad", "2026-02-02"), ("Vem som lämnade in", "Ledamot (X)"),
        ("Vad motionen säger", "Mottagningarna ska ha öppet på kvällar."), ("Källa", "Diariet 2026"),
        ("Att-satser", "att Mika har öppet på kvällar\natt KAST har det"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="För in motionen").click()
    page.get_by_role("heading", name="2. att KAST har det").wait_for()
    assert Motion.objects.get(slug="motion-om-kvallsoppet").demands.count() == 2 and fits(page)
    page.context.clear_cookies()
    as_person(page, "greta")
    _reviews(page, axe)
    assert fits(page)
    shoot(page, "plan-measure")


def _reviews(page, axe) -> None:
    """Without the reason first: what was written is still there, and the page says what is missing."""
    page.get_by_role("link", name="Utbildning för socialtjänst och fältassistenter är försenad").click()
    page.get_by_label("Vad det har blivit").fill("Hälften har gått.")
    page.get_by_role("button", name="Spara uppföljningen").click()
    page.get_by_text("Skriv en mening om varför").first.wait_for()
    axe(page)
    page.get_by_label("Varför den är försenad").fill("Två tjänster var vakanta.")
    page.get_by_role("button", name="Spara uppföljningen").click()
    page.get_by_text("Det är sparat.").wait_for()
    page.get_by_text("Hälften har gått.").first.wait_for()
    axe(page)
