"""All that counts of before and after say together: mean, ranks, shares of 0 and 1, who left."""

from __future__ import annotations

from dataclasses import dataclass

from smallcounts.change.attrition import Attrition, attrition
from smallcounts.change.mean import MeanChange, mean_change
from smallcounts.change.pairs import MINIMUM, Pairs
from smallcounts.change.ranks import RankChange, rank_change
from smallcounts.change.shares import ShareChange, share_change, shares_of
from smallcounts.change.words import CONTROL, footnotes
from smallcounts.rates.intervals import LEVEL
from smallcounts.rates.results import Step, aligned
from smallcounts.results import Cell


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The parts, each a result of its own. Made by `paired_change`.

    `mean` is None when all differences are alike or levels are 0 and 1, `ranks` when levels are 0 and 1,
    `shares` when they are not, `attrition` when nobody knows who was asked before.
    """

    pairs: int
    mean: MeanChange | None
    ranks: RankChange | None
    shares: ShareChange | None
    attrition: Attrition | None
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict a part, with its name under "part"."""
        return [{"part": name, **row} for name, part in self._parts() for row in part.to_rows()]

    def summary(self) -> str:
        """Each part as text, then what they rest on, once."""
        tables = [f"{name}\n{aligned(part.to_rows())}" for name, part in self._parts()]
        return "\n\n".join([*tables, footnotes(self.assumptions, self.warnings)])

    def explain(self) -> tuple[Step, ...]:
        """The steps of each part."""
        return tuple(step for _, part in self._parts() for step in part.explain())

    def _parts(self) -> list[tuple[str, MeanChange | RankChange | ShareChange | Attrition]]:
        named = (
            ("mean", self.mean), ("ranks", self.ranks), ("shares", self.shares), ("attrition", self.attrition)
        )  # fmt: skip
        return [(name, part) for name, part in named if part is not None]


def paired_change(pairs: Pairs, *, level: float = LEVEL, minimum: int = MINIMUM) -> PairedChange:
    """Every part that the pairs can carry. Levels that are only 0 and 1 give shares; others mean and ranks.

    Errors and sources: as `mean_change`, `rank_change`, `share_change`, `attrition`.
    """
    differences, table = pairs.differences, shares_of(pairs)
    mean = ranks = shares = None
    if table is not None:
        shares = share_change(**table, level=level, method="tango", minimum=minimum)
    else:
        ranks = rank_change(differences, level=level, minimum=minimum)
        if len(differences) > 1:
            mean = mean_change(differences, level=level, minimum=minimum)
    left = None if pairs.left is None else attrition(pairs, level=level, minimum=minimum)
    parts = [part for part in (mean, ranks, shares, left) if part is not None]
    own = [CONTROL]
    if ranks is not None and mean is None:
        own.append("no_spread")
    if left is None:
        own.append("left_unknown")
    return PairedChange(
        pairs.number, mean, ranks, shares, left,
        assumptions=tuple(dict.fromkeys(code for part in parts for code in part.assumptions)),
        warnings=tuple(dict.fromkeys([*own, *(code for part in parts for code in part.warnings)])),
        sources=tuple(dict.fromkeys(key for part in parts for key in part.sources)),
    )  # fmt: skip
