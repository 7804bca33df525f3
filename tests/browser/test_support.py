"""The pages for whoever seeks help, in a real browser: every language on a phone, without JavaScript too."""

import pytest

from klarsyn.portal.visitor import LANGUAGES
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.browser.conftest import fits
from tests.people import person


@pytest.fixture(autouse=True)
def _receptions(transactional_db) -> None:
    person("greta")
    ensure_demo_receptions()


@pytest.mark.parametrize("code", LANGUAGES)
def test_frej_reads_in_her_language_on_a_phone(open_page, live_server, axe, code) -> None:
    page = open_page(width=360)
    for path in ("", "m/", "nara/", "skrivs/"):
        page.goto(f"{live_server.url}/stod/{code}/{path}")
        axe(page)
        assert fits(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_first_page_and_a_reception_look_right(open_page, live_server, axe, shoot, width) -> None:
    page = open_page(width=width)
    page.goto(f"{live_server.url}/stod/")
    shoot(page, "support")
    page.get_by_role("link", name="Jag har varit med om sex mot ersättning").click()
    axe(page)
    shoot(page, "support-reception")


def test_frej_changes_language_and_leaves_without_javascript(no_js, live_server, settings) -> None:
    settings.QUICK_EXIT_URL = f"{live_server.url}/static/base/mark.svg"
    no_js.goto(f"{live_server.url}/stod/sv/k/")
    no_js.locator("summary").click()
    no_js.get_by_role("link", name="English").click()
    assert no_js.url.endswith("/stod/en/k/")
    no_js.get_by_role("link", name="112").first.wait_for()
    no_js.locator("#leave").click()
    no_js.wait_for_url(settings.QUICK_EXIT_URL)


def test_the_numbers_stay_in_view_at_the_end_of_the_page(open_page, live_server) -> None:
    page = open_page(width=360)
    page.goto(f"{live_server.url}/stod/sv/skrivs/")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for name in ("112", "90101", "116 111"):
        box = page.get_by_role("link", name=name).first.bounding_box()
        assert box is not None and 0 <= box["y"] < 120 and box["height"] >= 48
