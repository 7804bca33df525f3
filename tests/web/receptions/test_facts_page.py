"""The head's page: states a detail, ends one, and finds nothing of another reception."""

from datetime import timedelta

import pytest
from django.utils import timezone

from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Reception
from tests.people import person

PAGE = "/personal/mottagningens-uppgifter/"


@pytest.fixture(autouse=True)
def _receptions(db) -> None:
    person("greta")
    ensure_demo_receptions()


def given(**changed: object) -> dict[str, object]:
    mika = Reception.objects.get(kind="mika")
    form = {"reception": mika.pk, "what": "phone", "value": "031-390 06 11", "source": "Beslut SN 2026/12"}
    return form | {"valid_from": timezone.localdate(), "valid_to": ""} | changed


def test_greta_states_a_number_and_frej_sees_it(visit) -> None:
    assert visit("greta").post(PAGE, given()).status_code == 302
    assert "tel:0313900611" in visit("frej").get("/stod/sv/m/").content.decode()


def test_greta_ends_the_number_and_frej_is_told_that_none_is_confirmed(visit) -> None:
    fact, today = Reception.objects.get(kind="mika").facts.get(what="phone"), timezone.localdate()
    assert visit("greta").post(f"{PAGE}{fact.pk}/avsluta/", {"last_day": today}).status_code == 302
    fact.refresh_from_db()
    assert fact.valid_to == today


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"value": "ring oss"}, "Skriv numret med siffror"),
        ({"what": "age", "value": "25–18"}, "högre än den högsta"),
        ({"valid_from": timezone.localdate() - timedelta(days=1)}, "bakåt i tiden"),
        ({"valid_to": timezone.localdate() - timedelta(days=1)}, "före den första"),
        ({"source": ""}, ""),
        ({"what": "kast"}, ""),
    ],
)
def test_a_detail_that_cannot_be_is_refused_with_a_reason(visit, wrong, says) -> None:
    page = visit("greta").post(PAGE, given(**wrong))
    assert page.status_code == 422 and says in page.content.decode()
    assert Reception.objects.get(kind="mika").facts.count() == 6


def test_mona_sees_and_changes_nothing_of_mika(visit) -> None:
    mona, mika = visit("mona"), Reception.objects.get(kind="mika")
    assert "Mika" not in mona.get(PAGE).content.decode().split("<main")[1]
    assert mona.post(PAGE, given()).status_code == 422
    fact = mika.facts.get(what="phone")
    assert mona.post(f"{PAGE}{fact.pk}/avsluta/", {"last_day": timezone.localdate()}).status_code == 404
    assert mika.facts.count() == 6


@pytest.mark.parametrize("name", ["alva", "bo", "disa", "elis", "hugo", "ines"])
def test_others_do_not_find_the_page(visit, name) -> None:
    assert visit(name).get(PAGE).status_code == 404
    assert visit(name).post(PAGE, given()).status_code == 404
