"""What the pages of training are tested with: a small course of the municipality's own, a unit with a link."""

from collections.abc import Callable

import pytest
from django.test import Client

from klarsyn.training import actions, library
from klarsyn.training.models import Unit
from tests.courses import placed
from tests.people import person

KIOSK = "/personal/utbildning/kurs/kiosk/"


@pytest.fixture
def course(home, db, monkeypatch) -> str:
    """The kiosk's course alone on the shelves."""
    monkeypatch.setattr(library, "SHIPPED", home / "nothing")
    placed(home)
    person("cilla")
    return "kiosk"


@pytest.fixture
def unit(course) -> Unit:
    made = Unit.objects.create(name="Kiosken", kind="venue")
    made.heads.add(person("greta"))
    return made


@pytest.fixture
def link(unit) -> str:
    return actions.open_link(unit=unit, by=person("greta"))


@pytest.fixture
def nobody(link) -> Callable[[], Client]:
    """Somebody without an account who has just begun by the unit's link."""

    def begun() -> Client:
        client = Client()
        assert client.post(f"/kurs/enhet/{link}/", {"begin": "1"}).status_code == 302
        return client

    return begun
