"""More cases than an hour allows: asked with a reason by one, agreed to by another of the same reception."""

from __future__ import annotations

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.cases import budget
from klarsyn.cases.models import Case
from klarsyn.people.entering import STEPPED_UP
from tests.people import person
from tests.web.cases.conftest import read

PAGE, WHY = "/personal/fler-arenden/", "Genomgång inför tillsynen."


def _asked() -> int:
    return AuditEvent.objects.get(action=budget.ACT_ASK).sequence


def _agree(client, asked: int):
    return client.post(f"{PAGE}{asked}/godkann/")


def test_alva_asks_and_greta_reads_why_and_agrees(visit, case: Case, settings) -> None:
    settings.CASES_AN_HOUR = 0
    alva, greta = visit("alva"), visit("greta")
    with pytest.raises(budget.BudgetSpent):
        read(case, "möte")
    assert alva.post(PAGE, {"reason": WHY}).status_code == 302
    page = alva.get(PAGE).content.decode()
    assert "väntar på någon annan" in page and "Be om fler" not in page
    assert alva.post(PAGE, {"reason": WHY}).status_code == 409  # one question at a time
    settings.CASES_AN_HOUR = 1
    page = greta.get(PAGE).content.decode()
    assert WHY in page and "Alva Demo" in page and "Be om fler" not in page
    assert _agree(greta, _asked()).status_code == 302
    assert budget.allowed(person("alva")) == 2
    assert "Ingen frågar just nu" in greta.get(PAGE).content.decode()
    line = AuditEvent.objects.get(action=budget.ACT_MORE)
    assert (line.actor, line.object) == (person("greta").pseudonym, person("alva").pseudonym)


def test_nobody_agrees_for_themselves_or_for_another_reception(visit, mika) -> None:
    alva = visit("alva")
    alva.post(PAGE, {"reason": WHY})
    assert _agree(alva, _asked()).status_code == 404
    for name in ("bo", "mona"):
        other = visit(name)
        assert WHY not in other.get(PAGE).content.decode() and _agree(other, _asked()).status_code == 404
    assert not AuditEvent.objects.filter(action=budget.ACT_MORE).exists()


def test_to_agree_one_shows_again_who_one_is_and_a_reason_must_be_written(visit, mika) -> None:
    alva, greta = visit("alva"), visit("greta")
    assert alva.post(PAGE, {"reason": " "}).status_code == 422
    alva.post(PAGE, {"reason": WHY})
    session = greta.session
    session[STEPPED_UP] = 0
    session.save()
    assert "bekrafta" in _agree(greta, _asked())["Location"]


def test_greta_reads_no_cases_and_asks_for_none(visit, mika) -> None:
    assert visit("greta").post(PAGE, {"reason": WHY}).status_code == 404


@pytest.mark.parametrize("name", ["disa", "hugo", "ines", "cilla"])
def test_nobody_else_sees_the_page(visit, mika, name: str) -> None:
    other = visit(name)
    assert other.get(PAGE).status_code == other.post(PAGE, {"reason": WHY}).status_code == 404
    assert _agree(other, 1).status_code == 404
