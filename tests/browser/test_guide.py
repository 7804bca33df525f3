"""The guide in a real browser: three taps to the number, without JavaScript, and without a net for whoever asked for it."""

import pytest
from playwright.sync_api import Page

from klarsyn.concerns.guide.content import LANGUAGES
from tests.browser.conftest import fits

FIRST = 60_000  # ms: the first page of a run loads half of the house
KEPT = "caches.has('guide')"
WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"


def test_a_cleaner_finds_the_number_in_three_taps_without_javascript(no_js, live_server, db) -> None:
    no_js.goto(live_server.url, timeout=FIRST)
    no_js.get_by_role("link", name="Har du sett något?").first.click()
    no_js.get_by_role("link", name="Jag städar").click()
    number = no_js.locator("main").get_by_role("link", name="114 14")  # the third tap phones
    assert number.get_attribute("href") == "tel:11414"
    no_js.get_by_role("link", name="En vuxen, ingen fara just nu").click()
    no_js.get_by_role("link", name="Rummet eller platsen").click()
    no_js.get_by_text("Ett tecken bevisar ingenting").first.wait_for()
    assert no_js.get_by_role("button").count() == 0 and fits(no_js)
    assert no_js.get_by_text("Utan JavaScript: öppna Allt på en sida").is_visible()


@pytest.mark.parametrize("code", LANGUAGES)
def test_frej_reads_the_steps_in_her_language_on_a_phone(open_page, live_server, axe, db, code) -> None:
    page = open_page(width=360)
    for path in (
        ("", "skola/barn/") if code != "sv" else ("", "stad/", "skola/barn/", "granne/fara/", "allt/")
    ):
        page.goto(f"{live_server.url}/sett/{code}/{path}")
        axe(page)
        assert fits(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_whole_answer_looks_right_in_both_themes(open_page, live_server, axe, shoot, db, width) -> None:
    page = open_page(width=width, dark=width == 360)
    for name, path in {"role": "stad/", "answer": "stad/vuxen/plats/", "danger": "taxi/fara/"}.items():
        page.goto(f"{live_server.url}/sett/sv/{path}")
        axe(page)
        shoot(page, f"guide-{name}")


@pytest.fixture
def kept(open_page, live_server, db) -> Page:
    """A phone on which a cleaner has asked to keep the guide."""
    page = open_page(width=360)
    page.goto(f"{live_server.url}/sett/sv/stad/", timeout=FIRST)
    assert not page.evaluate(KEPT) and page.evaluate(WORKERS) == 0  # nothing before somebody asks
    page.get_by_role("button", name="Spara i telefonen").click()
    page.get_by_text("Sparad.").wait_for()
    return page


def test_it_is_read_without_a_net_and_forgotten_when_asked(kept, live_server) -> None:
    held = kept.evaluate(
        "caches.open('guide').then(c => c.keys()).then(all => all.map(r => new URL(r.url).pathname))"
    )
    assert all(path.startswith(("/sett/sv/", "/static/", "/kommun.css")) for path in held)
    kept.context.set_offline(True)
    kept.goto(f"{live_server.url}/sett/sv/")
    kept.get_by_role("link", name="Jag städar").click()
    kept.get_by_text("Du läser en sparad kopia utan nät.").wait_for()
    kept.get_by_role("link", name="En vuxen, ingen fara just nu").click()
    kept.get_by_role("link", name="Rummet eller platsen").click()
    kept.get_by_role("heading", name="Tecken: Rummet eller platsen").wait_for()
    assert kept.locator("main").evaluate("e => getComputedStyle(e).maxWidth") == "792px"  # dressed, too
    kept.goto(f"{live_server.url}/sett/sv/skola/barn/")  # another role: the page with everything
    kept.get_by_role("heading", name="Jag arbetar i skolan").wait_for()
    kept.get_by_role("button", name="Glöm på den här enheten").click()
    kept.get_by_text("Borttaget.").wait_for()
    assert not kept.evaluate(KEPT) and kept.evaluate(WORKERS) == 0


def test_without_a_net_the_quick_exit_leads_to_an_empty_page_and_forgets(kept, live_server) -> None:
    kept.context.set_offline(True)
    kept.reload()
    kept.locator("#leave").click()
    kept.wait_for_url("about:blank")
    kept.context.set_offline(False)
    kept.goto(f"{live_server.url}/sett/sv/")
    assert not kept.evaluate(KEPT) and kept.evaluate(WORKERS) == 0


@pytest.mark.parametrize("how", ["button", "escape", "address"])
def test_the_quick_exit_forgets_what_was_kept(kept, live_server, settings, how) -> None:
    settings.QUICK_EXIT_URL = f"{live_server.url}/static/base/mark.svg"
    if how == "button":
        kept.locator("#leave").click()
    elif how == "escape":
        for _press in range(3):
            kept.keyboard.press("Escape")
    else:  # without any script of ours: the server's own word to the browser
        kept.goto(f"{live_server.url}/lamna/")
    kept.wait_for_url(settings.QUICK_EXIT_URL)
    kept.context.clear_cookies()
    kept.goto(f"{live_server.url}/sett/sv/")
    assert not kept.evaluate(KEPT) and kept.evaluate(WORKERS) == 0
