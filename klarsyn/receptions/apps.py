from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission


class ReceptionsConfig(AppConfig):
    name = "klarsyn.receptions"

    def ready(self) -> None:
        register_door(
            Door(
                _("Mottagningens uppgifter"),
                "receptions:facts",
                Permission.RECEPTION_CHANGE,
                sentence=_("Öppettider, telefon, ålder och kommuner, med de dagar de gäller."),
                order=79,
            )
        )
        register_door(
            Door(
                _("Räkning utan namn"),
                "receptions:tallies",
                Permission.TALLY_READ,
                sentence=_(
                    "Besök, konsultationer, uppsökande arbete och pass med polisen: antal, aldrig människor."
                ),
                order=66,
            )
        )
