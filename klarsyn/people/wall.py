"""The wall between Mika, KAST and those who receive concern reports: nobody stands in two of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import RoleHeld, Team, TeamWrap, User


def check_apart(user: User, team: Team) -> None:
    """Raises Refused when the person holds a role in a team of the other kind, or its key.

    Who works for one reception must first leave the other, keys and all: whoever saw both would be where
    they meet.
    """
    roles = RoleHeld.objects.filter(user=user, team__isnull=False).exclude(team__kind=team.kind)
    wraps = TeamWrap.objects.filter(user=user).exclude(epoch__team__kind=team.kind)
    if roles.exists() or wraps.exists():
        raise Refused(
            _(
                "%(name)s hör till en annan grupp. Mika och KAST hålls isär, och de som tar emot "
                "orosanmälningar för sig: ingen är med i två. Inget är ändrat. Avsluta rollen och nyckeln "
                "där först."
            )
            % {"name": user.name}
        )
