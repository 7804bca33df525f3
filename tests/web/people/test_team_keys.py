"""Who holds a reception's key: its members share it and take it back, and each act is told in the log."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from klarsyn.base.audit.words import key_words
from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions as cases
from klarsyn.people import membership
from klarsyn.people.demo import KAST, MIKA, demo_keys
from klarsyn.people.entering import STEPPED_UP
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import make_keys, unlock
from klarsyn.people.models import EscrowPair, RoleHeld, Team, TeamEpoch, TeamWrap, User
from tests.make import PASSWORD, member
from tests.people import person

PAGE = "/personal/nycklar/"


@pytest.fixture
def mika(db: None) -> Team:
    person("alva")
    return Team.objects.get(name=MIKA)


@pytest.fixture
def nils(mika: Team) -> User:
    """Somebody to whom the head has given the counsellors' role, and nobody yet the key."""
    user = member("nils")
    RoleHeld.objects.create(user=user, role="mika_counsellor", team=mika)
    return user


def _opens(user: User, team: Team) -> bool:
    found = unlock(user.username, PASSWORD)
    return found is not None and team.id in teams.open_teams(found[1])


def _let_in(client: Client, team: Team, user: User):
    return client.post(f"{PAGE}{team.id}/slapp-in/{user.pk}/")


def _take_out(client: Client, team: Team, user: User, reason: str = "slutar i dag"):
    return client.post(f"{PAGE}{team.id}/ta-ut/{user.pk}/", {"reason": reason})


def test_alva_lets_in_a_colleague_whose_words_she_has_heard(visit, mika: Team, nils: User) -> None:
    alva = visit("alva")
    assert "väntar på att bli insläppt" in alva.get(PAGE).content.decode()
    asked = alva.get(f"{PAGE}{mika.id}/slapp-in/{nils.pk}/").content.decode()
    assert key_words(bytes(nils.key.public)) in asked
    assert not _opens(nils, mika)
    assert _let_in(alva, mika, nils).status_code == 302
    assert _opens(nils, mika)
    line = AuditEvent.objects.filter(action="team.add").last()
    assert line is not None
    assert (line.actor, line.object) == (person("alva").pseudonym, nils.pseudonym)


def test_a_colleague_with_a_new_password_is_let_in_again(visit, mika: Team, nils: User) -> None:
    alva = visit("alva")
    _let_in(alva, mika, nils)
    make_keys(nils, PASSWORD)
    TeamWrap.objects.filter(user=nils).delete()  # as `klarsyn person new-password` does
    assert "väntar på att bli insläppt" in alva.get(PAGE).content.decode()
    _let_in(alva, mika, nils)
    assert _opens(nils, mika)


def test_nobody_is_let_in_without_the_role_that_the_head_gives(visit, mika: Team) -> None:
    otto = member("otto")
    assert _let_in(visit("alva"), mika, otto).status_code == 404
    with pytest.raises(membership.Refused, match="Be enhetschefen"):
        membership.let_in(team=mika, member=otto, by=person("alva"), keys=demo_keys(person("alva")))
    assert not _opens(otto, mika)


def test_taken_out_is_out_at_once_and_the_officers_are_appointed_anew(visit, mika, nils) -> None:
    alva = visit("alva")
    _let_in(alva, mika, nils)
    assert _take_out(alva, mika, nils, " ").status_code == 422 and _opens(nils, mika)
    assert _take_out(alva, mika, nils).status_code == 302
    assert not _opens(nils, mika)
    assert EscrowPair.objects.filter(epoch=teams.active(mika)).count() == 2
    assert teams.active(mika).epoch == 2
    line = AuditEvent.objects.get(action="team.remove")
    assert line.object == nils.pseudonym and line.detail
    assert "uttagen, men rollen är kvar" in alva.get(PAGE).content.decode()
    assert (
        "En kollega har tagit ut personen"
        in alva.get(f"{PAGE}{mika.id}/slapp-in/{nils.pk}/").content.decode()
    )


def test_sealing_anew_goes_on_where_it_stood_until_nothing_is_left(visit, mika, nils, monkeypatch) -> None:
    monkeypatch.setattr("klarsyn.cases.rekeying.BATCH", 2)
    monkeypatch.setattr(membership, "STEP", 1)
    hers = demo_keys(person("alva"))
    for number in range(3):
        cases.open_case(team=mika, by=person("alva"), keys=hers, summary=f"påhittat {number}")
    alva = visit("alva")
    _let_in(alva, mika, nils)
    _take_out(alva, mika, nils)
    assert "0 av 3" in alva.get(PAGE).content.decode()
    part = alva.post(f"{PAGE}{mika.id}/forsegla-om/", headers={"HX-Request": "true"}).content.decode()
    assert "2 av 3" in part and "submit, load" in part and "<html" not in part
    for _ in range(3):  # the rest, once more from the beginning, and the old key is destroyed
        assert alva.post(f"{PAGE}{mika.id}/forsegla-om/").status_code == 302
    assert "förseglas om" not in alva.get(PAGE).content.decode()
    assert not TeamEpoch.objects.filter(state="draining").exists()


def test_alva_cannot_take_herself_out_and_greta_changes_nothing(visit, mika, nils) -> None:
    alva, greta = visit("alva"), visit("greta")
    assert _take_out(alva, mika, person("alva")).status_code == 404
    page = greta.get(PAGE).content.decode()
    assert MIKA in page and KAST not in page and "Släpp in" not in page
    for answer in (_let_in(greta, mika, nils), _take_out(greta, mika, person("alva"))):
        assert answer.status_code == 404


@pytest.mark.parametrize("name", ["bo", "disa", "hugo", "ines", "jonas", "mona"])
def test_nobody_else_sees_or_changes_mikas_keys(visit, mika: Team, nils: User, name: str) -> None:
    other = visit(name)
    assert MIKA not in other.get(PAGE).content.decode()
    for answer in (
        _let_in(other, mika, nils), _take_out(other, mika, nils),
        other.post(f"{PAGE}{mika.id}/forsegla-om/"), other.post(f"{PAGE}{mika.id}/nyckelombud/"),
        other.get(f"{PAGE}{nils.uid}/ta-ut/{nils.pk}/"),
    ):  # fmt: skip
        assert answer.status_code == 404


def test_a_key_is_shared_only_after_showing_again_who_it_is(visit, mika: Team, nils: User) -> None:
    alva = visit("alva")
    session = alva.session
    session[STEPPED_UP] = 0
    session.save()
    came = {"Referer": f"http://testserver{PAGE}"}
    answer = alva.post(f"{PAGE}{mika.id}/nyckelombud/", headers=came)
    assert (
        answer["Location"] == f"/personal/bekrafta/?next={PAGE}"
    )  # back to the page, not to the form's address
    elsewhere = alva.post(f"{PAGE}{mika.id}/nyckelombud/", headers={"Referer": "https://annan.example/x"})
    assert "annan" not in elsewhere["Location"]
    assert "bekrafta" in _let_in(alva, mika, nils)["Location"] and not _opens(nils, mika)


def test_who_has_a_role_and_no_key_is_told_to_ask(visit, mika: Team, nils: User) -> None:
    TeamWrap.objects.all().delete()
    alva = visit("alva")
    assert "Släpp in" not in alva.get(PAGE).content.decode()
    answer = alva.post(f"{PAGE}{mika.id}/nyckelombud/")
    assert answer.status_code == 409 and "inte mottagningens nyckel" in answer.content.decode()


def test_everyone_reads_the_words_of_their_own_key(visit) -> None:
    page = visit("alva").get("/personal/sakerhet/").content.decode()
    words = key_words(bytes(person("alva").key.public))
    assert words in page and re.fullmatch(r"(?:[a-z]{5} ?){4}", words)
