"""The pages of units and certificates: names for heads alone, and a number that says nothing but whether it holds."""

import pytest
from django.test import Client
from django.urls import reverse

from klarsyn.training.certificates import issuing
from klarsyn.training.coverage import actions
from klarsyn.training.library import library
from klarsyn.training.models import Assignment, Unit
from tests.people import person
from tests.unit.training.units import DAY, TODAY, course, has_done, trainer, unit, works

pytestmark = pytest.mark.django_db


def page_of(at: Unit) -> str:
    return reverse("training:unit", args=[at.pk])


def as_trainer() -> Client:
    client = Client()
    client.force_login(trainer())
    return client


@pytest.fixture
def east() -> Unit:
    at = unit()
    actions.assign(unit=at, course=course(), due_on=TODAY + 9 * DAY, by=person("greta"), today=TODAY)
    has_done(works(at, "disa"), course())
    return at


def test_the_head_sees_names_the_trainer_numbers_and_another_head_nothing(visit, east) -> None:
    unit("Väster", head="mona")
    assert "Disa Demo" in visit("greta").get(page_of(east)).content.decode()
    assert visit("mona").get(page_of(east)).status_code == 404
    assert visit("mona").get(reverse("training:unit_names", args=[east.pk])).status_code == 404
    for address in (page_of(east), reverse("training:units")):
        shown = as_trainer().get(address).content.decode()
        assert "Öster" in shown and ("Disa Demo" not in shown or "checkbox" in shown)
    assert as_trainer().get(reverse("training:unit_names", args=[east.pk])).status_code == 404


def test_a_head_asks_and_takes_back_and_the_trainer_cannot(visit, east) -> None:
    Assignment.objects.all().delete()
    words = {"step": "assign", "course": course(), "due_on": "2100-01-01"}
    assert as_trainer().post(page_of(east), words).status_code == 404
    assert visit("greta").post(page_of(east), words).status_code == 302
    assert visit("greta").post(page_of(east), words).status_code == 422  # asked already
    held = Assignment.objects.get()
    taken = visit("greta").post(page_of(east), {"step": "withdraw", "assignment": held.pk})
    assert taken.status_code == 302 and Assignment.objects.filter(ended_on=None).count() == 0


@pytest.mark.parametrize("name", ["x\x00", "\u202eold", "😀", "8" * 1_000_000, "19121212-1212"])
def test_a_name_nobody_has_is_told_and_nothing_is_lost(visit, east, name: str) -> None:
    answer = visit("greta").post(page_of(east), {"step": "take_in", "username": name})
    assert answer.status_code == 422 and east.learners.count() == 1


def test_a_trainer_makes_a_unit_names_heads_and_ends_it(visit) -> None:
    client, units = as_trainer(), reverse("training:units")
    assert client.post(units, {"step": "unit", "name": "Norr", "kind": "school"}).status_code == 302
    north = Unit.objects.get(name="Norr")
    assert client.post(units, {"step": "unit", "name": "norr", "kind": "school"}).status_code == 422
    assert client.post(page_of(north), {"step": "heads", "heads": [person("mona").pk]}).status_code == 302
    assert visit("mona").get(page_of(north)).status_code == 200
    assert client.post(page_of(north), {"step": "end"}).status_code == 302
    assert visit("mona").get(page_of(north)).status_code == client.get(page_of(north)).status_code == 404


def test_who_leads_nothing_finds_nothing(visit) -> None:
    for method in ("get", "post"):
        assert getattr(visit("disa"), method)(reverse("training:units")).status_code == 404


def test_a_number_is_tried_by_anyone_and_shows_nothing_else(client, east, settings) -> None:
    done = has_done(works(east, "elis"), "annan")
    number = issuing.issue(completion=done, by=person("elis"), today=TODAY).number
    address = reverse("training:certificate_check")
    for written, said in ((number, "Numret gäller"), ("ABCDEFGH2345", "Numret är okänt")):
        answer = client.post(address, {"number": written})
        shown = answer.content.decode()
        assert (
            said in shown
            and "Elis" not in shown
            and "annan" not in shown.partition("<main")[2].partition("</main")[0]
        )
        assert "no-store" in answer["Cache-Control"] and not answer.cookies.keys() - {"csrftoken"}
    assert client.post(address, {"number": ""}).status_code == 422


def test_one_fetches_ones_own_certificate_alone(visit, east) -> None:
    done = has_done(works(east, "elis"), course())
    address = reverse("training:certificate", args=[done.pk])
    assert address in visit("elis").get(reverse("training:mine")).content.decode()
    answer = visit("elis").post(address)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    for name in ("greta", "disa"):
        assert visit(name).post(address).status_code == 404


@pytest.mark.parametrize("kind", ["scorm12", "cmi5"])
def test_every_course_is_a_package_in_every_language(kind: str) -> None:
    client = as_trainer()
    for key, one in library().items():
        for language in one.told:
            answer = client.get(reverse("training:package", args=[key, language, kind]))
            assert answer.status_code == 200 and answer.content[:2] == b"PK"


def test_what_is_asked_of_somebody_stands_first_among_their_courses_until_it_is_done(visit, east) -> None:
    works(east, "elis")
    mine = reverse("training:mine")
    page = visit("elis").get(mine).content.decode()
    assert page.index("Det här ska du gå") < page.index(f"/kurs/{course()}/") < page.index("<h2>Kurser")
    assert "Det här ska du gå" not in visit("disa").get(mine).content.decode()
