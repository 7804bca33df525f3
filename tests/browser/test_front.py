"""The public front in a real browser: on a desk and on a phone, in both themes, with and without JavaScript."""

import pytest

from tests.browser.conftest import fits

PAGES = {
    "start": "/",
    "start-en": "/en/",
    "about": "/om/",
    "accessibility": "/tillganglighet/",
    "privacy": "/integritet/",
    "not-found": "/finns-inte/",
}


@pytest.fixture
def ordinary_page(live_server, settings) -> str:
    """Where the quick exit goes in these tests: a file of our own, since nothing may leave this machine."""
    settings.QUICK_EXIT_URL = f"{live_server.url}/static/base/mark.svg"
    return settings.QUICK_EXIT_URL


@pytest.mark.parametrize("name", PAGES)
def test_frej_reads_a_public_page(page, live_server, axe, shoot, name) -> None:
    page.goto(live_server.url + PAGES[name])
    axe(page)
    assert fits(page)
    shoot(page, name)


@pytest.mark.parametrize("width", [1280, 360])
def test_frej_reads_the_start_page_at_night(open_page, live_server, axe, shoot, width) -> None:
    page = open_page(width=width, dark=True)
    page.goto(live_server.url)
    axe(page)
    shoot(page, "start-dark")


def test_frej_reads_at_320_pixels(open_page, live_server) -> None:
    page = open_page(width=320)
    page.goto(live_server.url)
    assert fits(page)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"


def test_frej_leaves_quickly_and_the_page_is_gone_from_the_history(
    open_page, live_server, ordinary_page
) -> None:
    page = open_page(width=360)
    page.goto(f"{live_server.url}/tillganglighet/")
    page.goto(live_server.url)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url(ordinary_page)
    assert page.evaluate("history.length") == before
    assert page.evaluate("document.referrer") == ""


def test_frej_leaves_quickly_without_javascript_and_back_finds_nothing(
    no_js, live_server, ordinary_page
) -> None:
    no_js.goto(f"{live_server.url}/stod/sv/k/")
    no_js.goto(live_server.url)
    no_js.get_by_role("link", name="Lämna sidan snabbt").click()
    no_js.wait_for_url(ordinary_page)
    for _ in range(2):
        no_js.go_back()
        assert no_js.url == ordinary_page


def test_frej_leaves_by_pressing_escape_three_times_but_not_twice(
    open_page, live_server, ordinary_page
) -> None:
    page = open_page()
    page.goto(live_server.url)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.url == f"{live_server.url}/"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(ordinary_page)


def test_the_quick_exit_is_large_near_the_thumb_and_second_by_keyboard(open_page, live_server) -> None:
    page = open_page(width=360)
    page.goto(live_server.url)
    box = page.locator("#leave").bounding_box()
    assert box["height"] >= 48 and box["x"] + box["width"] > 320 and box["y"] > 740 / 2
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#innehall"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "leave"
    page.mouse.wheel(0, 2000)
    assert page.locator("#leave").is_visible()


def test_the_ways_to_help_are_large_enough_for_a_shaking_hand(open_page, live_server) -> None:
    page = open_page(width=360)
    page.goto(live_server.url)
    for link in page.locator(".k-call, .k-actions a, .k-nav a, .k-leave").all():
        assert link.bounding_box()["height"] >= 48, link.inner_text()


def test_frej_changes_language_with_one_click(page, live_server) -> None:
    page.goto(f"{live_server.url}/om/")
    page.get_by_role("banner").get_by_role("link", name="English").click()
    page.wait_for_url("**/en/om/")
    page.get_by_role("banner").get_by_role("link", name="Svenska").click()
    page.wait_for_url(f"{live_server.url}/om/")


def test_nothing_is_stored_on_frejs_machine(open_page, live_server) -> None:
    page = open_page()
    for path in ("/", "/om/", "/stil/", "/en/"):
        page.goto(live_server.url + path)
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""] and page.context.cookies() == []


def test_on_paper_the_page_is_text(open_page, live_server) -> None:
    page = open_page(dark=True)
    page.goto(live_server.url)
    page.emulate_media(media="print")
    assert not page.locator("#leave").is_visible()
    assert not page.locator(".k-horizon").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
