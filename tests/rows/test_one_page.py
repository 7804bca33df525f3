"""A page that is sent twice at once makes one note: the autosave and the press meet in the database."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections

from klarsyn.cases import access, actions
from klarsyn.cases.models import RecordState, SealedRecord
from klarsyn.cases.writing import Twice
from klarsyn.people.demo import MIKA, demo_keys
from klarsyn.people.models import Team
from tests.people import person


@pytest.mark.django_db(transaction=True)
def test_an_autosave_and_a_press_at_once_make_one_note() -> None:
    alva = person("alva")
    hers, mika, record = demo_keys(alva), Team.objects.get(name=MIKA), uuid4()
    case = actions.open_case(team=mika, by=alva, keys=hers, summary="påhittat ärende").id
    meet, said = threading.Barrier(2), []

    def save(is_pressed: bool) -> None:
        words = {"kind": "note", "data": {"type": "VISIT", "text": "x"}, "event_day": date(2026, 1, 5)}
        try:
            meet.wait()
            said.append(access.write_entry(alva, hers, case, record=record, is_pressed=is_pressed, **words))
        except Twice as twice:
            said.append(type(twice))
        finally:
            connections.close_all()

    both = [threading.Thread(target=save, args=(pressed,)) for pressed in (False, True)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert set(said) == {record, Twice}
    assert SealedRecord.objects.filter(state=RecordState.WORKING).count() == 1
