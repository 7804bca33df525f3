from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission


class TrainingConfig(AppConfig):
    name = "klarsyn.training"

    def ready(self) -> None:
        register_door(
            Door(
                _("Mätningar av attityder"),
                "training:surveys",
                Permission.ATTITUDE_MEASURE,
                sentence=_("Före, efter och efter tre månader: antal, aldrig vem som svarat vad."),
                order=30,
            )
        )
