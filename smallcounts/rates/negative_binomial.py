"""Counts of areas over years that scatter more than chance: the likelihood of the panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]
_POINTS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True, slots=True, eq=False)
class NegativeBinomial:
    """y_ij ~ NegBin(mean E_ij exp(eta_i + t_j), size k), with the latent vector z = (eta (n,), w (t - 1,)).

    `counts`, `expected` (n, t); E = 0 marks an unknown cell. `basis` (t, t - 1): t = basis w, sum nought.
    Variance of a count: mean + mean² / size.
    """

    counts: Array
    expected: Array
    basis: Array
    size: float

    def _predictor(self, z: Array) -> Array:
        n = len(self.counts)
        return np.asarray(z[:n, None] + self.basis @ z[n:])

    def _share(self, predictor: Array) -> Array:
        # mean / (size + mean): all derivatives are polynomials of it
        mean = self.expected * np.exp(predictor)
        return np.asarray(mean / (self.size + mean))

    def _gather(self, cells: Array) -> Array:
        return np.concatenate([cells.sum(axis=1), cells.sum(axis=0) @ self.basis])

    def value(self, z: Array) -> float:
        predictor, k, y = self._predictor(z), self.size, self.counts
        cells = y * predictor - (y + k) * np.log1p(self.expected * np.exp(predictor) / k)
        # (y + k) log(k + m) = (y + k)(log k + log1p(m / k)), and k log k stands in the density
        constant = gammaln(y + k) - gammaln(k) - y * np.log(k)
        return float(cells.sum() + constant.sum())

    def slope(self, z: Array) -> Array:
        return self._gather(self.counts - (self.counts + self.size) * self._share(self._predictor(z)))

    def curvature(self, z: Array) -> Array:
        """Minus the second derivative of every cell (n, t) along its predictor."""
        share = self._share(self._predictor(z))
        return np.asarray((self.counts + self.size) * share * (1 - share))

    def add_curvature(self, upper: Array, z: Array) -> None:
        n, weight = len(self.counts), self.curvature(z)
        upper[np.arange(n), np.arange(n)] += weight.sum(axis=1)
        upper[:n, n:] += weight @ self.basis
        upper[n:, n:] += self.basis.T @ (weight.sum(axis=0)[:, None] * self.basis)

    def smoothed_slope(self, mean: Array, covariance: Array) -> Array:
        return self._gather(self.smoothed_cells(mean, covariance))

    def smoothed_cells(self, mean: Array, covariance: Array) -> Array:
        """Expected slope of every cell (n, t) under a Gaussian z."""
        n = len(self.counts)
        years = covariance[n:, n:]
        years = np.triu(years) + np.triu(years, 1).T
        variance = np.diag(covariance)[:n, None] + 2 * covariance[:n, n:] @ self.basis.T
        variance = variance + ((self.basis @ years) * self.basis).sum(axis=1)
        step, centre = np.sqrt(variance), self._predictor(mean)
        share = sum(w * self._share(centre + x * step) for x, w in zip(_POINTS, _WEIGHTS, strict=True))
        return np.asarray(self.counts - (self.counts + self.size) * share)

    def higher(self, z: Array) -> tuple[Array, Array]:
        # Along the years they are left out: hundreds of areas make those nearly exactly Gaussian.
        share, rest = self._share(self._predictor(z)), np.zeros(self.basis.shape[1])
        bend = -(self.counts + self.size) * share * (1 - share)
        third = (bend * (1 - 2 * share)).sum(axis=1)
        fourth = (bend * (1 - 6 * share + 6 * share**2)).sum(axis=1)
        return np.concatenate([third, rest]), np.concatenate([fourth, rest])

    def own(self, nodes: Array, years: Array) -> Array:
        """Log-likelihood (n, j) of each area on its nodes (n, j), the year effects (t,) held."""
        total = self.counts.sum(axis=1)[:, None] * nodes
        level = np.exp(nodes)
        for j, year in enumerate(np.exp(years)):
            scale = (self.expected[:, j] * year / self.size)[:, None]
            total -= (self.counts[:, j] + self.size)[:, None] * np.log1p(scale * level)
        return np.asarray(total)
