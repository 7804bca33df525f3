"""The keeper's year on a phone: the evening is set, a stage noted, the law and the routines read; and what anyone sees."""

from django.utils import timezone

from klarsyn.plan.demo_year import ensure_demo_year_wheel
from klarsyn.plan.models import StageDone
from tests.browser.conftest import fits
from tests.people import person


def test_disa_keeps_the_year_and_anyone_reads_it(open_page, as_person, live_server, axe, shoot) -> None:
    person("petra")
    ensure_demo_year_wheel()
    page = open_page(width=360)
    page.set_default_timeout(30_000)  # the first page of a busy machine
    as_person(page, "petra")

    def look(name: str) -> None:
        axe(page)
        assert fits(page) and page.locator("h1").count() == 1, page.url
        shoot(page, name)

    page.goto(f"{live_server.url}/personal/aret/")
    look("year")
    page.get_by_text("Ett skede är klart").click()
    form = page.locator("form", has=page.get_by_role("button", name="Spara anteckningen"))
    form.get_by_label("Dagen det blev klart").fill(f"{timezone.localdate()}")
    form.get_by_label("Vad som visar det").fill("Protokollet")
    form.get_by_role("button", name="Spara anteckningen").click()
    page.get_by_text("Anteckningen är sparad").wait_for()
    assert StageDone.objects.get().stage == "present"
    for path, name in (("lagen/", "law"), ("rutiner/", "routines")):
        page.goto(f"{live_server.url}/personal/{path}")
        look(name)
    page.get_by_role("link", name="när ett barn är inblandat").click()
    look("routine")
    page.goto(f"{live_server.url}/planen/aret/")
    look("public-year")
    assert "Analytikern" not in page.content()
