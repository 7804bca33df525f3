"""A9, first half: what a percentage, a rate, a sentence or a point of a chart tells when read backwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.knowledge import View
from smallcounts.disclosure.attacks.programs import CEILING
from smallcounts.disclosure.attacks.results import Finding
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.deriving import derive_one
from smallcounts.disclosure.errors import ProgrammeError
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published

MOST_TRIED = 4_000_000  # pairs of counts tried for one percentage
DUST = 1e-9
_OF = re.compile(r"(?<![\d.,])(\d[\d\s]*?)\s+(?:of|av)\s+(\d[\d\s]*)(?![\d.,]\d)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number seen somewhere that is said of a cell.

    where: for the report. value ± half: the number and half its last decimal (or pixel). kind "count": the
    number is the count itself; "share": count / count of `of` times `factor` (100 for percent); "scaled":
    count times `factor` (per / population for a rate, pixels a person for a chart) plus `shift`.
    """

    where: str
    cell: CellId
    value: float
    half: float
    kind: Literal["count", "share", "scaled"]
    factor: float = 1.0
    shift: float = 0.0
    of: CellId | None = None

    def fits(self, count: float, whole: float = 1.0) -> bool:
        """Whether these counts would have been printed as this number."""
        if self.kind == "share":
            return whole > 0 and abs(self.factor * count / whole - self.value) <= self.half + DUST
        return abs(self.factor * count + self.shift - self.value) <= self.half + DUST


def percent(where: str, cell: CellId, of: CellId, value: float, decimals: int) -> Claim:
    return Claim(where, cell, value, 0.5 * 10.0**-decimals, "share", 100.0, of=of)


def rate(where: str, cell: CellId, value: float, decimals: int, *, per: float, population: float) -> Claim:
    """A rate per `per` of a population that everybody knows."""
    return Claim(where, cell, value, 0.5 * 10.0**-decimals, "scaled", per / population)


def coordinate(
    where: str, cell: CellId, place: float, *, zero: float, one: float, step: float = 1.0
) -> Claim:
    """A point of a chart: `zero` is where the count 0 stands, `one` where 1 stands, `step` the grain."""
    return Claim(where, cell, place, step / 2, "scaled", one - zero, zero)


def of_text(where: str, text: str, cell: CellId, of: CellId) -> tuple[Claim, ...]:
    """The counts of every "3 of 17" in a text."""
    claims: list[Claim] = []
    for part, whole in _OF.findall(text):
        for number, said in ((part, cell), (whole, of)):
            claims.append(Claim(where, said, float(re.sub(r"\s", "", number)), 0.0, "count"))
    return tuple(claims)


def inverse(claim: Claim, seen: View) -> tuple[float, float]:
    """The least and the largest true count of the cell that fit the number, inside what is known anyway.

    (inf, -inf) when none fits. AttackRefused when the numbers are too large to be tried one by one.
    """
    row = seen.row(claim.cell)
    low, high = seen.low[row], min(seen.high[row], CEILING)
    if claim.kind != "share":
        if claim.factor == 0:
            raise AttackRefused(f"{claim.where}: a scale on which all counts fall together tells nothing")
        ends = sorted((claim.value + sign * claim.half - claim.shift) / claim.factor for sign in (-1, 1))
        return max(low, np.ceil(ends[0] - DUST)), min(high, np.floor(ends[1] + DUST))
    assert claim.of is not None
    whole = seen.row(claim.of)
    counts = np.arange(low, high + 1)
    wholes = np.arange(max(seen.low[whole], 1), seen.high[whole] + 1)
    if len(counts) * len(wholes) > MOST_TRIED:
        raise AttackRefused(
            f"{claim.where}: the counts have no limits, so the percentage cannot be read back"
        )
    ratio = claim.factor * counts[:, None] / wholes[None, :]
    possible = (np.abs(ratio - claim.value) <= claim.half + DUST) & (counts[:, None] <= wholes[None, :])
    fitting = counts[possible.any(axis=1)]
    return (float(fitting.min()), float(fitting.max())) if len(fitting) else (np.inf, -np.inf)


def read_backwards(claims: Iterable[Claim], seen: View) -> list[Finding]:
    """Findings for numbers that were not made of printed values and leave fewer counts than those do."""
    return [f for claim in claims if (f := _judge(claim, seen)) is not None]


def _judge(claim: Claim, seen: View) -> Finding | None:
    if claim.cell not in seen.cells or (claim.of is not None and claim.of not in seen.cells):
        return _finding(claim, "is said of a cell that is not published")
    row = seen.row(claim.cell)
    printed = seen.figures[row].value
    whole = seen.figures[seen.row(claim.of)].value if claim.of else 1
    if isinstance(printed, int) and isinstance(whole, int) and claim.fits(printed, whole):
        return None  # anybody can compute it from what is printed
    low, high = inverse(claim, seen)
    if (low, high) == (seen.low[row], seen.high[row]):
        return None
    if low > high:
        return _finding(claim, "fits no count that the printed value leaves open")
    return _finding(claim, f"means {low:.0f} to {high:.0f} people, the printed {printed} less")


def _finding(claim: Claim, words: str) -> Finding:
    return Finding(
        claim.cell.text, "A9", f"{claim.where}: {claim.value:g} {words}",
        "compute it from the protected values, or leave it out",
    )  # fmt: skip


def wrong_derived(published: Sequence[Published], programme: Programme) -> list[Finding]:
    """Derived figures of a release that the release's own printed values do not give."""
    known = {one.name: one for one in programme.derived}
    findings = []
    for release in published:
        values = {f.cell: f.value for f in release.figures}
        for figure in release.derived:
            one = known.get(figure.name)
            try:
                own = derive_one(programme, one, figure.cell, values) if one else None
            except (KeyError, ProgrammeError):
                own = None  # a cell it would be computed from is not printed
            if own != figure.value or (one and one.decimals != figure.decimals):
                said = "nothing" if own is None else f"{own:g}"
                findings.append(
                    Finding(
                        figure.cell.text, "A9",
                        f"'{figure.name}' prints {figure.value}, the printed counts give {said}",
                        "compute it from the protected values, or leave it out",
                    )
                )  # fmt: skip
    return findings
