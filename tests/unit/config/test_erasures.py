"""The ledger of what must stay gone: an intent before the transaction ends, done after it, settled after a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from klarsyn.base import erasures
from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.config import backup
from klarsyn.people.keys import teams
from tests.unit.cases.conftest import Mika

pytestmark = pytest.mark.django_db(transaction=True)


def _case(m: Mika) -> Case:
    return actions.open_case(team=m.team, by=m.alva, keys=m.hers, summary="x")


class Killed(Exception):
    pass


def test_an_erasure_that_never_ended_leaves_a_case_that_lives_and_no_line_that_says_otherwise(
    mika: Mika,
) -> None:
    case = _case(mika)
    with pytest.raises(Killed), transaction.atomic():
        actions.erase(case=case, by=mika.alva)
        raise Killed
    assert list(erasures.noted()) == [] and erasures.unsettled() == [("case", str(case.id))]
    assert backup.finish_if_broken_off() is False
    assert list(erasures.noted()) == [] == erasures.unsettled()
    assert backup.replay() == (0, 0) and Case.objects.get().state == "open"
    actions.erase(case=case, by=mika.alva)  # once more, and this time it ends
    assert list(erasures.noted()) == [("case", str(case.id))] and erasures.unsettled() == []


def test_an_erasure_that_ended_and_could_not_be_noted_is_noted_when_the_site_starts(
    mika: Mika, monkeypatch
) -> None:
    case, written = _case(mika), erasures.durable.add_line

    def full(path: Path, line: bytes) -> None:
        if json.loads(line)["is"] == "done":
            raise OSError(28, "No space left on device")
        written(path, line)

    monkeypatch.setattr(erasures.durable, "add_line", full)
    with pytest.raises(OSError):  # so nobody is told that it is done
        actions.erase(case=case, by=mika.alva)
    assert Case.objects.get().state == "erased" and list(erasures.noted()) == []
    monkeypatch.undo()
    assert backup.settle() == (1, 0) and backup.settle() == (0, 0)
    assert list(erasures.noted()) == [("case", str(case.id))]


def test_a_removal_is_settled_by_who_still_holds_a_key(mika: Mika) -> None:
    line = f"{mika.team.id}/{mika.cilla.uid}/1"
    with pytest.raises(Killed), transaction.atomic():
        teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
        raise Killed
    assert erasures.unsettled() == [("member", line)] and backup.settle() == (0, 1)
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    assert list(erasures.noted()) == [("member", line)]
    with transaction.atomic():
        assert teams.is_shut_out(line)


def test_an_older_ledgers_line_is_done_and_nothing_takes_it_back(mika: Mika) -> None:
    erasures.path().parent.mkdir(parents=True, exist_ok=True)
    erasures.path().write_text('{"kind": "case", "id": "1"}\n{"kind": "case", "i\n')
    erasures.settle(lambda _kind, _id: False)
    with transaction.atomic():
        erasures.note("case", "1")
    assert list(erasures.noted()) == [("case", "1")] and erasures.unsettled() == []


def test_on_a_machine_without_the_database_a_restore_goes_on(mika: Mika, monkeypatch) -> None:
    def gone() -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr(backup, "settle", gone)
    backup._settle_while_the_database_is_here()
