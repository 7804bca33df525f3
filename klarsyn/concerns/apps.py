from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, Link, register_door, register_link
from klarsyn.people.permissions import Permission
from klarsyn.people.reseal import register_reseal


class ConcernsConfig(AppConfig):
    name = "klarsyn.concerns"

    def ready(self) -> None:
        register_reseal(
            "klarsyn.concerns.report.rekeying.reseal", count="klarsyn.concerns.report.rekeying.still_sealed"
        )
        register_door(
            Door(
                _("Orosanmälningar"),
                "concerns:reports",
                Permission.CONCERN_READ,
                sentence=_("Anmälningar om barn som kan fara illa: bedöm, besluta, lämna över."),
                order=68,
            )
        )
        register_door(
            Door(
                _("Överlämnade anmälningar"),
                "concerns:registry",
                Permission.CONCERN_REGISTER,
                sentence=_("Bekräfta att en orosanmälan är införd i diariet."),
                order=68,
            )
        )
        register_link(Link(_("Orosanmälan"), "concerns:report", place="foot", order=15))
        register_link(Link(_("Jag har sett något"), "concerns:guide", order=25))
        register_link(Link(_("Har du sett något?"), "concerns:guide", place="help", order=10))
