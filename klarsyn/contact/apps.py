from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.base.leaving import register_ending
from klarsyn.people.permissions import Permission
from klarsyn.people.reseal import register_reseal


class ContactConfig(AppConfig):
    name = "klarsyn.contact"

    def ready(self) -> None:
        register_ending("klarsyn.contact.visits.end")
        register_reseal("klarsyn.contact.rekeying.reseal", count="klarsyn.contact.rekeying.still_sealed")
        register_door(
            Door(
                _("Kontakter"),
                "contact:inbox",
                Permission.CASE_READ,
                sentence=_("Nya och pågående kontakter från den som inte säger sitt namn."),
                order=69,
            )
        )
        register_reseal("klarsyn.contact.direct.reseal", count="klarsyn.contact.direct.still_sealed")
