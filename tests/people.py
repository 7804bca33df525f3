"""The cast: invented people by the names the house uses, with the roles they hold."""

from django.test import Client

from klarsyn.people.actions import ensure_demo_cast
from klarsyn.people.models import RoleHeld, User
from klarsyn.people.roles import DataProtectionOfficer

NAMES = ("disa", "greta", "cilla", "elis", "hugo")
DISA, GRETA, CILLA, ELIS, HUGO = NAMES  # analyst · unit head and checker · checker · councillor · operations
FREJ = "frej"  # a visitor without a name: no account at all


def person(name: str) -> User:
    """One of the cast, made when first asked for. `person("disa").may(Permission.REPORT_DRAFT)`."""
    ensure_demo_cast()
    return User.objects.get(username=name)


def officer() -> User:
    """The data protection officer, who is not part of the demonstration."""
    user, _is_new = User.objects.get_or_create(username="ombud", defaults={"name": "Ombudet"})
    RoleHeld.objects.get_or_create(user=user, role=DataProtectionOfficer.key)
    return user


def signed_in(name: str) -> Client:
    """A test client with this person signed in; Frej is never signed in."""
    client = Client()
    if name != FREJ:
        client.force_login(person(name))
    return client
