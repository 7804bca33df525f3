"""Random numbers for compiled loops: one small state a chain, the same numbers on every machine."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

State = NDArray[np.uint64]

_11, _17, _23, _41, _45, _19 = (np.uint64(shift) for shift in (11, 17, 23, 41, 45, 19))
UNIT: Final = 2.0**-53
HALF_LOG_2PI: Final = 0.9189385332046727


def new_state(seed: int, stream: int) -> State:
    """The state (4,) of one stream of a seed; streams do not overlap in any run that ends."""
    return np.random.SeedSequence([seed, stream]).generate_state(4, np.uint64).astype(np.uint64)


@njit(cache=True, nogil=True)
def uniform(state: State) -> float:
    """Uniform in (0, 1), by xoshiro256++ (blackman-vigna-2021)."""
    first, last = state[0], state[3]
    mixed = first + last
    mixed = ((mixed << _23) | (mixed >> _41)) + first
    shifted = state[1] << _17
    state[2] ^= first
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = (state[3] << _45) | (state[3] >> _19)
    return (np.float64(mixed >> _11) + 0.5) * UNIT


@njit(cache=True, nogil=True)
def normal(state: State) -> float:
    """Standard normal, by the polar method."""
    while True:
        x, y = 2.0 * uniform(state) - 1.0, 2.0 * uniform(state) - 1.0
        length = x * x + y * y
        if 0.0 < length < 1.0:
            return x * math.sqrt(-2.0 * math.log(length) / length)


@njit(cache=True, nogil=True)
def gamma(state: State, shape: float) -> float:
    """Gamma with this shape of at least 1/2 and scale 1 (marsaglia-tsang-2000)."""
    boost = 1.0
    if shape < 1.0:
        boost = uniform(state) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(state)
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        u = uniform(state)
        if u < 1.0 - 0.0331 * x * x * x * x:
            return boost * d * v
        if math.log(u) < 0.5 * x * x + d * (1.0 - v + math.log(v)):
            return boost * d * v


@njit(cache=True, nogil=True)
def log_gamma_draw(state: State, shape: float) -> float:
    """The log of a gamma variable; for shapes near 0 too, where the variable itself is 0 to the machine."""
    if shape >= 1.0:
        return math.log(gamma(state, shape))
    return math.log(gamma(state, shape + 1.0)) + math.log(uniform(state)) / shape


@njit(cache=True, nogil=True)
def beta(state: State, a: float, b: float) -> float:
    """Beta(a, b) for a, b >= 1."""
    if a == 1.0 and b == 1.0:
        return uniform(state)
    x = gamma(state, a)
    return x / (x + gamma(state, b))


@njit(cache=True, nogil=True)
def _log_factorial_rest(k: float) -> float:
    """log k! less Stirling's (k + 1/2) log(k + 1) - (k + 1) + log(2 pi)/2."""
    if k < 10.0:
        return math.lgamma(k + 1.0) - (k + 0.5) * math.log(k + 1.0) + (k + 1.0) - HALF_LOG_2PI
    x = k + 1.0
    s = 1.0 / (x * x)
    return (1 / 12 - s * (1 / 360 - s / 1260)) / x


@njit(cache=True, nogil=True)
def binomial(state: State, n: float, p: float) -> float:
    """Binomial(n, p), n a whole number to 10^15: by inversion when few are expected, else hormann-1993."""
    if n <= 0.0 or p <= 0.0:
        return 0.0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - binomial_half(state, n, 1.0 - p)
    return binomial_half(state, n, p)


@njit(cache=True, nogil=True)
def binomial_half(state: State, n: float, p: float) -> float:
    """Binomial(n, p) for p <= 1/2."""
    if n * p < 10.0:
        return _few(state, n, p)
    ratio = p / (1.0 - p)
    sd = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * sd
    a = -0.0873 + 0.0248 * b + 0.01 * p
    c = n * p + 0.5
    v_r = 0.92 - 4.2 / b
    alpha = (2.83 + 5.1 / b) * sd
    m = math.floor((n + 1.0) * p)
    while True:
        v = uniform(state)
        u = uniform(state) - 0.5
        us = 0.5 - abs(u)
        k = math.floor((2.0 * a / us + b) * u + c)
        if us >= 0.07 and v <= v_r:
            return k
        if k < 0.0 or k > n:
            continue
        v = math.log(v * alpha / (a / (us * us) + b))
        bound = (m + 0.5) * math.log((m + 1.0) / (ratio * (n - m + 1.0)))
        bound += _log_factorial_rest(m) + _log_factorial_rest(n - m)
        bound += (n + 1.0) * math.log((n - m + 1.0) / (n - k + 1.0))
        bound += (k + 0.5) * math.log(ratio * (n - k + 1.0) / (k + 1.0))
        if v <= bound - _log_factorial_rest(k) - _log_factorial_rest(n - k):
            return k


@njit(cache=True, nogil=True)
def _few(state: State, n: float, p: float) -> float:
    """Binomial by adding up probabilities from 0."""
    ratio = p / (1.0 - p)
    chance = math.exp(n * math.log1p(-p))
    u, k = uniform(state), 0.0
    while u > chance and k < min(n, 1000.0):  # rounding must not make the walk endless
        u -= chance
        k += 1.0
        chance *= ratio * (n - k + 1.0) / k
    return k


@njit(cache=True, nogil=True)
def poisson(state: State, mean: float) -> float:
    """Poisson: by inversion when few are expected, else hormann-1993b."""
    if mean < 10.0:
        chance = math.exp(-mean)
        u, k = uniform(state), 0.0
        while u > chance and k < 1000.0:
            u -= chance
            k += 1.0
            chance *= mean / k
        return k
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    v_r = 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u = uniform(state) - 0.5
        v = uniform(state)
        us = 0.5 - abs(u)
        k = math.floor((2.0 * a / us + b) * u + mean + 0.43)
        if us >= 0.07 and v <= v_r:
            return k
        if k < 0.0 or (us < 0.013 and v > us):
            continue
        left = math.log(v * inverse / (a / (us * us) + b))
        log_factorial = (k + 0.5) * math.log(k + 1.0) - (k + 1.0) + HALF_LOG_2PI + _log_factorial_rest(k)
        if left <= k * math.log(mean) - mean - log_factorial:
            return k


@njit(cache=True, nogil=True)
def negative_binomial(state: State, successes: float, failure: float, success: float) -> float:
    """Failures before so many successes: Poisson with a gamma mean; failure + success = 1."""
    return poisson(state, gamma(state, successes) * failure / success)
