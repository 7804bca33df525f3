"""Which patterns a log-linear model can fit above zero, and whether it bounds the unseen: kernels."""

from __future__ import annotations

import numpy as np
from numba import njit

from smallcounts.mse.lattice import Floats, Ints

NO_MAXIMUM, NOT_IDENTIFIED = 1, 2  # bits of the published code; 0: an extended maximum that is identified
UNBOUNDED, BOUNDED, NONE_UNSEEN = 0, 1, 2  # what the maximum says of the unseen
NEAR_ZERO = 1e-9  # tables of 0 and 1 reduce to small fractions; this is far under the smallest


@njit(cache=True, nogil=True)
def drop_empty(terms: Ints, p: int, k: int, margins: Floats, kept: Ints, keep: Floats) -> int:
    """Terms nobody fulfils fall (their parameter is -inf) with every pattern that holds them.

    Fills kept[:q] with the terms that stay and keep (2^k,) with 1 where a pattern stays; gives q.
    """
    for s in range(1, 1 << k):
        keep[s] = 1.0
    keep[0] = 0.0
    q = 0
    for i in range(p):
        term = terms[i]
        if margins[term] > 0:
            kept[q] = term
            q += 1
        else:
            for s in range(1, 1 << k):
                if s & term == term:
                    keep[s] = 0.0
    return q


@njit(cache=True, nogil=True, error_model="numpy")
def reduce_rows(rows: Floats, m: int, width: int, pivots: Ints) -> int:
    """Reduced echelon form of rows[:m, :width] in place; pivots[:rank] their columns; gives the rank."""
    rank = 0
    for column in range(width):
        best, at = NEAR_ZERO, -1
        for i in range(rank, m):
            if abs(rows[i, column]) > best:
                best, at = abs(rows[i, column]), i
        if at < 0:
            continue
        if at != rank:
            for j in range(column, width):
                rows[at, j], rows[rank, j] = rows[rank, j], rows[at, j]
        inverse = 1.0 / rows[rank, column]
        for j in range(column, width):
            rows[rank, j] *= inverse
        for i in range(m):
            factor = rows[i, column]
            if i != rank and factor != 0.0:
                for j in range(column, width):
                    rows[i, j] -= factor * rows[rank, j]
                    if abs(rows[i, j]) < NEAR_ZERO:
                        rows[i, j] = 0.0
        pivots[rank] = column
        rank += 1
        if rank == m:
            break
    return rank


@njit(cache=True, nogil=True)
def remainder(
    pattern: int, kept: Ints, q: int, rows: Floats, rank: int, pivots: Ints, free: Ints, out: Floats
) -> None:
    """The part of a pattern's row that the observed patterns do not span, in the free columns."""
    for f in range(q - rank):
        column = free[f]
        value = 1.0 if pattern & kept[column] == kept[column] else 0.0
        for i in range(rank):
            if pattern & kept[pivots[i]] == kept[pivots[i]]:
                value -= rows[i, column]
        out[f] = value if abs(value) > NEAR_ZERO else 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _pivot(tableau: Floats, height: int, width: int, row: int, column: int) -> None:
    inverse = 1.0 / tableau[row, column]
    for j in range(width):
        tableau[row, j] *= inverse
    for i in range(height):
        factor = tableau[i, column]
        if i != row and factor != 0.0:
            for j in range(width):
                tableau[i, j] -= factor * tableau[row, j]
                if abs(tableau[i, j]) < NEAR_ZERO:
                    tableau[i, j] = 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _cover(vectors: Floats, live: Ints, m: int, q: int, target: int, tableau: Floats, basis: Ints) -> bool:
    """Whether vectors[target] + a sum of non-negative multiples of the live vectors can be 0.

    Phase one of the simplex method with Bland's rule. The last row of the tableau holds the reduced costs; at
    the end the basis tells the support (true), or the costs under the artificial columns the dual (false).
    """
    width = m + q + 1
    for i in range(q + 1):
        for j in range(width):
            tableau[i, j] = 0.0
    for i in range(q):
        sign = -1.0 if vectors[target, i] > 0 else 1.0
        for j in range(m):
            tableau[i, j] = sign * vectors[live[j], i]
            tableau[q, j] -= tableau[i, j]
        tableau[i, m + i] = 1.0
        tableau[i, width - 1] = -sign * vectors[target, i]
        tableau[q, width - 1] -= tableau[i, width - 1]
        basis[i] = m + i
    while tableau[q, width - 1] < -NEAR_ZERO:
        enter = -1
        for j in range(m):
            if tableau[q, j] < -NEAR_ZERO:
                enter = j
                break
        if enter < 0:
            return False
        leave = -1
        for i in range(q):
            if tableau[i, enter] > NEAR_ZERO and (
                leave < 0 or _before(tableau, basis, i, leave, enter, width)
            ):
                leave = i
        _pivot(tableau, q + 1, width, leave, enter)
        basis[leave] = enter
    return True


@njit(cache=True, nogil=True, error_model="numpy")
def _before(tableau: Floats, basis: Ints, row: int, other: int, enter: int, width: int) -> bool:
    """The ratio test of the simplex method; equal ratios go by the smaller variable (Bland)."""
    mine = tableau[row, width - 1] * tableau[other, enter]
    theirs = tableau[other, width - 1] * tableau[row, enter]
    if abs(mine - theirs) > NEAR_ZERO:
        return bool(mine < theirs)
    return bool(basis[row] < basis[other])


@njit(cache=True, nogil=True, error_model="numpy")
def clear_off_face(
    vectors: Floats, patterns: Ints, m: int, q: int, keep: Floats, tableau: Floats, basis: Ints
) -> int:
    """Sets keep to 0 for the unseen patterns (rows of vectors, by patterns) no fit can hold above 0.

    A pattern stays just when some non-negative combination of the vectors with its own among them is 0: then
    a table with the same margins has persons there. Gives how many fell.
    """
    state = np.zeros(m, dtype=np.int64)  # 0 open, 1 on the face, 2 off it
    live = np.empty(m, dtype=np.int64)
    fell = 0
    for target in range(m):
        if state[target]:
            continue
        size = 0
        for j in range(m):
            if state[j] != 2:
                live[size] = j
                size += 1
        if _cover(vectors, live, size, q, target, tableau, basis):
            state[target] = 1
            for i in range(q):
                if basis[i] < size and tableau[i, size + q] > NEAR_ZERO:
                    state[live[basis[i]]] = 1
            continue
        for j in range(size):
            # the reduced cost of a column is minus its product with the dual: 0 on every pattern that stays
            if tableau[q, j] > NEAR_ZERO or live[j] == target:
                state[live[j]] = 2
                keep[patterns[live[j]]] = 0.0
                fell += 1
    return fell


@njit(cache=True, nogil=True, error_model="numpy")
def classify(
    terms: Ints, p: int, k: int, cells: Floats, margins: Floats, kept: Ints, keep: Floats, scratch: Floats
) -> tuple[int, int, int, int]:
    """The facial set of a model and what it identifies.

    Fills keep (2^k,) with 1 on the patterns fitted above 0 and kept[:q] with a full-rank set of terms to fit
    them with. Gives the published code (bits NO_MAXIMUM, NOT_IDENTIFIED), q, the patterns off the face, and
    UNBOUNDED, BOUNDED or NONE_UNSEEN (the maximum is approached only as n0 falls to 0: everybody is on some
    list, say). scratch (3, 2^k + 1, 2^(k+1) + 2).
    """
    size = 1 << k
    q = drop_empty(terms, p, k, margins, kept, keep)
    rows, free = scratch[0], np.empty(q, dtype=np.int64)
    pivots = np.empty(q, dtype=np.int64)
    seen = 0
    for s in range(1, size):
        if cells[s] > 0:
            for i in range(q):
                rows[seen, i] = 1.0 if s & kept[i] == kept[i] else 0.0
            seen += 1
    rank = reduce_rows(rows, seen, q, pivots)
    off = 0
    for s in range(1, size):
        if keep[s] == 0.0:
            off += 1
    if rank == q:
        return 0, q, off, BOUNDED
    is_pivot = np.zeros(q, dtype=np.int64)
    for i in range(rank):
        is_pivot[pivots[i]] = 1
    at = 0
    for i in range(q):
        if not is_pivot[i]:
            free[at] = i
            at += 1
    return _with_unseen(k, cells, kept, q, keep, scratch, rank, pivots, free, off)


@njit(cache=True, nogil=True, error_model="numpy")
def _with_unseen(
    k: int, cells: Floats, kept: Ints, q: int, keep: Floats, scratch: Floats, rank: int, pivots: Ints,
    free: Ints, off: int,
) -> tuple[int, int, int, int]:  # fmt: skip
    """The rest of `classify` when the observed patterns alone do not identify every term."""
    size, short = 1 << k, q - rank
    vectors, tableau = scratch[1], scratch[2]
    patterns = np.empty(size, dtype=np.int64)
    m = 0
    for s in range(1, size):
        if keep[s] > 0 and cells[s] == 0:
            remainder(s, kept, q, scratch[0], rank, pivots, free, vectors[m])
            patterns[m] = s
            m += 1
    outside = np.empty(short)
    remainder(0, kept, q, scratch[0], rank, pivots, free, outside)
    columns = np.empty(short, dtype=np.int64)
    whole = _rank(vectors, patterns, m, short, keep, tableau, columns)
    fell = clear_off_face(vectors, patterns, m, short, keep, tableau, np.empty(short, dtype=np.int64))
    on_face = _rank(vectors, patterns, m, short, keep, tableau, columns)
    bounded = BOUNDED
    if not _spans(tableau, on_face, short, columns, outside):
        bounded = _sign(vectors, m, short, outside, tableau)
    code = (NO_MAXIMUM if fell else 0) | (NOT_IDENTIFIED if whole < short else 0)
    chosen = np.zeros(q, dtype=np.int64)
    for i in range(rank):
        chosen[pivots[i]] = 1
    for i in range(on_face):
        chosen[free[columns[i]]] = 1
    new = 0
    for i in range(q):
        if chosen[i]:
            kept[new] = kept[i]
            new += 1
    return code, new, off + fell, bounded


@njit(cache=True, nogil=True)
def _sign(vectors: Floats, m: int, short: int, outside: Floats, tableau: Floats) -> int:
    """NONE_UNSEEN when every direction in which the fit runs away takes the unseen to 0, else UNBOUNDED.

    So it is when the row of the unseen is a non-negative sum of rows of patterns nobody has (Farkas).
    """
    for i in range(short):
        vectors[m, i] = -outside[i]
    live = np.arange(m)
    if _cover(vectors, live, m, short, m, tableau, np.empty(short, dtype=np.int64)):
        return NONE_UNSEEN
    return UNBOUNDED


@njit(cache=True, nogil=True)
def _rank(
    vectors: Floats, patterns: Ints, m: int, short: int, keep: Floats, rows: Floats, columns: Ints
) -> int:
    """Rank of the vectors of the patterns that stay; rows is left in echelon form, columns its pivots."""
    count = 0
    for j in range(m):
        if keep[patterns[j]] > 0:
            for i in range(short):
                rows[count, i] = vectors[j, i]
            count += 1
    return reduce_rows(rows, count, short, columns) if count else 0


@njit(cache=True, nogil=True)
def _spans(rows: Floats, rank: int, short: int, columns: Ints, vector: Floats) -> bool:
    """Whether the vector lies in the span of the echelon rows."""
    for i in range(short):
        value = vector[i]
        for r in range(rank):
            value -= vector[columns[r]] * rows[r, i]
        if abs(value) > 1e-7:
            return False
    return True
