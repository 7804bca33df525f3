"""Reads about staff."""

from collections.abc import Sequence

from django.conf import settings

from klarsyn.base.audit.words import key_words
from klarsyn.people.models import Team, User, UserKey
from klarsyn.people.permissions import Permission


def list_demo_cast() -> tuple[User, ...]:
    """The invented people that may be signed in as with one click; nobody outside the demonstration."""
    if not settings.DEMO:
        return ()
    return tuple(
        User.objects.filter(is_demo=True, is_active=True).prefetch_related("roles_held").order_by("name")
    )


def words_of_key(user: User) -> str:
    """The words by which a colleague knows the person's key; "" for whoever has none."""
    public = UserKey.objects.filter(user=user).values_list("public", flat=True).first()
    return key_words(bytes(public)) if public is not None else ""


def list_people(permission: Permission, team: Team) -> Sequence[User]:
    """Whoever holds a role in this very team that gives the permission."""
    people = User.objects.filter(is_active=True, roles_held__team=team).distinct()
    found = people.prefetch_related("roles_held").order_by("name")
    return [user for user in found if user.may_in_team(permission, team)]
