"""Two receptions with people, keys, officers and cases, as they stand before every deed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from klarsyn.base.audit.recording import open_log
from klarsyn.cases import actions as cases
from klarsyn.cases.models import Case, Compartment
from klarsyn.config import backup
from klarsyn.people import actions as people
from klarsyn.people.factors import codes
from klarsyn.people.keys import escrow, pepper_file, teams
from klarsyn.people.keys.accounts import Unlocked, unlock
from klarsyn.people.models import Team, User

PASSWORD, OTHER = "nordanvind-och-klar-luft", "sunnanvind-och-tunga-moln"
SECRET = "Hon bor hos en väninna på Storgatan."
NAMES = ("alva", "cilla", "nora", "bo", "dag", "jonas", "karin", "greta")


@dataclass
class World:
    """`keys` are the secret halves that a session would hold; `texts` what each case must show."""

    users: dict[str, User]
    keys: dict[str, Unlocked]
    mika: Team
    kast: Team
    cases: list[Case]
    texts: dict[str, int] = field(default_factory=dict)  # case id -> number of records
    identity: str = ""
    recipient: str = ""
    old_copy: Path = Path()


def make(home: Path) -> World:
    open_log()
    pepper_file.ensure()
    users = {n: people.admit_person(username=n, name=n.title(), password=PASSWORD, roles=()) for n in NAMES}
    keys = {}
    for name in NAMES:
        found = unlock(name, PASSWORD)
        assert found
        keys[name] = found[1]
    alva, bo = users["alva"], users["bo"]
    mika = teams.create_team(kind=Team.Kind.MIKA, name="Mika", founder=alva, keys=keys["alva"])
    kast = teams.create_team(kind=Team.Kind.KAST, name="KAST", founder=bo, keys=keys["bo"])
    teams.add_member(team=mika, member=users["cilla"], by=alva, keys=keys["alva"])
    for name in ("alva", "cilla"):
        people.give_role(user=users[name], role="mika_counsellor", team=mika)
    people.give_role(user=users["greta"], role="reception_head", team=mika)
    escrow.appoint(team=mika, officers=[users["jonas"], users["karin"]], by=alva, keys=keys["alva"])
    world = World(users, keys, mika, kast, [])
    for _ in range(5):
        open_one(world)
    cases.close(case=world.cases[3], by=alva, retention_on=date(2031, 12, 31))
    Authenticator.objects.create(
        user=alva, type="totp", data={"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    )
    codes.new_recovery_codes(alva)
    world.identity, world.recipient = backup.new_identity()
    world.old_copy = home / "copies" / "old.age"
    backup.make(world.old_copy, [world.recipient])
    return world


def open_one(world: World) -> Case:
    alva, keys = world.users["alva"], world.keys["alva"]
    case = cases.open_case(team=world.mika, by=alva, keys=keys, summary=SECRET)
    for compartment in Compartment:
        cases.add_record(case=case, compartment=compartment, by=alva, keys=keys, text=SECRET)
    world.cases.append(case)
    return case
