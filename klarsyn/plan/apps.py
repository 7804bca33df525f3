from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, Link, register_door, register_link, register_reminders
from klarsyn.people.permissions import Permission
from klarsyn.plan.frame.evidence import register_evidence

_YEAR = (
    Door(
        _("Året"),
        "plan:this_year",
        Permission.YEAR_READ,
        sentence=_("Från insamling till uppföljning: dagar, vem som svarar och vad som saknas nu."),
        order=36,
    ),
    Door(
        _("Vad lagen begär"),
        "plan:law",
        Permission.YEAR_READ,
        sentence=_("Lagen om brottsförebyggande ansvar, punkt för punkt."),
        order=37,
    ),
    Door(
        _("Rutiner"),
        "plan:routines",
        Permission.YEAR_READ,
        sentence=_("Vilka rutiner som finns och när de ska gås igenom."),
        order=38,
    ),
)


class PlanConfig(AppConfig):
    name = "klarsyn.plan"

    def ready(self) -> None:
        """The plan in the menu and the rail, the year, the cooperation, and what each reminds of."""
        register_link(Link(_("Planen"), "plan:public", order=15))
        register_reminders("klarsyn.plan.motions.reminding.reminders")
        register_door(
            Door(
                _("Planen"),
                "plan:overview",
                Permission.PLAN_READ,
                sentence=_(
                    "Från motion till åtgärd: vad som begärdes, beslutades och görs, och vad det blev."
                ),
                order=30,
            )
        )
        for door in _YEAR:
            register_door(door)
        for part in ("wheel", "frame", "routines"):
            register_reminders(f"klarsyn.plan.{part}.reminding.reminders")
        register_evidence("local_picture", "klarsyn.plan.frame.seen.local_picture")
        register_evidence("update", "klarsyn.plan.frame.seen.local_picture")
        register_evidence("action_plan", "klarsyn.plan.frame.seen.action_plan")
        register_evidence("update", "klarsyn.plan.frame.seen.action_plan")
        register_evidence("council_reports", "klarsyn.plan.frame.seen.council_reports")
        register_evidence("agreements", "klarsyn.plan.police.evidence.agreements")
        register_reminders("klarsyn.plan.police.reminding.reminders")
        register_door(
            Door(
                _("Samarbetet med polisen"),
                "plan:cooperation",
                Permission.COOPERATION_READ,
                sentence=_("Överenskommelser, gemensamt arbete som antal, och vad mötena har bestämt."),
                order=38,
            )
        )
