"""Two people at once, on a database that lets two write: SQLite has one writer and cannot show it."""

import threading

import pytest
from django.db import connections

from klarsyn.base.errors import Refused
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Tally, TallyCell
from tests.people import person
from tests.unit.receptions.test_tallies import sheet


@pytest.mark.django_db(transaction=True)
def test_two_who_key_in_the_same_sheet_at_once_enter_it_once() -> None:
    person("alva")
    mika = next(r for r in ensure_demo_receptions() if r.kind == "mika")
    said: list[str] = []

    def enter() -> None:
        try:
            sheet(mika, women_attempted=2)
        except Refused as refused:
            said.append(str(refused))
        finally:
            connections.close_all()

    both = [threading.Thread(target=enter) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(said) == 1 and "redan införd" in said[0]
    assert Tally.objects.count() == TallyCell.objects.count() == 1
