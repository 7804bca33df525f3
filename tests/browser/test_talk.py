"""Somebody without a name writes, writes down the code, leaves, comes back; a counsellor answers; on a phone."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from klarsyn.contact import talk
from klarsyn.contact.models import Access, Visit
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.browser.conftest import fits
from tests.people import person

W = talk.words("sv")
HERE = "/stod/sv/prata/"


@pytest.fixture(autouse=True)
def _receptions(transactional_db) -> None:
    person("greta")
    ensure_demo_receptions()


def looks_right(page, axe) -> None:
    axe(page)
    assert fits(page) and page.title() == "Stöd och samtal – Jönköpings kommun" and page.url.endswith(HERE)


def writes(page, live_server, look) -> str:
    """From the support pages to a code that is written down."""
    page.goto(f"{live_server.url}/stod/sv/m/")
    page.get_by_role("link", name=W["link"]).click()
    look(page)
    page.get_by_role("button", name="Tankar på att ta ditt liv").click()
    look(page)
    page.get_by_role("button", name=W["go_on"]).click()
    page.get_by_role("button", name="Jag har varit med om sex mot ersättning").click()
    page.locator("summary", has_text=W["files"]).click()
    look(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "Frej.txt", "mimeType": "text/plain", "buffer": b"brev"}
    )
    page.get_by_label(W["message"]).fill("Jag vill prata, men inte ringa.")
    page.get_by_role("button", name=W["send"], exact=True).click()
    code = page.locator(".v-code").inner_text()
    look(page)
    page.get_by_label(W["last_four"]).fill(code[-4:])
    page.get_by_role("button", name=W["check"], exact=True).click()
    page.get_by_text("Jag vill prata, men inte ringa.").wait_for()
    look(page)
    return code


def enters(page, live_server, code: str) -> None:
    page.goto(live_server.url + HERE)
    page.get_by_role("button", name=W["have_code"]).click()
    page.get_by_label(W["code"]).fill(code)
    page.get_by_role("button", name=W["open"], exact=True).click()


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with"])
def test_a_visitor_writes_leaves_and_comes_back_to_an_answer(
    open_page, as_person, live_server, axe, shoot, settings, javascript
) -> None:
    settings.QUICK_EXIT_URL = f"{live_server.url}/static/base/mark.svg"
    look = (
        (lambda page: looks_right(page, axe)) if javascript else (lambda page: None)
    )  # axe needs JavaScript
    frej = open_page(width=360, javascript=javascript)
    code = writes(frej, live_server, look)
    shoot(frej, "talk-thread")
    frej.locator("#leave").click()
    frej.wait_for_url(settings.QUICK_EXIT_URL)
    assert not Visit.objects.exists() and {c["name"] for c in frej.context.cookies()} == {"away"}
    with suppress(Error):  # the page was the answer to a form: the browser asks before it would send it again
        frej.go_back()
    frej.wait_for_load_state("networkidle")
    assert "Jag vill prata" not in frej.content() and frej.locator("textarea").count() == 0
    _alva_answers(open_page, as_person, axe, shoot)
    again = open_page(width=360, javascript=javascript)
    enters(again, live_server, code)
    again.get_by_text("Du är välkommen.").wait_for()
    again.get_by_text(W["unseen"]).wait_for()
    look(again)
    again.get_by_role("button", name=W["erase"]).click()
    look(again)
    again.get_by_role("button", name=W["erase_yes"]).click()
    again.get_by_role("heading", name=W["erased"]).wait_for()
    assert not Access.objects.exists()


def _alva_answers(open_page, as_person, axe, shoot) -> None:
    page = open_page(width=1280)
    as_person(page, "alva").get_by_role("navigation", name="Arbetsrum").get_by_role(
        "link", name="Kontakter", exact=True
    ).click()
    axe(page)
    shoot(page, "contacts")
    page.get_by_role("button", name="Öppna kontakt 1").click()
    axe(page)
    shoot(page, "contact")
    page.get_by_label("Ditt svar").fill("Du är välkommen.")
    page.get_by_role("button", name="Skicka svaret").click()
    page.get_by_text("Svaret är skickat.").wait_for()


@pytest.mark.parametrize("code", ["ar", "latt", "pl", "th"])  # from the right, and the longest words
def test_every_language_fits_a_phone(open_page, live_server, axe, code) -> None:
    page, words = open_page(width=360), talk.words(code)
    page.goto(f"{live_server.url}/stod/{code}/prata/")
    axe(page)
    assert fits(page)
    page.locator("button[value=kast]").click()
    page.get_by_label(words["message"]).fill("x")
    page.get_by_role("button", name=words["send"], exact=True).click()
    assert fits(page) and page.locator(".v-code").is_visible()
