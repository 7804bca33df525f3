from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.event_weeks import register_event_weeks
from klarsyn.base.front import Door, Link, register_door, register_link
from klarsyn.people.permissions import Permission
from klarsyn.people.reseal import register_reseal

# Signs without persons, and the calendar of events.
_SIGNS = (
    Door(
        _("Tecken utan personer"),
        "concerns:observations",
        Permission.OBSERVATION_WRITE,
        sentence=_("Logga vilket tecken du har sett, på vilket slags plats och vilken månad."),
        order=69,
    ),
    Door(
        _("Evenemang"),
        "concerns:events",
        Permission.EVENT_READ,
        sentence=_("Kalendern över mässor och stora evenemang, som delar årets veckor i två."),
        order=70,
    ),
)


class ConcernsConfig(AppConfig):
    name = "klarsyn.concerns"

    def ready(self) -> None:
        register_event_weeks("klarsyn.concerns.events.queries.named_weeks")
        for door in _SIGNS:
            register_door(door)
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
