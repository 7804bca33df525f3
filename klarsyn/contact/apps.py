from django.apps import AppConfig

from klarsyn.people.reseal import register_reseal


class ContactConfig(AppConfig):
    name = "klarsyn.contact"

    def ready(self) -> None:
        register_reseal("klarsyn.contact.direct.reseal", count="klarsyn.contact.direct.still_sealed")
