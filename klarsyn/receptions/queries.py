"""What holds of the receptions on a day, all that was ever stated, and what was counted without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Q, Sum

from klarsyn.people.models import Team
from klarsyn.receptions import policy
from klarsyn.receptions.bands import Reach, What
from klarsyn.receptions.models import Fact, Reception, Tally, TallyCell
from klarsyn.receptions.policy import Ages, Area, Hours

FactWhat = Fact.What


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
        phone=held.get(FactWhat.PHONE, ""),
        address=held.get(FactWhat.ADDRESS, ""),
        hours=cast(tuple[Hours, ...], read(FactWhat.HOURS) or ()),
        ages=cast(Ages | None, read(FactWhat.AGE)),
        areas=areas_in_force(reception, day),
        nameless=held.get(FactWhat.NAMELESS, ""),
    )


def areas_in_force(reception: Reception, day: date) -> tuple[Area, ...]:
    """The municipalities whose inhabitants may come on the day: those stated, and each with an agreement."""
    held = in_force(reception, day)
    own = policy.areas(held[FactWhat.AREAS].value) if FactWhat.AREAS in held else ()
    agreed = agreements(reception, day)
    more = (area for row in agreed for area in policy.agreement(row.value))
    known = {area.code: area for area in (*own, *more)}
    return tuple(known.values())


def agreements(reception: Reception, day: date) -> list[Fact]:
    """Every agreement that holds on the day: they do not replace one another."""
    held = reception.facts.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return list(held.filter(what=FactWhat.AGREEMENT).order_by("valid_from", "pk"))


def in_force(reception: Reception, day: date) -> dict[str, Fact]:
    """The row of each kind that holds on the day: of several the one that began last."""
    rows = reception.facts.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return {row.what: row for row in rows.order_by("valid_from", "pk")}  # the later row wins


def nameless_decision(team: Team, day: date) -> str:
    """The board's decision to work without names that holds for the team's reception; empty = none."""
    reception = Reception.objects.filter(team=team).first()
    fact = in_force(reception, day).get(FactWhat.NAMELESS) if reception else None
    return fact.value if fact else ""


def history(reception: Reception) -> list[Fact]:
    """Everything ever stated of it, newest first within its kind."""
    return list(reception.facts.select_related("stated_by"))


@dataclass(frozen=True, slots=True)
class Month:
    """What was counted in one month, in the order of `What`; of outreach how many were reached."""

    first: date
    numbers: tuple[int, ...]


def counted(reception: Reception, year: int) -> tuple[Month, ...]:
    """The year's months with what was counted without names, and not taken back."""
    held = TallyCell.objects.filter(
        tally__reception=reception, tally__year=year, tally__withdrawn_on=None, reach__in=("", Reach.REACHED)
    )
    sums = {
        (row["tally__month"], row["tally__what"]): row["total"]
        for row in held.values("tally__month", "tally__what").annotate(total=Sum("number"))
    }
    return tuple(
        Month(date(year, month, 1), tuple(sums.get((month, what), 0) for what in What))
        for month in range(1, 13)
    )


def entered(reception: Reception, most: int) -> list[Tally]:
    """The latest entries, each with its sum in `total`; those taken back too."""
    return list(reception.tallies.select_related("entered_by").annotate(total=Sum("cells__number"))[:most])


def counted_years(reception: Reception) -> list[int]:
    """The years in which something was counted without names, newest first."""
    return list(reception.tallies.order_by("-year").values_list("year", flat=True).distinct())
