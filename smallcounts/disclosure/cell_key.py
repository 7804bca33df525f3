"""The cell-key method: every count moves by a small noise that the same people always get again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.cells import System, cell_keys, check_key
from smallcounts.disclosure.counting import Counted
from smallcounts.disclosure.deriving import derive
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.losses import measure_loss
from smallcounts.disclosure.noise import Noise, make_ptable
from smallcounts.disclosure.release import Method, Protected, Symbol, Value

Ints = NDArray[np.int64]

LEAST_PEOPLE = 10_000
REACH = 5
VARIANCE = 4.0
STEPS = (
    "Each person has a secret number that never changes; a cell's numbers are added up.",
    "The sum picks a noise of at most {reach} people: the same people get the same noise in every table.",
    "Totals are not the sums of their parts.",
)


def record_keys(pseudonyms: Sequence[str], key: bytes) -> Ints:
    """(n,): 32 bits for each person, by HMAC-SHA256 of the pseudonym, the same in every row of the person.

    DisclosureError when the secret key is shorter than 32 bytes.
    """
    check_key(key)
    known = {name: _number(key, name) for name in set(pseudonyms)}
    return np.array([known[name] for name in pseudonyms], dtype=np.int64)


def _number(key: bytes, text: str) -> int:
    return int.from_bytes(hmac.new(key, text.encode(), hashlib.sha256).digest()[:4], "big")


@dataclass(frozen=True, slots=True, eq=False)
class Perturbed:
    """One crossing after noise. values: of any shape; is_hidden: below the threshold and not to be shown."""

    columns: tuple[int, ...]
    values: Ints
    is_hidden: NDArray[np.bool_]


def perturb(table: Counted, noise: Noise, *, threshold: int = 0) -> Perturbed:
    """The counts of a crossing with their noise; results below `threshold` hidden, as the ONS does.

    DisclosureRefused when the crossing was counted without keys.
    """
    if table.key_sums is None:
        raise DisclosureRefused(
            f"the table {list(table.columns)} was counted without keys; count it with them"
        )
    values = table.counts + noise.of(table.counts, table.key_sums)
    return Perturbed(table.columns, values, values < threshold)


def protect_by_cell_key(
    system: System, key: bytes, *, release: str, noise: Noise | None = None, least_people: int = LEAST_PEOPLE
) -> Protected:
    """The release with noise in every cell; for a large register, not for the tables of a municipality.

    system: with pseudonyms the noise belongs to the people, without them to the cell. noise: a table of
    noise; by default reach 5, variance 4, nothing from 1 to the threshold less 1. DisclosureRefused below
    `least_people` in a period: bounded noise is undone there by adding up tables. Totals do not add up.
    Sources: thompson-2013, giessing-2016, asghar-kaafar-2020.
    """
    _check_size(system, least_people)
    chosen = noise or make_ptable(
        reach=REACH, variance=VARIANCE, least_shown=system.programme.rules.threshold
    )
    sums = _key_sums(system, key)
    moved = system.counts + chosen.of(system.counts, sums)
    impossible = system.is_impossible()
    waived = np.array([cell.text in system.programme.rules.waived() for cell in system.cells], dtype=bool)
    moved = np.where(waived, system.counts, moved)
    values: list[Value] = [
        Symbol.NOT_APPLICABLE if bad else int(n) for bad, n in zip(impossible, moved, strict=True)
    ]
    return Protected(
        release, system.cells, tuple(values),
        tuple(Method.WAIVED if w else Method.CELL_KEY for w in waived),
        tuple(1 if w else chosen.reach for w in waived),
        tuple(int(t) for t in system.thresholds), "optimal", 0.0,
        measure_loss(system, values),
        derive(system.programme, system.periods, dict(zip(system.cells, values, strict=True))),
        tuple(step.format(reach=chosen.reach) for step in STEPS),
    )  # fmt: skip


def _check_size(system: System, least_people: int) -> None:
    many = np.bincount(system.inner_period, weights=system.inner_counts, minlength=len(system.periods))
    if (many < least_people).any():
        at = int(np.argmin(many))
        raise DisclosureRefused(
            f"{system.periods[at]} holds {many[at]:.0f} people; the cell-key method is for "
            f"{least_people:,} and more, use rounding",
            code="cell_key_few", period=system.periods[at], total=int(many[at]), least=least_people,
        )  # fmt: skip


def _key_sums(system: System, key: bytes) -> Ints:
    """The sum of record keys of each cell; empty ones and those without pseudonyms have keys of their own."""
    if not system.people.pseudonyms:
        sums = cell_keys(system, key)
    else:
        records = record_keys(system.people.pseudonyms, key).astype(np.float64)
        inner = np.bincount(system.row_inner, weights=records, minlength=system.matrix.shape[1])
        sums = (system.matrix @ inner).astype(np.int64)
    for cell in np.flatnonzero(system.counts == 0):
        sums[cell] = _number(key, f"empty\n{system.cells[cell].text}")
    return sums
