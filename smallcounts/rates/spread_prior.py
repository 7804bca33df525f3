"""What is thought of the spread of true rates before the data, and the grid `shrink` averages over."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Before the data the coefficient of variation s of the true rates has density s·exp(-s/2): weak, but 0 at 0.
# A density flat to 0 believes too easily that areas are alike, and the limits of a hundred areas that differ
# a little then cover 92 in 100 (Chung et al. 2013 on such boundaries).
SPREAD_SCALE = 2.0
SPREADS = np.linspace(math.log(0.02), math.log(6), 60)  # log coefficient of variation
FINE = 13  # points where the density matters
NODES = np.array([-1.0, 0.0, 1.0]) * math.sqrt(3)  # three-point rule for a normal variable
WEIGHTS = np.array([1.0, 4.0, 1.0]) / 6
DROP = 7.0  # log density below the top where a spread no longer matters
TOO_LIGHT = 1e-5  # a share of the weight that is not worth its sums


def log_prior(spreads: Array) -> Array:
    """Log density of log s, s = exp(spread) the coefficient of variation, without its constant."""
    density: Array = 2 * spreads - np.exp(spreads) / SPREAD_SCALE
    return density


def finer(spreads: Array, density: Array) -> Array:
    """Fewer, closer points (13,) over the spreads whose log density is within reach of the top."""
    kept = spreads[density > density.max() - DROP]
    step = (spreads[1] - spreads[0]) / 2
    return np.linspace(max(kept[0] - step, spreads[0]), min(kept[-1] + step, spreads[-1]), FINE)
