"""Every component in a real browser, in both themes."""

import pytest

from tests.browser.conftest import fits


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_component_can_be_used_by_everyone(open_page, live_server, axe, shoot, dark) -> None:
    for width in (1280, 360):
        page = open_page(width=width, dark=dark)
        page.goto(f"{live_server.url}/stil/")
        axe(page)
        assert fits(page)
        shoot(page, "gallery-dark" if dark else "gallery")


def test_a_table_sorts_by_number_and_by_the_swedish_alphabet(open_page, live_server) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/stil/")
    table = page.locator("table[data-sortable]").first
    first = table.locator("tbody th").first
    table.get_by_role("button", name="Per 100 000").click()
    assert first.inner_text() == "Åsby"
    assert table.locator("thead th").nth(2).get_attribute("aria-sort") == "ascending"
    table.get_by_role("button", name="Per 100 000").click()
    assert first.inner_text() == "Sjöstad"
    assert table.locator("tbody th").last.inner_text() == "Ängstorp"  # no value stands last either way
    table.get_by_role("button", name="Kommun").click()
    assert table.locator("tbody th").all_inner_texts() == ["Sjöstad", "Åsby", "Ängstorp"]


def test_without_javascript_the_table_is_a_table_and_the_fold_opens(no_js, live_server) -> None:
    no_js.goto(f"{live_server.url}/stil/")
    assert no_js.locator("button.k-sort").count() == 0
    fold = no_js.locator("details").first
    fold.locator("summary").click()
    assert fold.locator(".k-fold-body").is_visible()


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(open_page, live_server) -> None:
    page = open_page(width=360)
    page.goto(f"{live_server.url}/stil/")
    region = page.get_by_role("region", name="Påhittat exempel").first
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert region.evaluate("e => e.scrollWidth <= e.clientWidth || e.scrollLeft > 0")
