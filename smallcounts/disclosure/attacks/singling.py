"""A6: can the release tell which description fits exactly one person?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from smallcounts.disclosure.attacks.bounds import narrowed
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.attacks.knowledge import Reading, View, view
from smallcounts.disclosure.attacks.making import Maker
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.attacks.sampling import log_chances
from smallcounts.disclosure.cells import build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme

SPLITS = 12
LEVEL = 0.95
BY_ITSELF = float(np.exp(-1))  # of groups that one person in n is expected in, this share holds just one
FEWEST = 110  # more than base 3 asks for


@dataclass(frozen=True, slots=True)
class Gain:
    """Success of guesses made from the release, and the interval of what it has above a baseline."""

    success: float
    baseline: float
    low: float
    high: float


def attack_by_singling_out(
    make: Maker, programme: Programme, people: People, *, splits: int = SPLITS, seed: int = 0
) -> Verdict:
    """A6: success in singling out is not above the baseline, for one condition and for several.

    The people are halved at random, and one half is published (more of them where the rules ask for it). The
    attacker names the cells that most look as if they held one person; a success is a cell that holds exactly
    one of the published half. Two baselines, of which the better counts: the same cells in the other half,
    about whom the release tells only what holds for such people; and cells that hold one of the other half,
    named by somebody who never saw the release (where there are none: 1/e, the share that comes true by
    itself). Fails when the intervals of both differences (over the splits) lie above 0 for one kind of cells.
    All kinds together are one test at 95 % (see `judged`), so one honest release in twenty would fail it by
    the luck of the halves: what fails is judged again, on twice as many halves not looked at before, and
    that alone decides. Sources: cohen-nissim-2020, giomi-2023, dunn-1961.
    """
    rng = np.random.default_rng(seed)
    gains = judged(_rates(make, programme, people, splits, rng))
    if any(gain.low > 0 for gain in gains.values()):
        gains = judged(_rates(make, programme, people, 2 * splits, rng))
    findings = [
        Finding(
            f"cells of {name}", "A6",
            f"{g.success:.0%} of the guesses single out a person, {g.baseline:.0%} without the release",
            "round to a larger base, or merge categories upward",
        )
        for name, g in gains.items() if g.low > 0
    ]  # fmt: skip
    words = [f"{n}: {g.success - g.baseline:+.1%} ({g.low:+.1%} to {g.high:+.1%})" for n, g in gains.items()]
    return verdict("A6", "gain over the baseline " + "; ".join(words), findings, _numbers(gains))


def _rates(
    make: Maker, programme: Programme, people: People, splits: int, rng: np.random.Generator
) -> dict[str, list[tuple[float, float, float]]]:
    """Each split's success by kind of cells, and what the two baselines reach."""
    is_base_3 = any(f.base == 3 for f in make(people, None).figures)
    fewest = FEWEST if is_base_3 else programme.rules.minimum_population
    rates: dict[str, list[tuple[float, float, float]]] = {"one condition": [], "several": []}
    for _ in range(splits):
        half = chosen(people, rng, fewest=fewest)
        printed = view([make(people.only(half), None)])
        seen = narrowed(printed, domain_of(programme, printed.cells, people.periods))
        inside, outside = (_counts(programme, people.only(part), seen) == 1 for part in (half, ~half))
        for name, wanted in (("one condition", 1), ("several", 2)):
            kind = np.array([min(len(c.parts), 2) == wanted for c in seen.cells])
            guess = guessed(seen, kind)
            blind = inside[kind & outside].mean() if (kind & outside).any() else BY_ITSELF
            if len(guess):
                rates[name].append((inside[guess].mean(), outside[guess].mean(), blind))
    return rates


def _numbers(gains: Mapping[str, Gain]) -> dict[str, float]:
    numbers: dict[str, float] = {} if gains else {"guesses": 0}
    for name, g in gains.items():
        numbers |= {f"{name}, gain": g.success - g.baseline, f"{name}, low": g.low, f"{name}, high": g.high}
    return numbers


def chosen(people: People, rng: np.random.Generator, *, fewest: int = 0) -> NDArray[np.bool_]:
    """Half the people of each period, or `fewest` where that leaves a third.

    Equal halves make the baselines fair: of a smaller other half fewer cells of few people would hold one.
    """
    half = np.zeros(len(people), dtype=bool)
    for period in np.unique(people.period):
        rows = rng.permutation(np.flatnonzero(people.period == period))
        half[rows[: max(len(rows) // 2, min(fewest, len(rows) * 2 // 3))]] = True
    return half


def judged(rates: Mapping[str, list[tuple[float, float, float]]]) -> dict[str, Gain]:
    """The gain of each kind of cells that was guessed at, with intervals that hold together at 95 %.

    Each of k kinds gets an interval of level 1 - 0.05 / k, so that chance alone fails the attack at most
    once in forty releases that tell nothing, however many kinds there are. The two baselines of a kind
    need no share of it: both must be beaten. Source: dunn-1961.
    """
    tried = {name: values for name, values in rates.items() if len(values) > 1}
    level = 1 - (1 - LEVEL) / max(len(tried), 1)
    return {name: better(values, level=level) for name, values in tried.items()}


def better(rates: list[tuple[float, float, float]], *, level: float = LEVEL) -> Gain:
    """The gain over the baseline that leaves the smaller one; splits without a baseline are left out."""
    table = np.array(rates)
    gains = []
    for column in (1, 2):
        pairs = table[~np.isnan(table[:, column])][:, [0, column]]
        if len(pairs) > 1:
            difference = pairs[:, 0] - pairs[:, 1]
            n, middle = len(difference), float(difference.mean())
            spread = float(stdtrit(n - 1, 0.5 + level / 2) * difference.std(ddof=1) / np.sqrt(n))
            success, baseline = map(float, pairs.mean(axis=0))
            gains.append(Gain(success, baseline, middle - spread, middle + spread))
    return min(gains, key=lambda gain: gain.low)


def guessed(seen: View, kind: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Rows of this kind that look most as if they held exactly one person, were all counts alike before."""
    chances = np.exp(log_chances(seen, Reading()))
    counts = seen.low[:, None] + np.arange(chances.shape[1])
    score = (chances * (counts == 1)).sum(axis=1) / chances.sum(axis=1)
    score = np.where(kind, score, 0.0)
    return np.flatnonzero((score > 0) & (score >= score.max() - 1e-9))


def _counts(programme: Programme, people: People, seen: View) -> NDArray[np.int64]:
    system = build_system(programme, people, extra=seen.cells)
    return np.asarray(system.counts[[system.index[cell] for cell in seen.cells]])
