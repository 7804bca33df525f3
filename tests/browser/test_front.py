"""The public front in a real browser."""

import pytest

from tests.browser.conftest import fits

PAGES = {"start": "/", "start-en": "/en/", "about": "/om/", "accessibility": "/tillganglighet/", "privacy": "/integritet/"}


@pytest.mark.parametrize("name", PAGES)
def test_frej_reads_a_public_page(page, live_server, axe, shoot, name) -> None:
    page.goto(live_server.url + PAGES[name])
    axe(page)
    assert fits(page)
    shoot(page, name)
