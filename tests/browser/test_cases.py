"""A counsellor's day in a real browser: a case is taken in, written in, handed over and closed; with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from klarsyn.cases.models import Case, RecordState, SealedRecord
from klarsyn.people.demo import MIKA
from klarsyn.people.models import RoleHeld, Team
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.browser.conftest import fits
from tests.people import person


@pytest.fixture
def mika(transactional_db) -> Team:
    person("alva")
    ensure_demo_receptions()
    team = Team.objects.get(name=MIKA)
    RoleHeld.objects.create(user=person("cilla"), role="mika_counsellor", team=team)
    return team


def _seen(page: Page, axe, shoot, name: str) -> None:
    axe(page)
    assert fits(page), name
    shoot(page, name)


def _take_in(page: Page, address: str, title: str) -> None:
    page.goto(f"{address}/personal/arenden/")
    page.get_by_role("link", name="Nytt ärende").click()
    page.get_by_label("Sök bland").fill(title)
    page.keyboard.press("Enter")
    page.get_by_label("Kort rubrik").fill(title)
    page.get_by_label("Vad vill personen själv ha hjälp med?").fill("Påhittat: bostad")


def test_alva_takes_in_writes_hands_over_and_closes(page, as_person, live_server, axe, shoot, mika) -> None:
    page.set_default_timeout(60_000)
    as_person(page, "alva")
    _take_in(page, live_server.url, "Påhittat: nytt samtal")
    _seen(page, axe, shoot, "case-new")
    page.get_by_role("button", name="Lägg upp ärendet").click()
    page.get_by_label("Varför öppnar du?").fill("möte i dag")
    page.get_by_role("button", name="Öppna").click()
    _seen(page, axe, shoot, "case-page")
    page.get_by_role("link", name="Så får personen nås").click()
    page.get_by_label("ringa").check()
    _seen(page, axe, shoot, "case-rules")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Journalanteckning").click()
    page.get_by_label("Slag").select_option(label="Besök")
    page.get_by_label("Vad hände").press_sequentially("Påhittat samtal som sparas av sig själv.")
    page.get_by_text("sparat").wait_for()
    assert SealedRecord.objects.filter(state=RecordState.WORKING).count() == 2  # with the first picture
    assert "/anteckning/" in page.url
    _seen(page, axe, shoot, "case-note")
    page.reload()
    assert "sparas av sig själv" in page.get_by_label("Vad hände").input_value()
    page.get_by_role("button", name="Spara och lås").click()
    page.get_by_role("link", name="Skriv vidare").click()
    page.get_by_role("button", name="Spara och lås").click()
    _ends(page, axe, shoot)


def _ends(page: Page, axe, shoot) -> None:
    page.get_by_text("Ny uppgift").click()
    page.get_by_label("Att göra").fill("Ring hyresvärden")
    page.get_by_label("Senast").fill("2026-01-05")
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_text("senast 2026-01-05").wait_for()
    _seen(page, axe, shoot, "case-written")
    for link in ("Lämna över till en kollega", "Skyddade personuppgifter", "Avsluta ärendet"):
        page.get_by_role("link", name=link).click()
        _seen(page, axe, shoot, f"case-{link.split()[0].lower()}")
        page.get_by_role("link", name="Avbryt").click()
    page.get_by_role("link", name="Skriv ut").click()
    _seen(page, axe, shoot, "case-print")
    page.get_by_role("link", name="Till ärendet").click()
    page.get_by_role("link", name="Avsluta ärendet").click()
    page.get_by_label("Skäl").select_option(label="målen är nådda")
    page.get_by_role("button", name="Avsluta").click()
    page.get_by_text("Ärendet är avslutat.").wait_for()
    assert Case.objects.get().state == "closed"


def test_all_of_it_works_without_scripts_and_by_keyboard(
    open_page, as_person, live_server, mika, shoot
) -> None:
    page = open_page(width=360, javascript=False)
    page.set_default_timeout(60_000)
    as_person(page, "alva")
    _take_in(page, live_server.url, "Påhittat: utan skript")
    page.get_by_role("button", name="Lägg upp ärendet").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Varför öppnar du?").fill("möte i dag")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Journalanteckning").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Slag").select_option(label="Besök")
    page.get_by_label("Vad hände").fill("Påhittat, utan skript.")
    page.get_by_role("button", name="Spara, skriv mer sedan").click()
    page.get_by_text("Sparat. Anteckningen är inte låst än.").wait_for()
    other = open_page(width=360, javascript=False)
    other.set_default_timeout(60_000)
    as_person(other, "alva").goto(page.url)
    other.get_by_label("Vad hände").fill("Den första hann.")
    other.get_by_role("button", name="Spara, skriv mer sedan").click()
    page.get_by_label("Vad hände").fill("Den andra kom sent.")
    page.get_by_role("button", name="Spara och lås").click()
    page.get_by_text("Den första hann.").wait_for()
    assert page.get_by_label("Vad hände").input_value() == "Den andra kom sent."
    assert fits(page)
    shoot(page, "case-late")
    page.get_by_role("button", name="Spara och lås").click()
    page.get_by_text("Den andra kom sent.").wait_for()
