"""Leave: from when to when, who covers, and which clients nobody covers; never why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import caseload, leave
from klarsyn.cases.models import Case, Leave
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika, someone
from tests.unit.cases.operations import Who
from tests.unit.cases.test_caseload import TODAY, _counsellor, take_in

DAYS = {"begins": TODAY + timedelta(days=3), "ends": TODAY + timedelta(days=10)}


@pytest.fixture
def alva(mika: Mika) -> Who:
    return _counsellor(mika, mika.alva, mika.hers)


@pytest.fixture
def cilla(mika: Mika) -> Who:
    return _counsellor(mika, mika.cilla, mika.cillas)


@pytest.fixture
def greta(mika: Mika) -> User:
    head, _keys = someone("greta")
    RoleHeld.objects.create(user=head, role="reception_head", team=mika.team)
    return User.objects.get(pk=head.pk)


def stated(greta: User, mika: Mika, person: User, cover: User | None = None, **days) -> Leave:
    return leave.state(greta, mika.team, person=person, covered_by=cover, **(DAYS | days))


def shown(greta: User, mika: Mika) -> list[tuple[bool, tuple[str, ...]]]:
    return [(one.is_covered, one.without_cover) for one in leave.coming(greta, mika.team, TODAY)]


def test_the_head_sees_whose_cases_nobody_covers_until_somebody_does(
    mika: Mika, alva: Who, cilla: Who, greta: User
) -> None:
    first, second, sealed = (take_in(alva, mika, title) for title in ("a", "b", "c"))
    Case.objects.filter(pk=sealed).update(is_sealed=True)
    row = stated(greta, mika, alva.user)
    assert shown(greta, mika) == [(False, tuple(sorted(id.hex[:6] for id in (first, second))))]
    caseload.hand_over(alva.user, alva.keys, second, to=cilla.user, reason="ledig")
    assert shown(greta, mika) == [(False, (first.hex[:6],))]
    caseload.hand_over(cilla.user, cilla.keys, second, to=alva.user, reason="åter")
    caseload.hand_over(alva.user, alva.keys, first, to=cilla.user, reason="ledig")
    assert shown(greta, mika) == [(False, (second.hex[:6],))]
    leave.cover(greta, mika.team, row.pk, cilla.user)
    assert shown(greta, mika) == [(True, ())]
    assert leave.mine(cilla.user, mika.team, TODAY) == leave.mine(alva.user, mika.team, TODAY) == [row]
    RoleHeld.objects.filter(user=cilla.user).delete()  # whoever no longer works there covers nobody
    assert shown(greta, mika) == [(False, (second.hex[:6],))]


def test_days_people_and_cover_are_checked_and_nothing_is_kept_of_what_is_wrong(
    mika: Mika, alva: Who, cilla: Who, greta: User
) -> None:
    day = timedelta(days=1)
    for person, cover, days, said in (
        (alva.user, None, {"ends": TODAY + 2 * day}, "slutar innan"),
        (alva.user, None, {"begins": TODAY - 9 * day, "ends": TODAY - day}, "redan slut"),
        (alva.user, None, {"ends": TODAY + 2000 * day}, "tre år"),
        (mika.bo, None, {}, "arbetar inte"), (alva.user, mika.bo, {}, "en annan"), (alva.user, alva.user, {}, "en annan"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            stated(greta, mika, person, cover, **days)
    assert not Leave.objects.exists() and not AuditEvent.objects.filter(action__startswith="leave.").exists()
    stated(greta, mika, cilla.user, ends=DAYS["begins"])
    with pytest.raises(Refused, match="redan ledig"):
        stated(greta, mika, cilla.user, begins=TODAY, ends=DAYS["begins"])
    with pytest.raises(Refused, match="själv ledig"):
        stated(greta, mika, alva.user, cilla.user)
    row = stated(greta, mika, alva.user, cilla.user, begins=DAYS["begins"] + day)
    assert row.covered_by == cilla.user


def test_only_the_teams_own_head_states_covers_and_takes_back_and_the_log_says_so(
    mika: Mika, alva: Who, cilla: Who, greta: User
) -> None:
    row = stated(greta, mika, alva.user)
    for who, team in ((alva.user, mika.team), (greta, mika.kast)):
        for act, words in (
            (leave.state, {"person": alva.user, "covered_by": None, **DAYS}),
            (leave.cover, {"pk": row.pk, "covered_by": None}), (leave.take_back, {"pk": row.pk}),
            (leave.coming, {"today": TODAY}),
        ):  # fmt: skip
            with pytest.raises(Http404):
                act(who, team, **words)
    leave.cover(greta, mika.team, row.pk, cilla.user)
    leave.take_back(greta, mika.team, row.pk)
    assert shown(greta, mika) == [] and leave.mine(alva.user, mika.team, TODAY) == []
    lines = AuditEvent.objects.filter(action__startswith="leave.").order_by("sequence")
    assert [(x.action, x.object) for x in lines] == [
        (f"leave.{act}", alva.user.pseudonym) for act in ("state", "cover", "take_back")
    ]
    assert not any(line.detail for line in lines)
    assert {f.name for f in Leave._meta.fields} == {
        "id", "team", "person", "begins", "ends", "covered_by", "stated_on", "withdrawn_on",
    }  # fmt: skip  # there is no place for a reason
    with pytest.raises(Http404):
        leave.take_back(greta, mika.team, row.pk)
