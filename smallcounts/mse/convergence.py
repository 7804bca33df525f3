"""Whether several chains tell the same story: split R̂ and the number of independent draws they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Array = NDArray[np.float64]

LARGEST_R_HAT: Final = 1.05
LEAST_EFFECTIVE: Final = 200.0


@dataclass(frozen=True, slots=True)
class Convergence:
    """`r_hat`: the larger of the rank-normalised split R̂ and the folded one (vehtari-2021), 1 when all agree.

    `bulk`, `tail`: effective draws for the middle and for the 5 % and 95 % quantiles, over all chains.
    """

    r_hat: float
    bulk: float
    tail: float

    @property
    def holds(self) -> bool:
        """R̂ at most 1.05 and at least 200 effective draws in the middle and at the ends."""
        return self.r_hat <= LARGEST_R_HAT and min(self.bulk, self.tail) >= LEAST_EFFECTIVE


def convergence(chains: Array) -> Convergence:
    """R̂ and effective draws of chains (m, n). A chain that does not move makes R̂ infinite, not 1."""
    halves = split(chains)
    if (np.ptp(halves, axis=1) == 0).any():
        return Convergence(np.inf, 0.0, 0.0)
    scores = rank_scores(halves)
    folded = rank_scores(np.abs(halves - np.median(halves)))
    ends = [effective((halves <= np.quantile(halves, p)).astype(np.float64)) for p in (0.05, 0.95)]
    return Convergence(max(r_hat(scores), r_hat(folded)), effective(scores), min(ends))


def split(chains: Array) -> Array:
    """Each chain as two of half its length, (2m, n // 2); an odd draw in the middle is left out."""
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def rank_scores(chains: Array) -> Array:
    """Normal scores of the ranks over all chains, Blom's (r - 3/8)/(S + 1/4); equal draws share a rank."""
    _, place, times = np.unique(chains, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(times) - (times - 1) / 2)[place].reshape(chains.shape)
    found: Array = ndtri((ranks - 0.375) / (chains.size + 0.25))
    return found


def r_hat(chains: Array) -> float:
    """√ of (within (n-1)/n + between / n) / within, between = n · variance of the chains' means."""
    length = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = length * float(chains.mean(axis=1).var(ddof=1))
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt(((length - 1) / length * within + between / length) / within))


def effective(chains: Array) -> float:
    """Effective draws of chains (m, n): m·n / (1 + 2 sum of autocorrelations, by Geyer's initial sequence).

    The autocorrelations count the difference between chains too: chains that disagree are worth few
    (vehtari-2021).
    """
    number, length = chains.shape
    away = chains - chains.mean(axis=1, keepdims=True)
    power = np.abs(np.fft.rfft(away, 2 * length, axis=1)) ** 2
    lagged = np.fft.irfft(power, axis=1)[:, :length] / length
    within = float((lagged[:, 0] * length / (length - 1)).mean())
    total = within * (length - 1) / length + float(chains.mean(axis=1).var(ddof=1)) if number > 1 else within
    if total == 0:
        return float(number * length)
    rho = 1 - (within - lagged.mean(axis=0) * length / (length - 1)) / total
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    below = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: below[0] if len(below) else None])
    time = max(2 * float(pairs.sum()) - 1, 1 / np.log10(number * length))
    return float(number * length / time)
