"""A case on the screen: a reason first, then the content, and "not yours" and "not there" the same."""

from __future__ import annotations

from uuid import uuid4

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.people.entering import STEPPED_UP
from klarsyn.people.models import RoleHeld, TeamWrap
from tests.people import person

LIST, NOTE, NAME = "/personal/arenden/", "påhittad anteckning", "Påhittad Person"


def _acts(case: Case) -> list[str]:
    return list(
        AuditEvent.objects.filter(object=str(case.id)).order_by("sequence").values_list("action", flat=True)
    )


def test_alva_says_why_and_reads_and_nothing_is_shown_before(visit, case: Case) -> None:
    alva, address = visit("alva"), f"{LIST}{case.id}/"
    assert "påhittat ärende" in alva.get(LIST).content.decode()
    assert AuditEvent.objects.get(action="case.list").object == str(case.team_id)
    asked = alva.get(address).content.decode()
    assert "Varför öppnar du?" in asked and NOTE not in asked and "case.read" not in _acts(case)
    assert alva.post(address, {"purpose": " "}).status_code == 422
    shown = alva.post(address, {"purpose": "möte i dag"})
    assert NOTE in shown.content.decode() and NAME not in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"] and _acts(case)[-1] == "case.read"


def test_the_identity_asks_again_who_it_is_and_has_its_own_line(visit, case: Case) -> None:
    alva, address = visit("alva"), f"{LIST}{case.id}/identitet/"
    shown = alva.post(address, {"purpose": "ringer vården"}).content.decode()
    assert NAME in shown and NOTE not in shown and _acts(case)[-1] == "case.unseal"
    session = alva.session
    session[STEPPED_UP] = 0
    session.save()
    for path in ("identitet/", "utdrag/"):
        assert "bekrafta" in alva.post(f"{LIST}{case.id}/{path}", {"purpose": "x"})["Location"]


def test_the_extract_is_a_file_for_the_client(visit, case: Case) -> None:
    alva = visit("alva")
    alva.post(f"{LIST}{case.id}/", {"purpose": "möte i dag"})
    made = alva.post(f"{LIST}{case.id}/utdrag/", {"purpose": "klienten ber om det"})
    text = made.content.decode()
    assert made["Content-Type"].startswith("text/plain") and "attachment" in made["Content-Disposition"]
    assert "läste anteckningarna" in text and "möte i dag" not in text and "Alva" not in text


def test_more_than_an_hour_allows_leads_to_the_question(visit, case: Case, settings) -> None:
    settings.CASES_AN_HOUR = 0
    alva = visit("alva")
    for path in ("", "identitet/", "utdrag/"):
        answer = alva.post(f"{LIST}{case.id}/{path}", {"purpose": "möte"})
        assert answer.status_code == 409 and "/personal/fler-arenden/" in answer.content.decode()
        assert NOTE not in answer.content.decode() and NAME not in answer.content.decode()


@pytest.mark.parametrize("name", ["bo", "greta", "mona", "disa", "hugo", "ines", "jonas"])
def test_not_yours_and_not_there_are_the_same(visit, case: Case, name: str) -> None:
    other, lines = visit(name), AuditEvent.objects.count()
    for id in (case.id, uuid4()):
        for path in ("", "identitet/", "utdrag/"):
            address = f"{LIST}{id}/{path}"
            assert other.get(address).status_code == other.post(address, {"purpose": "x"}).status_code == 404
    assert "påhittat ärende" not in other.get(LIST).content.decode()
    assert not AuditEvent.objects.filter(
        sequence__gte=lines, action__startswith="case.", object=str(case.id)
    ).exists()


def test_an_erased_case_is_not_there(visit, case: Case) -> None:
    actions.erase(case=case, by=person("alva"))
    assert visit("alva").get(f"{LIST}{case.id}/").status_code == 404


def test_a_role_without_the_key_lists_nothing_and_opens_nothing(visit, case: Case, mika) -> None:
    RoleHeld.objects.create(user=person("cilla"), role="mika_counsellor", team=mika)
    cilla = visit("cilla")
    assert "inte mottagningens nyckel" in cilla.get(LIST).content.decode()
    assert cilla.post(f"{LIST}{case.id}/", {"purpose": "möte"}).status_code == 404


def test_a_member_who_was_shut_out_opens_nothing(visit, case: Case, mika) -> None:
    alva = visit("alva")
    TeamWrap.objects.filter(user=person("alva")).delete()
    assert alva.post(f"{LIST}{case.id}/", {"purpose": "möte"}).status_code == 404
