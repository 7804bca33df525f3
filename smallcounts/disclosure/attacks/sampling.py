"""Whole tables that fit the printed figures, drawn by the walk with the chance of each printed value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, identity
from scipy.special import gammaln

from smallcounts.disclosure.attacks.bounds import bound_cells
from smallcounts.disclosure.attacks.chain import walk
from smallcounts.disclosure.attacks.cliques import Space, build_space
from smallcounts.disclosure.attacks.domain import AttackRefused, Domain
from smallcounts.disclosure.attacks.knowledge import Reading, View
from smallcounts.disclosure.attacks.moves import moves_beside
from smallcounts.disclosure.attacks.programs import Program, stack
from smallcounts.disclosure.release import Method

Array = NDArray[np.float64]
Prior = Literal["jeffreys", "uniform"]

NOISE = (
    0.9  # how far the keyed number moves the direction of rounding; the walk must know what the rounding does
)
UNLIKELY = 0.02  # a direction that the sums can still force
STEPS = 1_000_000
BESIDE_DOTS = 20  # times as many where exact figures stand beside dots: few changes fit there
EVERY = 100
WIDE = 50  # combinations; a walk over fewer forgets sooner: fewer steps between as many tables
WIDEST = 4_000  # values of one cell that are told apart


@dataclass(frozen=True, slots=True)
class Sample:
    """What two walks saw of the cells that hang together.

    seen: the cells' limits, narrowed to what the linear programs leave. share (cells, width): how often each
    cell had the value `least` + place. gap: the largest difference between the walks in any share. tables:
    how many different whole tables were seen. whole (kept, columns of `space`): some of them, of both walks.
    """

    seen: View
    least: NDArray[np.int64]
    share: Array
    gap: float
    tables: int
    space: Space
    whole: NDArray[np.int64]

    def chance_between(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> Array:
        """(cells,): the share of tables in which the cell is from low to high, both included."""
        values = self.least[:, None] + np.arange(self.share.shape[1])
        inside = (values >= low[:, None]) & (values <= high[:, None])
        return np.asarray((self.share * inside).sum(axis=1))


def groups(seen: View, domain: Domain) -> Iterator[View]:
    """The view in parts that no sum of years ties together."""
    owner = {p: p for cell in seen.cells for p in domain.periods(cell.period)}
    for cell in seen.cells:
        first, *others = domain.periods(cell.period)
        for other in others:
            old, new = owner[other], owner[first]
            owner = {p: new if o == old else o for p, o in owner.items()}
    place = np.array([owner[domain.periods(cell.period)[0]] for cell in seen.cells])
    for name in sorted(set(place)):
        yield only(seen, np.flatnonzero(place == name))


def only(seen: View, rows: NDArray[np.int64]) -> View:
    """These rows of a view."""
    return View(
        tuple(seen.cells[i] for i in rows), tuple(seen.figures[i] for i in rows),
        seen.low[rows], seen.high[rows], seen.threshold[rows], seen.waived[rows],
    )  # fmt: skip


def draw_tables(
    seen: View,
    domain: Domain,
    reading: Reading | None = None,
    *,
    prior: Prior = "jeffreys",
    steps: int = STEPS,
    seed: int = 0,
) -> Sample:
    """Two long walks over the whole tables that fit, from two far ends.

    A table has the weight of its prior times the chance of each printed value given its count: to the upper
    multiple with chance (noise - (1 - 2 r)) / (2 noise), r the rest. prior "uniform": every table of the
    reduced space alike; "jeffreys": each combination of it has Jeffreys' prior, weight Γ(x + 1/2) / x!.
    `seen` must hang together (see `groups`). Deterministic: same input, same seed, same shares.
    Sources: diaconis-sturmfels-1998, jeffreys-1946.
    """
    bounds = bound_cells(seen, domain)
    if np.isinf(bounds.high).any() or (bounds.high - bounds.low).max() >= WIDEST:
        at = int(np.argmax(bounds.high - bounds.low))
        raise AttackRefused(
            f"cell {seen.cells[at].text}: its count has no upper limit, so tables cannot be drawn; "
            "publish the total, or round instead of dots"
        )
    narrow = replace(seen, low=bounds.low, high=bounds.high)
    space = build_space(narrow.cells, domain)
    rows, weights, least = _weights(space, narrow, reading or Reading(), prior)
    further, every = _between_dots(space, narrow), _every(space, steps)
    steps = steps * every // EVERY * (1 if further is None else BESIDE_DOTS)
    walks = [
        walk(space, start, rows, weights, least, steps=steps, every=every, seed=seed + n, further=further)
        for n, start in enumerate(starts(space, narrow, 2, seed))
    ]
    n = len(narrow.cells)
    shares = [w.seen[:n] / w.seen[:n].sum(axis=1, keepdims=True) for w in walks]
    states = np.unique(np.concatenate([w.states for w in walks]))
    return Sample(
        narrow, least[:n], (shares[0] + shares[1]) / 2, float(abs(shares[0] - shares[1]).max()), len(states),
        space, np.concatenate([w.kept for w in walks]),
    )  # fmt: skip


def _every(space: Space, steps: int) -> int:
    """Steps between two tables that are looked at; a walk shorter than the whole one is left as it is."""
    return EVERY if steps < STEPS else max(1, min(EVERY, round(EVERY * space.width / WIDE)))


def _between_dots(space: Space, seen: View) -> csr_matrix | None:
    """Moves over hidden cells beside the open ones; None where nothing is hidden."""
    if not any(f.method is Method.SUPPRESSED for f in seen.figures):
        return None
    exact = stack([space.matrix[seen.low == seen.high], space.ties])
    return moves_beside(exact, _most(space, seen) > 0)


def starts(space: Space, seen: View, number: int, seed: int) -> list[NDArray[np.int64]]:
    """Whole tables that fit, far apart: each the best for random prices of the combinations."""
    rows = stack([space.matrix, space.ties])
    nothing = np.zeros(space.ties.shape[0])
    program = Program(rows, np.r_[seen.low, nothing], np.r_[seen.high, nothing], whole=True)
    rng = np.random.default_rng(seed)
    columns = np.arange(space.width, dtype=np.int32)
    prices = rng.normal(size=(number, space.width))
    found = [program.solve(columns, price, largest=False).point for price in prices]
    return [np.round(point).astype(np.int64) for point in found]


def _weights(
    space: Space, seen: View, reading: Reading, prior: Prior
) -> tuple[csr_matrix, Array, NDArray[np.int64]]:
    """What is weighed: the cells by the chance of their printed values, the combinations by the prior."""
    cells = log_chances(seen, reading)
    most = int(_most(space, seen).max()) + 1
    least = np.r_[seen.low.astype(np.int64), np.zeros(space.width, dtype=np.int64)]
    width = max(cells.shape[1], most + 1)
    counts = np.arange(width)
    single = gammaln(counts + 0.5) - gammaln(counts + 1) if prior == "jeffreys" else np.zeros(width)
    weights = np.full((len(least), width), -np.inf)
    weights[: len(cells), : cells.shape[1]] = cells
    weights[len(cells) :] = single
    return stack([space.matrix, csr_matrix(identity(space.width))]), weights, least


def _most(space: Space, seen: View) -> Array:
    """(columns,): no combination holds more people than any cell around it."""
    most = np.full(space.width, np.inf)
    matrix = space.matrix.tocoo()
    np.minimum.at(most, matrix.col, seen.high[matrix.row])
    return most


def log_chances(seen: View, reading: Reading) -> Array:
    """(cells, width): log chance of the printed value given the count `low` + place; -inf out of limits."""
    width = int((seen.high - seen.low).max()) + 1
    counts = seen.low[:, None] + np.arange(width)
    value = np.array([f.value if isinstance(f.value, int) else 0 for f in seen.figures])[:, None]
    base = np.array([f.base for f in seen.figures])[:, None]
    rounded = np.array([f.method is Method.ROUNDED for f in seen.figures])[:, None]
    up = (NOISE - 1 + 2 * (counts % base) / base) / (2 * NOISE)
    up = np.clip(up, UNLIKELY, 1 - UNLIKELY)
    chance = np.where(counts < value, up, np.where(counts > value, 1 - up, 1.0))
    if reading.is_nearest:
        chance = np.ones_like(chance)
    chance = np.where(rounded, chance, 1.0)
    return np.where(counts <= seen.high[:, None], np.log(chance), -np.inf)


def distinct_tables(samples: Sequence[Sample]) -> int:
    """How many different tables of all parts together were seen: the product, since parts do not touch."""
    return int(np.prod([float(s.tables) for s in samples]))
