"""The drill: back up, lose everything, restore; what was erased or shut out since stays so."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions, queries
from klarsyn.cases.models import Case, CaseState, Compartment
from klarsyn.config import backup
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import StaffSession, User
from klarsyn.people.sessions import SessionStore
from tests.unit.cases.conftest import Mika
from tests.unit.people.keys.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Det hon berättade i förtroende."


def _case(m: Mika) -> Case:
    case = actions.open_case(team=m.team, by=m.alva, keys=m.hers, summary="Samtal")
    actions.add_record(case=case, compartment=Compartment.NOTES, by=m.alva, keys=m.hers, text=TEXT)
    return case


def _reads(m: Mika, case: Case, keys) -> bool:
    epochs = teams.open_teams(keys).get(m.team.id, {})
    shown = queries.shown(Case.objects.get(pk=case.pk), epochs, frozenset({Compartment.NOTES}))
    return shown.records[0].text == TEXT


def test_a_restore_brings_cases_back_and_not_who_or_what_was_removed_since(
    mika: Mika, ground: Path, settings
) -> None:
    kept, erased = _case(mika), _case(mika)
    (settings.HOME / "indicators").mkdir()
    (settings.HOME / "indicators" / "eget.toml").write_text("id = 'eget'")
    session = SessionStore()
    session.create()
    secret, recipient = backup.new_identity()
    target = ground / "copy.age"
    backup.make(target, [recipient])

    actions.erase(case=Case.objects.get(pk=erased.pk), by=mika.alva)
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    lost = _case(mika)
    (settings.HOME / "indicators" / "eget.toml").unlink()

    done = backup.restore(target, secret)
    assert (done.erased_again, done.shut_out_again) == (1, 1) and done.files >= 1
    _user, hers = unlock("alva", PASSWORD)
    assert _reads(mika, kept, hers) and not Case.objects.filter(pk=lost.pk).exists()
    assert Case.objects.get(pk=erased.pk).state == CaseState.ERASED
    assert not Case.objects.get(pk=erased.pk).keys.exists()
    assert (
        teams.open_teams(unlock("cilla", PASSWORD)[1]) == {}
        and User.objects.filter(username="cilla").exists()
    )
    assert (settings.HOME / "indicators" / "eget.toml").read_text() == "id = 'eget'"
    assert not StaffSession.objects.exists() and AuditEvent.objects.filter(action="backup.restore").exists()


def test_a_backup_says_nothing_and_holds_no_key(mika: Mika, ground: Path) -> None:
    _case(mika)
    secret, recipient = backup.new_identity()
    backup.make(ground / "home" / "copies" / "copy.age", [recipient])  # its own workplace lies beside it
    (ground / "home" / "copies" / "copy.age").rename(ground / "copy.age")
    body = (ground / "copy.age").read_bytes()
    assert body.startswith(b"age-encryption.org/v1") and b"SQLite format" not in body and b"alva" not in body
    assert backup.opens(body, secret) and not backup.opens(body, backup.new_identity()[0])
    backup._decrypt(ground / "copy.age", secret, ground / "plain")
    plain = (ground / "plain").read_bytes()
    assert TEXT.encode() not in plain and b"pepper.json" not in plain and b"auditor.json" not in plain
    assert b"plain.tar" not in plain


def test_a_damaged_backup_or_a_wrong_key_changes_nothing(mika: Mika, ground: Path) -> None:
    case = _case(mika)
    secret, recipient = backup.new_identity()
    target = ground / "copy.age"
    backup.make(target, [recipient])
    whole = target.read_bytes()
    target.write_bytes(whole[:-100])
    for identity in (secret, backup.new_identity()[0], "inte en nyckel"):
        with pytest.raises(Refused, match="Inget är ändrat"):
            backup.restore(target, identity)
    assert _reads(mika, case, mika.hers)
    for wrong in ([], ["age1fel"]):
        with pytest.raises(Refused, match="Inget är skrivet"):
            backup.make(ground / "other.age", wrong)
    assert not (ground / "other.age").exists() and not list(ground.glob(".backup-*"))
    assert connection.is_usable()


def test_a_restore_that_was_killed_is_finished_before_the_site_is_served(
    mika: Mika, ground: Path, settings, monkeypatch
) -> None:
    """The old rows are back, and with them what was erased: nothing is served before that is gone again."""
    case = _case(mika)
    secret, recipient = backup.new_identity()
    backup.make(ground / "copy.age", [recipient])
    actions.erase(case=case, by=mika.alva)
    teams.remove_member(team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar")
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(backup, "finish", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        backup.restore(ground / "copy.age", secret)
    assert Case.objects.get(pk=case.pk).state == CaseState.OPEN  # the gap that must not be served
    left = Path(settings.HOME) / ".backup-999999999-x"
    left.mkdir()
    assert backup.finish_if_broken_off() and not backup.finish_if_broken_off()
    assert Case.objects.get(pk=case.pk).state == CaseState.ERASED and not left.exists()
    assert teams.open_teams(mika.cillas) == {}
