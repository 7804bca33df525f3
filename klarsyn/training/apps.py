from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission


class TrainingConfig(AppConfig):
    name = "klarsyn.training"

    def ready(self) -> None:
        register_door(
            Door(
                _("Mina kurser"),
                "training:mine",
                sentence=_("Korta kurser om att se, fråga och veta vad du gör."),
                order=40,
            )
        )
        register_door(
            Door(
                _("Förhandsgranska en kurs"),
                "training:preview",
                Permission.COURSE_PREVIEW,
                sentence=_("Läs en kurs som skrivs, och se rad för rad vad som behöver rättas."),
                order=48,
            )
        )
        register_door(
            Door(
                _("Mätningar av attityder"),
                "training:surveys",
                Permission.ATTITUDE_MEASURE,
                sentence=_("Före, efter och efter tre månader: antal, aldrig vem som svarat vad."),
                order=44,
            )
        )
