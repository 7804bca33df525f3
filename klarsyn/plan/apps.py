from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, Link, register_door, register_link, register_reminders
from klarsyn.people.permissions import Permission


class PlanConfig(AppConfig):
    name = "klarsyn.plan"

    def ready(self) -> None:
        """The public plan in the menu, the cooperation in the desk's rail and among its reminders."""
        register_link(Link(_("Planen"), "plan:public", order=15))
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
