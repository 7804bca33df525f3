"""The second factor, the vault and one's own security in a real browser."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Page, expect

from klarsyn.people.roles import Analyst
from tests.browser.conftest import fits
from tests.make import PASSWORD, member
from tests.people import DEMO_PASSWORD, person
from tests.web.people.steps import code_for

# A hash of the tests' database connection is shared with the server's thread; see tests/browser/conftest.py.
assert os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/personal/logga-in/")
    page.get_by_label("Användarnamn").fill(name)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in", exact=True).click()


def set_up_app(page: Page) -> str:
    """On the page that asks for it; the secret."""
    secret = re.sub(r"\s", "", page.locator("li code").first.inner_text())
    page.get_by_label("Koden som appen visar").fill(code_for(secret))
    page.get_by_role("button", name="Lägg till appen").click()
    page.get_by_role("heading", name="Skriv upp dina återställningskoder").wait_for()
    return secret


def test_alva_sets_up_an_app_before_she_sees_anything(
    page, live_server, transactional_db, axe, shoot
) -> None:
    person("alva")
    sign_in(page, live_server.url, "alva", DEMO_PASSWORD)
    page.get_by_role("heading", name="Lägg till en app").wait_for()
    axe(page)
    assert fits(page)
    shoot(page, "add-app")
    set_up_app(page)
    axe(page)
    assert fits(page)
    shoot(page, "recovery-codes")
    page.get_by_role("link", name="Jag har skrivit upp dem").click()
    page.get_by_role("heading", level=1, name="Hej, Alva Demo").wait_for()


def test_nils_shows_a_code_and_looks_after_his_security(
    page, live_server, transactional_db, axe, shoot
) -> None:
    member("nils", Analyst)
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.goto(f"{live_server.url}/personal/sakerhet/app/?next=/personal/sakerhet/")
    secret = set_up_app(page)
    page.get_by_role("link", name="Jag har skrivit upp dem").click()
    page.get_by_role("heading", level=1, name="Din säkerhet").wait_for()
    axe(page)
    assert fits(page)
    shoot(page, "security")
    page.goto(f"{live_server.url}/personal/sakerhet/losenord/")
    axe(page)
    shoot(page, "password")
    page.get_by_role("button", name="Logga ut").click()
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.get_by_label("Engångskod").fill("1")
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("alert").wait_for()
    axe(page)
    shoot(page, "second-factor")
    page.get_by_label("Engångskod").fill(code_for(secret, 1))
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/personal/")


def test_nils_uses_a_passkey_and_a_browser_without_one_says_so(
    open_page, live_server, transactional_db, axe, shoot
) -> None:
    member("nils", Analyst)
    page = open_page()
    door = page.context.new_cdp_session(page)
    door.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "isUserVerified": True, "hasUserVerification": True}
    key = door.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.wait_for_url("**/personal/")
    page.goto(f"{live_server.url}/personal/sakerhet/passnyckel/")
    axe(page)
    shoot(page, "add-passkey")
    page.get_by_label("Vad ska den heta?").fill("Nyckelringen")
    page.get_by_role("button", name="Lägg till passnyckeln").click()
    page.get_by_role("heading", name="Skriv upp dina återställningskoder").wait_for()
    page.get_by_role("button", name="Logga ut").click()
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.wait_for_url("**/steg-2/")
    axe(page)
    shoot(page, "second-factor-passkey")
    page.get_by_role("button", name="Använd passnyckeln").click()
    page.wait_for_url("**/personal/")
    page.get_by_role("button", name="Logga ut").click()
    door.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    door.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserConsenting": True}})
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.get_by_role("button", name="Använd passnyckeln").click()
    expect(page.get_by_text("Webbläsaren gav ingen passnyckel")).to_be_visible()


def test_greta_sees_her_receptions_roles_and_the_vault_opens_again(
    page, live_server, as_person, axe, shoot
) -> None:
    as_person(page, "greta")
    page.goto(f"{live_server.url}/personal/mottagningens-roller/")
    axe(page)
    assert fits(page)
    shoot(page, "members")
    page.context.clear_cookies(name="key")
    page.goto(f"{live_server.url}/personal/las-upp/")
    axe(page)
    shoot(page, "unlock")
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Lås upp").click()
    page.wait_for_url("**/personal/")
    page.goto(f"{live_server.url}/personal/bekrafta/?next=/personal/sakerhet/")
    axe(page)
    assert fits(page)
    shoot(page, "step-up")


@pytest.mark.parametrize("width", [360])
def test_the_whole_second_step_works_without_javascript(
    open_page, live_server, transactional_db, width
) -> None:
    member("nils", Analyst)
    page = open_page(width=width, javascript=False)
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.goto(f"{live_server.url}/personal/sakerhet/app/")
    secret = set_up_app(page)
    page.get_by_role("button", name="Logga ut").click()
    sign_in(page, live_server.url, "nils", PASSWORD)
    page.get_by_label("Engångskod").fill(code_for(secret, 1))
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("heading", level=1, name="Hej, Nils").wait_for()
