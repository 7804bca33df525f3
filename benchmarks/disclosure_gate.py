"""What the gate itself tells: an attacker who knows the rounding and every reason to refuse, exactly.

For tables so small that every whole table that fits can be listed: the chance of each rounding of each
table by the program's own rule (4,000 draws), the verdict of the gate on each rounding, and from both what
somebody who knows everything but the key believes, without and with the knowledge that the gate let it pass.

    python benchmarks/disclosure_gate.py [--tables 4]
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from smallcounts.disclosure.attacks.inference import attack_one_property  # after the path
from smallcounts.disclosure.attacks.knowledge import view
from smallcounts.disclosure.attacks.suite import Surroundings, audit
from smallcounts.disclosure.cells import build_system_from_counts
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published
from smallcounts.disclosure.rounding import NOISE

BASE = 5
DRAWS = 4_000
STEPS = 100_000
READERS = ("A1", "A3", "A4", "A7")
PROGRAMME = """
name = "small"
[[variables]]
name = "part"
categories = [{parts}]
[[variables]]
name = "gender"
categories = ["women", "men"]
[[tables]]
name = "t"
variables = ["part", "gender"]
"""

Counts = tuple[int, ...]


@dataclass(frozen=True)
class World:
    """Tables of `parts` times two, with their margins; every verdict and chance kept once it is known."""

    parts: int
    looks_at_truth: bool = False
    draws: NDArray[np.float64] = field(init=False)
    programme: Programme = field(init=False)
    chances: dict[Counts, dict[Counts, float]] = field(default_factory=dict)
    verdicts: dict[tuple[Counts, Counts], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = ", ".join(f'"p{n}"' for n in range(self.parts))
        object.__setattr__(self, "programme", Programme.from_toml(PROGRAMME.format(parts=names)))
        rng = np.random.default_rng(1)
        system = self.system((1,) * (2 * self.parts))
        object.__setattr__(self, "draws", rng.uniform(-1, 1, size=(DRAWS, len(system.cells))))
        object.__setattr__(self, "_cells", system.cells)
        object.__setattr__(self, "_matrix", np.asarray(system.matrix.todense()))

    def system(self, counts: Counts):  # type: ignore[no-untyped-def]
        codes = np.array(list(itertools.product(range(self.parts), range(2))))
        return build_system_from_counts(
            self.programme, ("2021",), codes, np.zeros(len(codes), dtype=np.int64), np.array(counts)
        )

    def rounded(self, counts: Counts) -> dict[Counts, float]:
        """Each rounding of a table (its inner cells) with its chance: the cheapest for each draw."""
        if counts not in self.chances:
            cells = self._matrix @ np.array(counts)
            low, rest = cells // BASE, (cells % BASE) / BASE
            inner = np.array(counts)
            options, steps = [], []
            for up in itertools.product((0, 1), repeat=len(counts)):
                if ((np.array(up) == 1) & (inner % BASE == 0)).any():
                    continue
                one = self._matrix @ (inner // BASE + np.array(up)) - low
                if ((one >= 0) & (one <= (rest > 0))).all():
                    options.append(tuple(int(v) for v in (inner // BASE + np.array(up)) * BASE))
                    steps.append(one)
            cost = (1 - 2 * rest + NOISE * self.draws) @ np.array(steps).T
            share = np.bincount(cost.argmin(axis=1), minlength=len(options)) / len(self.draws)
            self.chances[counts] = {o: float(p) for o, p in zip(options, share, strict=True) if p}
        return self.chances[counts]

    def printed(self, values: Counts) -> Published:
        cells = self._matrix @ np.array(values)
        figures = tuple(
            Figure(cell, int(v), Method.ROUNDED, BASE, BASE)
            for cell, v in zip(self._cells, cells, strict=True)
        )
        return Published("r", figures, ())

    def passes(self, counts: Counts, values: Counts) -> bool:
        """The gate. With `looks_at_truth` A7 is asked of the true table, as it once was."""
        key = (counts if self.looks_at_truth else (), values)
        if key not in self.verdicts:
            found = audit(
                [self.printed(values)], self.programme, attacks=READERS, steps=STEPS,
                around=Surroundings(agency=""),
            )  # fmt: skip
            truth_free = [v for v in found.verdicts if not (self.looks_at_truth and v.attack == "A7")]
            passed = all(v.passed for v in truth_free)
            if passed and self.looks_at_truth:
                passed = attack_one_property(view([self.printed(values)]), [self.system(counts)]).passed
            self.verdicts[key] = passed
        return self.verdicts[key]

    def released(self, counts: Counts) -> dict[Counts, float]:
        """Each rounding with its chance of being the first that passes; empty when none does."""
        kept = {v: p for v, p in self.rounded(counts).items() if self.passes(counts, v)}
        total = sum(kept.values())
        return {v: p / total for v, p in kept.items()}


def one_missing(world: World, counts: Counts) -> dict[str, tuple[float, float, float]]:
    """Property -> the share guessed by who knows all but one: before, by rounding, by rounding and gate."""
    shape = np.array(counts).reshape(world.parts, 2)
    released = world.released(counts)
    found = {}
    for axis, name in enumerate(("part", "gender")):
        hits = np.zeros(3)
        for at in zip(*np.nonzero(shape), strict=True):
            others = shape.copy()
            others[at] -= 1
            tables = []
            for category in range(shape.shape[axis]):
                place = list(at)
                place[axis] = category
                one = others.copy()
                one[tuple(place)] += 1
                tables.append((others[tuple(place)] + 1e-6, tuple(one.ravel().tolist())))
            prior = np.array([n for n, _ in tables])
            for values, chance in released.items():
                likely = [
                    np.ones(len(tables)),
                    np.array([world.rounded(t).get(values, 0.0) for _, t in tables]),
                    np.array([world.released(t).get(values, 0.0) for _, t in tables]),
                ]
                hits += chance * shape[at] * np.array([_hit(prior * one, at[axis]) for one in likely])
        found[name] = tuple((hits / shape.sum()).round(4).tolist())
    return found


def _hit(score: NDArray[np.float64], truth: int) -> float:
    best = score >= score.max() * (1 - 1e-9)
    return float(best[truth] / best.sum())


def fitting(world: World, values: Counts) -> Iterator[Counts]:
    """Every table that can be rounded so."""
    ranges = [range(max(v - BASE + 1, 1), v + BASE) if v else range(BASE) for v in values]
    for counts in itertools.product(*ranges):
        if values in world.rounded(counts):
            yield counts


def whole_tables(world: World, values: Counts) -> Mapping[str, float]:
    """The greatest posterior of a small count and of one value in an inner cell, by rounding and by gate."""
    tables = list(fitting(world, values))
    cells = np.array(tables)
    prior = np.exp((gammaln(cells + 0.5) - gammaln(cells + 1)).sum(axis=1))
    answer: dict[str, float] = {"tables": len(tables)}
    for name, chance in (("rounding", world.rounded), ("gate", world.released)):
        weight = prior * np.array([chance(t).get(values, 0.0) for t in tables])
        weight /= weight.sum()
        small = [(weight * ((c >= 1) & (c < BASE))).sum() for c in cells.T]
        exact = [np.bincount(c, weights=weight).max() for c in cells.T]
        answer |= {f"small, {name}": round(max(small), 4), f"exact, {name}": round(max(exact), 4)}
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=4)
    parser.add_argument("--parts", type=int, default=2)
    parser.add_argument("--most", type=int, default=40, help="greatest mean of a cell")
    parser.add_argument(
        "--truth", action="store_true", help="the gate that looks at the truth, for comparison"
    )
    asked = parser.parse_args()
    rng = np.random.default_rng(7)
    world = World(asked.parts, asked.truth)
    for _ in range(asked.tables):
        counts = tuple(int(n) for n in rng.poisson(rng.gamma(0.7, asked.most / 0.7, size=2 * asked.parts)))
        released = world.released(counts)
        answer: dict[str, object] = {"counts": counts, "refused": round(1 - sum(
            p for v, p in world.rounded(counts).items() if v in released), 3)}  # fmt: skip
        if released:
            answer |= {"one missing": one_missing(world, counts)}
            if not asked.truth:
                values = max(released, key=lambda v: released[v])
                answer |= {"printed": values, "whole": whole_tables(world, values)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
