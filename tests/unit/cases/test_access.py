"""A permission and a key are asked for each by itself: either alone opens nothing."""

from __future__ import annotations

import base64

import pytest
from django.http import Http404

from klarsyn.base.audit.recording import place_of
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditDetail, AuditEvent, AuditHead
from klarsyn.base.vault import Key, seal_key, seal_record
from klarsyn.cases import access, actions, budget
from klarsyn.cases.access import ORDINARY, read_case, read_extract
from klarsyn.cases.models import Case, Compartment
from klarsyn.cases.reasons import open_reason
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika, someone

ALL = frozenset(Compartment)
SECRET = "Hon bor hos en väninna."


@pytest.fixture
def case(mika: Mika) -> Case:
    made = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary="Första samtalet")
    actions.add_record(case=made, compartment=Compartment.NOTES, by=mika.alva, keys=mika.hers, text=SECRET)
    return made


def _hold(user: User, role: str, team) -> User:
    RoleHeld.objects.create(user=user, role=role, team=team)
    return User.objects.get(pk=user.pk)


def _refused(user: User, keys, case: Case, compartments=ORDINARY) -> bool:
    try:
        read_case(user, keys, case.id, purpose="prov", compartments=compartments)
    except Http404:
        return True
    return False


def test_alva_reads_her_teams_case_and_the_line_says_so(mika: Mika, case: Case) -> None:
    alva = _hold(mika.alva, "mika_counsellor", mika.team)
    seen = read_case(alva, mika.hers, case.id, purpose="möte i dag")
    assert [r.text for r in seen.records] == [SECRET]
    line = AuditEvent.objects.get(action="case.read")
    assert (line.actor, line.object, line.team) == (alva.pseudonym, str(case.id), "mika") and line.detail


def test_every_key_without_permission_opens_nothing(mika: Mika, case: Case) -> None:
    """Alva's own keys, held by people whose roles do not allow it: other roles, other teams, closed accounts."""
    assert _refused(mika.alva, mika.hers, case)
    for role, team in (("kast_counsellor", mika.kast), ("system_administrator", None), ("analyst", None)):
        somebody = _hold(User.objects.create(username=role, name=role), role, team)
        assert _refused(somebody, mika.hers, case, ALL)
    alva = _hold(mika.alva, "mika_counsellor", mika.team)
    alva.is_active = False
    assert _refused(alva, mika.hers, case)
    assert not AuditEvent.objects.filter(action="case.read").exists()


def test_permission_without_the_key_opens_nothing_also_with_the_checks_taken_away(
    mika: Mika, case: Case, monkeypatch
) -> None:
    bo = _hold(mika.bo, "mika_counsellor", mika.team)  # a mistake in the roles
    assert _refused(bo, mika.bos, case) and _refused(bo, None, case)
    monkeypatch.setattr(access, "may_read", lambda *_: True)
    for keys in (mika.bos, None):
        assert _refused(mika.bo, keys, case, ALL)


def test_the_identity_needs_a_permission_of_its_own(mika: Mika, case: Case, monkeypatch) -> None:
    alva = _hold(mika.alva, "mika_counsellor", mika.team)
    assert not _refused(alva, mika.hers, case)
    monkeypatch.setattr(User, "may_in_team", lambda _self, permission, _team: permission == "case_read")
    assert _refused(alva, mika.hers, case, ALL) and not _refused(alva, mika.hers, case)


def test_nothing_is_shown_when_the_budget_is_spent_or_the_log_is_closed(
    mika: Mika, case: Case, settings
) -> None:
    alva = _hold(mika.alva, "mika_counsellor", mika.team)
    settings.CASES_AN_HOUR = 0
    with pytest.raises(budget.BudgetSpent):
        read_case(alva, mika.hers, case.id, purpose="möte")
    settings.CASES_AN_HOUR = 5
    AuditHead.objects.all().delete()
    with pytest.raises(RuntimeError, match="never opened"):
        read_case(alva, mika.hers, case.id, purpose="möte")


def test_an_erased_case_and_one_that_never_was_are_the_same_answer(mika: Mika, case: Case) -> None:
    alva = _hold(mika.alva, "mika_counsellor", mika.team)
    gone = case.id
    actions.erase(case=case, by=alva)
    with pytest.raises(Http404):
        read_case(alva, mika.hers, gone, purpose="möte")
    with pytest.raises(Http404):
        read_case(alva, mika.hers, mika.team.id, purpose="möte")


def test_the_identity_has_a_line_of_its_own_in_the_log_and_a_reason_must_be_given(
    mika: Mika, case: Case
) -> None:
    alva = _hold(mika.alva, "mika_counsellor", mika.team)
    with pytest.raises(Refused, match="Skriv varför"):
        read_case(alva, mika.hers, case.id, purpose=" ")
    read_case(alva, mika.hers, case.id, purpose="ringer vården", compartments=ALL)
    assert [e.action for e in AuditEvent.objects.filter(object=str(case.id)).order_by("sequence")][
        -1
    ] == "case.unseal"


def test_the_reason_opens_for_the_team_and_its_head_and_for_nobody_else(mika: Mika, case: Case) -> None:
    head, heads = someone("greta")
    head = _hold(head, "reception_head", mika.team)
    alva, bo = _hold(mika.alva, "mika_counsellor", mika.team), _hold(mika.bo, "kast_counsellor", mika.kast)
    read_case(alva, mika.hers, case.id, purpose="möte i dag")
    line = AuditEvent.objects.get(action="case.read")
    for user, keys, seen in (
        (head, heads, "möte i dag"), (mika.cilla, mika.cillas, "möte i dag"), (bo, mika.bos, None),
        (head, mika.bos, None),
    ):  # fmt: skip
        assert open_reason(line, mika.team, user, keys) == seen
    key, place = (
        Key.new(),
        place_of(line.sequence, line.team),
    )  # whoever owns the database writes another reason
    wrap = base64.b64encode(seal_key(heads.pair.public, key, place)).decode()
    AuditDetail.objects.update(sealed=seal_record(key, b"annat", place), wraps={head.pseudonym: wrap})
    assert open_reason(line, mika.team, head, heads) is None  # not the one the line tells of


def test_an_extract_says_when_and_by_how_many_and_no_name_or_reason(mika: Mika, case: Case) -> None:
    alva, cilla = (_hold(user, "mika_counsellor", mika.team) for user in (mika.alva, mika.cilla))
    read_case(cilla, mika.cillas, case.id, purpose="hemligt skäl")
    found = read_extract(alva, mika.hers, case.id, purpose="klienten ber om det")
    assert [(r.who, r.done) for r in found.readings] == [
        (1, "ärendet började"), (1, "skrev"), (2, "läste anteckningarna"), (1, "gjorde ett utdrag som det här"),
    ]  # fmt: skip
    text = found.as_text()
    assert "medarbetare 2  läste anteckningarna" in text and mika.team.name in text
    assert not any(word in text for word in (SECRET, "hemligt", "Cilla", "Alva", cilla.pseudonym))
    assert AuditEvent.objects.get(action="case.export").detail


def test_an_extract_needs_the_permission_and_the_key_like_everything_else(
    mika: Mika, case: Case, monkeypatch
) -> None:
    head = _hold(User.objects.create(username="greta", name="Greta"), "reception_head", mika.team)
    alva, bo = _hold(mika.alva, "mika_counsellor", mika.team), _hold(mika.bo, "kast_counsellor", mika.kast)
    for user, keys in ((head, mika.hers), (bo, mika.hers), (bo, mika.bos), (alva, None), (alva, mika.bos)):
        with pytest.raises(Http404):
            read_extract(user, keys, case.id, purpose="prov")
    monkeypatch.setattr(User, "may_in_team", lambda *_: True)
    with pytest.raises(Http404):
        read_extract(bo, mika.bos, case.id, purpose="prov")
    actions.erase(case=case, by=alva)
    with pytest.raises(Http404):
        read_extract(alva, mika.hers, case.id, purpose="prov")
