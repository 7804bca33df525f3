from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission


class SourcesConfig(AppConfig):
    name = "klarsyn.sources"

    def ready(self) -> None:
        register_door(
            Door(
                _("Källor"),
                "sources:index",
                Permission.SOURCE_READ,
                sentence=_("Varje tal med utgivare, licens och kontrollsumma. Läs in nya tal."),
                order=20,
            )
        )
