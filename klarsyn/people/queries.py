"""Reads about staff."""

from django.conf import settings

from klarsyn.base.audit.words import key_words
from klarsyn.people.models import User, UserKey


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
