"""The demonstration's invented staff, with real keys and one password that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import open_log
from klarsyn.base.errors import Refused
from klarsyn.people.actions import give_role
from klarsyn.people.keys import escrow, pepper_file, teams
from klarsyn.people.keys.accounts import Unlocked, make_keys, unlock
from klarsyn.people.models import Team, User, UserKey

# Stands on the demonstration's sign-in page; production refuses to start in demo mode.
DEMO_PASSWORD: Final = "helt-uppdiktad-42"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """One of the invented receptions, and the invented person who founds it."""

    kind: Team.Kind
    name: str
    founder: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the invented people. `local`: (role, team of `DEMO_TEAMS`); `units`: (role, unit by name)."""

    username: str
    name: str
    roles: tuple[str, ...] = ()
    local: tuple[tuple[str, str], ...] = ()
    units: tuple[tuple[str, str], ...] = ()


MIKA, KAST = "Mika-mottagningen (påhittad)", "KAST-mottagningen (påhittad)"
CHILDREN = "Barn och unga (påhittad)"
DEMO_TEAMS: Final = (
    DemoTeam(Team.Kind.MIKA, MIKA, "alva"),
    DemoTeam(Team.Kind.KAST, KAST, "bo"),
    DemoTeam(Team.Kind.CHILDREN, CHILDREN, "olga"),
)
DEMO_CAST: Final = (
    DemoPerson("alva", "Alva Demo", local=(("mika_counsellor", MIKA),)),
    DemoPerson("bo", "Bo Demo", local=(("kast_counsellor", KAST),)),
    DemoPerson("cilla", "Cilla Demo", ("report_checker", "trainer"), units=(("field_worker", "Öster"),)),
    DemoPerson("disa", "Disa Demo", ("analyst",)),
    DemoPerson("elis", "Elis Demo", ("councillor",)),
    DemoPerson(
        "greta", "Greta Demo", ("unit_head", "report_checker"),
        local=(("reception_head", MIKA),),
    ),
    DemoPerson("hugo", "Hugo Demo", ("system_administrator",)),
    DemoPerson("ines", "Ines Demo", ("data_protection_officer",)),
    DemoPerson("jonas", "Jonas Demo", ("escrow_officer",)),
    DemoPerson("karin", "Karin Demo", ("escrow_officer",)),
    DemoPerson("lars", "Lars Demo", ("registrar",)),
    DemoPerson("mona", "Mona Demo", local=(("reception_head", KAST),)),
    DemoPerson("olga", "Olga Demo", local=(("concern_officer", CHILDREN),)),
    DemoPerson("sam", "Sam Demo", ("police_coordinator",)),
)  # fmt: skip
OFFICERS: Final = ("jonas", "karin")


@transaction.atomic
def ensure_demo_cast() -> tuple[User, ...]:
    """The invented staff with keys, teams, roles and escrow. Safe to repeat; a real account is left alone."""
    if not settings.DEMO:
        raise Refused(_("Påhittade personer finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    open_log()
    pepper_file.ensure()
    cast, keys = {}, {}
    for person in DEMO_CAST:
        user, _is_new = User.objects.get_or_create(
            username=person.username, defaults={"name": person.name, "is_demo": True}
        )
        if user.is_demo:
            cast[person.username] = user
            if not UserKey.objects.filter(user=user).exists():
                user.set_unusable_password()
                user.save()
                keys[person.username] = make_keys(user, DEMO_PASSWORD)
    _found_teams(cast, keys)
    for person in DEMO_CAST:
        if person.username in cast:
            _give_roles(cast[person.username], person)
    return tuple(cast.values())


def demo_keys(user: User) -> Unlocked:
    """The keys of an invented person, opened with the password that everybody knows. Raises Refused."""
    found = unlock(user.username, DEMO_PASSWORD) if settings.DEMO and user.is_demo else None
    if found is None:
        raise Refused(_("Den personen finns inte i demonstrationen. Inget är ändrat."))
    return found[1]


def _found_teams(cast: dict[str, User], keys: dict[str, Unlocked]) -> None:
    for team in DEMO_TEAMS:
        founder = cast.get(team.founder)
        if founder is None or Team.objects.filter(name=team.name).exists():
            continue
        hers = keys.get(team.founder) or demo_keys(founder)
        made = teams.create_team(kind=team.kind, name=team.name, founder=founder, keys=hers)
        officers = [cast[name] for name in OFFICERS if name in cast]
        if len(officers) == len(OFFICERS):
            escrow.appoint(team=made, officers=officers, by=founder, keys=hers)


def _give_roles(user: User, person: DemoPerson) -> None:
    for role in person.roles:
        give_role(user=user, role=role)
    for role, name in person.local:
        team = Team.objects.filter(name=name).first()
        if team is not None:
            give_role(user=user, role=role, team=team)
    for role, unit in person.units:
        give_role(user=user, role=role, unit=unit)
