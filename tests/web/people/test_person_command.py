"""`klarsyn person`: what an operator does for the staff from the shell, and what is refused."""

from __future__ import annotations

import argparse
import getpass

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.config.cli import people
from klarsyn.people.demo import DEMO_PASSWORD, demo_keys
from klarsyn.people.factors import held
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from tests.make import PASSWORD, member
from tests.people import person
from tests.web.people.steps import with_app

MIKA = "Mika-mottagningen (påhittad)"


def run(*argv: str) -> int:
    parser = argparse.ArgumentParser()
    people.add(parser.add_subparsers())
    args = parser.parse_args(["person", *argv])
    return args.run(args)


def test_a_head_is_given_by_the_shell_and_taken_again(db, capsys) -> None:
    cilla = person("cilla")
    where = ("--role", "reception_head", "--team", MIKA)
    assert run("give", "cilla", *where) == 0 and User.objects.get(pk=cilla.pk).may(Permission.ROLE_CHANGE)
    assert run("take", "cilla", *where) == 0 and not User.objects.get(pk=cilla.pk).may(Permission.ROLE_CHANGE)
    assert [(e.action, e.actor) for e in AuditEvent.objects.order_by("-sequence")[:2]] == [
        ("role.take", "klarsyn"), ("role.give", "klarsyn"),
    ]  # fmt: skip
    assert run("take", "cilla", *where) == 1 and "har inte rollen" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("give", "ingen", "--role", "analyst"), "Kontot ingen finns inte"),
        (("give", "cilla", "--role", "mika_counsellor"), "gäller en mottagning"),
        (("give", "cilla", "--role", "mika_counsellor", "--team", "Saknas"), "Gruppen Saknas finns inte"),
        (("give", "cilla", "--role", "analyst", "--unit", "Öster"), "gäller hela kommunen"),
        (("connect", "bo", "--hsa-id", "SE-1"), "hör redan till ett annat konto"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_and_nothing_is_changed(db, capsys, argv, says) -> None:
    person("cilla")
    User.objects.filter(username="alva").update(hsa_id="SE-1")
    lines = AuditEvent.objects.count()
    assert run(*argv) == 1
    told = capsys.readouterr().err
    assert says in told and "Inget är" in told and told.count("\n") == 1
    assert AuditEvent.objects.count() == lines


def test_an_identity_is_tied_and_untied(db) -> None:
    person("cilla")
    for hsa_id, kept in (("SE-2", "SE-2"), ("", None)):
        assert run("connect", "cilla", "--hsa-id", hsa_id) == 0
        assert User.objects.get(username="cilla").hsa_id == kept


def test_somebody_who_lost_everything_sets_up_a_factor_anew_and_is_out_everywhere(visit) -> None:
    client, alva = visit("alva"), person("alva")
    with_app(alva)
    assert client.get("/personal/").status_code == 200
    assert run("forget-factors", "alva") == 0
    assert held.kinds(alva) == frozenset() and client.get("/personal/").status_code == 302
    assert AuditEvent.objects.filter(action="factor.reset", object=alva.pseudonym).count() == 1


def test_a_forgotten_password_gives_new_keys_and_a_colleague_lets_alva_in_again(db, monkeypatch) -> None:
    alva, cilla = person("alva"), person("cilla")
    mika, old = Team.objects.get(kind="mika"), demo_keys(alva)
    teams.add_member(team=mika, member=cilla, by=alva, keys=old)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "tre gula båtar i motvind")
    assert run("new-password", "alva") == 0
    assert unlock("alva", DEMO_PASSWORD) is None
    found = unlock("alva", "tre gula båtar i motvind")
    assert found is not None and found[1].seeds() != old.seeds()
    assert teams.open_teams(found[1]) == {}
    teams.add_member(team=mika, member=alva, by=cilla, keys=demo_keys(cilla))
    assert set(teams.open_teams(found[1])) == {mika.id}


def test_a_reception_begins_with_its_first_members_own_password(db, capsys, monkeypatch) -> None:
    person("cilla")
    member("nils")
    typed = iter(["fel lösenord", PASSWORD, PASSWORD])
    monkeypatch.setattr(getpass, "getpass", lambda _ask: next(typed))
    founded = ("found-team", "nils", "--kind", "mika", "--name", "Mika i norr")
    assert run(*founded) == 1 and "stämmer inte" in capsys.readouterr().err
    assert not Team.objects.filter(name="Mika i norr").exists()
    assert run(*founded) == 0
    nils, team = User.objects.get(username="nils"), Team.objects.get(name="Mika i norr")
    assert nils.may_in_team(Permission.CASE_READ, team)
    found = unlock("nils", PASSWORD)
    assert found is not None and team.id in teams.open_teams(found[1])
    assert run(*founded) == 1 and "finns redan" in capsys.readouterr().err


def test_a_closed_account_signs_in_no_more_and_gets_no_new_key(visit, capsys) -> None:
    alva, hers, team = person("alva"), demo_keys(person("alva")), Team.objects.get(name=MIKA)
    nils, otto = member("nils"), member("otto")
    for user in (nils, otto):
        teams.add_member(team=team, member=user, by=alva, keys=hers)
    assert run("close", "nils") == 0 and unlock("nils", PASSWORD) is None
    assert run("close", "nils") == 1 and "redan stängt" in capsys.readouterr().err
    assert "har nyckeln men ingen roll" in visit("alva").get("/personal/nycklar/").content.decode()
    teams.remove_member(team=team, member=otto, by=alva, keys=hers, reason="slutar")
    assert not teams.active(team).wraps.filter(user=nils).exists()
    assert AuditEvent.objects.get(action="person.close").object == nils.pseudonym
