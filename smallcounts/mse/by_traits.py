"""The methods that want traits or years beside the lists, as the front door calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from smallcounts.mse.covariates import stratified
from smallcounts.mse.doubly_robust import doubly_robust, persons
from smallcounts.mse.options import Options
from smallcounts.mse.reading import CaptureError
from smallcounts.mse.results import MethodResult
from smallcounts.mse.strata import StrataTable
from smallcounts.mse.targeted import targeted
from smallcounts.mse.years import pooled_years

DRAWS: Final = 200  # of the stratified search, which is repeated in each
OF_TWO: Final = ("doubly-robust", "targeted")

ByTraits = Callable[[StrataTable, Options], MethodResult]


def _stratified(table: StrataTable, o: Options) -> MethodResult:
    draws = DRAWS if o.bootstrap is None else o.bootstrap
    return stratified(table, year=o.year, bootstrap=draws, level=o.level, seed=o.seed, progress=o.progress)


def _pooled(table: StrataTable, o: Options) -> MethodResult:
    if o.year is None:
        raise CaptureError(f"pooled-years needs to know which column is the year: {', '.join(table.names)}?")
    return pooled_years(table, o.year, level=o.level, seed=o.seed, progress=o.progress)


def _doubly_robust(table: StrataTable, o: Options) -> MethodResult:
    return doubly_robust(*persons(table), pair=places(table, o.pair), level=o.level, seed=o.seed)


def _targeted(table: StrataTable, o: Options) -> MethodResult:
    return targeted(*persons(table), pair=places(table, o.pair), level=o.level, seed=o.seed)


BY_TRAITS: Final[Mapping[str, ByTraits]] = MappingProxyType(
    {
        "stratified": _stratified,
        "pooled-years": _pooled,
        "doubly-robust": _doubly_robust,
        "targeted": _targeted,
    }
)


def usual(table: StrataTable, year: str | None) -> str:
    """The method for such a table when none is named.

    Years alone are pooled; two lists with traits are taken as independent given them; else one model holds
    traits and years together.
    """
    if table.names == (year,):
        return "pooled-years"
    return "doubly-robust" if table.k == 2 else "stratified"


def places(table: StrataTable, pair: tuple[str, str] | None) -> tuple[int, int]:
    """Where the two lists stand; CaptureError when there are more than two and none is named."""
    if pair is None and table.k > 2:
        names = ", ".join(table.lists)
        raise CaptureError(f"the method is for two lists: name a pair of {names}")
    first, second = table.lists[:2] if pair is None else pair
    if first == second or not {first, second} <= set(table.lists):
        raise CaptureError(f"a pair names two of the lists {', '.join(table.lists)}, not {first}, {second}")
    return table.lists.index(first), table.lists.index(second)
