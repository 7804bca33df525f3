"""A3: how sure an attacker may be who weighs every whole table that fits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smallcounts.disclosure.attacks.bounds import structurally_empty
from smallcounts.disclosure.attacks.domain import Domain
from smallcounts.disclosure.attacks.results import Finding, Verdict, failed, verdict
from smallcounts.disclosure.attacks.sampling import Sample

MOST_SMALL = 0.9
MOST_EXACT = 0.8
WIDEST_GAP = 0.1  # two walks that differ more have not seen the same tables


def attack_posterior(samples: Sequence[Sample], domain: Domain) -> Verdict:
    """A3: P(1 to threshold - 1) at most 0.9 and P(any single value) at most 0.8 for every cell.

    The answer depends on what is believed beforehand; see `draw_tables`. A cell waived or declared empty is
    left out. A walk that has not settled is a failed attack.
    """
    findings: list[Finding] = []
    greatest = {"small": 0.0, "exact": 0.0, "gap": 0.0}
    for sample in samples:
        seen = sample.seen
        free = seen.let_out() | structurally_empty(seen, domain)
        ones = np.ones(len(seen.cells), dtype=np.int64)
        small = np.where(free, 0.0, sample.chance_between(ones, seen.threshold - 1))
        exact = np.where(free, 0.0, sample.share.max(axis=1))
        findings += [
            _finding(sample, int(i), float(small[i]), "1 to the threshold less 1")
            for i in np.flatnonzero(small > MOST_SMALL)
        ]
        findings += [
            _finding(sample, int(i), float(exact[i]), f"{sample.least[i] + sample.share[i].argmax()}")
            for i in np.flatnonzero(exact > MOST_EXACT)
        ]
        for name, value in (("small", small.max()), ("exact", exact.max()), ("gap", sample.gap)):
            greatest[name] = max(greatest[name], float(value))
    if greatest["gap"] > WIDEST_GAP:
        return failed("A3", f"two walks differ by {greatest['gap']:.2f}; let them run longer")
    detail = (
        f"greatest posterior of a small count {greatest['small']:.2f}, of one value {greatest['exact']:.2f}"
    )
    return verdict("A3", detail, findings, greatest)


def _finding(sample: Sample, row: int, chance: float, what: str) -> Finding:
    return Finding(
        sample.seen.cells[row].text,
        "A3",
        f"printed {sample.seen.figures[row].value}, but {what} with probability {chance:.2f}",
        "round it the other way (another attempt), or merge its categories upward",
    )
