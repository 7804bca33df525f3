from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.base.leaving import register_ending
from klarsyn.people.permissions import Permission
from klarsyn.people.reseal import register_reseal

DOORS: Final = (
    Door(
        _("Bokade tider"),
        "contact:booked_list",
        Permission.CASE_READ,
        sentence=_("Tider som någon har bokat utan namn, och hur det gick."),
        order=71,
    ),
    Door(
        _("Ring upp"),
        "contact:call_list",
        Permission.CASE_READ,
        sentence=_("De som har fått ett kort och bett att bli uppringda, i dag eller nästa dag."),
        order=72,
    ),
    Door(
        _("Tider att boka"),
        "contact:published",
        Permission.TIMES_CHANGE,
        sentence=_("Lägg ut tider, extra tider och stängda dagar."),
        order=73,
    ),
    Door(
        _("Kontaktkort"),
        "contact:cards",
        Permission.CARD_MAKE,
        sentence=_("Skriv ut kort som polis, domstol och vård kan lämna över."),
        order=74,
    ),
    Door(
        _("Kort, tider och samtal i antal"),
        "contact:contact_counts",
        Permission.CONTACT_COUNT,
        sentence=_("Hur många kort som ledde till kontakt, månad för månad."),
        order=75,
    ),
)


class ContactConfig(AppConfig):
    name = "klarsyn.contact"

    def ready(self) -> None:
        register_ending("klarsyn.contact.visits.end")
        register_reseal("klarsyn.contact.rekeying.reseal", count="klarsyn.contact.rekeying.still_sealed")
        register_reseal("klarsyn.contact.direct.reseal", count="klarsyn.contact.direct.still_sealed")
        register_door(
            Door(
                _("Kontakter"),
                "contact:inbox",
                Permission.CASE_READ,
                sentence=_("Nya och pågående kontakter från den som inte säger sitt namn."),
                order=69,
            )
        )
        for door in DOORS:
            register_door(door)
