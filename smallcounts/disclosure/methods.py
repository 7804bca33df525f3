"""The three methods behind one call: rounding, dots and cell-key noise, each beside the whole ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from smallcounts.disclosure.cell_key import LEAST_PEOPLE, protect_by_cell_key
from smallcounts.disclosure.hiding import protect_by_hiding, unchanged_cells
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.preparing import Prepared
from smallcounts.disclosure.protecting import only, protect_by_rounding
from smallcounts.disclosure.release import Method, Protected
from smallcounts.disclosure.rounding import SECONDS, Search
from smallcounts.disclosure.standing import Memory
from smallcounts.disclosure.suppression import Protection

STRENGTHS: Final = tuple(Protection)  # of dots, weakest first: a stronger one is another attempt
ATTEMPTS: Final = {Method.ROUNDED: 24, Method.SUPPRESSED: len(STRENGTHS), Method.CELL_KEY: 1}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a release is made beside.

    memory: marks of the people of each cell when it was last published. is_correction: its people are others
    than those of earlier releases of the same periods. seconds: limit of each search. is_trial: made for an
    attack and never released: half of a register may be fewer people than its method is for.
    """

    release: str
    ledger: Ledger = field(default_factory=Ledger)
    memory: Memory = field(default_factory=dict)
    is_correction: bool = False
    seconds: float = SECONDS
    is_trial: bool = False


def protect_by_method(prepared: Prepared, key: bytes, beside: Beside, *, attempt: int = 0) -> Protected:
    """The release by the method that was prepared for, not yet attacked and so not yet safe.

    attempt: from 0 below ATTEMPTS: other keyed numbers for rounding, a stronger protection for dots.
    NoAnswer when there is none; DisclosureRefused when the method is not for so few people.
    """
    if prepared.method is Method.SUPPRESSED:
        same = unchanged_cells(prepared.system, key, beside.memory) if beside.is_correction else None
        return protect_by_hiding(
            prepared, release=beside.release, ledger=beside.ledger, protection=STRENGTHS[attempt],
            seconds=beside.seconds, unchanged=same,
        )  # fmt: skip
    if prepared.method is Method.CELL_KEY:
        least = 0 if beside.is_trial else LEAST_PEOPLE
        own = only(prepared.system, prepared.own)
        return protect_by_cell_key(own, key, release=beside.release, least_people=least)
    return protect_by_rounding(
        prepared, key, release=beside.release, ledger=beside.ledger, memory=beside.memory,
        search=Search(attempt=attempt, seconds=beside.seconds),
    )  # fmt: skip
