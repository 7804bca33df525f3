"""Roles of the plan and of the work with the police: decisions, deeds and counts, never a case."""

from django.utils.translation import gettext_lazy as _

from klarsyn.people.permissions import Permission
from klarsyn.people.role import Role


class PoliceCoordinator(Role):
    key = "police_coordinator"
    name = _("Samordnare för arbetet med polisen")
    sentence = _(
        "För överenskommelser med polisen, det gemensamma arbetet som antal per månad, och möten. Lämnar "
        "inget till polisen härifrån. Läser inga ärenden och ser ingen människa."
    )
    permissions = frozenset({Permission.COOPERATION_READ, Permission.COOPERATION_WRITE})
