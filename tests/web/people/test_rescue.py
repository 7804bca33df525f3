"""Two officers, each in a session of their own, bring back a reception that nobody can open; never one alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.people.demo import MIKA
from klarsyn.people.keys import escrow, teams
from klarsyn.people.keys.accounts import make_keys, unlock
from klarsyn.people.models import EscrowPair, RoleHeld, Team, TeamWrap, User
from tests.make import PASSWORD, member
from tests.people import DEMO_PASSWORD, person

PAGE = "/personal/nyckelombud/"
WHY = "Alva är borta och ingen annan har nyckeln."


@pytest.fixture
def mika(db: None) -> Team:
    person("alva")
    return Team.objects.get(name=MIKA)


@pytest.fixture
def lost(mika: Team) -> Team:
    """Nobody can open Mika any more."""
    TeamWrap.objects.filter(epoch__team=mika).delete()
    return mika


@pytest.fixture
def nils(mika: Team) -> User:
    user = member("nils")
    RoleHeld.objects.create(user=user, role="mika_counsellor", team=mika)
    return user


def _hand_over(client, team: Team, to: str = "karin", reason: str = WHY):
    return client.post(f"{PAGE}{team.id}/lamna-over/", {"to": person(to).pk, "reason": reason})


def _finish(client, team: Team, who: User):
    return client.post(f"{PAGE}{team.id}/slapp-in/", {"member": who.pk, "reason": "ny samtalsstödjare"})


def _opens(user: User, team: Team) -> bool:
    found = unlock(user.username, PASSWORD)
    return found is not None and team.id in teams.open_teams(found[1])


def test_jonas_begins_and_karin_finishes_and_the_log_tells_both(visit, lost: Team, nils: User) -> None:
    jonas, karin = visit("jonas"), visit("karin")
    assert "Börja återställa" in jonas.get(PAGE).content.decode()
    assert _hand_over(jonas, lost).status_code == 302
    waiting = karin.get(PAGE).content.decode()
    assert WHY in waiting and "Jonas Demo lämnade över sin del" in waiting
    assert "Karin Demo slutför" in jonas.get(PAGE).content.decode()
    assert "nils" in karin.get(f"{PAGE}{lost.id}/slapp-in/").content.decode().lower()
    assert _finish(karin, lost, nils).status_code == 302
    assert _opens(nils, lost)
    lines = AuditEvent.objects.filter(action__startswith="escrow").exclude(action="escrow.appoint")
    assert [(e.action, e.actor) for e in lines] == [
        ("escrow.hand_over", person("jonas").pseudonym), ("escrow.let_in", person("karin").pseudonym),
    ]  # fmt: skip
    assert all(line.detail for line in lines)
    assert "Du behövs inte nu" in karin.get(PAGE).content.decode()


def test_neither_officer_alone_lets_anybody_in(visit, lost: Team, nils: User) -> None:
    jonas, karin = visit("jonas"), visit("karin")
    assert _finish(karin, lost, nils).status_code == 404
    _hand_over(jonas, lost)
    assert _finish(jonas, lost, nils).status_code == 404
    assert jonas.post(f"{PAGE}{lost.id}/ta-tillbaka/").status_code == 302
    assert _finish(karin, lost, nils).status_code == 404
    assert not _opens(nils, lost)


def test_nothing_is_handed_over_while_somebody_has_the_key(visit, mika: Team, nils: User) -> None:
    answer = _hand_over(visit("jonas"), mika)
    assert answer.status_code == 409 and "fortfarande nyckeln" in answer.content.decode()
    assert not EscrowPair.objects.filter(handed_over__isnull=False).exists()


def test_a_part_older_than_a_week_is_not_good_any_more(visit, lost: Team, nils: User, monkeypatch) -> None:
    _hand_over(visit("jonas"), lost)
    pair = EscrowPair.objects.get(handed_over__isnull=False)
    now = datetime.now(UTC)
    assert escrow.is_waiting(pair, now + timedelta(days=6)) and not escrow.is_waiting(
        pair, now + timedelta(days=8)
    )
    monkeypatch.setattr(escrow, "WAITS", timedelta(seconds=-1))
    karin = visit("karin")
    assert "gäller inte längre" in karin.get(PAGE).content.decode()
    assert _finish(karin, lost, nils).status_code == 409 and not _opens(nils, lost)


def test_only_who_has_the_role_is_let_in_and_no_officer(visit, lost: Team) -> None:
    otto, karin = member("otto"), visit("karin")
    _hand_over(visit("jonas"), lost)
    for who in (otto, person("karin"), person("jonas"), person("bo")):
        assert _finish(karin, lost, who).status_code == 422
    assert not TeamWrap.objects.filter(epoch__team=lost).exists()


def test_officers_with_newer_keys_are_told_so(visit, lost: Team) -> None:
    make_keys(person("jonas"), DEMO_PASSWORD)
    answer = _hand_over(visit("jonas"), lost)
    assert answer.status_code == 409 and "nyare än uppdraget" in answer.content.decode()


@pytest.mark.parametrize("name", ["alva", "greta", "disa", "hugo", "ines"])
def test_nobody_else_sees_the_officers_page(visit, lost: Team, name: str) -> None:
    other = visit(name)
    for answer in (other.get(PAGE), _hand_over(other, lost), other.post(f"{PAGE}{lost.id}/ta-tillbaka/")):
        assert answer.status_code == 404


def test_an_officer_of_nobody_is_told_so_and_begins_nothing(visit, lost: Team) -> None:
    EscrowPair.objects.all().delete()
    jonas = visit("jonas")
    assert "inte utsedd" in jonas.get(PAGE).content.decode()
    assert _hand_over(jonas, lost).status_code == 404
