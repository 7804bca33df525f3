"""Writes about staff: admit a person, give and take roles. Each leaves its line in the log."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import check_open, record
from klarsyn.base.errors import Refused
from klarsyn.people.factors import held
from klarsyn.people.keys.accounts import keep_keys, prepare_keys
from klarsyn.people.models import RoleHeld, Team, TeamWrap, User
from klarsyn.people.passwords import check_password
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import BY_KEY, Reach, Role
from klarsyn.people.sessions import sign_out_everywhere
from klarsyn.people.wall import check_apart

SHELL = "klarsyn"  # what the log calls the one who acts from the server's shell


def admit_person(*, username: str, name: str, password: str, roles: Iterable[str], email: str = "") -> User:
    """Make an account with keys.

    Raises Refused: the name is taken, a role is unknown or holds in one place only, the password is weak.
    """
    roles = tuple(roles)
    for key in roles:
        _place(_role(key), None, "")
    _check_free(username)
    user = User(username=username, name=name, email=email)
    check_password(password, user)
    check_open()
    new = prepare_keys(password)
    with transaction.atomic():
        _check_free(username)
        user.set_unusable_password()  # the password lies in the person's wrap, not here
        user.save()
        record(action="person.admit", by=SHELL, object=user.pseudonym)
        keep_keys(user, new)
        for key in roles:
            give_role(user=user, role=key)
    return user


def _check_free(username: str) -> None:
    if User.objects.filter(username=username).exists():
        raise Refused(
            _("Användarnamnet %(name)s är upptaget. Inget är sparat. Välj ett annat.") % {"name": username}
        )


@transaction.atomic
def give_role(
    *, user: User, role: str, team: Team | None = None, unit: str = "", by: User | None = None
) -> RoleHeld:
    """Let somebody hold a role, in its place; nobody in both Mika and KAST.

    `by` None is the server's shell. Raises Refused.
    """
    found = _role(role)
    _place(found, team, unit)
    check_may_change(by, found, team, user)
    row, is_new = RoleHeld.objects.get_or_create(user=user, role=role, team=team, unit=unit)
    if is_new:
        if team is not None:
            check_apart(user, team)
        _told("role.give", row, by)
    return row


@transaction.atomic
def take_role(*, row: RoleHeld, by: User | None = None) -> None:
    """Take a role away at once. Keys are another matter: see `keys.teams.remove_member`."""
    check_may_change(by, BY_KEY.get(row.role), row.team, row.user)
    _told("role.take", row, by)
    row.delete()


@transaction.atomic
def connect_identity(*, user: User, hsa_id: str) -> None:
    """Tie an account to who the person is at the municipality's own sign-in; "" unties it. Raises Refused."""
    if hsa_id and User.objects.filter(hsa_id=hsa_id).exclude(pk=user.pk).exists():
        raise Refused(_("Den identiteten hör redan till ett annat konto. Inget är ändrat."))
    user.hsa_id = hsa_id or None
    user.save(update_fields=["hsa_id"])
    record(action="person.connect", by=SHELL, object=user.pseudonym)


def new_keys(*, user: User, password: str) -> None:
    """For a forgotten password: new keys, which open nothing old; a colleague then lets the person in again.

    Raises Refused for a weak password.
    """
    check_password(password, user)
    new = prepare_keys(password)
    with transaction.atomic():
        keep_keys(user, new)
        TeamWrap.objects.filter(user=user).delete()  # sealed to keys that are gone
        user.set_unusable_password()
        user.save(update_fields=["password"])
        sign_out_everywhere(user)
        record(action="person.new_keys", by=SHELL, object=user.pseudonym)


@transaction.atomic
def close_account(*, user: User) -> None:
    """Somebody has left: nobody signs in as them any more, and no new key is sealed to them. At once.

    A key they hold already is for a colleague to take away: see `membership.take_out`.
    """
    if not user.is_active:
        raise Refused(_("Kontot är redan stängt. Inget är ändrat."))
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_out_everywhere(user)
    record(action="person.close", by=SHELL, object=user.pseudonym)


@transaction.atomic
def forget_factors(*, user: User) -> int:
    """For somebody who has lost phone, key and paper: the next sign-in sets up a new one. How many went."""
    gone = held.remove_all(user)
    sign_out_everywhere(user)
    record(action="factor.reset", by=SHELL, object=user.pseudonym)
    return gone


def named(username: str) -> User:
    """The account of that name. Raises Refused."""
    found = User.objects.filter(username=username).first()
    if found is None:
        raise Refused(_("Kontot %(name)s finns inte. Inget är ändrat.") % {"name": username})
    return found


def check_may_change(by: User | None, role: type[Role] | None, team: Team | None, user: User) -> None:
    """A head gives and takes the counsellors' roles of the own team; all else is the server's shell's.

    Nobody changes their own roles. Raises Refused.
    """
    if not can_change(by, role, team, user):
        raise Refused(
            _("Den rollen ger eller tar du inte härifrån. Inget är ändrat. Be den som sköter servern.")
        )


def can_change(by: User | None, role: type[Role] | None, team: Team | None, user: User) -> bool:
    """The twin of `check_may_change`, for the page's buttons."""
    if by is None:
        return True
    is_counsellor = role is not None and role.reach is Reach.TEAM and bool(role.team_kind)
    is_theirs = team is not None and by.may_in_team(Permission.ROLE_CHANGE, team)
    return by.pk != user.pk and is_counsellor and is_theirs


def _told(action: str, row: RoleHeld, by: User | None) -> None:
    where = f"/{row.team_id}" if row.team_id else f"/{row.unit}" if row.unit else ""
    kind = row.team.kind if row.team else ""
    actor = by.pseudonym if by else SHELL
    record(action=action, by=actor, object=f"{row.user.pseudonym} {row.role}{where}"[:120], team=kind)


def _role(key: str) -> type[Role]:
    if key not in BY_KEY:
        raise Refused(
            _("Rollen %(key)s finns inte. Välj bland: %(all)s. Inget är sparat.")
            % {"key": key, "all": ", ".join(BY_KEY)}
        )
    return BY_KEY[key]


def _place(role: type[Role], team: Team | None, unit: str) -> None:
    """Raises Refused when the role is to be held elsewhere than where it reaches."""
    fits = {
        Reach.MUNICIPALITY: team is None and not unit,
        Reach.TEAM: team is not None and not unit and role.team_kind in ("", team.kind),
        Reach.UNIT: team is None and bool(unit),
    }
    if not fits[role.reach]:
        raise Refused(
            _("Rollen %(role)s gäller %(where)s. Inget är sparat. Ange rätt ställe.")
            % {"role": role.name, "where": role.reach.value}
        )
