"""A frozen mapping as an edition's page in one language: the view model that page, PDF and slides share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from klarsyn.mapping.definitions import Chapter as Key
from klarsyn.mapping.definitions import Method
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report import joint, numbers, sentences, strips, texts
from klarsyn.report.artefacts import KNOWN
from klarsyn.report.chapters import chapters, words_of
from klarsyn.report.dates import day
from klarsyn.report.figure_view import figure_shown
from klarsyn.report.tables import anchor
from klarsyn.report.view import EditionShown, FigureShown, Link, NumberShown, Page
from klarsyn.sources.values import Measure
from smallcounts.results import Cell, SafeTable

_ORDER = {key: number for number, key in enumerate(Key)}
_COMPARED = 2  # so many ratios beside the home municipality's own rate: three numbers in all
_RATE_TEXTS = {
    "rates": ("per", "of"),
    "shrunken": ("smoothed", "smoothed_note"),
    "spatial": ("neighbours", "neighbours_note"),
}
_THING = {
    Measure.SIMULATED: ("påhittade fall", "invented cases"),
    Measure.REPORTED_OFFENCES: ("anmälda köp", "reported purchases"),
}


def build(
    mapping: FrozenMapping, edition: EditionShown, language: str, *, files: Collection[str] = ()
) -> Page:
    """The page. `files` are names in the edition's folder; links are made only to what exists."""
    first, words = texts.read(language)["first"], words_of(mapping, language)
    figures = _figures(mapping, edition, language, files)
    made = chapters(mapping, figures, language)
    main = _main(mapping)
    title = first["invented_title" if mapping.is_invented else "title"]
    return Page(
        language=language,
        title=texts.filled(title, words),
        municipality_name=mapping.municipality_name,
        edition=edition,
        headline=_headline(main, mapping, language),
        headline_caveat=first["invented_caveat" if mapping.is_invented else "caveat"],
        numbers=_numbers(main, edition, mapping, language) if main else (),
        decided=next((c for c in made if c.key is Key.FOLLOWUP), made[0]),
        chapters=made,
        downloads=_downloads(edition, language, files),
        released=day(edition.released_on, language) if edition.released_on else "",
        frozen_at=mapping.frozen_at,
        code_version=mapping.code_version,
        has_files=edition.released_on is not None,
    )


def _headline(main: FigureResult | None, mapping: FrozenMapping, language: str) -> str:
    """The year's one finding. An invented mapping has none: its headline says what the page is."""
    first, words = texts.read(language)["first"], words_of(mapping, language)
    if mapping.is_invented:
        return texts.filled(first["invented_headline"], words)
    return sentences.headline(main, language) if main else texts.filled(first["no_finding"], words)


def _figures(
    mapping: FrozenMapping, edition: EditionShown, language: str, files: Collection[str]
) -> tuple[FigureShown, ...]:
    ordered = sorted(mapping.figures, key=lambda f: (_ORDER[f.indicator.chapter], f.indicator.order))
    return tuple(
        figure_shown(joint.marked(figure, mapping), number, edition.base, language, files, year=mapping.year)
        for number, figure in enumerate(ordered, 1)
    )


def _main(mapping: FrozenMapping) -> FigureResult | None:
    """The figure whose finding stands on the first screen: the comparison of municipalities."""
    found = [f for f in mapping.figures if f.indicator.method is Method.RATES_COMPARED and f.findings]
    return min(found, key=lambda f: f.indicator.order, default=None)


def _numbers(
    figure: FigureResult, edition: EditionShown, mapping: FrozenMapping, language: str
) -> tuple[NumberShown, ...]:
    """The home municipality's own rate, then its ratios to others or, with many areas, its smoothed rates."""
    maker = _Maker(mapping, figure, language, f"{edition.base}kalla/{figure.indicator.id}/")
    smooth = maker.homes("shrunken", "spatial")
    rates = [*maker.homes("rates"), *smooth]
    ratios = [] if smooth else maker.rows("ratios")[:_COMPARED]
    scale = strips.rate_ends([_f(row["upper"]) for _, row in rates])
    finite = [row for _, row in ratios if row["upper"] is not None]
    log = strips.ratio_ends([_f(r["lower"]) for r in finite], [_f(r["upper"]) for r in finite])
    return tuple(
        [maker.rate(table, row, scale) for table, row in rates if row["rate"] is not None]
        + [maker.ratio(table, row, log) for table, row in ratios if row["upper"] is not None]
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Writes the numbers of the first screen."""

    mapping: FrozenMapping
    figure: FigureResult
    language: str
    origin: str

    def rows(self, *names: str) -> list[tuple[SafeTable, dict[str, Cell]]]:
        return [(t, row) for t in self.figure.tables if t.name in names for row in t.to_rows()]

    def homes(self, *names: str) -> list[tuple[SafeTable, dict[str, Cell]]]:
        return [(t, row) for t, row in self.rows(*names) if row["area"] == self.mapping.municipality]

    def rate(self, table: SafeTable, row: dict[str, Cell], ends: strips.Ends) -> NumberShown:
        label, note = _RATE_TEXTS[table.name]
        value, lower, upper = _f(row["rate"]), _f(row["lower"]), _f(row["upper"])
        between = numbers.interval(lower, upper, self.language)
        return NumberShown(
            value=numbers.rate(value, self.language),
            label=self.text(label, row),
            interval=between,
            note=self.text(note, row),
            origin=f"{self.origin}#{anchor(table, row)}",
            strip=strips.strip(value, lower, upper, ends),
        )

    def ratio(self, table: SafeTable, row: dict[str, Cell], ends: strips.Ends) -> NumberShown:
        value, lower, upper = _f(row["ratio"]), _f(row["lower"]), _f(row["upper"])
        return NumberShown(
            value=numbers.ratio(value, self.language),
            label=self.text("times", row),
            interval=numbers.interval(lower, upper, self.language, numbers.ratio),
            note=self.text(str(row["verdict"]), row),
            origin=f"{self.origin}#{anchor(table, row)}",
            strip=strips.strip(value, lower, upper, ends),
        )

    def text(self, key: str, row: dict[str, Cell]) -> str:
        thing = _THING.get(self.figure.indicator.measures[0], ("dömda", "convicted"))
        words = words_of(self.mapping, self.language) | {
            "thing": thing[self.language == "en"],
            "other": str(row.get("name_b", "")),
            "count": numbers.count(_f(row.get("count")), self.language),
            "people": numbers.count(_f(row.get("population")), self.language),
        }
        return texts.filled(texts.read(self.language)["first"][key], words)


def _f(value: Cell) -> float:
    return float(value or 0)


def _downloads(edition: EditionShown, language: str, files: Collection[str]) -> tuple[Link, ...]:
    names = {"lang": language, "slug": edition.slug}
    return tuple(
        Link(
            known.title_sv if language == "sv" else known.title_en,
            edition.base + known.address.format(**names),
        )
        for known in KNOWN
        if known.name.format(**names) in files
    )
