"""Two invented municipalities with one figure each, and their signed packages, made by the product's own writer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.test import override_settings

from klarsyn.mapping.definitions import Chapter, Indicator, Method, Words
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report.opendata import EditionFacts, write_open_data
from klarsyn.report.policy import State
from klarsyn.report.signing import maker
from klarsyn.report.view import EditionShown
from klarsyn.sources.values import Measure, Provenance, SeriesBreak
from smallcounts.counts import Count, CountTable
from smallcounts.disclosure import permit_public
from smallcounts.rates import rate
from smallcounts.results import Column, SafeTable

GRANBY, SJOBO = "9901", "9902"
NAMES = {GRANBY: "Granby", SJOBO: "Sjöbo by"}
COUNTS = {GRANBY: (17, 141_081), SJOBO: (4, 58_300)}
RELEASED = date(2026, 11, 20)
KINDS = {"area": "area", "name": "text", "period": "period", "count": "count", "population": "population"}


def indicator(numerator: str = "Dömda under året.") -> Indicator:
    words, counted = (
        Words("Dömda i påhittade kommuner", "Convicted in invented municipalities"),
        Words(numerator, ""),
    )
    return Indicator(
        id="example_rates", chapter=Chapter.DEMAND, order=1, method=Method.RATES_COMPARED, title=words, why=words,
        says_not=Words("Talet speglar polisens arbete.", "The figure mirrors the work of the police."),
        numerator=counted, denominator=words, how=words, measures=(Measure.SIMULATED,), datasets=(), areas=(),
        since="year", until="year", per=100_000, disclosure="invented", author="D", checker="G",
        next_review=date(2027, 1, 1),
    )  # fmt: skip


def rates(home: str, year: int, count: int) -> SafeTable:
    """Home's own row and one that it says of somebody else, which nobody believes it."""
    people = COUNTS[home][1]
    made = rate(count, people, per=100_000)
    row = {"area": home, "name": NAMES[home], "period": str(year), "count": count, "population": people,
           "rate": made.value, "lower": made.interval.lower, "upper": made.interval.upper}  # fmt: skip
    other = {**row, "area": "9999", "name": "Annan"}
    counts = CountTable(
        "simulated", "persons",
        tuple(Count(str(r["area"]), str(r["name"]), str(year), count, population=people, sources=("p",)) for r in (row, other)),
        is_invented=True, is_public=True,
    )  # fmt: skip
    columns = [Column(n, KINDS.get(n, "number"), "" if n in KINDS else "per_100000") for n in row]
    return permit_public("rates", columns, [row, other], inputs=[counts])


def mapping(
    home: str = GRANBY, year: int = 2024, count: int | None = None, numerator: str = "Dömda under året."
) -> FrozenMapping:
    source = Provenance(
        key="p", publisher="Påhittat", title="Påhittade domar", table="", address="https://exempel.invalid/",
        measure=Measure.SIMULATED, licence="", retrieved_at=None, published="2024", checksum="0",
        territory="2019-01-01", certainty="high", is_invented=True,
    )  # fmt: skip
    broken = SeriesBreak(
        "lag", (Measure.SIMULATED,), date(2023, 7, 1), "Ny lag", "New law", "https://exempel.invalid/"
    )
    table = rates(home, year, COUNTS[home][0] if count is None else count)
    figure = FigureResult(indicator(numerator), (table,), (), (), (), (source,), (broken,), ())
    return FrozenMapping(home, NAMES[home], year, True, "c0ffee", "beef", "1", "2026-11-20", (figure,), "")


def edition(home: str = GRANBY, year: int = 2024, number: int = 1) -> EditionShown:
    slug, base = f"{home}-exempel-{number}", f"/kartlaggning/exempel/utgava-{number}/"
    changed = "" if number == 1 else "Ett tal var fel."
    return EditionShown(slug, home, year, number, True, State.RELEASED, base, RELEASED, changed, "c0ffee")


def package(place: Path, made: FrozenMapping | None = None, *, number: int = 1, on: date = RELEASED) -> bytes:
    """The zip of one edition, written and signed below `place`, the municipality's own data folder."""
    made = made or mapping()
    shown = edition(made.municipality, made.year, number)
    facts = EditionFacts(shown.slug, number, "Kartläggningen", "The mapping", NAMES[made.municipality],
                         f"https://exempel.invalid{shown.base}", RELEASED, shown.what_changed)  # fmt: skip
    with override_settings(HOME=place, MUNICIPALITY=made.municipality):
        data = place / shown.slug / "data"
        write_open_data(made, edition=facts, folder=data)
        return maker.sign(shown, made, data, on=on)[-1].read_bytes()
