from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission
from klarsyn.people.reseal import register_reseal


class ReceptionsConfig(AppConfig):
    name = "klarsyn.receptions"

    def ready(self) -> None:
        keys = "klarsyn.receptions.statistics.keys"
        register_reseal(f"{keys}.reseal", count=f"{keys}.still_sealed")
        register_door(
            Door(
                _("Mottagningens uppgifter"),
                "receptions:facts",
                Permission.RECEPTION_CHANGE,
                sentence=_("Öppettider, telefon, ålder och kommuner, med de dagar de gäller."),
                order=75,
            )
        )
        register_door(
            Door(
                _("Årets räkning"),
                "receptions:year",
                Permission.TALLY_READ,
                sentence=_(
                    "Hur många som har fått stöd, vägen in och hur det gick: antal, aldrig människor."
                ),
                order=75,
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
                order=74,
            )
        )
