"""A6: can the release tell which description fits exactly one person?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from smallcounts.disclosure.attacks.knowledge import Reading, View, view
from smallcounts.disclosure.attacks.making import Maker
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.attacks.sampling import log_chances
from smallcounts.disclosure.cells import build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme

SPLITS = 12
LEVEL = 0.95
FEWEST = 110  # more than base 3 asks for, where that leaves a third for the baseline


@dataclass(frozen=True, slots=True)
class Gain:
    """Success of guesses made from the release less that of guesses made without it; with interval."""

    published: float
    control: float
    low: float
    high: float
    guesses: int


def attack_by_singling_out(
    make: Maker, programme: Programme, people: People, *, splits: int = SPLITS, seed: int = 0
) -> Verdict:
    """A6: success in singling out is not above the baseline, for one condition and for several.

    The people are halved at random, and one half is published. The attacker names the cells that most look
    as if they held one person; a success is a cell that holds exactly one of the published half. Baseline:
    somebody who has never seen the release but knows the other half names the cells that hold one of those.
    About 37 % of such guesses come true by themselves. Fails when the 95 % interval of the difference (over
    the splits) lies above 0. Sources: cohen-nissim-2020, giomi-2023.
    """
    rng = np.random.default_rng(seed)
    rates: dict[str, list[tuple[float, float]]] = {"one condition": [], "several": []}
    guesses = dict.fromkeys(rates, 0)
    for _ in range(splits):
        half = rng.permutation(len(people)) < max(len(people) // 2, min(FEWEST, len(people) * 2 // 3))
        inside, outside = people.only(half), people.only(~half)
        seen = view([make(inside, None)])
        counts = [_counts(programme, part, seen) for part in (inside, outside)]
        for name, wanted in (("one condition", 1), ("several", 2)):
            kind = np.array([min(len(c.parts), 2) == wanted for c in seen.cells])
            guess, blind = guessed(seen, kind), np.flatnonzero(kind & (counts[1] == 1))
            if len(guess) and len(blind):
                right = counts[0] == 1
                rates[name].append((float(right[guess].mean()), float(right[blind].mean())))
                guesses[name] += len(guess)
    gains = {name: _gain(values, guesses[name]) for name, values in rates.items() if len(values) > 1}
    findings = [
        Finding(
            f"cells of {name}", "A6",
            f"{g.published:.0%} of {g.guesses} guesses single out a person, {g.control:.0%} without it",
            "round to a larger base, or merge categories upward",
        )
        for name, g in gains.items() if g.low > 0
    ]  # fmt: skip
    words = [f"{n}: {g.published - g.control:+.1%} ({g.low:+.1%} to {g.high:+.1%})" for n, g in gains.items()]
    numbers = {
        f"{n}, {k}": v
        for n, g in gains.items()
        for k, v in (("gain", g.published - g.control), ("low", g.low))
    }
    return verdict("A6", "gain over the baseline " + "; ".join(words), findings, numbers)


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


def _gain(rates: list[tuple[float, float]], guesses: int) -> Gain:
    pairs = np.array(rates)
    difference = pairs[:, 0] - pairs[:, 1]
    n = len(difference)
    spread = student.ppf(0.5 + LEVEL / 2, n - 1) * difference.std(ddof=1) / np.sqrt(n)
    middle = difference.mean()
    return Gain(
        float(pairs[:, 0].mean()), float(pairs[:, 1].mean()), middle - spread, middle + spread, guesses
    )
