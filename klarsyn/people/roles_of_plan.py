"""Roles of the plan and of the work with the police: decisions, deeds and counts, never a case."""

from django.utils.translation import gettext_lazy as _

from klarsyn.people.permissions import Permission
from klarsyn.people.role import Reach, Role


class PoliceCoordinator(Role):
    key = "police_coordinator"
    name = _("Samordnare för arbetet med polisen")
    sentence = _(
        "För överenskommelser med polisen, det gemensamma arbetet som antal per månad, och möten. Lämnar "
        "inget till polisen härifrån. Läser inga ärenden och ser ingen människa."
    )
    permissions = frozenset({Permission.COOPERATION_READ, Permission.COOPERATION_WRITE})


class PlanRegistrar(Role):
    key = "plan_registrar"
    name = _("Registrator för planen")
    sentence = _("För in motioner, remisser och beslut i planen. Ändrar inga åtgärder och publicerar inget.")
    permissions = frozenset({Permission.PLAN_READ, Permission.PLAN_REGISTER})


class PlanKeeper(Role):
    key = "plan_keeper"
    name = _("Planansvarig")
    sentence = _(
        "För handlingsplanen med dess åtgärder och delmål, och publicerar det i planen som ska synas utåt. "
        "För årets hjul, antecknar vad som finns av det som lagen begär och för rutinerna. Skriver inga "
        "uppföljningar och läser inga ärenden."
    )
    permissions = frozenset(
        {
            Permission.PLAN_READ,
            Permission.PLAN_CHANGE,
            Permission.PLAN_PUBLISH,
            Permission.YEAR_READ,
            Permission.YEAR_CHANGE,
        }
    )


class PlanReporter(Role):
    key = "plan_reporter"
    name = _("Chef för en enhet med åtgärder")
    sentence = _(
        "Följer upp den egna enhetens åtgärder och bockar av deras delmål. Läser hela planen, ändrar inget "
        "annat i den och publicerar inget."
    )
    permissions = frozenset({Permission.PLAN_READ, Permission.PLAN_REVIEW})
    reach = Reach.UNIT
