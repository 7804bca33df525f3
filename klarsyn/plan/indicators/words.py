"""A standing in words and numbers, in the reader's language: never a bare number, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from klarsyn.base.language import reader_language
from klarsyn.base.numbers import percent, span, written
from klarsyn.base.released import Quantity, ReleasedFigure, ReleasedRow
from klarsyn.plan.indicators.drawing import picture
from klarsyn.plan.indicators.standing import IndicatorStanding, Point, Verdict

# The verdict as a word with a shape of base/icons.py and a tone.
MARKS: Final[dict[Verdict, tuple[str, str, str | Promise]]] = {
    Verdict.MET: ("full", "good", gettext_lazy("Målet är nått")),
    Verdict.NOT_MET: ("empty", "caution", gettext_lazy("Målet är inte nått")),
    Verdict.COVERS: ("half", "quiet", gettext_lazy("Går inte att säga än")),
    Verdict.NO_INTERVAL: ("half", "quiet", gettext_lazy("Går inte att säga")),
    Verdict.TOO_FEW: ("hatch", "quiet", gettext_lazy("För få för att kunna sägas")),
    Verdict.NOT_APART: ("hatch", "quiet", gettext_lazy("För få för att sägas för sig")),
    Verdict.NOT_KNOWN: ("hatch", "quiet", gettext_lazy("Inte känt")),
    Verdict.DISAGREE: ("triangle", "caution", gettext_lazy("Källorna säger olika")),
    Verdict.BROKEN: ("square", "caution", gettext_lazy("Serien är bruten")),
    Verdict.NO_TARGET: ("empty", "quiet", gettext_lazy("Inget mål är satt")),
    Verdict.NO_FIGURE: ("empty", "quiet", gettext_lazy("Ingen siffra är publicerad än")),
}
# Before the target's own year nothing is met or missed: only on which side the figure stands.
_EARLY: Final[dict[Verdict, tuple[str, str, str | Promise]]] = {
    Verdict.MET: ("half", "good", gettext_lazy("På rätt sida om målet än så länge")),
    Verdict.NOT_MET: ("empty", "quiet", gettext_lazy("Inte framme vid målet än")),
}
_WHY: Final[dict[Verdict, str | Promise]] = {
    Verdict.MET: gettext_lazy("Hela intervallet ligger på rätt sida om målet."),
    Verdict.NOT_MET: gettext_lazy("Hela intervallet ligger på fel sida om målet."),
    Verdict.COVERS: gettext_lazy(
        "Intervallet rymmer målet: det kan vara nått, och det kan vara slumpen. Fler år behövs."
    ),
    Verdict.NO_INTERVAL: gettext_lazy(
        "Ingen vet hur långt talet kan ligga från det rätta, så det prövas inte mot målet."
    ),
    Verdict.TOO_FEW: gettext_lazy(
        "Talet är så litet att någon kunde kännas igen. Det visas inte och prövas inte mot målet."
    ),
    Verdict.NOT_APART: gettext_lazy(
        "I kartläggningen är den delen sammanlagd med andra, för att ingen ska kunna kännas igen. "
        "Den visas inte för sig och prövas inte mot målet."
    ),
    Verdict.NOT_KNOWN: gettext_lazy("Källan har inget tal för det året. Okänt är inte noll."),
    Verdict.DISAGREE: gettext_lazy("Två källor ger olika tal för samma sak. Båda visas, ingen är vald."),
    Verdict.BROKEN: gettext_lazy(
        "Något ändrades mellan utgångsåret och nu, så talen före och efter är inte samma sak."
    ),
    Verdict.NO_TARGET: gettext_lazy("Planen följer talet utan att ha sagt vad det ska bli."),
    Verdict.NO_FIGURE: gettext_lazy(
        "Siffran hämtas ur kartläggningen när den är kontrollerad av två personer och publicerad."
    ),
}


@dataclass(frozen=True, slots=True)
class PointTold:
    """One period as a row: `value` is a number or the words in its place."""

    period: str
    value: str
    interval: str
    source: str
    is_now: bool
    is_baseline: bool
    edition: str


@dataclass(frozen=True, slots=True)
class BreakTold:
    on: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class StandingTold:
    """What a page shows of a measure's indicator."""

    verdict: str
    shape: str
    tone: str
    word: str
    why: str
    title: str
    what: str  # whom the number is of
    unit: str
    target: str
    points: tuple[PointTold, ...]
    breaks: tuple[BreakTold, ...]
    says_not: str
    protection: str
    sources: str
    address: str
    is_invented: bool
    now: PointTold | None
    picture: SafeString


def told(one: IndicatorStanding | None, title: str) -> StandingTold | None:
    """`title`: of the indicator, for a measure whose figure is not released."""
    if one is None:
        return None
    shape, tone, word = MARKS[one.verdict] if one.is_due else _EARLY.get(one.verdict, MARKS[one.verdict])
    figure = one.now.figure if one.now else None
    target = _target(one, figure)
    points = tuple(_point(p, row, one) for p in one.series for row in (p.row, *p.others))
    return StandingTold(
        verdict=one.verdict.value,
        shape=shape,
        tone=tone,
        word=str(word),
        why=" ".join(filter(None, [str(_WHY[one.verdict]), _when(one)])),
        title=figure.title.said(reader_language()) if figure else title,
        what=one.now.row.words.said(reader_language()) if one.now else "",
        unit=unit(figure) if figure else "",
        target=target,
        points=points,
        breaks=tuple(
            BreakTold(date_format(b.on, "DATE_FORMAT"), b.title.said(reader_language()), b.address)
            for b in one.breaks
        ),
        says_not=figure.says_not.said(reader_language()) if figure else "",
        protection=figure.protection.said(reader_language()) if figure else "",
        sources=", ".join(figure.sources) if figure else "",
        address=figure.address.said(reader_language()) if figure else "",
        is_invented=bool(figure and figure.is_invented),
        now=next((p for p in points if p.is_now), None),
        picture=picture(one, gettext("Åren som punkter med intervall; tabellen säger samma sak."), target),
    )


def unit(figure: ReleasedFigure) -> str:
    """ "per 100 000 invånare"."""
    if figure.quantity is Quantity.RATE:
        per = int(figure.unit.removeprefix("per_"))
        return gettext("per %(n)s invånare") % {"n": written(per, 0, reader_language())}
    return gettext("andel") if figure.quantity is Quantity.PERCENT else gettext("antal")


def amount(value: float, quantity: Quantity) -> str:
    """A number as its quantity is written: 12,05; 9,5 %; 1 200."""
    if quantity is Quantity.PERCENT:
        return percent(value / 100, 0 if float(value).is_integer() else 1, reader_language())
    return written(value, _decimals(value, quantity), reader_language())


def interval(row: ReleasedRow, quantity: Quantity) -> str:
    """The limits and what they are; "" where there are none."""
    if row.low is None or row.high is None:
        return ""
    places = 1 if quantity is Quantity.PERCENT else _decimals(row.high, quantity)
    limits = span(row.low, row.high, places, reader_language())
    if row.method == "rounding":
        return gettext("avrundat; det rätta talet ligger i %(limits)s") % {"limits": limits}
    if row.level is None:
        return gettext("källans eget intervall %(limits)s") % {"limits": limits}
    level = percent(row.level, 0, reader_language())
    return gettext("%(level)s intervall %(limits)s") % {"level": level, "limits": limits}


def value_of(row: ReleasedRow, quantity: Quantity) -> str:
    if row.value is None:
        return row.why.words.said(reader_language())
    number = amount(row.value, quantity)
    return gettext("omkring %(number)s") % {"number": number} if row.is_approximate else number


def _point(point: Point, row: ReleasedRow, one: IndicatorStanding) -> PointTold:
    figure = point.figure
    return PointTold(
        period=row.period,
        value=value_of(row, figure.quantity),
        interval=interval(row, figure.quantity),
        source=row.publisher,
        is_now=one.now is point,
        is_baseline=one.baseline is point,
        edition=gettext("kartläggningen %(year)s, utgåva %(n)s") % {"year": figure.year, "n": figure.edition},
    )


def _target(one: IndicatorStanding, figure: ReleasedFigure | None) -> str:
    if one.target is None:
        return ""
    quantity = figure.quantity if figure else Quantity.COUNT
    number = (
        amount(one.target, quantity) if figure else written(one.target, _plain(one.target), reader_language())
    )
    words = gettext("minst %(number)s år %(year)s") if one.is_up else gettext("högst %(number)s år %(year)s")
    return words % {"number": number, "year": one.target_year}


def _when(one: IndicatorStanding) -> str:
    """That the target's year has not come, where somebody could take the verdict for the last word."""
    if one.verdict in _EARLY and not one.is_due and one.target_year:
        return gettext("Målet gäller %(year)s, och så långt har siffrorna inte kommit.") % {
            "year": one.target_year
        }
    return ""


def _decimals(value: float, quantity: Quantity) -> int:
    if quantity is Quantity.COUNT:
        return _plain(value)
    return 2 if value < 100 else 1


def _plain(value: float) -> int:
    return 0 if float(value).is_integer() else 1
