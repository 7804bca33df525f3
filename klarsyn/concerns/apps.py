from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission


class ConcernsConfig(AppConfig):
    name = "klarsyn.concerns"

    def ready(self) -> None:
        register_door(
            Door(
                _("Tecken utan personer"),
                "concerns:observations",
                Permission.OBSERVATION_WRITE,
                sentence=_("Logga vilket tecken du har sett, på vilket slags plats och vilken månad."),
                order=41,
            )
        )
        register_door(
            Door(
                _("Evenemang"),
                "concerns:events",
                Permission.EVENT_READ,
                sentence=_("Kalendern över mässor och stora evenemang, som delar årets veckor i två."),
                order=42,
            )
        )
