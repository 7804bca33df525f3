"""The pages for whoever seeks help: in every language, light, silent about the visitor, true to the facts."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from klarsyn.portal.visitor import LANGUAGES, PAGES
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Fact
from tests.people import person

ALL = [f"/stod/{code}/" for code in LANGUAGES] + [
    f"/stod/{code}/{page}/" for code in LANGUAGES for page in PAGES
]


@pytest.fixture
def receptions(db) -> None:
    person("greta")
    ensure_demo_receptions()


@pytest.mark.parametrize("path", ALL)
def test_frej_reads_each_page_in_each_language(visit, path) -> None:
    page = visit("frej").get(path)
    text = page.content.decode()
    assert page.status_code == 200 and page.cookies == {}
    assert text.count('href="tel:') >= 3 and 'id="leave"' in text
    assert re.search(r"<title>([^<]+)</title>", text)[1].count("sex") == 0


@pytest.mark.parametrize("path", ["/stod/", "/stod/sv/skrivs/", "/stod/ar/m/", "/stod/th/ung/"])
def test_a_page_weighs_little_on_an_old_phone(visit, path) -> None:
    text = visit("frej").get(path).content.decode()
    linked = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', text)
    whole = len(text.encode()) + sum(Path(finders.find(one)).stat().st_size for one in linked)
    assert len(linked) == 4 and whole <= 60_000


def test_the_title_says_nothing_to_who_reads_the_history(visit) -> None:
    titles = {
        re.search(r"<title>(.*)</title>", visit("frej").get(path).content.decode())[1] for path in ALL[:1]
    }
    titles |= {
        re.search(r"<title>(.*)</title>", visit("frej").get(f"/stod/sv/{page}/").content.decode())[1]
        for page in PAGES
    }
    assert titles == {"Stöd och samtal – Jönköpings kommun"}


def test_arabic_runs_from_the_right_and_numbers_do_not(visit, receptions) -> None:
    text = visit("frej").get("/stod/ar/m/").content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert '<bdi dir="ltr">031-390 06 10</bdi>' in text and '<bdi dir="ltr">112</bdi>' in text


def test_what_is_not_confirmed_is_said_and_not_invented(visit) -> None:
    text = visit("frej").get("/stod/sv/k/").content.decode()
    assert "inte bekräftade här ännu" in text and "031-" not in text


def test_the_facts_of_the_day_are_shown_and_each_reception_has_its_own(visit, receptions) -> None:
    mika, kast = (visit("frej").get(f"/stod/sv/{page}/").content.decode() for page in "mk")
    assert "Du som är 15 år eller äldre." in mika and "Du som är 18 år eller äldre." in kast
    assert "031-390 06 10" in mika and "031-390 06 20" in kast
    assert "031-390 06 20" not in mika and "031-390 06 10" not in kast
    assert "Påhittade uppgifter" in mika
    Fact.objects.filter(what="age", reception__kind="mika").update(valid_to=date(2025, 7, 2))
    assert "15 år" not in visit("frej").get("/stod/sv/m/").content.decode()


def test_a_page_that_says_phone_us_shows_whom(visit, receptions) -> None:
    nara, ung = (visit("frej").get(f"/stod/sv/{page}/").content.decode() for page in ("nara", "ung"))
    assert "tel:0313900610" in nara and "tel:0313900620" in nara
    assert "tel:0313900610" in ung and "tel:0313900620" not in ung
    Fact.objects.filter(what="phone").delete()
    assert "inte bekräftade här ännu" in visit("frej").get("/stod/sv/nara/").content.decode()


@pytest.mark.parametrize("path", ["/stod/xx/", "/stod/sv/x/", "/stod/sv/m/../../personal/", "/stod/../etc/"])
def test_a_page_that_is_not_there_is_not_found(visit, path) -> None:
    assert visit("frej").get(path).status_code in (404, 302)


def test_under_18_the_way_to_protection_is_told_before_anything_is_asked(visit) -> None:
    page = visit("frej").get("/stod/sv/ung/").content.decode()
    assert "måste vi berätta det för socialtjänsten" in page and "<form" not in page
