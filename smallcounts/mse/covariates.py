"""Lists with traits and years in one log-linear model, searched step by step, with totals by level."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.chao import SHARED
from smallcounts.mse.lognormal import LEVEL
from smallcounts.mse.poisson import Array, PoissonFit, face, fit_poisson, spans, vanishes
from smallcounts.mse.results import MethodResult
from smallcounts.mse.strata import StrataTable
from smallcounts.mse.terms import Design, Term, design_of, term_name
from smallcounts.rates.results import Step

Criterion = Literal["bic", "aic"]
SOURCES: Final = ("cruyff-2017",)
TRIED: Final = 8  # candidates fitted in full at each step, the best by their score
MOST: Final = 200  # steps of a search; each lowers the criterion, so none comes near


@dataclass(frozen=True, slots=True)
class Searched:
    """Where the search ended: the terms, the fit, the criterion, and N̂ after each step on the way."""

    terms: tuple[Term, ...]
    fit: PoissonFit
    value: float
    path: tuple[tuple[str, float, float], ...]


def stratified(
    table: StrataTable,
    *,
    year: str | None = None,
    degree: int = 2,
    criterion: Criterion = "bic",
    bootstrap: int = 200,
    reselect: bool = True,
    level: float = LEVEL,
    seed: int = 1,
    progress: Progress | None = None,
) -> MethodResult:
    """The total and its parts by trait and year (cruyff-2017).

    Poisson log-linear model of all cells: every main effect, then interactions of two taken in or thrown out
    one at a time while `criterion` falls (BIC with log n, n persons). A term that leaves the unseen without a
    bound is never taken in. `year` names the factor that gets polynomials of `degree`. Interval: percentiles
    of `bootstrap` tables drawn from the fitted model, each searched anew unless `reselect` is False (which
    pretends that the model was known). `details["by"]`: for each factor and level n, N̂ and limits.

    Use it when lists reach different people in different regions or years and each alone has too few
    overlaps. Trends over years depend on the model as much as totals do. `progress` hears (done, of all)
    and may raise to stop.
    """
    design = design_of(table, year=year, degree=degree)
    found = _search(design, table.n, criterion)
    parts = _unseen(design, found)
    if not math.isfinite(parts.sum()):
        return MethodResult(
            "covariates", _name(found.terms), "unbounded", table.n, math.inf, math.inf, None, None, level,
            "parametric bootstrap", ("unbounded",), SHARED, SOURCES,
        )  # fmt: skip
    draws = _bootstrap(design, found, parts, bootstrap, reselect, criterion, seed, progress)
    return _result(table, design, found, parts, draws, reselect, level)


def _search(design: Design, n: int, criterion: str, terms: tuple[Term, ...] | None = None) -> Searched:
    """Up and down by one term while the criterion falls."""
    price = math.log(n) if criterion == "bic" else 2.0
    here = _scored(design, design.main_effects() if terms is None else terms, price, None)
    path = [("", here.value, n + float(_unseen(design, here).sum()))]
    for _ in range(MOST):
        options = [_scored(design, terms, price, here) for terms in _steps(design, here, price)]
        better = sorted((one for one in options if one.value < here.value - 1e-9), key=lambda one: one.value)
        chosen = next((one for one in better if math.isfinite(_unseen(design, one).sum())), None)
        if chosen is None:
            break
        change = set(chosen.terms) ^ set(here.terms)
        sign = "+" if len(chosen.terms) > len(here.terms) else "−"
        here = chosen
        total = n + float(_unseen(design, here).sum())
        path.append((f"{sign} {term_name(next(iter(change)))}", here.value, total))
    return replace(here, path=tuple(path))


def _scored(design: Design, terms: tuple[Term, ...], price: float, near: Searched | None) -> Searched:
    """The fit of these terms on all rows, parameters that run off being let run."""
    columns, counts = design.of(terms, unseen=False), design.counts[~design.unseen]
    start = None if near is None else _carried(design, near, terms)
    fit = fit_poisson(columns, counts, kept=np.ones(len(counts), dtype=np.bool_), start=start)
    return Searched(terms, fit, price * fit.free - 2 * fit.log_likelihood, ())


def _carried(design: Design, near: Searched, terms: tuple[Term, ...]) -> Array:
    """The coefficients of a neighbour as a start: 0 where it has none."""
    known = {term: near.fit.coefficients[place] for term, place in _local(design, near.terms).items()}
    parts = [near.fit.coefficients[:1]]
    for term in terms:
        width = design.places[term].stop - design.places[term].start
        parts.append(known.get(term, np.zeros(width)))
    return np.concatenate(parts)


def _local(design: Design, terms: tuple[Term, ...]) -> dict[Term, slice]:
    """Where the columns of each term stand in the design of these terms."""
    found, at = {}, 1
    for term in terms:
        width = design.places[term].stop - design.places[term].start
        found[term] = slice(at, at + width)
        at += width
    return found


def _steps(design: Design, here: Searched, price: float) -> list[tuple[Term, ...]]:
    """Models one term away that may lower the criterion, by score (to take in) and Wald (to throw out).

    Both come near the likelihood ratio; terms that fall far short of their price are not fitted.
    """
    gains = _gains(design, here, price)
    hopeful = sorted((t for t, gain in gains.items() if gain > -price / 2), key=lambda t: -gains[t])
    added = [(*here.terms, term) for term in hopeful[:TRIED]]
    dropped = []
    for term, place in _local(design, here.terms).items():
        if len(term) == 2:
            beta, spread = here.fit.coefficients[place], here.fit.covariance[place, place]
            wald = float(beta @ np.linalg.pinv(spread, rcond=1e-12) @ beta)
            if wald < 2 * price * len(beta):
                dropped.append(tuple(t for t in here.terms if t != term))
    return [*added, *dropped]


def _gains(design: Design, here: Searched, price: float) -> dict[Term, float]:
    """How far the criterion would fall for each absent interaction, by its score."""
    seen, means = ~design.unseen, here.fit.means
    columns = design.of(here.terms, unseen=False)
    rest = design.counts[seen] - means
    gains = {}
    for term in design.interactions():
        if term not in here.terms:
            block = design.columns[seen, design.places[term]]
            weighted = means[:, None] * block
            cross = columns.T @ weighted
            inner = block.T @ weighted - cross.T @ here.fit.covariance @ cross
            score = block.T @ rest
            if block.shape[1] == 1:
                gain = float(score[0] ** 2 / inner[0, 0]) if inner[0, 0] > 1e-9 else 0.0
            else:
                gain = float(score @ np.linalg.pinv(inner, rcond=1e-9, hermitian=True) @ score)
            gains[term] = gain - price * block.shape[1]
    return gains


def _unseen(design: Design, found: Searched) -> Array:
    """Persons on no list by stratum; inf where the model does not bound them."""
    seen = design.of(found.terms, unseen=False)
    counts = design.counts[~design.unseen]
    missing = design.of(found.terms, unseen=True)
    eta = missing @ found.fit.coefficients
    if found.fit.free == seen.shape[1] and _surely_inside(found.fit, counts):
        inside: Array = np.exp(eta)
        return inside
    return _at_edge(seen, counts, missing)


def _at_edge(seen: Array, counts: Array, missing: Array) -> Array:
    """The unseen by stratum when parameters run off: 0 for a stratum that runs off with them."""
    kept = face(seen, counts)
    fit = fit_poisson(seen, counts, kept=kept)
    told = np.ones(len(missing), dtype=np.bool_)
    if not spans(seen[kept], missing):
        told = np.array([spans(seen[kept], row) for row in missing])
    if not fit.converged or not all(vanishes(seen, counts, row) for row in missing[~told]):
        return np.full(len(missing), np.inf)
    means: Array = np.where(told, np.exp(missing @ fit.coefficients), 0.0)
    return means


def _surely_inside(fit: PoissonFit, counts: Array) -> bool:
    """No mean of an empty cell is near 0 and no coefficient far off: the maximum is an ordinary one."""
    empty = fit.means[counts == 0]
    return fit.converged and (empty.size == 0 or float(empty.min()) > 1e-7)


def _strata(design: Design, values: Array) -> Array:
    """Sums of cells (rows,) by stratum, in the order of the unseen rows."""
    sums: Array = values.reshape(int(design.unseen.sum()), -1).sum(axis=1)
    return sums


def _bootstrap(
    design: Design,
    found: Searched,
    parts: Array,
    draws: int,
    reselect: bool,
    criterion: str,
    seed: int,
    progress: Progress | None,
) -> Array:
    """Totals by stratum (draws, strata) of tables drawn from the fitted model; inf where one has no bound."""
    random = np.random.default_rng(seed)
    means = np.zeros(len(design.counts))
    means[~design.unseen], means[design.unseen] = found.fit.means, parts
    totals = np.empty((draws, len(parts)))
    for draw in range(draws):
        counts = random.multinomial(round(float(means.sum())), means / means.sum()).astype(np.float64)
        counts[design.unseen] = 0.0
        again = replace(design, counts=counts)
        price = math.log(counts.sum()) if criterion == "bic" else 2.0
        one = (
            _search(again, int(counts.sum()), criterion)
            if reselect
            else _scored(again, found.terms, price, None)
        )
        totals[draw] = _strata(design, counts) + _unseen(again, one)
        if progress is not None:
            progress(draw + 1, draws)
    return totals


def _result(
    table: StrataTable,
    design: Design,
    found: Searched,
    parts: Array,
    draws: Array,
    reselect: bool,
    level: float,
) -> MethodResult:
    everyone = _strata(design, design.counts) + parts
    ends = _ends(draws.sum(axis=1), level, least=table.n)
    warnings = () if np.isfinite(draws).all() else ("infinite_replicates",)
    if (found.fit.means < 1e-9).any():
        warnings = (*warnings, "boundary")
    details: dict[str, Any] = {
        "terms": [term_name(term) for term in found.terms],
        "path": [{"step": step, "criterion": value, "estimate": total} for step, value, total in found.path],
        "criterion": found.value,
        "log_likelihood": found.fit.log_likelihood,
        "parameters": found.fit.free,
        "by": {
            f.name: _by(design, at, f.levels, everyone, draws, level) for at, f in enumerate(table.factors)
        },
        "draws": len(draws),
    }
    steps = tuple(Step(name or "main effects", f"{at:.1f}", f"{total:.1f}") for name, at, total in found.path)
    return MethodResult(
        "covariates", _name(found.terms), "boundary" if "boundary" in warnings else "interior", table.n,
        float(parts.sum()), float(everyone.sum()), *ends, level, "parametric bootstrap", warnings,
        (*SHARED, "poisson_cells", "pairs_only", "selection_repeated" if reselect else "model_fixed"),
        SOURCES, MappingProxyType(details), steps,
    )  # fmt: skip


def _by(
    design: Design, at: int, levels: tuple[str, ...], everyone: Array, draws: Array, level: float
) -> list[dict[str, Any]]:
    """n, N̂ and limits for each level of a factor."""
    rows = []
    which, seen = design.levels[design.unseen, at], _strata(design, design.counts)
    for place, name in enumerate(levels):
        here: NDArray[np.bool_] = which == place
        lower, upper = _ends(draws[:, here].sum(axis=1), level, least=seen[here].sum())
        rows.append(
            {
                "level": name,
                "observed": int(seen[here].sum()),
                "estimate": float(everyone[here].sum()),
                "lower": lower,
                "upper": upper,
            }
        )
    return rows


def _ends(totals: Array, level: float, *, least: float) -> tuple[float | None, float | None]:
    """Percentiles; a drawn table may hold fewer than were seen, but there are no fewer than that."""
    if not len(totals):
        return None, None
    low, high = np.quantile(totals, [(1 - level) / 2, (1 + level) / 2], method="higher")
    return max(float(low), float(least)), max(float(high), float(least))


def _name(terms: tuple[Term, ...]) -> str:
    return " ".join(term_name(term) for term in terms if len(term) == 2) or "main effects"
