"""What is counted, each thing once: its measure, the unit of its numbers, and the bands they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise

from klarsyn.base.event_weeks import EVENT, OTHER
from klarsyn.receptions.bands import KINDS, Age, Gender, What
from klarsyn.receptions.statistics.telling import (
    Change,
    Channel,
    Closing,
    Point,
    Residence,
    Standing,
    Support,
    WayIn,
)

Bands = Mapping[str, str | Promise]


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure. `bands`: of each variable its bands with their words, in the order they are shown.

    of_people: it counts people the reception knows, or what was done with them; then `once` says how often
    one of them can stand in it: at most once in each band of these variables; with none of them at most once
    in all, and None where there is no such limit.
    """

    unit: str
    bands: Mapping[str, Bands]
    of_people: bool = False
    once: tuple[str, ...] | None = None


def _bands(kind: type[TextChoices]) -> Bands:
    return {one.value: one.label for one in kind}


PERSONS: Final = "reception_persons"  # whoever stands in the other told measures is one of these
TOLD: Final[Mapping[str, Counted]] = MappingProxyType(
    {
        PERSONS: Counted(
            "persons",
            {
                "standing": _bands(Standing), "gender": _bands(Gender), "age": _bands(Age),
                "way_in": _bands(WayIn), "residence": _bands(Residence),
            },
            of_people=True, once=(),
        ),
        "reception_support": Counted(
            "persons and kinds of support", {"support": _bands(Support)}, of_people=True, once=("support",)
        ),
        "reception_contacts": Counted("contacts", {"channel": _bands(Channel)}, of_people=True),
        "reception_closed": Counted("persons", {"closing": _bands(Closing)}, of_people=True, once=()),
        "reception_followup": Counted(
            "follow-ups", {"change": _bands(Change), "point": _bands(Point)}, of_people=True, once=("point",)
        ),
    }
)  # fmt: skip
UNSAID: Final = "unsaid"  # of a sheet from before it asked, in a month with an event
_SHEET: Final[Mapping[str, Bands]] = {
    "gender": _bands(Gender), "age": _bands(Age), "outcome": {"missed": "", "declined": "", "accepted": ""},
    "during": dict.fromkeys((EVENT, OTHER, UNSAID), ""),
}  # fmt: skip
# What is counted without names, by what it is: its measure, and that measure.
TALLIED: Final[Mapping[What, tuple[str, Counted]]] = MappingProxyType(
    {
        What.OUTREACH: (
            "outreach_contacts", Counted("contacts", {"place": KINDS[What.OUTREACH], **_SHEET}),
        ),
        What.VISIT: ("nameless_visits", Counted("visits", {"visit": KINDS[What.VISIT]})),
        What.CONTACT: ("nameless_contacts", Counted("contacts", {"way": KINDS[What.CONTACT]})),
        What.CONSULTATION: (
            "consultations", Counted("consultations", {"profession": KINDS[What.CONSULTATION]}),
        ),
        What.SHIFT: ("police_shifts", Counted("shifts", {"place": KINDS[What.SHIFT]})),
        What.CARD: ("cards_handed_out", Counted("cards", {"handed_out": KINDS[What.CARD]})),
    }
)  # fmt: skip
