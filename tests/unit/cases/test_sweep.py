"""The night's word erases what needs nobody's decision, and of the cases says only how many fall due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from klarsyn.base import leftovers
from klarsyn.base.vault import About
from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.config.cli import main
from klarsyn.contact import receivers, visitor
from klarsyn.contact.models import Access
from klarsyn.contact.visitor import Given
from klarsyn.receptions.models import Reception
from tests.unit.cases.conftest import Mika

pytestmark = pytest.mark.django_db(transaction=True)


def test_contacts_go_by_themselves_and_cases_are_counted(mika: Mika, capsys, monkeypatch) -> None:
    cleared: list[bool] = []
    clear = leftovers.clear
    monkeypatch.setattr(
        leftovers, "clear", lambda *, vacuum=False: cleared.append(vacuum) or clear(vacuum=vacuum)
    )
    Reception.objects.create(kind="mika", host_code="0680", team=mika.team)
    file = Given(About("a.txt", "text/plain", 3), is_original=False, body=b"abc")
    visitor.begin(receivers.receiver("mika"), "Hej", [file])
    Access.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    case = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary="Första samtalet")
    actions.close(case=case, by=mika.alva, retention_on=date(timezone.localdate().year, 12, 31))
    assert main(["sweep"]) == 0
    said = capsys.readouterr().out
    assert (
        "1 erased" in said and "1 cases fall due" in said and "0 surveys" in said and str(case.pk) not in said
    )
    assert not Access.objects.exists() and Case.objects.get().keys.exists()
    assert main(["sweep", "--vacuum"]) == 0 and "0 erased" in capsys.readouterr().out
    assert cleared == ([False, True] if connection.vendor == "sqlite" else [])
