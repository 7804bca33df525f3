"""What holds of the receptions on a day, for anyone; and all that was ever stated, for the head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Q

from klarsyn.people.models import Team
from klarsyn.receptions import policy
from klarsyn.receptions.models import Fact, Reception
from klarsyn.receptions.policy import Ages, Area, Hours

What = Fact.What


@dataclass(frozen=True, slots=True)
class Shown:
    """A reception as the public may see it on one day. Empty, or None, where nothing is stated."""

    kind: str
    is_invented: bool
    phone: str
    address: str
    hours: tuple[Hours, ...]
    ages: Ages | None
    areas: tuple[Area, ...]
    nameless: str  # the board's decision to work without names; empty = none


def shown(kind: str, host_code: str, day: date) -> Shown | None:
    """The reception of that kind as it is on that day; None where the municipality has none."""
    reception = Reception.objects.filter(kind=kind, host_code=host_code).first()
    if reception is None:
        return None
    held = {row.what: row.value for row in in_force(reception, day).values()}

    def read(what: Fact.What) -> object:
        return policy.READERS[what](held[what]) if what in held else None

    return Shown(
        kind=reception.kind,
        is_invented=reception.is_invented,
        phone=held.get(What.PHONE, ""),
        address=held.get(What.ADDRESS, ""),
        hours=cast(tuple[Hours, ...], read(What.HOURS) or ()),
        ages=cast(Ages | None, read(What.AGE)),
        areas=cast(tuple[Area, ...], read(What.AREAS) or ()),
        nameless=held.get(What.NAMELESS, ""),
    )


def in_force(reception: Reception, day: date) -> dict[str, Fact]:
    """The row of each kind that holds on the day: of several the one that began last."""
    rows = reception.facts.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return {row.what: row for row in rows.order_by("valid_from", "pk")}  # the later row wins


def nameless_decision(team: Team, day: date) -> str:
    """The board's decision to work without names that holds for the team's reception; empty = none."""
    reception = Reception.objects.filter(team=team).first()
    fact = in_force(reception, day).get(What.NAMELESS) if reception else None
    return fact.value if fact else ""


def history(reception: Reception) -> list[Fact]:
    """Everything ever stated of it, newest first within its kind."""
    return list(reception.facts.select_related("stated_by"))
