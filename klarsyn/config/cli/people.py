"""`klarsyn person`: roles, identities and lost second factors, from the server's shell."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from klarsyn.base.audit.recording import NotLogged
from klarsyn.base.errors import Refused
from klarsyn.base.vault import NotReady
from klarsyn.people import actions
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.people.roles import BY_KEY, Reach

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: Words) -> None:
    """The words `person give`, `take`, `connect`, `forget-factors`, `close`, `new-password`, `found-team`."""
    person = subparsers.add_parser("person", help="roles, identities and lost second factors of staff")
    words = person.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, act, told in (("give", _give, "give a role"), ("take", _take, "take a role away at once")):
        one = words.add_parser(name, help=told)
        one.add_argument("username")
        one.add_argument("--role", required=True, choices=sorted(BY_KEY))
        one.add_argument("--team", default="", help="a team's name, for a role of one reception")
        one.add_argument("--unit", default="", help="a unit's name, for a role of one unit")
        one.set_defaults(run=_run(act))
    tie = words.add_parser("connect", help="tie an account to the municipality's own sign-in")
    tie.add_argument("username")
    tie.add_argument("--hsa-id", required=True, help='the identifier over there; "" unties')
    tie.set_defaults(run=_run(_connect))
    lost = words.add_parser("forget-factors", help="for somebody who has lost phone, key and paper")
    lost.add_argument("username")
    lost.set_defaults(run=_run(_forget))
    leaver = words.add_parser("close", help="somebody has left: close the account at once")
    leaver.add_argument("username")
    leaver.set_defaults(run=_run(_close))
    new = words.add_parser(
        "new-password", help="for a forgotten password; the person types it. Makes new keys"
    )
    new.add_argument("username")
    new.set_defaults(run=_run(_new_password))
    _add_team_words(words)


def _add_team_words(words: Words) -> None:
    found = words.add_parser("found-team", help="a new reception; its first member types the password")
    found.add_argument("username")
    found.add_argument("--kind", required=True, choices=Team.Kind.values)
    found.add_argument("--name", required=True)
    found.set_defaults(run=_run(_found_team))


def _run(act: Callable[[User, argparse.Namespace], str]) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        try:
            print(act(actions.named(args.username), args))
        except (Refused, NotLogged, NotReady) as refusal:
            print(refusal, file=sys.stderr)
            return 1
        return 0

    return run


def _give(user: User, args: argparse.Namespace) -> str:
    actions.give_role(user=user, role=args.role, team=_team(args.team), unit=args.unit)
    return f"{user.name}: {BY_KEY[args.role].name}."


def _take(user: User, args: argparse.Namespace) -> str:
    row = RoleHeld.objects.filter(user=user, role=args.role, team=_team(args.team), unit=args.unit).first()
    if row is None:
        raise Refused(f"{user.name} har inte rollen {args.role} där. Inget är ändrat.")
    actions.take_role(row=row)
    return f"{user.name} har inte längre rollen {args.role}. Nycklar tas av en kollega i gruppen."


def _connect(user: User, args: argparse.Namespace) -> str:
    actions.connect_identity(user=user, hsa_id=args.hsa_id.strip())
    return f"{user.name} kan logga in hos kommunen." if user.hsa_id else f"{user.name} loggar in bara här."


def _close(user: User, args: argparse.Namespace) -> str:
    actions.close_account(user=user)
    return f"{user.name} kan inte logga in längre. Nycklar tas av en kollega i gruppen."


def _forget(user: User, args: argparse.Namespace) -> str:
    actions.forget_factors(user=user)
    return f"{user.name} sätter upp en ny andra faktor vid nästa inloggning."


def _new_password(user: User, args: argparse.Namespace) -> str:
    actions.new_keys(user=user, password=ask_password())
    return f"{user.name} har nya nycklar. En kollega i gruppen släpper in {user.name} igen."


def _found_team(user: User, args: argparse.Namespace) -> str:
    """The key begins with a member's own keys, so the member is at the keyboard."""
    found = unlock(user.username, getpass.getpass(f"{user.name}, ditt lösenord: "))
    if found is None:
        raise Refused("Lösenordet stämmer inte. Inget är sparat.")
    with transaction.atomic():
        team = teams.create_team(kind=Team.Kind(args.kind), name=args.name, founder=user, keys=found[1])
        role = next(r for r in BY_KEY.values() if r.reach is Reach.TEAM and r.team_kind == team.kind)
        actions.give_role(user=user, role=role.key, team=team)
    return f"{team.name} finns. {user.name} har nyckeln och utser nyckelombud på sidan Mottagningens nycklar."


def ask_password() -> str:
    """Typed twice by the person it belongs to. Raises Refused when the two differ."""
    password = getpass.getpass("Lösenord, minst 12 tecken: ")
    if getpass.getpass("Samma lösenord en gång till: ") != password:
        raise Refused("Lösenorden är olika. Inget är sparat. Försök igen.")
    return password


def _team(name: str) -> Team | None:
    found = Team.objects.filter(name=name).first() if name else None
    if name and found is None:
        raise Refused(f"Gruppen {name} finns inte. Inget är ändrat.")
    return found
