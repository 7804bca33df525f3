"""Logistic regression, of yes or no and of several answers, as the doubly robust estimate needs it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

Array = NDArray[np.float64]

RIDGE = 1e-6  # keeps a coefficient finite where a level decides the answer
_STEPS = 100


def logistic(design: Array, answers: Array, at: Array) -> Array:
    """Fits P(yes) = 1/(1 + exp(−design·β)) to answers 0/1 (n,) and gives it for the rows of `at` (m, p)."""
    found = several(design, np.column_stack([1 - answers, answers]), at)
    return found[:, 1]


def several(design: Array, answers: Array, at: Array) -> Array:
    """Fits P(answer c) ∝ exp(design·β_c) to indicators (n, c) and gives it for the rows of `at`: (m, c).

    Maximum likelihood by Newton's method, the first answer as the base, a ridge of 1e-6 on each coefficient.
    """
    p = design.shape[1]
    free = answers.shape[1] - 1
    beta = np.zeros((free, p))
    for _ in range(_STEPS):
        shares = _shares(design, beta)[:, 1:]
        score = (answers[:, 1:] - shares).T @ design - RIDGE * beta
        information = np.empty((free, p, free, p))
        for a in range(free):
            for b in range(free):
                weight = shares[:, a] * ((a == b) - shares[:, b])
                information[a, :, b, :] = design.T @ (weight[:, None] * design)
        flat = information.reshape(free * p, free * p) + RIDGE * np.eye(free * p)
        step = np.linalg.solve(flat, score.reshape(-1)).reshape(free, p)
        largest = float(np.abs(step).max())
        beta += step * min(1.0, 5.0 / max(largest, 1e-300))
        if largest < 1e-9:
            break
    return _shares(at, beta)


def _shares(design: Array, beta: Array) -> Array:
    if len(beta) == 1:
        yes = expit(design @ beta[0])
        return np.column_stack([1 - yes, yes])
    logits = np.column_stack([np.zeros(len(design)), design @ beta.T])
    found: Array = softmax(logits, axis=1)
    return found
