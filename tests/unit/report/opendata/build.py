"""A small mapping with the published triple of 2019, made by hand."""

from datetime import date

from klarsyn.mapping.definitions import Chapter, Indicator, Method, Words
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report.opendata import EditionFacts
from klarsyn.sources.values import Measure, Provenance
from smallcounts.counts import Count, CountTable
from smallcounts.disclosure import permit_public
from smallcounts.results import Column, SafeTable

EDITION = EditionFacts(
    slug="kartlaggning-2019-1",
    number=1,
    title_sv="Kartläggningen 2019, Jönköpings kommun",
    title_en="The mapping 2019, Jönköping municipality",
    publisher="Jönköpings kommun",
    address="https://exempel.se/kartlaggning/2019/utgava-1",
    released_on=date(2026, 11, 23),
    what_changed="",
)
TRIPLE = (("0680", "Jönköping", 17, 141081), ("1280", "Malmö", 22, 344166), ("1480", "Göteborg", 22, 579281))


def table(
    name: str, columns: list[Column], rows: list[dict[str, object]], *, invented: bool = False
) -> SafeTable:
    counts = CountTable(
        "press_count_convicted",
        "persons",
        tuple(Count(a, n, "2019", c, population=p, sources=("sr-2021",)) for a, n, c, p in TRIPLE),
        is_invented=invented,
        is_public=True,
    )
    return permit_public(name, columns, rows, inputs=[counts])  # type: ignore[arg-type]


def rates(*, invented: bool = False) -> SafeTable:
    columns = [
        Column("area", "area"), Column("name", "text"), Column("period", "period"), Column("count", "count", "persons"),
        Column("population", "population", "persons"), Column("rate", "number", "per 100 000"),
        Column("lower", "number", "per 100 000"),
    ]  # fmt: skip
    rows: list[dict[str, object]] = [
        {
            "area": a,
            "name": n,
            "period": "2019",
            "count": c,
            "population": p,
            "rate": c / p * 1e5,
            "lower": None,
        }
        for a, n, c, p in TRIPLE
    ]
    return table("rates", columns, rows, invented=invented)


def mapping(*tables: SafeTable, invented: bool = False) -> FrozenMapping:
    words = Words("Dömda <i tre> kommuner & riket", "Convicted in three")
    indicator = Indicator(
        id="convicted_press", chapter=Chapter.DEMAND, order=1, method=Method.RATES_COMPARED, title=words, why=words,
        says_not=Words("Speglar polisens arbete.", "Mirrors police work."), numerator=words, denominator=words,
        how=words, measures=(Measure.PRESS_COUNT_CONVICTED,), datasets=(), areas=(), since="2019", until="2019",
        per=100_000, disclosure="already_public", author="Disa", checker="Greta", next_review=date(2027, 1, 1),
    )  # fmt: skip
    source = Provenance(
        key="sr-2021", publisher="Sveriges Radio", title="Dömda <2019>", table="", address="https://exempel.se/?a=1&b=2",
        measure=Measure.PRESS_COUNT_CONVICTED, licence="", retrieved_at=None, published="2021", checksum="0",
        territory="2019-01-01", certainty="medium",
    )  # fmt: skip
    figure = FigureResult(indicator, tables or (rates(invented=invented),), (), (), (), (source,), (), ())
    return FrozenMapping(
        "0680", "Jönköping", 2019, invented, "c0ffee", "beef", "1", "2026-11-23", (figure,), ""
    )
