"""Reads about staff."""

from django.conf import settings

from klarsyn.people.models import User


def list_demo_cast() -> tuple[User, ...]:
    """The invented people that may be signed in as with one click; nobody outside the demonstration."""
    if not settings.DEMO:
        return ()
    return tuple(
        User.objects.filter(is_demo=True, is_active=True).prefetch_related("roles_held").order_by("name")
    )
