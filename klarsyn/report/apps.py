from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, Link, register_card, register_door, register_link
from klarsyn.base.released import fill_released
from klarsyn.people.permissions import Permission
from klarsyn.report.cards import latest_mapping


class ReportConfig(AppConfig):
    name = "klarsyn.report"

    def ready(self) -> None:
        """Released figures for the rooms below, the finding on the start page, links and doors."""
        fill_released("klarsyn.report.telling.Telling")
        register_card(latest_mapping)
        register_link(Link(_("Kartläggningen"), "report:index", order=10))
        register_door(
            Door(
                _("Rapporter"),
                "report:editions",
                Permission.REPORT_READ_DRAFT,
                sentence=_("Skriv, kontrollera och publicera kartläggningen."),
                order=30,
            )
        )
        register_door(
            Door(
                _("Andra kommuner"),
                "report:others",
                Permission.REPORT_READ_DRAFT,
                sentence=_("Deras publicerade tal bredvid våra, signerade och prövade."),
                order=34,
            )
        )
        register_door(
            Door(
                _("Publicerade siffror"),
                "report:ledger",
                Permission.REPORT_READ_DRAFT,
                sentence=_("Allt som någonsin har lämnats ut, och svar till den som frågar."),
                order=35,
            )
        )
