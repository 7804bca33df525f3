"""Small programmes, printed figures and every table that fits them, for the tests of the attacks."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.cliques import Space
from smallcounts.disclosure.attacks.domain import Domain, domain_of
from smallcounts.disclosure.attacks.knowledge import View
from smallcounts.disclosure.cells import System, build_system_from_counts
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published, Value
from tests.unit.smallcounts.disclosure import reference

Shape = tuple[list[tuple[str, str]], dict[str, int]]


def counted(
    shape: Shape,
    seed: int,
    mean: float = 2.0,
    *,
    periods: Sequence[str] = ("2021",),
    spans: Sequence[str] = (),
) -> System:
    """A system of Poisson counts: tables and sizes of the variables; `spans`: the periods the tables show."""
    tables, sizes = shape
    rng = np.random.default_rng(seed)
    codes = np.tile(np.indices(list(sizes.values())).reshape(len(sizes), -1).T, (len(periods), 1))
    period = np.repeat(np.arange(len(periods)), len(codes) // len(periods))
    counts = rng.poisson(mean, len(codes))
    return build_system_from_counts(programme(sizes, tables, spans), tuple(periods), codes, period, counts)


def programme(sizes: dict[str, int], tables: Sequence[Sequence[str]], spans: Sequence[str] = ()) -> Programme:
    """A programme of variables v with categories v0, v1 … and one table for each list of variables."""
    variables = [
        f'[[variables]]\nname = "{v}"\ncategories = [{", ".join(f"{v}{i}".join(2 * [chr(34)]) for i in range(n))}]'
        for v, n in sizes.items()
    ]
    shown = f"periods = {list(spans)}"
    made = [
        f'[[tables]]\n{shown}\nname = "t{i}"\nvariables = [{", ".join(v.join(2 * [chr(34)]) for v in t)}]'
        for i, t in enumerate(tables)
    ]
    return Programme.from_toml("\n".join(['name = "scene"', *variables, *made]))


def print_as(
    system: System, make: Callable[[int], Value], *, method: Method = Method.ROUNDED, base: int = 5,
    release: str = "r1", threshold: int = 5, periods: Sequence[str] = (),
) -> Published:  # fmt: skip
    """A release that prints `make(count)` in every cell."""
    return Published(
        release,
        tuple(
            Figure(cell, make(int(count)), method, base, threshold)
            for cell, count in zip(system.cells, system.counts, strict=True)
            if not periods or cell.period in periods
        ),
    )


def domain(system: System) -> Domain:
    return domain_of(system.programme, system.cells, system.periods)


def nearest(base: int) -> Callable[[int], int]:
    return lambda count: base * round(count / base)


def alone(base: int, seed: int) -> Callable[[int], int]:
    """Unbiased random rounding of each cell by itself."""
    rng = np.random.default_rng(seed)
    return lambda count: base * (count // base + int(rng.random() < count % base / base))


def year(name: str) -> System:
    return reference.system((name,))


def whole_tables(space: Space, seen: View, most: int) -> Iterator[NDArray[np.int64]]:
    """Every whole vector of the reduced space with entries up to `most` that fits: plain trial of all."""
    for candidate in product(range(most + 1), repeat=space.width):
        table = np.array(candidate)
        counts = space.matrix @ table
        if (space.ties @ table).any() or (counts < seen.low).any() or (counts > seen.high).any():
            continue
        yield table
