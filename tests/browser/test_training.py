"""A course is finished on a phone, at the desk and by a link, with and without JavaScript; no page breaks axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from klarsyn.people.models import RoleHeld
from klarsyn.training import actions, library
from klarsyn.training.models import Completion, Unit
from tests.browser.conftest import fits
from tests.courses import kiosk, packed, placed
from tests.people import person

Look = Callable[[Page, str], None]


@pytest.fixture
def unit(home, transactional_db, monkeypatch) -> Unit:
    """The kiosk's course alone on the shelves, and a unit that Greta leads."""
    monkeypatch.setattr(library, "SHIPPED", home / "nothing")
    placed(home)
    made = Unit.objects.create(name="Kiosken", kind="venue")
    made.heads.add(person("greta"))
    return made


@pytest.fixture
def look(axe, shoot) -> Look:
    def one(page: Page, name: str) -> None:
        axe(page)
        assert fits(page) and page.locator("h1").count() == 1, page.url
        shoot(page, f"training-{name}")

    return one


def walk(page: Page, see: Look) -> None:
    """From the course's page through every step, with a wrong answer, to the end."""
    see(page, "course")
    page.get_by_role("link", name="Börja").click()
    see(page, "lesson")
    page.get_by_role("button", name="Vidare").click()
    page.get_by_role("link", name="Tillbaka").click()
    see(page, "screen")
    page.get_by_role("link", name="Vidare").click()
    page.get_by_role("button", name="Klar, till nästa steg").click()
    see(page, "scenario")
    page.get_by_role("button", name="Fråga hur Alex har det").click()
    page.get_by_role("button", name="Erbjuda en plats att sitta").click()
    see(page, "ending")
    page.get_by_role("button", name="Vidare i kursen").click()
    page.get_by_label("Ett bevis").check()
    page.get_by_role("button", name="Svara").click()
    assert "Tecken bevisar ingenting." in page.content()
    see(page, "question")
    page.get_by_label("Ett skäl att prata").check()
    page.get_by_role("button", name="Svara").click()
    page.get_by_role("link", name="Nästa fråga").click()
    page.get_by_label("Fara nu").check()
    page.get_by_label("Ett barn").check()
    page.get_by_role("button", name="Svara").click()
    page.get_by_role("link", name="Klar, till nästa steg").click()
    assert "Du har gått kursen" in page.content()
    see(page, "finished")


def test_cilla_finishes_a_course_on_her_phone(unit, open_page, as_person, live_server, look) -> None:
    page = as_person(open_page(width=360), "cilla")
    page.goto(f"{live_server.url}/personal/utbildning/")
    look(page, "mine")
    page.get_by_role("link", name="Kiosken: en provkurs").click()
    walk(page, look)
    page.get_by_role("link", name="Kortet vid kassan", exact=True).click()
    look(page, "handout")
    assert Completion.objects.get().learner.user == person("cilla")


def test_somebody_without_an_account_does_so_without_javascript(
    unit, no_js, live_server, open_page, look
) -> None:
    link = actions.open_link(unit=unit, by=person("greta"))
    no_js.goto(f"{live_server.url}/kurs/enhet/{link}/")
    no_js.get_by_role("button", name="Börja, och få en egen kod").click()
    code = no_js.locator(".l-code").inner_text()
    no_js.get_by_role("link", name="Till kurserna").click()
    no_js.get_by_role("link", name="Kiosken: en provkurs").click()
    walk(no_js, lambda page, _name: None)
    assert Completion.objects.get().learner.unit == unit
    page = open_page(width=360)
    page.goto(f"{live_server.url}/kurs/enhet/{link}/")
    look(page, "unit")
    page.get_by_role("button", name="Börja, och få en egen kod").click()
    look(page, "code")
    page.get_by_role("link", name="Till kurserna").click()
    page.get_by_role("button", name="Sluta på den här datorn").click()
    look(page, "start")
    page.get_by_label("Din kod").fill(code.upper())
    page.get_by_role("button", name="Fortsätt med koden").click()
    assert "Klara" in page.content()
    look(page, "open-mine")


def test_a_head_opens_a_link_and_an_author_looks_at_a_zip(unit, page, as_person, live_server, look) -> None:
    RoleHeld.objects.create(user=person("greta"), role="trainer")
    as_person(page, "greta").goto(f"{live_server.url}/personal/utbildning/enheter/{unit.pk}/lank/")
    page.get_by_role("button", name="Öppna en länk").click()
    look(page, "link")
    for name, files in (("right", kiosk()), ("wrong", kiosk(sv_look=("::: think", "::: tink")))):
        page.goto(f"{live_server.url}/personal/utbildning/forhandsgranska/")
        zipped = {"name": "kurs.zip", "mimeType": "application/zip", "buffer": packed(files)}
        page.get_by_label("Kursen som zip-fil").set_input_files(zipped)
        page.get_by_role("button", name="Läs kursen").click()
        look(page, f"preview-{name}")
    assert "okänd ruta" in page.content()
