"""Somebody without a name books, leaves, comes back and cancels; a card leads to a call; on a phone, with and without JavaScript."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from klarsyn.contact.cards import actions
from klarsyn.contact.demo_times import ensure_demo_times
from klarsyn.contact.models import Booking, CallRequest
from klarsyn.contact.models.card import Partner
from klarsyn.contact.words import words
from klarsyn.people.models import Team
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.browser.conftest import fits
from tests.people import person

W = words("sv")
TITLE = "Stöd och samtal – Jönköpings kommun"
BOTH = pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with"])


@pytest.fixture(autouse=True)
def _times(transactional_db) -> None:
    person("greta")
    ensure_demo_receptions()
    ensure_demo_times()


def looks(page, axe, javascript: bool) -> None:
    assert fits(page) if javascript else True
    expect(page).to_have_title(TITLE)
    assert page.locator("#leave").is_visible()
    if javascript:  # axe needs it
        axe(page)


@BOTH
def test_frej_books_leaves_comes_back_and_cancels(
    open_page, live_server, axe, shoot, settings, javascript
) -> None:
    settings.QUICK_EXIT_URL = f"{live_server.url}/static/base/mark.svg"
    page, before = open_page(width=360, javascript=javascript), Booking.objects.count()
    page.goto(f"{live_server.url}/stod/sv/m/")
    page.get_by_role("link", name=W.booking["choose"]).click()
    looks(page, axe, javascript)
    page.locator(".v-slots button").first.click()
    looks(page, axe, javascript)
    page.get_by_role("button", name=W.booking["book"], exact=True).click()
    code = page.locator(".v-code").inner_text()
    looks(page, axe, javascript)
    page.get_by_label(W.booking["last_four"]).fill(code[-4:])
    page.get_by_role("button", name=W.booking["check"]).click()
    page.get_by_text(W.booking["saved"]).wait_for()
    with suppress(Error):  # the way out is a file here
        page.locator("#leave").click()
    page.wait_for_url(settings.QUICK_EXIT_URL)
    page.context.clear_cookies()  # three minutes later
    page.goto(f"{live_server.url}/stod/sv/tid/m/kod/")
    page.get_by_label(W.booking["code"]).fill(code)
    page.get_by_role("button", name=W.booking["show"]).click()
    looks(page, axe, javascript)
    assert Booking.objects.count() == before + 1
    page.get_by_role("button", name=W.booking["cancel"]).click()
    page.get_by_text(W.booking["cancelled"]).wait_for()
    looks(page, axe, javascript)
    assert Booking.objects.count() == before


@BOTH
def test_a_card_leads_to_a_call_and_nothing_is_left(
    open_page, as_person, live_server, axe, shoot, javascript
) -> None:
    CallRequest.objects.all().delete()
    team, bo, today = Team.objects.get(kind="kast"), person("bo"), timezone.localdate()
    code = actions.make_cards(team=team, partner=Partner.POLICE, count=1, by=bo, today=today)[0]
    page = open_page(width=360, javascript=javascript)
    page.goto(f"{live_server.url}/stod/sv/kort/k/#{code.digits}")
    looks(page, axe, javascript)
    if javascript:  # scanned: the code is in the field, and gone from the address
        assert page.get_by_label(W.card["code"]).input_value() == code.shown and "#" not in page.url
    else:
        page.get_by_label(W.card["code"]).fill(code.shown)
    page.get_by_role("button", name=W.card["go"]).click()
    looks(page, axe, javascript)
    page.get_by_role("button", name=re.compile(W.card["call"])).click()
    looks(page, axe, javascript)
    page.get_by_label(W.call["name"]).fill("Kim")
    page.get_by_label(W.call["number"]).fill("070-174 06 05")
    page.get_by_label(W.call["consent"]).check()
    page.get_by_role("button", name=W.call["ask"]).click()
    page.get_by_text(W.call["done"]).wait_for()
    looks(page, axe, javascript)
    calls(as_person(open_page(width=1280), "bo"), live_server, axe, shoot)
    assert not CallRequest.objects.exists()


def calls(page, live_server, axe, shoot) -> None:
    """Bo asks first, phones, and says how it went."""
    page.goto(f"{live_server.url}/personal/ring-upp/")
    axe(page)
    page.locator("ul.k-people a").first.click()
    page.get_by_role("button", name="Visa namn och nummer").click()
    page.get_by_text("Kim").wait_for()
    axe(page)
    shoot(page, "call")
    page.get_by_label("Jag har frågat om tankar på att ta sitt liv.").check()
    page.get_by_label("Vi har pratat").check()
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Namn och nummer är borttagna").wait_for()


@pytest.mark.parametrize("at", ["tider/", "bokade-tider/", "kort/", "kort/antal/"])
def test_the_receptions_pages_are_clean_and_fit(open_page, as_person, live_server, axe, at) -> None:
    page = as_person(open_page(width=360), "bo")
    page.goto(f"{live_server.url}/personal/{at}")
    axe(page)
    assert fits(page)
