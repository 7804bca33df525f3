"""Whole journeys at 360 px, by keyboard alone, with and without JavaScript: somebody without a name, and a counsellor."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page

from klarsyn.cases.models import Case
from klarsyn.contact import talk
from klarsyn.contact.demo_times import ensure_demo_times
from klarsyn.contact.models import Booking, Visit
from klarsyn.contact.words import words
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.browser.conftest import fits
from tests.people import person

W, T = talk.words("sv"), words("sv").booking
BOTH = pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with"])
TODAY = timezone.localdate()
AT = "document.activeElement"
CODE = re.compile(r"^\d{5} \d{5} ")


def reach(page: Page, wanted: Locator) -> Locator:
    """Tab to it, as whoever has no mouse does; radio buttons of a group are one stop, and the arrows choose."""
    wanted.wait_for()
    here = wanted.element_handle()
    for _ in range(160):
        if page.evaluate("one => one === document.activeElement", here):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not get there: {wanted}")


def press(page: Page, role: str, name: str) -> None:
    reach(page, page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def say(page: Page, label: str, text: str) -> None:
    """Write in a field, or choose in a list, once the keyboard is there."""
    field = reach(page, page.get_by_label(label).first)
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(text)
    else:
        field.fill(text)


@pytest.fixture
def receptions(transactional_db, settings, live_server) -> str:
    settings.QUICK_EXIT_URL = f"{live_server.url}/static/base/css/page.css"
    person("alva")
    ensure_demo_receptions()
    ensure_demo_times()
    return live_server.url


def _writes(page: Page, at: str) -> str:
    page.goto(f"{at}/stod/sv/m/")
    press(page, "link", W["link"])
    press(page, "button", "Jag har varit med om sex mot ersättning")
    say(page, W["message"], "Jag vill prata, men inte ringa.")
    press(page, "button", W["send"])
    code = page.locator(".v-code", has_text=CODE).inner_text()  # the page before shows a time there
    say(page, W["last_four"], code[-4:])
    press(page, "button", W["check"])
    page.get_by_text("Jag vill prata, men inte ringa.").wait_for()
    return code


def _leaves(page: Page, at: str) -> None:
    reach(page, page.locator("#leave"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{at}/static/base/css/page.css")
    page.context.clear_cookies()  # three minutes later


def _books(page: Page, at: str) -> str:
    page.goto(f"{at}/stod/sv/m/")
    press(page, "link", T["choose"])
    reach(page, page.locator(".v-slots button").first)
    page.keyboard.press("Enter")
    press(page, "button", T["book"])
    code = page.locator(".v-code", has_text=CODE).inner_text()  # the page before shows a time there
    say(page, T["last_four"], code[-4:])
    press(page, "button", T["check"])
    page.get_by_text(T["saved"]).wait_for()
    assert fits(page)
    return code


@BOTH
def test_frej_writes_books_leaves_and_comes_back_by_keyboard(open_page, receptions, javascript) -> None:
    page, before = open_page(width=360, javascript=javascript), Booking.objects.count()
    code = _writes(page, receptions)
    _leaves(page, receptions)
    assert not Visit.objects.exists()
    booked = _books(page, receptions)
    _leaves(page, receptions)
    assert Booking.objects.count() == before + 1
    page.goto(f"{receptions}/stod/sv/prata/")
    press(page, "button", W["have_code"])
    say(page, W["code"], code)
    press(page, "button", W["open"])
    page.get_by_text("Jag vill prata, men inte ringa.").wait_for()
    assert fits(page)
    page.goto(f"{receptions}/stod/sv/tid/m/kod/")
    say(page, T["code"], booked)
    press(page, "button", T["show"])
    press(page, "button", T["cancel"])
    page.get_by_text(T["cancelled"]).wait_for()
    assert Booking.objects.count() == before


def _answers_and_takes_over(page: Page) -> None:
    press(page, "link", "Kontakter")
    press(page, "button", "Öppna kontakt 1")
    say(page, "Ditt svar", "Du är välkommen.")
    press(page, "button", "Skicka svaret")
    page.get_by_text("Svaret är skickat.").wait_for()
    press(page, "button", "Öppna kontakt 1")
    press(page, "link", "Ta över som ärende")
    say(page, "Sök bland", "bostad")
    page.keyboard.press("Enter")
    say(page, "Kort rubrik", "Påhittat: bostad")
    reach(page, page.get_by_label("utan behovsprövning och utan namn"))
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.get_by_label("med behovsprövning", exact=True).is_checked()
    say(page, "Vad vill personen själv ha hjälp med?", "Påhittat: bostad")
    press(page, "button", "Lägg upp ärendet")
    say(page, "Varför öppnar du?", "möte i dag")
    press(page, "button", "Öppna")
    page.get_by_role("heading", name="Påhittat: bostad").wait_for()


def _refers(page: Page) -> None:
    press(page, "link", "Samtycken, hänvisningar och utlämnanden")
    press(page, "link", "Nytt samtycke")
    say(page, "Till vad?", "referral")
    say(page, "Mottagare", "Boendet")
    say(page, "Vilka uppgifter?", "läget")
    say(page, "Lämnat den", TODAY.isoformat())
    press(page, "button", "Spara och lås")
    press(page, "link", "Ny hänvisning")
    for label, text in (("Mottagare", "Boendet"), ("Vad är mottagaren?", "civil"), ("Varför?", "Other"),
                        ("Vad ska mottagaren göra?", "bo")):  # fmt: skip
        say(page, label, text)
    reach(page, page.get_by_label("ärendets läge och varför"))
    page.keyboard.press("Space")
    say(page, "Gäller till och med", (TODAY + timedelta(days=9)).isoformat())
    press(page, "button", "Spara")
    page.get_by_text("Boendet").first.wait_for()


def _closes(page: Page) -> None:
    page.goto(page.url.split("/hanvisning")[0].split("/utlamnanden")[0].split("/skriv")[0].rstrip("/") + "/")
    while page.get_by_role("link", name="Skriv vidare").count():  # what is not locked keeps the case open
        press(page, "link", "Skriv vidare")
        press(page, "button", "Spara och lås")
        page.get_by_role("link", name="Avsluta ärendet").wait_for()
    press(page, "link", "Avsluta ärendet")
    say(page, "Skäl", "done")
    press(page, "button", "Avsluta")
    page.get_by_text("Ärendet är avslutat.").wait_for()
    assert fits(page)


@BOTH
def test_alva_answers_opens_a_case_refers_closes_and_two_erase_by_keyboard(
    open_page, as_person, receptions, javascript
) -> None:
    _writes(open_page(width=360, javascript=javascript), receptions)
    page = open_page(width=360, javascript=javascript)
    as_person(page, "alva")
    _answers_and_takes_over(page)
    _refers(page)
    _closes(page)
    Case.objects.update(retention_on=TODAY - timedelta(days=1))  # years later
    page.goto(f"{receptions}/personal/gallring/")
    reach(page, page.get_by_label("Jag har sett efter").first)
    page.keyboard.press("Space")
    press(page, "button", "Föreslå gallring")
    page.get_by_text("Förslaget väntar på enhetschefen.").wait_for()
    greta = open_page(width=360, javascript=javascript)
    as_person(greta, "greta").goto(f"{receptions}/personal/gallring/")
    press(greta, "button", "Besluta: radera")
    greta.get_by_text("raderat", exact=True).wait_for()
    assert Case.objects.get().state == "erased" and fits(greta)
