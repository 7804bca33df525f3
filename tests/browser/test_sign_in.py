"""Sign-in and the desk in a real browser."""

import pytest

from tests.browser.conftest import fits
from tests.make import PASSWORD, member
from tests.people import ground, person


def test_disa_signs_in_with_one_click_and_sees_her_desk(page, as_person, axe, shoot) -> None:
    as_person(page, "disa")
    axe(page)
    assert fits(page)
    shoot(page, "desk")


def test_greta_reads_the_roles_at_night(open_page, as_person, live_server, axe, shoot) -> None:
    page = as_person(open_page(dark=True), "greta")
    page.goto(f"{live_server.url}/personal/roller/")
    axe(page)
    shoot(page, "roles-dark")


def test_nils_signs_in_by_keyboard_and_out_again(open_page, live_server, transactional_db, axe) -> None:
    member("nils")
    page = open_page()
    page.goto(f"{live_server.url}/personal/roller/")
    page.get_by_label("Användarnamn").focus()
    page.keyboard.type("nils")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/personal/roller/")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/personal/logga-in/")
    page.goto(f"{live_server.url}/personal/")
    assert "logga-in" in page.url


def test_a_failed_sign_in_is_told_first_and_keeps_the_name(
    page, live_server, transactional_db, axe, shoot
) -> None:
    ground()
    page.goto(f"{live_server.url}/personal/logga-in/")
    page.get_by_label("Användarnamn").fill("nils")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Användarnamn").input_value() == "nils"
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    axe(page)
    shoot(page, "sign-in-failed")


@pytest.mark.parametrize("width", [1280, 360])
def test_staff_sign_in_without_javascript(open_page, as_person, width) -> None:
    page = as_person(open_page(width=width, javascript=False), "hugo")
    assert page.get_by_role("heading", level=1).inner_text() == "Hej, Hugo Demo"


def test_nils_is_offered_the_municipalitys_own_sign_in(
    page, live_server, transactional_db, settings, axe, shoot
) -> None:
    settings.OIDC_ISSUER, settings.SAML_IDP_METADATA = "https://idp.example", "idp.xml"
    person("alva")
    page.goto(f"{live_server.url}/personal/logga-in/")
    page.get_by_role("link", name="Logga in hos kommunen").wait_for()
    axe(page)
    assert fits(page)
    shoot(page, "sign-in-ways")
