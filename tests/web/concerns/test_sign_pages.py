"""The pages of signs without persons and of events: chosen from lists, seen by the unit, kept by those who may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from klarsyn.concerns.models import Event, Sighting
from klarsyn.concerns.observations.demo import UNIT, ensure_demo_observations
from klarsyn.people.models import RoleHeld
from tests.people import person

PAGE, CALENDAR = "/personal/tecken/", "/personal/evenemang/"


@pytest.fixture(autouse=True)
def _cast(db) -> None:
    person("cilla")


def seen(**changed: object) -> dict[str, object]:
    return {"sign": "fear", "place": "hotel", "when": f"{timezone.localdate():%Y-%m} other"} | changed


def fair(**changed: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=14)
    form = {
        "name": "Provmässan",
        "kind": "fair",
        "arena": "Provhallen",
        "source": "arrangören",
        "visitors": "",
    }
    return form | {"first_day": day, "last_day": day + timedelta(days=2)} | changed


def test_cilla_logs_a_sign_and_takes_it_back(visit) -> None:
    cilla = visit("cilla")
    assert "Inget är loggat" in cilla.get(PAGE).content.decode()
    assert cilla.post(PAGE, seen()).status_code == 302
    page = cilla.get(PAGE).content.decode()
    assert "Loggat." in page and f"Vad {UNIT} har loggat" in page and "Ta tillbaka" in page
    row = Sighting.objects.get()
    assert cilla.post(f"{PAGE}{row.pk}/ta-tillbaka/").status_code == 302
    assert "taget tillbaka" in cilla.get(PAGE).content.decode()


def test_there_is_no_box_to_write_in(visit) -> None:
    page = visit("cilla").get(PAGE).content.decode().split("<main")[1]
    assert "<textarea" not in page and 'type="text"' not in page and page.count('type="radio"') > 20


def test_a_colleague_sees_the_units_counts_and_not_whose_they_are(visit) -> None:
    visit("cilla").post(PAGE, seen())
    RoleHeld.objects.create(user=person("lars"), role="partner", unit=UNIT)
    lars = visit("lars")
    page = lars.get(PAGE).content.decode()
    assert "Verkar rädd" in page.split("<table")[1] and "Cilla" not in page and "Ta tillbaka" not in page
    assert lars.post(f"{PAGE}{Sighting.objects.get().pk}/ta-tillbaka/").status_code == 404


def test_another_unit_sees_nothing_of_it_and_one_in_two_units_chooses(visit) -> None:
    visit("cilla").post(PAGE, seen())
    for unit in ("Hotell Prov", "Skola Prov"):
        RoleHeld.objects.create(user=person("lars"), role="partner", unit=unit)
    lars = visit("lars")
    page = lars.get(PAGE).content.decode()
    assert UNIT not in page and "<table" not in page
    assert lars.post(PAGE, seen()).status_code == 422 == lars.post(PAGE, seen(unit=UNIT)).status_code
    assert lars.post(PAGE, seen(unit="Skola Prov")).status_code == 302


WRONG = (
    {"sign": ""}, {"sign": "Anna 0701234567"}, {"place": "rum 214"}, {"when": "2020-01 other"}, {"when": "\x00"},
    {"when": f"{timezone.localdate():%Y-%m} event"}, {"sign": "\u202e"}, {"place": "🙂"}, {"sign": "x" * 1_000_000},
)  # fmt: skip


def test_what_cannot_be_is_answered_with_the_form_and_what_was_chosen(visit) -> None:
    cilla = visit("cilla")
    for wrong in WRONG:
        answer = cilla.post(PAGE, seen(**wrong))
        assert answer.status_code == 422 and not Sighting.objects.exists()
        assert answer.content.decode().count(" checked") == 3 - len(wrong)


def test_disa_keeps_the_calendar_and_cilla_reads_it_and_chooses_the_week(visit) -> None:
    today = timezone.localdate()
    this_week = {"first_day": today, "last_day": today, "visitors": "20000"}
    assert visit("disa").post(CALENDAR, fair(**this_week)).status_code == 302
    cilla = visit("cilla")
    page = cilla.get(CALENDAR).content.decode()
    assert "Provmässan" in page and "Lägg till" not in page
    assert cilla.post(CALENDAR, fair()).status_code == 404
    thursday = today + timedelta(days=3 - today.weekday())
    if thursday.month == today.month:
        assert "Provmässan (vecka" in cilla.get(PAGE).content.decode()
        assert cilla.post(PAGE, seen(when=f"{today:%Y-%m} event")).status_code == 302
        assert Sighting.objects.get().during_event


def test_an_event_to_come_is_struck_out_by_those_who_keep_the_calendar(visit) -> None:
    disa = visit("disa")
    disa.post(CALENDAR, fair())
    where = f"{CALENDAR}{Event.objects.get().pk}/stryk/"
    assert visit("cilla").post(where).status_code == 404
    assert disa.post(where).status_code == 302 and "Provmässan" not in disa.get(CALENDAR).content.decode()


NO_EVENT = (
    {"first_day": "2026-02-30"}, {"first_day": "1999-01-01"}, {"visitors": "-1"}, {"visitors": "9" * 400},
    {"name": "\x00"}, {"name": "x" * 1_000_000}, {"kind": "🙂"}, {"source": " "},
)  # fmt: skip


def test_an_event_that_cannot_be_is_answered_with_the_form(visit) -> None:
    disa = visit("disa")
    for wrong in NO_EVENT:
        answer = disa.post(CALENDAR, fair(**wrong))
        assert answer.status_code == 422 and not Event.objects.exists()
        assert "name" in wrong or 'value="Provmässan"' in answer.content.decode()


def test_others_do_not_find_the_pages(visit) -> None:
    for name in ("alva", "bo", "elis", "hugo", "greta", "ines"):
        assert {visit(name).get(page).status_code for page in (PAGE, CALENDAR)} == {404}


def test_the_demonstrations_signs_say_that_they_are_invented(visit) -> None:
    assert ensure_demo_observations() > 150 and ensure_demo_observations() == 0
    cilla = visit("cilla")
    assert "Påhittade antal" in cilla.get(PAGE).content.decode()
    assert "Påhittade evenemang" in cilla.get(CALENDAR).content.decode()
