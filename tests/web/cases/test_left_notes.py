"""A working note whose author has left no longer keeps a case open: a colleague takes it over or throws it away."""

from __future__ import annotations

from datetime import date

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, caseload, left_notes
from klarsyn.cases.models import Case, RecordState
from klarsyn.people.demo import demo_keys
from klarsyn.people.keys import teams
from klarsyn.people.models import RoleHeld, User
from tests.people import person
from tests.unit.people.keys.conftest import someone
from tests.web.cases.conftest import read

WHY = {"why": "Berit har slutat."}


@pytest.fixture
def left(case: Case) -> tuple[str, str, User]:
    """(the case's address, the note's page, its author), who held the key and the role and wrote."""
    berit, hers = someone("berit")
    alva = person("alva")
    teams.add_member(team=case.team, member=berit, by=alva, keys=demo_keys(alva))
    RoleHeld.objects.create(user=berit, role="mika_counsellor", team=case.team)
    berit = User.objects.get(pk=berit.pk)
    data = {"type": "VISIT", "text": "Det Berit såg"}
    note = access.write_entry(berit, hers, case.pk, kind="note", data=data, event_day=date(2026, 1, 1))
    page = f"/personal/arenden/{case.pk}/"
    return page, f"{page}kvarlamnad/{note}/", berit


def _leaves(berit: User) -> None:
    RoleHeld.objects.filter(user=berit).delete()


def test_taken_over_it_is_the_colleagues_own_and_the_case_can_end(visit, case: Case, left) -> None:
    page, note, berit = left
    _leaves(berit)
    alva = visit("alva")
    read(case, "Berits ärende")
    shown = alva.get(page).content.decode()
    assert "Ta över eller kasta" in shown and "Det Berit såg" not in shown + alva.get(note).content.decode()
    assert alva.post(note, {"why": " ", "act": "take"}).status_code == 422
    assert alva.post(note, {**WHY, "act": "take"}).status_code == 302
    assert "Skriv vidare" in alva.get(page).content.decode()
    row = case.records.get(state=RecordState.WORKING)
    me, hers = person("alva"), demo_keys(person("alva"))
    access.lock_entry(me, hers, case.pk, row.pk, revision=row.revision)
    caseload.close(me, hers, case.pk, because="done", words="")
    line = AuditEvent.objects.get(action="case.take_over")
    assert (line.actor, line.object) == (me.pseudonym, str(case.pk)) and line.detail


def test_thrown_away_nobody_reads_it(visit, case: Case, left) -> None:
    _page, note, berit = left
    _leaves(berit)
    assert visit("alva").post(note, {**WHY, "act": "drop"}).status_code == 302
    assert not case.records.filter(state=RecordState.WORKING).exists()
    assert AuditEvent.objects.get(action="case.drop").detail


def test_the_door_itself_wants_to_know_why(case: Case, left) -> None:
    _page, _note, berit = left
    _leaves(berit)
    me, row = person("alva"), case.records.get(state=RecordState.WORKING)
    with pytest.raises(Refused, match="Skriv varför"):
        left_notes.settle(me, demo_keys(me), case.pk, row.pk, reason=" \n", is_dropped=True)
    assert case.records.filter(pk=row.pk).exists()


def test_while_the_author_works_here_it_is_theirs(visit, case: Case, left) -> None:
    page, note, _berit = left
    alva = visit("alva")
    read(case, "möte")
    assert "Ta över" not in alva.get(page).content.decode()
    for act in ("take", "drop"):
        assert alva.post(note, {**WHY, "act": act}).status_code == 422
    assert case.records.filter(state=RecordState.WORKING).count() == 1


@pytest.mark.parametrize("name", ["bo", "greta", "mona", "disa"])
def test_nobody_else_has_such_a_page(visit, case: Case, left, name: str) -> None:
    _page, note, berit = left
    _leaves(berit)
    other = visit(name)
    assert other.get(note).status_code == other.post(note, {**WHY, "act": "drop"}).status_code == 404
    assert case.records.filter(state=RecordState.WORKING).exists()
