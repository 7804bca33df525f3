"""Through the pages: who opens, follows up or closes a case tells its year, and no word of it leaves."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.cases.counts import list_counts
from klarsyn.cases.models import Case
from klarsyn.people.demo import demo_keys
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import StatisticalRecord
from klarsyn.receptions.statistics.actions import count_year
from klarsyn.receptions.statistics.keys import for_writing
from tests.people import person
from tests.web.cases.test_writing_pages import TODAY, at, hidden, opened

YEAR = timezone.localdate().year
SEEN = {"sex": "woman", "age": "25_34", "residence": "refused", "way_in": "police", "wish": "hemligt"}


@pytest.fixture
def alva(visit, mika) -> Client:
    ensure_demo_receptions()
    return visit("alva")


def counted(mika, measure: str) -> dict[str, int]:
    alva = person("alva")
    count_year(team=mika, year=YEAR, by=alva, keys=demo_keys(alva), today=timezone.localdate())
    found = list_counts(measure=measure, kind="mika", host_code="0680", years=(YEAR,))
    return {"|".join(band for _variable, band in c.categories): c.value or 0 for c in found.counts}


def take_in(alva: Client, mika) -> Case:
    address = reverse("cases:take_in", kwargs={"team": mika.pk})
    page = alva.post(address, {"words": "nytt"}).content.decode()
    whole = {"searched": hidden(page, "searched"), "event_day": TODAY, "track": "open"}
    assert alva.post(address, whole | SEEN | {"residence": "own"}).status_code == 302
    return Case.objects.get()


def test_a_case_tells_its_year_when_it_opens_is_followed_up_and_closes(alva: Client, mika) -> None:
    case = take_in(alva, mika)
    assert counted(mika, "reception_persons") == {"25-34|women|home|new|police": 1}
    row = StatisticalRecord.objects.get()
    opened(alva, case)
    given = {"what": "housing", "track": "without_test", "begun_on": TODAY, "event_day": TODAY}
    assert alva.post(at("write", case, kind="intervention"), given).status_code == 302
    assert counted(mika, "reception_support") == {"housing": 1}  # at once: it is locked as it is written
    note = {"type": "PHONE_CONTACT", "text": "påhittat", "event_day": TODAY, "act": "lock"}
    assert alva.post(at("write", case, kind="note"), note).status_code == 302
    asked = at("questions", case, instrument="own_questions", time="start")
    assert alva.post(asked, {"safe": "1", "well": "1", "decide": "1"}).status_code == 302
    assert counted(mika, "reception_contacts") == {"phone": 1} and counted(mika, "reception_closed") == {}
    lock_the_picture(alva, case)
    assert alva.post(at("close", case), {"because": "moved", "words": "hemligt"}).status_code == 302
    assert counted(mika, "reception_closed") == {"moved": 1}
    assert StatisticalRecord.objects.get().pk == row.pk  # told again, in the place of what was told before
    assert alva.post(at("reopen", case), {"why": "kom tillbaka"}).status_code == 302
    assert counted(mika, "reception_closed") == {} and sum(counted(mika, "reception_persons").values()) == 1
    told = AuditEvent.objects.filter(action="statistics.tell")
    assert {e.object for e in told} == {str(YEAR)} and told.count() == 7


def call(alva: Client, case: Case, day: str = TODAY) -> None:
    note = {"type": "PHONE_CONTACT", "text": "påhittat", "event_day": day, "act": "lock"}
    assert alva.post(at("write", case, kind="note"), note).status_code == 302


def test_a_case_that_is_only_worked_in_stands_in_the_year(alva: Client, mika) -> None:
    case = take_in(alva, mika)
    StatisticalRecord.objects.all().delete()  # as when a new year has begun since it was opened
    opened(alva, case)
    call(alva, case)
    assert counted(mika, "reception_contacts") == {"phone": 1}
    assert sum(counted(mika, "reception_persons").values()) == 1


def test_a_correction_tells_the_year_anew(alva: Client, mika) -> None:
    case = take_in(alva, mika)
    opened(alva, case)
    call(alva, case)
    row = case.records.filter(state="locked", compartment="notes").latest("order")
    visit = {"type": "VISIT", "text": "påhittat", "event_day": TODAY, "act": "note"}
    assert alva.post(at("correct", case, record=row.pk), visit).status_code == 302
    assert counted(mika, "reception_contacts") == {"booked": 1}


def test_a_note_of_last_year_tells_last_year_too_while_its_key_stands(alva: Client, mika) -> None:
    case = take_in(alva, mika)
    opened(alva, case)
    call(alva, case, f"{YEAR - 1}-12-30")
    assert {row.key.year for row in StatisticalRecord.objects.select_related("key")} == {YEAR}
    for_writing(mika, YEAR - 1)
    call(alva, case, f"{YEAR - 1}-12-31")
    assert {row.key.year for row in StatisticalRecord.objects.select_related("key")} == {YEAR, YEAR - 1}


def lock_the_picture(alva: Client, case: Case) -> None:
    (record,) = case.records.filter(state="working")
    page = {"record": str(record.pk), "revision": "1", "act": "lock", "event_day": TODAY}
    assert (
        alva.post(at("write", case, kind="intake_mika"), SEEN | page | {"residence": "own"}).status_code
        == 302
    )
