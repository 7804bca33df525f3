from django.apps import AppConfig

from klarsyn.base.uncounted import register_uncounted


class MappingConfig(AppConfig):
    name = "klarsyn.mapping"

    def ready(self) -> None:
        register_uncounted("klarsyn.mapping.uncounted.of_year")
