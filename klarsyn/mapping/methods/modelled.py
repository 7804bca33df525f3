"""Models over many areas: neighbours (BYM2), years (negative binomial), and how little a place is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klarsyn.mapping.canonical import MODEL_DIGITS, rounded
from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.counted import is_year, of_year
from klarsyn.mapping.methods.rated import steps
from klarsyn.mapping.results import Finding, Step
from klarsyn.mapping.tables import sorted_rows
from smallcounts.counts import Count, CountTable
from smallcounts.rates import Ranks, ranks
from smallcounts.rates.panel import panel
from smallcounts.rates.panel_model import PanelModel
from smallcounts.rates.spatial import spatial
from smallcounts.rates.spatial_model import SpatialModel

YEARS_FOR_PANEL: Final = 3
_DRAWS: Final = 4000
_SEED: Final = 20190308  # any number; fixed, so that the same inputs give the same draws
_TOP: Final = 10
Array = NDArray[np.float64]


def usable(counts: Iterable[Count], disputed: set[str]) -> list[Count]:
    """Observed counts with a population that no source disputes, by area and period."""
    kept = [c for c in counts if c.value is not None and c.population and c.area not in disputed]
    return sorted(kept, key=lambda c: (c.area, c.period))


def pooled_arrays(counts: Sequence[Count]) -> tuple[NDArray[np.int64], Array, float]:
    """Counts (n,), expected counts (n,) at the pooled rate, and that rate per person."""
    y = np.array([c.value or 0 for c in counts], dtype=np.int64)
    people = np.array([c.population or 0 for c in counts], dtype=np.float64)
    pooled = float(y.sum() / people.sum())
    return y, people * pooled, pooled


def rate_rows(counts: Sequence[Count], scale: float, mean: Array, lower: Array, upper: Array) -> list[Row]:
    return [
        {
            "area": c.area,
            "name": c.name,
            "rate": rounded(float(m) * scale, MODEL_DIGITS),
            "lower": rounded(float(low) * scale, MODEL_DIGITS),
            "upper": rounded(float(high) * scale, MODEL_DIGITS),
        }
        for c, m, low, high in zip(counts, mean, lower, upper, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Counts of areas that are known in every year, years in order."""

    years: tuple[str, ...]
    cells: tuple[tuple[Count, ...], ...]  # (areas, years)

    @property
    def counts(self) -> tuple[Count, ...]:
        return tuple(c for row in self.cells for c in row)


def compute(gathered: Gathered, inputs: Inputs, disputed: set[str]) -> Draft:
    """The spatial model of the year; from three years on the panel too, and then places come from it."""
    table = gathered.tables[0]
    year = usable(of_year(table, inputs), disputed)
    codes = [c.area for c in year]
    y, expected, pooled = pooled_arrays(year)
    model = spatial(y, expected, border_pairs(codes, inputs.borders), areas=codes, seed=_SEED)
    if not model.diagnostics.has_converged:
        return Draft(warnings=("spatial_not_reliable",))
    grid = _grid(gathered, codes, disputed)
    over_years = None
    warnings: tuple[str, ...] = ("too_few_years_for_panel",)
    if len(grid.years) >= YEARS_FOR_PANEL and [row[0].area for row in grid.cells] == codes:
        found = _panel(grid, codes, inputs, gathered.indicator.per)
        over_years = found if found.diagnostics.has_converged else None
        warnings = () if over_years else ("panel_not_reliable",)
    return _draft(gathered, inputs, model, over_years, year, grid, pooled, warnings)


def border_pairs(codes: Sequence[str], borders: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Borders as positions in `codes`; a border to an area that is not there is left out."""
    at = {code: i for i, code in enumerate(codes)}
    return [(at[a], at[b]) for a, b in borders if a in at and b in at]


def _grid(gathered: Gathered, codes: Sequence[str], disputed: set[str]) -> _Grid:
    """The whole years since the last break, for the areas of the mapping's year that have them all."""
    since = max((b.on.year + (0 if b.on.timetuple().tm_yday == 1 else 1) for b in gathered.breaks), default=0)
    counts = [
        c
        for c in usable(gathered.tables[0].counts, disputed)
        if is_year(c.period) and int(c.period) >= since and c.area in codes
    ]
    years = tuple(sorted({c.period for c in counts}))
    by_area: dict[str, list[Count]] = {}
    for count in counts:
        by_area.setdefault(count.area, []).append(count)
    whole = tuple(tuple(row) for _, row in sorted(by_area.items()) if [c.period for c in row] == list(years))
    return _Grid(years, whole)


def _panel(grid: _Grid, codes: Sequence[str], inputs: Inputs, per: int) -> PanelModel:
    y = np.array([[c.value or 0 for c in row] for row in grid.cells], dtype=np.float64)
    people = np.array([[c.population or 0 for c in row] for row in grid.cells], dtype=np.float64)
    borders = border_pairs(codes, inputs.borders)
    return panel(y, people, borders, areas=codes, periods=grid.years, per=per, seed=_SEED)


def _draft(
    gathered: Gathered,
    inputs: Inputs,
    model: SpatialModel,
    over_years: PanelModel | None,
    year: Sequence[Count],
    grid: _Grid,
    pooled: float,
    warnings: tuple[str, ...],
) -> Draft:
    home, table = inputs.municipality, gathered.tables[0]
    placed = ranks((over_years or model).draws(_DRAWS, _SEED), top=_TOP)
    places = _places(year, placed)
    top = {row["area"]: row["probability_top"] for row in places}
    scale = pooled * gathered.indicator.per
    smooth = [
        {**r, "probability_top": top[r["area"]]}
        for r in rate_rows(year, scale, model.mean, model.lower, model.upper)
    ]
    of_the_year = (replace(table, counts=tuple(year)), inputs.population)
    of_all: tuple[CountTable, ...] = (replace(table, counts=grid.counts), inputs.population)
    tables = [TableDraft("spatial", sorted_rows(smooth, home), of_the_year)]
    if over_years is not None:
        tables.append(TableDraft("panel", sorted_rows(_cells(over_years, grid), home), of_all))
    tables.append(TableDraft("ranks", sorted_rows(places, home), of_all if over_years else of_the_year))
    used: list[Step] = [*steps("spatial", model), *(steps("panel", over_years) if over_years else ())]
    return Draft(
        tables=tuple(tables),
        findings=_rank_findings(places, inputs),
        steps=(*used, *steps("ranks", placed)),
        warnings=warnings,
    )


def _cells(model: PanelModel, grid: _Grid) -> list[Row]:
    names = {c.area: c.name for c in grid.counts}
    return [
        {
            "area": row["area"],
            "period": row["period"],
            "name": names[str(row["area"])],
            "count": row["count"],
            "population": int(row["population"] or 0),
            **{k: rounded(float(row[k] or 0), MODEL_DIGITS) for k in ("rate", "lower", "upper")},
        }
        for row in model.to_rows()
    ]


def _places(counts: Sequence[Count], placed: Ranks) -> list[Row]:
    return [
        {
            "area": c.area,
            "name": c.name,
            "rank_lower": round(float(low)),
            "rank_upper": round(float(high)),
            "probability_top": rounded(float(p), MODEL_DIGITS),
        }
        for c, low, high, p in zip(counts, placed.lower, placed.upper, placed.probability_top, strict=True)
    ]


def _rank_findings(places: Sequence[Row], inputs: Inputs) -> tuple[Finding, ...]:
    widths = sorted(int(row["rank_upper"] or 0) - int(row["rank_lower"] or 0) + 1 for row in places)
    own = [
        say(
            "home_rank",
            name=inputs.municipality_name,
            rank_lower=row["rank_lower"] or 0,
            rank_upper=row["rank_upper"] or 0,
            areas=len(places),
            probability_top=row["probability_top"] or 0,
            top=_TOP,
        )
        for row in places
        if row["area"] == inputs.municipality
    ]
    return (*own, say("rank_width", areas=len(places), median_width=widths[len(widths) // 2]))
