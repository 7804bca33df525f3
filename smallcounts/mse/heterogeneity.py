"""Models of capture that differ by list (t), by person (h) or both, with and without bias correction."""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from smallcounts.mse.chao import chao, chapman
from smallcounts.mse.darroch import darroch
from smallcounts.mse.lognormal import LEVEL, answer, without
from smallcounts.mse.poisson import Array, PoissonFit, fit_poisson, spans
from smallcounts.mse.results import MethodResult, State
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import Step

Model = Literal["m0", "mt", "mh", "mth"]
Form = Literal["chao", "poisson", "darroch", "gamma"]
MODELS: Final = ("m0", "mt", "mh", "mth")
FORMS: Final = ("chao", "poisson", "darroch", "gamma")
METHOD: Final = "heterogeneity"
GAMMA: Final = 3.5  # the shape Rivest and Baillargeon take
SOURCES: Final = ("cormack-1989", "rivest-levesque-2001", "rivest-baillargeon-2007")
ASSUMPTIONS: Final = ("closed_population", "perfect_matching", "one_definition", "everyone_reachable")


def heterogeneity(
    table: CaptureTable,
    *,
    model: Model = "mth",
    form: Form = "darroch",
    bias_corrected: bool = False,
    level: float = LEVEL,
) -> MethodResult:
    """One of the closed-population models as a Poisson log-linear fit.

    "m0": every capture alike; "mt": lists differ; "mh": persons differ; "mth": both. `form` says how persons
    differ: one column h(j) of the number j of lists, "poisson" 2^j − 1, "darroch" j²/2, "gamma"
    log 3.5 − log(3.5 + j); "chao" frees the columns max(j − 2, 0), max(j − 3, 0) …, negative ones set to 0,
    and so gives a lower bound. `bias_corrected`: the frequencies are moved first (rivest-levesque-2001); not
    for "mth" with "gamma". Three lists at least for "mh" and "mth". `form` counts for these two only.

    Use them to see what differences between persons would do. They fit the number of lists a person is on,
    not which depend on which: with referral between lists no one of them is right. Interval: log-normal from
    se² = n̂0 + n̂0²·var(log n̂0). ValueError on a model there is not.
    """
    _check(table, model, form, bias_corrected)
    if bias_corrected and model == "mt":
        return darroch(table, level=level) if table.k > 2 else chapman(table, level=level)
    if bias_corrected and model == "mh" and form == "chao":
        return chao(table, level=level)
    design, counts, offset = _problem(table, model, form, bias_corrected)
    fit, used = _fitted(design, counts, offset, model, form, table.k)
    bounded = spans(used[fit.kept], np.eye(1, used.shape[1])[0])
    return _result(table, fit, bounded, _name(model, form), bias_corrected, level)


def _check(table: CaptureTable, model: str, form: str, bias_corrected: bool) -> None:
    if model not in MODELS:
        raise ValueError(f"the model is one of {', '.join(MODELS)}, not {model!r}")
    if form not in FORMS:
        raise ValueError(f"the form is one of {', '.join(FORMS)}, not {form!r}")
    if model in ("mh", "mth") and table.k < 3:
        raise ValueError("two lists cannot show that persons differ; three at least are needed")
    if bias_corrected and (model, form) == ("mth", "gamma"):
        raise ValueError("there is no bias correction for mth with gamma; use darroch or poisson")


def _name(model: str, form: str) -> str:
    return model if model in ("m0", "mt") else f"{model} {form}"


def _column(form: str, j: Array) -> Array:
    """h(j) of a form with one column."""
    if form == "poisson":
        column: Array = np.power(2.0, j) - 1
    elif form == "darroch":
        column = j**2 / 2
    else:
        column = np.log(GAMMA) - np.log(GAMMA + j)
    return column


def _design(masks: NDArray[np.int64], k: int, model: str, form: str) -> Array:
    """Columns: one, then the lists or their number, then what makes persons differ."""
    on = np.array([masks >> j & 1 for j in range(k)], dtype=np.float64).T
    return _with_persons(
        on if model in ("mt", "mth") else on.sum(axis=1)[:, None], on.sum(axis=1), k, model, form
    )


def _with_persons(columns: Array, number: Array, k: int, model: str, form: str) -> Array:
    parts = [np.ones((len(number), 1)), columns]
    if model in ("mh", "mth"):
        if form == "chao":
            parts.append(np.maximum(number[:, None] - np.arange(2, k), 0.0))
        else:
            parts.append(_column(form, number)[:, None])
    return np.hstack(parts)


def _problem(
    table: CaptureTable, model: str, form: str, bias_corrected: bool
) -> tuple[Array, Array, Array | None]:
    """Design, counts and offset: all patterns, or the numbers of lists where the correction needs them."""
    k = table.k
    masks = np.arange(1, 1 << k, dtype=np.int64)
    counts = table.cells[1:].astype(np.float64)
    number = np.bitwise_count(masks).astype(np.float64)
    if not bias_corrected:
        return _design(masks, k, model, form), counts, None
    moves = _moves(k, model, form)
    if model == "mth":
        return _design(masks, k, model, form), _moved(counts, number, moves), None
    lists = np.arange(1.0, k + 1)
    frequencies = np.array([counts[number == j].sum() for j in lists])
    ways = gammaln(k + 1) - gammaln(lists + 1) - gammaln(k - lists + 1)
    return _with_persons(lists[:, None], lists, k, model, form), _moved(frequencies, lists, moves), ways


def _moved(counts: Array, number: Array, moves: tuple[float, float, float]) -> Array:
    moved = counts.copy()
    for j, move in enumerate(moves, start=1):
        moved[number == j] += move
    return np.maximum(moved, 0.0)


def _moves(k: int, model: str, form: str) -> tuple[float, float, float]:
    """What is added to the counts with one, two and three captures (rivest-levesque-2001)."""
    if model == "m0":
        return -0.5, 1.0, 0.0
    if model == "mh":
        h = _column(form, np.array([1.0, 2.0, 3.0]))
        c = float((h[1] - 2 * h[0]) / (h[2] - 2 * h[1] + h[0]))
        return -(1 + c) / 2, 1 + c, (1 - c) / 2
    if form == "chao":
        return (k - 2) / (2 * k), 2 / (k * (k - 1)), 0.0
    if form == "poisson":
        return (2 * k - 5) / (4 * k), 3 / (k * (k - 1)), 3 / (2 * k * (k - 1) * (k - 2))
    return (k - 3) / (2 * k), 4 / (k * (k - 1)), 0.0


def _fitted(
    design: Array, counts: Array, offset: Array | None, model: str, form: str, k: int
) -> tuple[PoissonFit, Array]:
    """The fit; in Chao's form negative columns are taken away from the first on until none is left."""
    fit = fit_poisson(design, counts, offset=offset)
    if form != "chao" or model not in ("mh", "mth"):
        return fit, design
    first = design.shape[1] - (k - 2)
    columns = list(range(design.shape[1]))
    while True:
        used = design[:, columns]
        negative = [
            at for at in range(first, len(columns)) if fit.coefficients[at] < 0 or _vanishes(fit, used[:, at])
        ]
        if not negative:
            return fit, used
        columns.pop(negative[0])
        fit = fit_poisson(design[:, columns], counts, offset=offset)


def _vanishes(fit: PoissonFit, column: Array) -> bool:
    """Whether the column's coefficient is minus infinity: where it begins, every mean is 0."""
    begins = column == 1
    return not fit.kept[begins].any()


def _result(
    table: CaptureTable, fit: PoissonFit, bounded: bool, name: str, bias_corrected: bool, level: float
) -> MethodResult:
    if not bounded or not fit.converged:
        why: State = "not_converged" if bounded else "unbounded"
        return without(
            table, METHOD, name, why, level=level, state=why, assumptions=ASSUMPTIONS, sources=SOURCES
        )
    unseen, free = math.exp(fit.coefficients[0]), fit.free
    error = math.sqrt(unseen + unseen**2 * float(fit.covariance[0, 0]))
    return answer(
        table, METHOD, name, unseen, error, level=level,
        state="interior" if fit.kept.all() else "boundary",
        warnings=("lower_bound",) if name.endswith("chao") else (),
        assumptions=(*ASSUMPTIONS, *_own(name)),
        sources=SOURCES,
        details={
            "log_likelihood": fit.log_likelihood,
            "aic": 2 * free - 2 * fit.log_likelihood,
            "bic": math.log(table.n) * free - 2 * fit.log_likelihood,
            "parameters": free,
            "bias_corrected": bias_corrected,
        },
        steps=(Step("n̂0 = exp(β0)", f"β0 = {fit.coefficients[0]:.6g}", f"{unseen:.1f}"),),
    )  # fmt: skip


def _own(name: str) -> tuple[str, ...]:
    if name in ("m0", "mt"):
        return ("lists_independent", "persons_alike")
    return ("lists_independent", "lower_bound_needs" if name.endswith("chao") else "persons_differ_so")
