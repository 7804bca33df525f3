"""Writes about staff: admit a person, give roles, the demonstration's cast."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from klarsyn.base.errors import Refused
from klarsyn.people.models import RoleHeld, User
from klarsyn.people.roles import BY_KEY


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the invented people of the demonstration."""

    username: str
    name: str
    roles: tuple[str, ...]


DEMO_CAST = (
    DemoPerson("disa", "Disa Demo", ("analyst",)),
    DemoPerson("greta", "Greta Demo", ("unit_head", "report_checker")),
    DemoPerson("cilla", "Cilla Demo", ("report_checker",)),
    DemoPerson("elis", "Elis Demo", ("councillor",)),
    DemoPerson("hugo", "Hugo Demo", ("system_administrator",)),
)


@transaction.atomic
def admit_person(*, username: str, name: str, password: str, roles: Iterable[str], email: str = "") -> User:
    """Make an account. Raises Refused when the name is taken, a role is unknown or the password is weak."""
    roles = tuple(roles)
    unknown = [key for key in roles if key not in BY_KEY]
    if unknown:
        raise Refused(f"Rollen {unknown[0]} finns inte. Välj bland: {', '.join(BY_KEY)}. Inget är sparat.")
    if User.objects.filter(username=username).exists():
        raise Refused(f"Användarnamnet {username} är upptaget. Inget är sparat. Välj ett annat.")
    user = User(username=username, name=name, email=email)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused(f"{' '.join(weak.messages)} Inget är sparat. Välj ett annat lösenord.") from weak
    user.set_password(password)
    user.save()
    _hold(user, roles)
    return user


@transaction.atomic
def ensure_demo_cast() -> tuple[User, ...]:
    """The invented staff of the demonstration, with their roles and without passwords. Safe to repeat."""
    if not settings.DEMO:
        raise Refused("Påhittade personer finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat.")
    cast = []
    for person in DEMO_CAST:
        user, is_new = User.objects.get_or_create(
            username=person.username, defaults={"name": person.name, "is_demo": True}
        )
        if is_new:
            user.set_unusable_password()
            user.save()
        if user.is_demo:
            _hold(user, person.roles)
            cast.append(user)
    return tuple(cast)


def _hold(user: User, roles: Iterable[str]) -> None:
    for key in roles:
        RoleHeld.objects.get_or_create(user=user, role=key)
