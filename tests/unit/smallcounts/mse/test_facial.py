"""The facial set against another program's linear programs, on tables full of holes."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from smallcounts.mse.fits import Problem
from smallcounts.mse.models import all_models, coded_model, interactions, terms_of


def facial_set(rows: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Patterns no direction takes away: max sum(u), a_j·z = 0 (seen), a_i·z >= u_i, 0 <= u_i <= 1 (not seen)."""
    seen, empty = rows[counts > 0], rows[counts == 0]
    m, p = empty.shape
    if m == 0:
        return np.ones(len(rows), dtype=bool)
    found = linprog(
        np.r_[np.zeros(p), -np.ones(m)],
        A_ub=np.c_[-empty, np.eye(m)], b_ub=np.zeros(m),
        A_eq=np.c_[seen, np.zeros((len(seen), m))], b_eq=np.zeros(len(seen)),
        bounds=[(None, None)] * p + [(0, 1)] * m, method="highs",
    )  # fmt: skip
    assert found.status == 0
    on = np.ones(len(rows), dtype=bool)
    on[np.flatnonzero(counts == 0)] = found.x[p:] < 0.5
    return on


@pytest.mark.parametrize("seed", range(25))
def test_faces_ranks_and_bounds_agree_with_highs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k = int(rng.integers(3, 6))
    cells = rng.poisson(rng.choice([0.3, 0.7, 1.5]), size=2**k)
    cells[0] = 0
    codes = all_models(k, k - 1)
    problem = Problem.__new__(Problem)
    problem.prepare(k, cells.astype(np.float64))
    for code in rng.choice(codes, size=6):
        terms = terms_of(coded_model(int(code), interactions(k, k - 1), k))
        published, rank, off, bounded = problem.classify(terms)
        patterns = np.arange(1, 2**k)
        rows = (patterns[:, None] & terms == terms).astype(np.float64)
        on = facial_set(rows, cells[1:])
        assert (problem.keep[1:] > 0).tolist() == on.tolist()
        assert (rank, off) == (int(np.linalg.matrix_rank(rows[on])) if on.any() else 0, int((~on).sum()))
        unseen = np.zeros(len(terms))
        unseen[0] = 1
        inside = np.linalg.matrix_rank(np.vstack([rows[on], unseen])) == rank
        assert (bounded == 1) == inside
        kept = np.array([cells[patterns[patterns & t == t]].sum() > 0 if t else True for t in terms])
        allowed = ~rows[:, ~kept].any(axis=1)
        narrow = rows[allowed][:, kept]
        wanted = 2 * (np.linalg.matrix_rank(narrow) < kept.sum()) + bool((allowed & ~on).any())
        assert published == wanted
