from django.apps import AppConfig

from klarsyn.people.reseal import register_reseal


class CasesConfig(AppConfig):
    name = "klarsyn.cases"

    def ready(self) -> None:
        register_reseal("klarsyn.cases.rekeying.reseal", count="klarsyn.cases.rekeying.still_sealed")
