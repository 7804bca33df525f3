"""What is told of one person and one year: bands and numbers, no word of anybody's own. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from klarsyn.receptions.bands import Age, Gender


class Standing(models.TextChoices):
    NEW = "new", _("ny i år")
    ONGOING = "ongoing", _("sedan tidigare")


class WayIn(models.TextChoices):
    SELF = "self", _("sökte själv")
    OUTREACH = "outreach", _("uppsökande arbete")
    SOCIAL = "social", _("socialtjänsten")
    CARE = "care", _("vården")
    POLICE = "police", _("polisen")
    OTHER = "other", _("annan väg")


class Residence(models.TextChoices):
    """Refusing is an answer of its own."""

    HOME = "home", _("mottagningens kommun")
    COUNTY = "county", _("annan kommun i länet")
    ELSEWHERE = "elsewhere", _("annan ort")
    UNSAID = "unsaid", _("ville inte säga")


class Support(models.TextChoices):
    TALK = "talk", _("samtal")
    PRACTICAL = "practical", _("praktisk hjälp")
    HEALTH = "health", _("hälsa och vård")
    HOUSING = "housing", _("boende")
    ECONOMY = "economy", _("ekonomi och skulder")
    LEGAL = "legal", _("rättsligt stöd")
    RELATIVES = "relatives", _("stöd till närstående")


class Channel(models.TextChoices):
    PHONE = "phone", _("telefon")
    WRITTEN = "written", _("skriftligt")
    BOOKED = "booked", _("bokat besök")
    DROP_IN = "drop_in", _("öppen mottagning")
    OUTSIDE = "outside", _("möte utanför mottagningen")


class Closing(models.TextChoices):
    DONE = "done", _("färdigt som planerat")
    OWN_WISH = "own_wish", _("eget önskemål")
    REFERRED = "referred", _("vidare till annan")
    MOVED = "moved", _("flyttat")
    LOST = "lost", _("hördes inte av")
    OTHER = "other", _("annat skäl")


class Point(models.TextChoices):
    """When the follow-up questions were due."""

    THREE = "month3", _("efter tre månader")
    TWELVE = "month12", _("efter tolv månader")


class Change(models.TextChoices):
    """How the answers moved since the first time; who did not answer stays in the table."""

    BETTER = "better", _("bättre")
    SAME = "same", _("som förut")
    WORSE = "worse", _("sämre")
    UNANSWERED = "unanswered", _("svarade inte")
    NOT_ASKED = "not_asked", _("tillfrågades inte")


MOST: Final = 999  # contacts through one channel in a year


class Untellable(ValueError):
    """Something that is no band of ours; it would have been somebody's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonYear:
    """One person's year with a reception. Raises Untellable for anything outside the bands.

    support: what was given, each once. contacts: how many through each channel. closing: "" while it goes on.
    change: how the follow-up went at each point that was due.
    """

    standing: str
    gender: str
    age: str
    residence: str
    way_in: str
    support: tuple[str, ...] = ()
    contacts: tuple[tuple[str, int], ...] = ()
    closing: str = ""
    change: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for value, bands in (
            (self.standing, Standing), (self.gender, Gender), (self.age, Age), (self.residence, Residence),
            (self.way_in, WayIn), *((s, Support) for s in self.support),
            *((c, Channel) for c, _n in self.contacts),
            *((p, Point) for p, _c in self.change), *((c, Change) for _p, c in self.change),
        ):  # fmt: skip
            if value not in bands.values:
                raise Untellable(f"{value!r} is none of {', '.join(bands.values)}")
        if self.closing and self.closing not in Closing.values:
            raise Untellable(f"{self.closing!r} is none of {', '.join(Closing.values)}")
        if not all(type(n) is int and 1 <= n <= MOST for _c, n in self.contacts):
            raise Untellable(f"contacts are whole numbers from 1 to {MOST}")
        if self.standing == Standing.NEW and any(p == Point.TWELVE for p, _c in self.change):
            raise Untellable("whoever is new this year has not been here for twelve months")
        for named in (self.support, [c for c, _n in self.contacts], [p for p, _c in self.change]):
            if len(set(named)) != len(named):
                raise Untellable(f"{sorted(named)} names one twice")

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> PersonYear:
        """Raises Untellable for what `to_bytes` never wrote."""
        try:
            found: dict[str, Any] = json.loads(raw)
            for name in ("support", "contacts", "change"):
                found[name] = tuple(map(_tupled, found[name]))
            return cls(**found)
        except (TypeError, KeyError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise Untellable(str(error)) from error

    def cells(self) -> Iterator[tuple[str, str, int]]:
        """What the year adds to each measure: (measure, its cell by variable, how much)."""
        yield (
            "reception_persons",
            _cell(
                age=self.age, gender=self.gender, residence=self.residence, standing=self.standing,
                way_in=self.way_in,
            ),
            1,
        )  # fmt: skip
        for support in self.support:
            yield "reception_support", _cell(support=support), 1
        for channel, number in self.contacts:
            yield "reception_contacts", _cell(channel=channel), number
        if self.closing:
            yield "reception_closed", _cell(closing=self.closing), 1
        for point, change in self.change:
            yield "reception_followup", _cell(change=change, point=point), 1


def _cell(**bands: str) -> str:
    """The text of a cell, its variables by name as `cases.counts` reads them."""
    return "|".join(f"{variable}={band}" for variable, band in sorted(bands.items()))


def _tupled(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
