"""What falls due goes when one has proposed it and another has decided; nobody outside the reception sees a number."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from klarsyn.base import erasures
from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions, keeping
from klarsyn.cases.models import Bundle, Case, Disposal
from klarsyn.cases.reasons import open_reason
from klarsyn.people.demo import demo_keys
from klarsyn.people.entering import STEPPED_UP
from klarsyn.people.models import RoleHeld
from tests.people import person
from tests.web.cases.conftest import read

PAGE, TICK = "/personal/gallring/", {"looked": "on"}


@pytest.fixture
def closed(case: Case) -> Case:
    """It should have gone this year."""
    actions.close(case=case, by=person("alva"), retention_on=date(timezone.localdate().year, 12, 31))
    case.refresh_from_db()
    return case


def _propose(client, case: Case, form=None):
    return client.post(f"{PAGE}{case.pk}/foresla/", TICK if form is None else form)


def _read(case: Case) -> AuditEvent:
    """A reading with a reason that the reception can open, until the case is gone."""
    alva = person("alva")
    read(case, "Hemlig anledning")
    line = AuditEvent.objects.filter(action="case.read").latest("sequence")
    assert open_reason(line, case.team, alva, demo_keys(alva)) == "Hemlig anledning"
    return line


def _decide(client, what: str = "besluta"):
    return client.post(f"{PAGE}{Disposal.objects.latest('pk').pk}/{what}/")


def test_one_proposes_another_decides_and_the_evidence_stays(visit, closed: Case) -> None:
    alva, greta = visit("alva"), visit("greta")
    line = _read(closed)
    page = alva.get(PAGE).content.decode()
    assert str(closed.pk) in page and "16 kap. 1 §" in page and "Föreslå gallring" in page
    assert _propose(alva, closed).status_code == 302
    assert _propose(alva, closed).status_code == 409  # once
    page = greta.get(PAGE).content.decode()
    assert "Besluta: radera" in page and "Föreslå gallring" not in page and "påhittat ärende" not in page
    assert _decide(greta).status_code == 302
    closed.refresh_from_db()
    assert closed.state == "erased" and not closed.keys.exists() and not closed.records.exists()
    row = Disposal.objects.get()
    assert (row.proposed_by, row.decided_by) == (person("alva").pseudonym, person("greta").pseudonym)
    assert row.decided_on == timezone.localdate() and "lagen själv" in row.rule
    assert ("case", str(closed.pk)) in [*erasures.noted(), *erasures.unsettled()]
    acts = AuditEvent.objects.filter(object=str(closed.pk)).values_list("action", flat=True)
    assert {"retention.propose", "retention.agree", "case.erase"} <= set(acts)
    assert open_reason(line, closed.team, person("alva"), demo_keys(person("alva"))) is None
    assert "raderat" in alva.get(PAGE).content.decode() and _decide(greta).status_code == 409


def test_nobody_decides_their_own_proposal_and_a_no_lets_it_stand(visit, closed: Case) -> None:
    RoleHeld.objects.create(user=person("alva"), role="reception_head", team=closed.team)
    alva, greta = visit("alva"), visit("greta")
    _propose(alva, closed)
    assert _decide(alva).status_code == 409 and _decide(alva, "avsla").status_code == 409
    assert "Besluta: radera" not in alva.get(PAGE).content.decode()
    assert _decide(greta, "avsla").status_code == 302
    closed.refresh_from_db()
    assert closed.state == "closed" and closed.keys.exists()
    assert _propose(alva, closed).status_code == 302  # again, and now it waits anew
    assert Disposal.objects.count() == 2


def test_what_is_open_early_or_undecided_is_not_proposed(visit, closed: Case) -> None:
    alva = visit("alva")
    assert _propose(alva, closed, {}).status_code == 409  # the exceptions were not looked at
    next_year = date(timezone.localdate().year + 1, 12, 31)
    for change in ({"state": "open"}, {"retention_on": next_year}):
        before = {name: getattr(closed, name) for name in change}
        Case.objects.filter(pk=closed.pk).update(**change)
        assert (
            _propose(alva, closed).status_code == 409
            and str(closed.pk) not in alva.get(PAGE).content.decode()
        )
        Case.objects.filter(pk=closed.pk).update(**before)
    closed.keys.filter(bundle=Bundle.IDENTITY).delete()  # a case without a name: its rule is not decided
    assert not keeping.rule_on(timezone.localdate(), keeping.Kept.NAMELESS).decided
    assert "inte beslutat" in alva.get(PAGE).content.decode()
    assert _propose(alva, closed).status_code == 409 and not Disposal.objects.exists()


def test_a_case_opened_again_meanwhile_is_not_erased(visit, closed: Case) -> None:
    _propose(visit("alva"), closed)
    Case.objects.filter(pk=closed.pk).update(state="open", retention_on=None)
    assert _decide(visit("greta")).status_code == 409
    assert closed.keys.exists() and Disposal.objects.get().state == "proposed"


def test_to_decide_one_shows_again_who_one_is(visit, closed: Case) -> None:
    _propose(visit("alva"), closed)
    greta = visit("greta")
    session = greta.session
    session[STEPPED_UP] = 0
    session.save()
    assert "bekrafta" in _decide(greta)["Location"] and closed.keys.exists()


@pytest.mark.parametrize("name", ["bo", "mona", "disa", "hugo"])
def test_nobody_else_sees_a_number_or_acts(visit, closed: Case, name: str) -> None:
    _propose(visit("alva"), closed)
    other = visit(name)
    assert str(closed.pk) not in other.get(PAGE).content.decode()
    assert _propose(other, closed).status_code == _decide(other).status_code == 404
