from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, Link, register_door, register_link, register_reminders
from klarsyn.people.permissions import Permission
from klarsyn.training.coverage import REMINDERS


class TrainingConfig(AppConfig):
    name = "klarsyn.training"

    def ready(self) -> None:
        register_reminders(REMINDERS)
        register_link(Link(_("Gäller intyget?"), "training:certificate_check", place="foot", order=60))
        register_door(
            Door(
                _("Enheter och utbildning"),
                "training:units",
                Permission.UNIT_CHANGE,
                sentence=_("Vilka enheter som finns, vem som är chef, och hur många som har gått en kurs."),
                order=41,
            )
        )
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
