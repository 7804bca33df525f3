"""A comparison in the reader's language, ready for the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.report import categories, numbers
from klarsyn.report.dates import day
from klarsyn.report.others import drawn
from klarsyn.report.others.comparing import Apart, Block, Group, Row, Why

_NO_HOST: Final = re.compile(r"https?://[^/]+\.invalid(/|$)")  # invented: it leads nowhere, so it is no link


@dataclass(frozen=True, slots=True)
class RowShown:
    """One municipality's line; every number with what it rests on."""

    name: str
    edition: str
    address: str
    count: str
    population: str
    rate: str
    interval: str
    note: str


@dataclass(frozen=True, slots=True)
class BlockShown:
    """One year."""

    period: str
    rows: tuple[RowShown, ...]
    charts: drawn.Pair | None


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One indicator with all that must stand beside it."""

    title: str
    unit: str
    blocks: tuple[BlockShown, ...]
    over_time: drawn.Pair | None
    breaks: tuple[str, ...]
    apart: tuple[str, ...]
    says_not: tuple[str, ...]
    sources: tuple[str, ...]


def shown(group: Group, language: str, *, invented: bool) -> GroupShown:
    """Everything of the group."""
    figures = [(r.held, r.figure) for b in group.blocks for r in b.rows]
    return GroupShown(
        title=group.first.title[language],
        unit=drawn.per(group.first.per, language),
        blocks=tuple(_block(group, b, language, invented) for b in group.blocks),
        over_time=drawn.over_time(group, language, invented),
        breaks=tuple(f"{day(b['on'], language)}: {b[language]}" for b in group.breaks),
        apart=tuple(_apart(a) for a in group.apart),
        says_not=tuple(dict.fromkeys(f.says_not[language] for _, f in figures)),
        sources=tuple(dict.fromkeys(f"{h.name}: {'; '.join(f.sources)}" for h, f in figures)),
    )


def _block(group: Group, block: Block, language: str, invented: bool) -> BlockShown:
    rows = tuple(_row(r, language) for r in block.rows)
    return BlockShown(block.period, rows, drawn.years(group, block, language, invented))


def _row(row: Row, language: str) -> RowShown:
    figure, held = row.figure, row.held
    hidden = categories.symbol(figure.symbol, language) if figure.symbol else ""
    interval = ""
    if row.rate is not None and row.lower is not None and row.upper is not None:
        interval = numbers.interval(row.lower, row.upper, language)
    return RowShown(
        name=held.name,
        edition=_("%(year)d, utgåva %(n)d") % {"year": held.year, "n": held.number},
        address="" if _NO_HOST.match(held.address) else held.address,
        count=hidden if figure.count is None else numbers.count(figure.count, language),
        population=numbers.count(figure.population, language) if figure.population else "–",
        rate="–" if row.rate is None else numbers.rate(row.rate, language),
        interval=interval or "–",
        note=_note(row),
    )


def _note(row: Row) -> str:
    figure = row.figure
    if figure.count is None:
        return _("Talet är dolt av den som publicerade det, så att ingen ska kunna kännas igen.")
    if row.rate is None:
        return _("Utgåvan säger inte hur många som bor i kommunen, så antal per invånare saknas.")
    if figure.rate is None:
        text = _(
            "Antalet är avrundat och kan vara %(n)d högre eller lägre. Tal och intervall är räknade här."
        )
        return text % {"n": figure.rounded_by}
    return _("Tal och intervall så som kommunen har publicerat dem.")


def _apart(one: Apart) -> str:
    reasons = {
        Why.DEFINITION: _("definitionen är en annan än vår, så talen räknar olika saker"),
        Why.MEASURE: _("det är ett annat mått"),
        Why.CONFLICT: _("utgåvans källor säger olika, och ingen av dem används"),
    }
    return _("%(name)s %(period)s kan inte jämföras: %(why)s.") % {
        "name": one.held.name, "period": one.figure.period, "why": reasons[one.why],
    }  # fmt: skip
