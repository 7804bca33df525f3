"""What the honesty panel holds, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from smallcounts.mse.overlap import Overlap
from smallcounts.mse.publication import Verdict
from smallcounts.mse.results import MethodResult
from smallcounts.mse.sensitivity import Dial, Influence, Refit
from smallcounts.mse.validation import Score, Trial
from smallcounts.results import Cell

SOURCES: Final = (
    "binette-steorts-2022",
    "whitehead-2021",
    "sharifi-far-2021",
    "aleshin-guendel-2024",
    "ding-fienberg-1994",
    "link-2003",
)


@dataclass(frozen=True, slots=True)
class NearModel:
    """A model hardly worse than the best by BIC."""

    model: str
    estimate: float
    difference: float
    weight: float


@dataclass(frozen=True, slots=True)
class PanelParts:
    """Everything one should know before saying a number.

    `verdict` first: what may be published. `overlap`: who shares whom; `methods`: all of them; `candidates`:
    names of those whose limits a range may rest on; `near`: models within 6 of the best BIC; `avoiding`:
    pairs of lists that avoid each other in these; `rearranged`: a list less, two made one; `dial`: N(ξ);
    `links`: missed links; `influence`: one person more or less; `tested`, `scores`: lists of known size;
    `trajectory`: fewer records. `seed` repeats every draw.
    """

    lists: tuple[str, ...]
    observed: int
    level: float
    seed: int
    verdict: Verdict
    overlap: Overlap
    methods: tuple[MethodResult, ...]
    candidates: tuple[str, ...]
    near: tuple[NearModel, ...]
    avoiding: tuple[tuple[str, str], ...]
    rearranged: tuple[Refit, ...]
    dial: Dial | None
    links: tuple[dict[str, Cell], ...]
    influence: tuple[Influence, ...]
    tested: tuple[Trial, ...]
    scores: Sequence[Score]
    trajectory: tuple[dict[str, Cell], ...]
    sources: tuple[str, ...] = SOURCES
