from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door


class PeopleConfig(AppConfig):
    name = "klarsyn.people"

    def ready(self) -> None:
        register_door(Door(_("Skrivbordet"), "people:desk", order=0))
        register_door(
            Door(
                _("Roller och behörigheter"),
                "people:roles",
                sentence=_("Vem som får göra vad, så som koden säger det."),
                order=90,
            )
        )
