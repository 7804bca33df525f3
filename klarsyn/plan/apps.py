from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door, register_reminders
from klarsyn.people.permissions import Permission


class PlanConfig(AppConfig):
    name = "klarsyn.plan"

    def ready(self) -> None:
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
