"""What earlier releases ask of a new one: published values stay while their people stay."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.cells import CellId, System, cell_marks
from smallcounts.disclosure.corridor import NONE
from smallcounts.disclosure.errors import NoAnswer
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.release import Figure, Method
from smallcounts.disclosure.rounding import Rounding, Search, Standing, round_system

Memory = Mapping[str, str]  # text of a cell -> mark of its people when it was last published, in hex


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """A rounding joined to the ledger. kept, changed: how many earlier values stand, how many do not."""

    rounding: Rounding
    kept: int
    changed: int


def rounded(figure: Figure, base: int) -> int | None:
    """The value of a figure that was rounded to this base; None for any other."""
    is_one = figure.method is Method.ROUNDED and figure.base == base
    return int(figure.value) if is_one and isinstance(figure.value, int) else None


def remembered(system: System, key: bytes, memory: Memory) -> dict[str, str]:
    """The memory after these cells are published: the marks of all of them, beside those of earlier ones.

    It is kept beside the key and never published: it shows which cells' people changed between two releases.
    """
    marks = {c.text: m.hex() for c, m in zip(system.cells, cell_marks(system, key), strict=True)}
    return {**memory, **marks}


def round_with_ledger(
    system: System,
    key: bytes,
    ledger: Ledger,
    memory: Memory,
    *,
    base: int,
    search: Search | None = None,
) -> Joined:
    """Rounds the system so that what was published earlier stands.

    First with every earlier value as it is, as long as none is more than one base beyond its two neighbours:
    then a person who came or went since cannot be seen in the difference of two releases. Where that fails,
    cells whose people are the same (by `memory`) keep their values, and the others change as little as they
    can. New cells are rounded beside them. Values of other methods or bases bind nothing.
    NoAnswer when the unchanged cells leave no rounding at all.
    """
    search = search or Search()
    old = _old(system.cells, ledger.figures(), base)
    by_mark = _by_mark(ledger, memory, base)
    if _near(system, old, base):
        whole = Standing(old, np.full(len(old), NONE, dtype=np.int64))
        near = replace(search, reaches=search.reaches[:2])
        with suppress(NoAnswer):
            found = round_system(system, key, base=base, standing=whole, by_mark=by_mark, search=near)
            return Joined(found, int((old != NONE).sum()), 0)
    marks = cell_marks(system, key)
    same = np.array([memory.get(c.text) == m.hex() for c, m in zip(system.cells, marks, strict=True)])
    standing = Standing(np.where(same, old, NONE), np.where(same, NONE, old))
    found = round_system(system, key, base=base, standing=standing, by_mark=by_mark, search=search)
    kept = int(((old != NONE) & (found.values == old)).sum())
    return Joined(found, kept, int((old != NONE).sum()) - kept)


def _by_mark(ledger: Ledger, memory: Memory, base: int) -> dict[bytes, int]:
    """The value that the same people have already, wherever it was published."""
    return {
        bytes.fromhex(memory[cell.text]): value
        for cell, figure in ledger.figures().items()
        if cell.text in memory and (value := rounded(figure, base)) is not None
    }


def _old(cells: tuple[CellId, ...], figures: Mapping[CellId, Figure], base: int) -> NDArray[np.int64]:
    values = [rounded(figures[cell], base) if cell in figures else None for cell in cells]
    return np.array([NONE if value is None else value for value in values], dtype=np.int64)


def _near(system: System, old: NDArray[np.int64], base: int) -> bool:
    """Whether every earlier value is at most one base beyond the two multiples beside the count."""
    low, rest = system.counts // base, system.counts % base
    step = old // base
    return bool(((old == NONE) | ((step >= low - 1) & (step <= low + (rest > 0) + 1))).all())
