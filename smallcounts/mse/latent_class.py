"""The hidden number from hidden classes of persons, each with its own chance to come on each list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.convergence import Array, Convergence, convergence
from smallcounts.mse.latent_chain import LEVELS, TRAVEL, Chain, new_chain
from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.intervals import check_level
from smallcounts.rates.results import RateError

Sampler = Literal["tempered", "plain"]

METHOD: Final = "latent-class"
SOURCES: Final = ("manrique-vallier-2016", "vehtari-2021", "geyer-1991", "neal-2011")
ASSUMPTIONS: Final = (
    "closed_population",
    "perfect_matching",
    "one_definition",
    "everyone_reachable",
    "latent_classes",
    "prior_one_over_n",
)
SHARES: Final = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
ROUNDS: Final = 4  # so many times the sweeps asked for, if the chains need them
WARM_UP: Final = 1000
PIECE: Final = 500  # sweeps between two reports of progress
MOST_PERSONS: Final = 1_000_000  # beyond, steps must be so short that the chains hardly move
CAP: Final = 20  # times the persons seen, where the peer cuts the unseen


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """The totals N (chains, sweeps) that the chains visited, and whether they tell the same story."""

    totals: Array
    convergence: Convergence
    accepted: float
    trades: tuple[float, ...]


def latent_class(
    table: CaptureTable,
    *,
    classes: int = 10,
    chains: int = 4,
    sweeps: int = 2000,
    sampler: Sampler = "tempered",
    warm_up: int = WARM_UP,
    level: float = 0.95,
    seed: int = 1,
    progress: Progress | None = None,
) -> MethodResult:
    """N when everybody is in one of at most `classes` hidden classes, the lists independent within each.

    Rates uniform, class shares by stick-breaking with concentration Gamma(1/4, 1/4), prior 1/N; median and
    central interval. The unseen are summed out: p(rates, shares | lists) is proportional to the prior times
    prod p_s^n_s (1 - p_0)^-n, moved by Gibbs sweeps, Hamiltonian moves and trades with seven flatter levels,
    so that a chain can leave a mode. Four `chains` from random places go on until rank-normalised split R-hat
    is at most 1.05 with 200 effective draws at the middle and both ends, at most for 4 · `sweeps` each; else
    the answer is "not_converged" and has no number. sampler "plain" is the published sampler (`sweeps` once,
    no levels), without its cut at n0 = 20n. Not for lists that refer persons to each other: classes cannot
    mimic it. RateError for wrong options and for more than a million persons. Source: manrique-vallier-2016.
    """
    check_level(level)
    if table.n > MOST_PERSONS:
        raise RateError(f"{table.n:,} persons are too many to place in classes; at most {MOST_PERSONS:,}")
    _check(classes, chains, sweeps, sampler, warm_up)
    found = draws(table, classes, chains, sweeps, sampler, warm_up, seed, progress)
    return _result(table, found, level, classes)


def draws(
    table: CaptureTable,
    classes: int,
    chains: int,
    sweeps: int,
    sampler: Sampler,
    warm_up: int,
    seed: int,
    progress: Progress | None = None,
) -> Draws:
    """The chains themselves, run until they agree or their sweeps are spent."""
    tempered = sampler == "tempered"
    rounds, travel = (ROUNDS, TRAVEL) if tempered else (1, 0.0)
    every = [new_chain(table, classes, LEVELS if tempered else 1, seed, stream) for stream in range(chains)]
    total = chains * (warm_up + rounds * sweeps)
    done = _swept(every, warm_up, travel, True, progress, 0, total)[1]
    totals = np.empty((chains, 0))
    for _ in range(rounds):
        more, done = _swept(every, sweeps, travel, False, progress, done, total)
        totals = np.concatenate([totals, table.n + more], axis=1)
        agreement = convergence(np.log(totals))
        if agreement.holds:
            break
    if progress is not None:
        progress(total, total)
    tally = np.sum([chain.tally for chain in every], axis=0) / sum(chain.swept for chain in every)
    return Draws(totals, agreement, float(tally[0, 0]), tuple((2 * tally[1, :-1]).tolist()))


def _swept(
    every: Sequence[Chain],
    sweeps: int,
    travel: float,
    tune: bool,
    progress: Progress | None,
    done: int,
    total: int,
) -> tuple[Array, int]:
    """The unseen (chains, sweeps) of all chains after so many sweeps more, and the sweeps done in all."""
    unseen = np.empty((len(every), sweeps))
    for begin in range(0, sweeps, PIECE):
        times = min(PIECE, sweeps - begin)
        for row, chain in zip(unseen, every, strict=True):
            row[begin : begin + times] = chain.sweep(times, travel=travel, tune=tune)
        done += times * len(every)
        if progress is not None:
            progress(done, total)
    return unseen, done


def _check(classes: int, chains: int, sweeps: int, sampler: str, warm_up: int) -> None:
    if not 1 <= classes <= 50:
        raise RateError(f"classes is a whole number from 1 to 50, not {classes!r}")
    if not 2 <= chains <= 64:
        raise RateError(f"chains is a whole number from 2 to 64, not {chains!r}: one chain cannot be checked")
    if not 100 <= sweeps <= 10_000_000:
        raise RateError(f"sweeps is a whole number from 100 to 10,000,000, not {sweeps!r}")
    if not 0 <= warm_up <= 10_000_000:
        raise RateError(f"warm_up is a whole number from 0 to 10,000,000, not {warm_up!r}")
    if sampler not in ("tempered", "plain"):
        raise RateError(f"the sampler is 'tempered' or 'plain', not {sampler!r}")


def _result(table: CaptureTable, found: Draws, level: float, classes: int) -> MethodResult:
    holds, shape = found.convergence.holds, found.convergence
    lower, median, upper = np.quantile(
        found.totals, [(1 - level) / 2, 0.5, (1 + level) / 2], method="inverted_cdf"
    ).tolist()
    chains, length = found.totals.shape
    words = f"R-hat {shape.r_hat:.3f}, {shape.bulk:,.0f} effective"
    return MethodResult(
        method=METHOD,
        model=f"at most {classes} classes",
        state="interior" if holds else "not_converged",
        observed=table.n,
        unseen=median - table.n if holds else None,
        estimate=median if holds else None,
        lower=lower if holds else None,
        upper=upper if holds else None,
        level=level,
        interval_method="central posterior",
        warnings=(*([] if holds else ["chains_disagree"]), *overlap_warnings(table)),
        assumptions=ASSUMPTIONS,
        sources=SOURCES,
        details=_details(table, found),
        steps=(
            Step("draws of N, unseen summed out", f"{chains} chains of {length:,} sweeps", words),
            Step("median of the draws", "all chains", f"{median:,.0f}" if holds else "none: chains disagree"),
        ),
    )


def _details(table: CaptureTable, found: Draws) -> MappingProxyType[str, object]:
    at, shape = found.totals, found.convergence
    each = np.quantile(at, SHARES, axis=1, method="inverted_cdf")
    pooled = np.quantile(at, SHARES, method="inverted_cdf")
    return MappingProxyType(
        {
            "r_hat": shape.r_hat,
            "effective": shape.bulk,
            "effective_at_ends": shape.tail,
            "chain_medians": tuple(each[SHARES.index(0.5)].tolist()),
            "pooled_quantiles": {f"{p:g}": float(v) for p, v in zip(SHARES, pooled, strict=True)},
            "chains": at.shape[0],
            "sweeps": at.shape[1],
            "acceptance": found.accepted,
            "trades": found.trades,
            "share_beyond_20_n": float((at - table.n > CAP * table.n).mean()),
        }
    )
