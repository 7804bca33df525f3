"""A teacher reports concern for a child on a phone, with and without JavaScript; an officer and a registrar go on."""

from __future__ import annotations

import pytest

from klarsyn.concerns.demo import ensure_demo_reports
from tests.browser.conftest import fits
from tests.people import person

PAGE = "/orosanmalan/"


@pytest.fixture(autouse=True)
def _officers(transactional_db) -> None:
    person("olga")


def reports(page, live_server, look) -> str:
    """From the first page to the receipt; the code on it."""
    page.goto(live_server.url + PAGE)
    look(page)
    page.get_by_role("button", name="Börja").click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    look(page)
    assert page.get_by_role("link", name="Ring 112").first.get_attribute("href") == "tel:112"
    page.get_by_role("button", name="Jag har ringt").click()
    page.get_by_label("Jag anmäler i mitt arbete").check()
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    look(page)
    assert page.get_by_text("kan inte vara anonym").count() >= 2
    page.get_by_label("Ditt namn").fill("Tove")
    page.get_by_label("Din arbetsplats").fill("Påhittade skolan")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.get_by_label("Barnets namn").fill("Kim")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.get_by_label("Vad har du sett eller hört?").fill("Kim har nya saker\noch är rädd.")
    look(page)
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.get_by_label("Jag vill få veta").check()
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    look(page)
    page.get_by_role("button", name="Skicka anmälan").click()
    look(page)
    return page.locator(".k-callout strong").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_teacher_reports_on_a_phone_and_looks_for_the_answer(
    open_page, live_server, axe, shoot, javascript
) -> None:
    page, seen = open_page(width=360, javascript=javascript), []

    def look(at) -> None:
        if javascript:
            axe(at)
        assert fits(at) and at.url.endswith(PAGE) and at.locator("h1").count() == 1
        seen.append(at.locator("h1").inner_text())
        shoot(at, f"report-{len(seen)}")

    code = reports(page, live_server, look)
    page.goto(live_server.url + PAGE)
    page.get_by_label("Koden").fill(code)
    page.get_by_role("button", name="Öppna").click()
    page.get_by_text("Inget svar än").wait_for()
    assert page.get_by_text("Kim").count() == 0 and len(seen) == 6


def test_the_officers_and_the_registrars_pages(open_page, as_person, live_server, axe, shoot) -> None:
    ensure_demo_reports()
    page = as_person(open_page(width=360), "olga")

    def look(name: str) -> None:
        axe(page)
        assert fits(page) and page.locator("h1").count() == 1
        shoot(page, f"reports-{name}")

    page.goto(live_server.url + "/personal/orosanmalningar/")
    look("list")
    page.get_by_role("button", name="Öppna").first.click()
    look("one")
    page.goto(page.url)
    look("shut")
    lars = as_person(open_page(width=360), "lars")
    lars.goto(live_server.url + "/personal/overlamnade-anmalningar/")
    page = lars
    look("registry")
    lars.get_by_label("Diarienummer").fill("SN 2026/1")
    lars.get_by_role("button", name="Bekräfta").click()
    lars.get_by_text("SN 2026/1").wait_for()
