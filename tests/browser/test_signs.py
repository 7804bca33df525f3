"""A field worker logs a sign on a phone, with and without JavaScript, and takes it back."""

import pytest

from klarsyn.concerns.models import Sighting
from klarsyn.concerns.observations.demo import ensure_demo_observations
from tests.browser.conftest import fits


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_cilla_logs_a_sign_on_her_phone(open_page, as_person, axe, shoot, javascript) -> None:
    page = as_person(open_page(width=360, javascript=javascript), "cilla")
    ensure_demo_observations()
    before = Sighting.objects.count()
    page.goto(page.url + "tecken/")
    if javascript:
        axe(page)
        shoot(page, "signs")
    assert fits(page) and page.locator("h1").count() == 1
    page.get_by_label("Verkar rädd, eller rädd för någon").check()
    page.get_by_label("Gata, torg, park eller station").check()
    page.get_by_role("group", name="När?").get_by_role("radio").last.check()
    page.get_by_role("button", name="Logga tecknet").click()
    page.get_by_text("Loggat. Ingen kan se vem det gällde").wait_for()
    assert Sighting.objects.count() == before + 1 and fits(page)
    page.get_by_text("Det du själv har loggat").click()
    page.get_by_role("button", name="Ta tillbaka Verkar rädd").click()
    page.get_by_text("Tecknet är taget tillbaka").wait_for()
    assert Sighting.objects.filter(is_withdrawn=True).count() == 1
