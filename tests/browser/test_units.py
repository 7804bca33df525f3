"""A head on a phone: sees who has done what, asks a course of the unit; and the certificate of one of them holds."""

from datetime import timedelta

import pypdfium2 as pdfium
from django.utils import timezone

from klarsyn.training.coverage.demo import NAME, ensure_demo_units
from klarsyn.training.models import Assignment, Completion
from tests.browser.conftest import fits
from tests.people import person


def _number(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as opened:
        text = opened[0].get_textpage().get_text_range()
    return text.partition("Intygets nummer:")[2].strip()[:14]


def test_greta_sees_coverage_asks_a_course_and_a_certificate_holds(
    open_page, as_person, live_server, axe, shoot, client
) -> None:
    person("greta")
    ensure_demo_units()
    page = open_page(width=360)
    page.set_default_timeout(30_000)  # the first page of a busy machine
    as_person(page, "greta")
    axe(page)
    page.get_by_role("link", name=f"{NAME}: 1 kurs är försenad").click()
    row = page.get_by_role("row").filter(has_text="Hugo Demo")
    assert "har gått ut" in row.inner_text() and fits(page)
    axe(page)
    shoot(page, "unit")
    Assignment.objects.all().update(ended_on=timezone.localdate())
    page.reload()
    page.get_by_label("Klar senast").fill(f"{timezone.localdate() + timedelta(days=30)}")
    page.get_by_role("button", name="Tilldela enheten").click()
    page.get_by_role("button", name="Ta tillbaka").wait_for()
    page.get_by_label("Hur många arbetar här?").fill("12")
    page.get_by_role("button", name="Spara antalet").click()
    page.get_by_text("12 den").wait_for()
    page.get_by_role("link", name="Enheter och utbildning").first.click()
    axe(page)
    shoot(page, "units")
    assert Assignment.objects.filter(ended_on=None).count() == 1
    _tried(page, live_server.url, client)
    axe(page)
    shoot(page, "certificate-check")


def _tried(page, address: str, client) -> None:
    """Disa's certificate is made, and its number tried by whoever holds the paper."""
    client.force_login(person("disa"))
    done = Completion.objects.get(learner__user=person("disa"))
    number = _number(client.post(f"/personal/utbildning/intyg/{done.pk}/").content)
    page.goto(f"{address}/intyg/")
    page.get_by_label("Intygets nummer").fill(number)
    page.get_by_role("button", name="Pröva numret").click()
    page.get_by_text("Numret gäller").wait_for()
    assert "Disa" not in page.content() and fits(page)


def test_cilla_makes_a_unit_without_javascript_and_sees_no_name(
    open_page, as_person, axe, live_server
) -> None:
    person("cilla")
    ensure_demo_units()
    page = as_person(open_page(width=360, javascript=False), "cilla")
    page.goto(f"{live_server.url}/personal/utbildning/enheter/")
    assert "Hugo" not in page.content() and fits(page)
    page.get_by_label("Enhetens namn").fill("Norr")
    page.get_by_role("button", name="Lägg upp enheten").click()
    page.get_by_role("link", name="Norr").click()
    page.get_by_label("Greta Demo").check()
    page.get_by_role("button", name="Spara cheferna").click()
    assert page.get_by_label("Greta Demo").is_checked()
