"""The head sees how much the reception carries, as numbers, and nothing of any case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from klarsyn.cases import actions
from klarsyn.cases.models import Case, Leave, SealedRecord
from klarsyn.cases.workload import workload
from klarsyn.people.demo import demo_keys
from klarsyn.people.models import RoleHeld
from tests.people import person

PAGE = "/personal/laget/"


def _now(case: Case):
    return workload(person("greta"), case.team, timezone.localdate())


def test_the_numbers_follow_what_is_done(visit, case: Case) -> None:
    before, alva, today = _now(case), person("alva"), timezone.localdate()
    assert dict(before.carried)[alva.name] == 1 and before.quiet == 0 and before.first_days is None
    made = actions.open_case(team=case.team, by=alva, keys=demo_keys(alva), summary="Hemlig rubrik")
    Case.objects.filter(pk=made.pk).update(created_on=today - timedelta(days=100))
    SealedRecord.objects.filter(case=case).update(day=today - timedelta(days=91))
    SealedRecord.objects.filter(case=case, compartment="notes").update(state="working")
    now = _now(case)
    assert (now.open, now.opened) == (before.open + 1, before.opened)
    assert (now.quiet, now.first_days, now.unlocked) == (2, 100, 1)
    assert dict(now.carried)[alva.name] == 2
    actions.close(case=made, by=alva, retention_on=date(2031, 12, 31))
    assert (_now(case).open, _now(case).closed) == (before.open, before.closed + 1)
    shown = visit("greta").get(PAGE).content.decode()
    assert "100 dagar" not in shown and "Hemlig" not in shown and str(case.pk) not in shown


def test_ninety_days_are_not_quiet_and_a_note_of_a_fortnight_is_not_old(case: Case) -> None:
    today = timezone.localdate()
    SealedRecord.objects.filter(case=case).update(day=today - timedelta(days=90))
    assert _now(case).quiet == 0
    SealedRecord.objects.filter(case=case).update(day=today - timedelta(days=14), state="working")
    assert _now(case).unlocked == 0
    SealedRecord.objects.filter(case=case).update(day=today - timedelta(days=15))
    assert _now(case).unlocked == SealedRecord.objects.filter(case=case).count()


def test_a_sealed_case_is_in_no_number(case: Case) -> None:
    before = _now(case)
    Case.objects.filter(pk=case.pk).update(is_sealed=True)
    now = _now(case)
    assert now.open == before.open - 1 and dict(now.carried)[person("alva").name] == 0


@pytest.mark.parametrize("name", ["alva", "bo", "disa", "hugo"])
def test_only_the_head_has_the_page(visit, case: Case, name: str) -> None:
    assert visit(name).get(PAGE).status_code == 404


def test_another_receptions_head_sees_their_own_alone(visit, case: Case) -> None:
    shown = visit("mona").get(PAGE).content.decode()
    assert case.team.name not in shown and person("alva").name not in shown
    with pytest.raises(Http404):
        workload(person("mona"), case.team, timezone.localdate())


def test_leave_is_entered_covered_and_handed_over_from_the_list(visit, case: Case) -> None:
    """The head's page, the two counsellors' lists, and forms that are wrong."""
    greta, alva = visit("greta"), person("alva")
    page, today = f"{PAGE}ledighet/{case.team_id}/", timezone.localdate()
    days = {"begins": today, "ends": today + timedelta(days=9)}
    assert greta.post(page, {"person": alva.pk, "begins": days["ends"], "ends": today}).status_code == 422
    assert greta.post(page, {"person": alva.pk, **days}).status_code == 302
    assert f"nr {case.pk.hex[:6]}" in greta.get(PAGE).content.decode()
    [row] = Leave.objects.all()
    for wrong in (
        {"leave": "x"},
        {"leave": "99999"},
        {"leave": "1" * 40},
        {"leave": row.pk, "covered_by": "x"},
    ):
        assert greta.post(page, {"step": "cover", **wrong}).status_code == 404
    RoleHeld.objects.create(user=person("cilla"), role="mika_counsellor", team=case.team)
    greta.post(page, {"step": "cover", "leave": row.pk, "covered_by": person("cilla").pk})
    assert "utan täckning" not in greta.get(page).content.decode()
    listed = visit("alva").get("/personal/arenden/").content.decode()
    assert "Du är ledig" in listed
    greta.post(page, {"step": "take_back", "leave": row.pk})
    assert "Du är ledig" not in visit("alva").get("/personal/arenden/").content.decode()
