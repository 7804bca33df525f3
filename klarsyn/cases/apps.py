from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission
from klarsyn.people.reseal import register_reseal

DOORS: Final = (
    Door(
        _("Ärenden"),
        "cases:cases",
        Permission.CASE_READ,
        sentence=_("Mottagningens öppna ärenden."),
        order=70,
    ),
    Door(
        _("Granska läsningar"),
        "cases:samples",
        Permission.READS_SIGN_OFF,
        sentence=_("Månadens stickprov: vem som har läst vad, och varför."),
        order=76,
    ),
    Door(
        _("Chefers egna läsningar"),
        "cases:own_reads",
        Permission.READS_OF_HEADS,
        sentence=_("Läsningar som ingen annan chef kan granska."),
        order=76,
    ),
    Door(
        _("Läget i mottagningen"),
        "cases:workload",
        Permission.WORKLOAD_READ,
        sentence=_("Hur mycket mottagningen bär, i antal."),
        order=75,
    ),
    Door(
        _("Gallring"),
        "cases:retention",
        Permission.RETENTION_READ,
        sentence=_("Avslutade ärenden vars tid är slut: föreslå, besluta, bevis."),
        order=78,
    ),
    Door(
        _("Fler ärenden på en timme"),
        "cases:budget",
        Permission.CASE_ALLOW_MORE,
        sentence=_("Be om fler, eller godkänn en kollega."),
        order=77,
    ),
)


class CasesConfig(AppConfig):
    name = "klarsyn.cases"

    def ready(self) -> None:
        families = import_module("klarsyn.cases.kinds")
        for family in iter_modules(families.__path__):
            import_module(f"{families.__name__}.{family.name}")
        register_reseal("klarsyn.cases.rekeying.reseal", count="klarsyn.cases.rekeying.still_sealed")
        for door in DOORS:
            register_door(door)
