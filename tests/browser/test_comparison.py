"""A comparison with other municipalities in a real browser: proposed, read by the checker, read by anybody."""

import pytest
from playwright.sync_api import Page, expect

from klarsyn.report.models import Comparison
from klarsyn.report.others import demo, publishing
from tests.browser.conftest import fits
from tests.people import person
from tests.web.report.neighbours import EKVIK, GRANBY, TALLMO, neighbour, ring

OTHERS, PUBLIC = "/personal/andra-kommuner/", "/kartlaggning/jamfor/"


@pytest.fixture
def proposed(transactional_db, home) -> Comparison:
    """Three invented municipalities; the third counts something else."""
    held = [neighbour(one, ring()).pk for one in (TALLMO, GRANBY, EKVIK)]
    return publishing.propose(indicator=demo.INDICATOR, is_invented=True, others=held, by=person("disa"))


def test_disa_proposes_cilla_reads_and_agrees_and_frej_reads(
    open_page, as_person, live_server, proposed, axe, shoot
) -> None:
    room = f"{OTHERS}jamforelse/{proposed.pk}/"
    for width in (1280, 360):
        desk = open_page(width=width)
        as_person(desk, "disa")
        for name in (OTHERS, f"{OTHERS}foresla/?visa={demo.INDICATOR}&slag=exempel", room):
            looked_at(desk, live_server.url + name, axe)
        shoot(desk, f"comparison-room-{width}")
    cilla = open_page(width=360, javascript=False)
    as_person(cilla, "cilla")
    cilla.goto(live_server.url + room)
    cilla.get_by_role("button", name="Godkänn och visa för allmänheten").click()
    expect(cilla.get_by_text("Jämförelsen är offentlig.")).to_be_visible()
    for width in (1280, 360):
        frej = open_page(width=width)
        for name in (PUBLIC, f"{PUBLIC}{proposed.pk}/", f"/en{PUBLIC}{proposed.pk}/"):
            looked_at(frej, live_server.url + name, axe)
            shoot(frej, f"comparison-public-{width}", whole=False)
        expect(frej.locator(".fig-pair svg:visible").first).to_be_visible()


def looked_at(page: Page, address: str, axe) -> None:
    page.goto(address)
    axe(page)
    assert fits(page), address
