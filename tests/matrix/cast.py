"""The columns of the matrix: one invented person a role, and those whose access has ended or is not whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from klarsyn.people import entering, unlocked
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked, make_keys
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.people.roles import ROLES, Reach
from klarsyn.receptions.models import Reception

SOUTH, NORTH, KAST, CHILDREN = "Mika söder", "Mika norr", "KAST", "Barn och unga"
ANONYMOUS = "nobody signed in"
NO_FACTOR, NO_STEP, NO_KEYS = "counsellor, no factor shown", "head, not stepped up", "counsellor, keys locked"
FORMER, CLOSED = "former counsellor", "closed account"
# Who stands in which team, besides the roles that reach the whole municipality or a unit.
IN_TEAMS = {
    "mika_counsellor": ("mika_counsellor", SOUTH),
    "mika_counsellor north": ("mika_counsellor", NORTH),
    "kast_counsellor": ("kast_counsellor", KAST),
    "reception_head": ("reception_head", SOUTH),
    NO_FACTOR: ("mika_counsellor", SOUTH),
    NO_KEYS: ("mika_counsellor", SOUTH),
    NO_STEP: ("reception_head", SOUTH),
    CLOSED: ("mika_counsellor", SOUTH),
    "concern_officer": ("concern_officer", CHILDREN),
}
MEMBERS = ("mika_counsellor", NO_FACTOR, NO_KEYS, CLOSED, FORMER)
ELSEWHERE = tuple(role.key for role in ROLES if role.reach is not Reach.TEAM)
COLUMNS = (ANONYMOUS, "no role", *IN_TEAMS, *ELSEWHERE, FORMER)
# People whom others act on, and who have no column: a counsellor a team who waits for its key, and the other officer.
NEWCOMERS = {SOUTH: "newcomer south", NORTH: "newcomer north", KAST: "newcomer KAST"}
SECOND = "second officer"


@dataclass
class Cast:
    """Everybody by column, with the keys they have and the browser they are signed in with."""

    users: dict[str, User] = field(default_factory=dict)
    keys: dict[str, Unlocked] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    client: Client = field(default_factory=Client)
    content_hash: str = ""  # of the frozen mapping that editions show
    figure: str = ""  # one of its figures

    def fresh(self, column: str) -> User:
        """The person as a request would load them."""
        return User.objects.get(pk=self.users[column].pk)

    def browser(self, column: str) -> Client:
        """One client for everybody, since making one costs more than asking; its cookies are the person's."""
        self.client.cookies = SimpleCookie(self.cookies.get(column, {}))
        return self.client


def gather() -> Cast:
    """Three receptions and the people of every column."""
    cast = Cast()
    for column in (*COLUMNS[1:], *NEWCOMERS.values(), SECOND):
        user = User.objects.create(username=column[:60], name=column.title())
        cast.users[column], cast.keys[column] = user, make_keys(user, "ett rätt så långt lösenord")
    founders = ((SOUTH, "mika", "mika_counsellor"), (NORTH, "mika", "mika_counsellor north"))
    for name, kind, founder in (*founders, (KAST, "kast", "kast_counsellor")):
        made = teams.create_team(
            kind=Team.Kind(kind), name=name, founder=cast.users[founder], keys=cast.keys[founder]
        )
        cast.teams[name] = made
        code = "0682" if name == NORTH else "0680"
        Reception.objects.create(kind=kind, host_code=code, team=made)
    officer = "concern_officer"
    cast.teams[CHILDREN] = teams.create_team(
        kind=Team.Kind.CHILDREN, name=CHILDREN, founder=cast.users[officer], keys=cast.keys[officer]
    )
    _let_in(cast)
    for column in ELSEWHERE:
        role = next(role for role in ROLES if role.key == column)
        unit = "Öster" if role.reach is Reach.UNIT else ""
        RoleHeld.objects.create(user=cast.users[column], role=column, unit=unit)
    for column, (role_key, team) in IN_TEAMS.items():
        RoleHeld.objects.create(user=cast.users[column], role=role_key, team=cast.teams[team])
    for team, newcomer in NEWCOMERS.items():
        kind = cast.teams[team].kind
        RoleHeld.objects.create(user=cast.users[newcomer], role=f"{kind}_counsellor", team=cast.teams[team])
    RoleHeld.objects.create(user=cast.users[SECOND], role="escrow_officer")
    for column in cast.users:
        cast.cookies[column] = _sign_in(cast, column)
    User.objects.filter(pk=cast.users[CLOSED].pk).update(is_active=False)
    return cast


def _let_in(cast: Cast) -> None:
    """The other members of the south, one of whom has been taken out again."""
    founder = {"by": cast.users["mika_counsellor"], "keys": cast.keys["mika_counsellor"]}
    south = cast.teams[SOUTH]
    for column in MEMBERS[1:]:
        teams.add_member(team=south, member=cast.users[column], **founder)
    teams.remove_member(team=south, member=cast.users[FORMER], reason="slutar", **founder)
    teams.drain(team=south, keys=cast.keys["mika_counsellor"])


def _sign_in(cast: Cast, column: str) -> dict[str, str]:
    """The session that a whole sign-in makes, but for what the column says is missing."""
    client, request, response = Client(), HttpRequest(), HttpResponse()
    client.force_login(cast.users[column])
    request.session, request.user = client.session, cast.users[column]
    if column != NO_KEYS:
        unlocked.keep(request, response, cast.keys[column])
        client.cookies[settings.KEY_COOKIE] = response.cookies[settings.KEY_COOKIE].value
    if column != NO_FACTOR:
        request.session[entering.FACTOR] = "totp"
    if column != NO_STEP:
        entering.step_up(request)
    request.session.save()
    return {name: morsel.value for name, morsel in client.cookies.items()}
