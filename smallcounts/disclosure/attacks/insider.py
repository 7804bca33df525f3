"""A8: an agency that subtracts the people it knows itself from every table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.bounds import bound_cells, structurally_empty
from smallcounts.disclosure.attacks.domain import AttackRefused, Domain
from smallcounts.disclosure.attacks.knowledge import View
from smallcounts.disclosure.attacks.programs import CEILING
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.cells import System


def attack_as_agencies(seen: View, domain: Domain, system: System, variable: str) -> Verdict:
    """A8: for each category of `variable` (who reported), A1 on the people that this agency does not know.

    The agency knows every property of its own people in all years. What it learns of the others must not be
    surely from 1 to the threshold less 1. `system` holds the truth, and every cell of `seen`.
    AttackRefused when the variable is not in the programme.
    """
    if variable not in domain.categories:
        raise AttackRefused(f"the variable {variable!r} that names the agency is not in the programme")
    findings: list[Finding] = []
    exact = 0
    for agency in domain.categories[variable]:
        own = known_counts(system, variable, agency)[[system.index[cell] for cell in seen.cells]]
        rest = subtract(seen, own)
        others = replace(domain, impossible=(*domain.impossible, ((variable, agency),)))
        found = bound_cells(rest, others, verdict_only=True)
        free = structurally_empty(rest, others) | seen.waived
        exact += int((found.exact & ~free).sum())
        for row in np.flatnonzero(found.surely_small & ~free):
            said = f"{found.low[row]:.0f} to {found.high[row]:.0f}"
            findings.append(
                Finding(
                    seen.cells[row].text, "A8",
                    f"{agency} knows {own[row]} of them and sees that surely {said} others are in it",
                    "merge the cell's categories upward, or publish it without who reported",
                )
            )  # fmt: skip
    numbers = {"agencies": len(domain.categories[variable]), "exact": exact, "surely_small": len(findings)}
    detail = f"{len(findings)} cells surely small to one of {len(domain.categories[variable])} agencies"
    return verdict("A8", detail, findings, numbers)


def known_counts(system: System, variable: str, category: str) -> NDArray[np.int64]:
    """(cells of the system,): how many people of the cell are in this category."""
    owner = system.programme.variable(variable)
    assert owner is not None  # the domain is made of the same programme
    place = system.programme.variables.index(owner)
    mine = np.isin(system.inner[:, place], owner.codes(variable, category) or ())
    return np.asarray(system.matrix @ np.where(mine, system.inner_counts, 0)).astype(np.int64)


def subtract(seen: View, own: NDArray[np.int64]) -> View:
    """The view of those who are left when `own` people of each cell are known."""
    high = np.where(seen.high >= CEILING, seen.high, seen.high - own)
    return replace(seen, low=np.maximum(seen.low - own, 0), high=high)
