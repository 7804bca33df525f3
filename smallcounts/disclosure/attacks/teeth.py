"""A10: whether the attacks bite: every seeded fault must be caught, and the good release must not be."""

from __future__ import annotations

from collections.abc import Callable

from smallcounts.disclosure.attacks.artefacts import search_files
from smallcounts.disclosure.attacks.averaging import attack_by_averaging
from smallcounts.disclosure.attacks.bounds import attack_bounds
from smallcounts.disclosure.attacks.conformity import attack_rule
from smallcounts.disclosure.attacks.derived import read_backwards, wrong_derived
from smallcounts.disclosure.attacks.differencing import attack_differences
from smallcounts.disclosure.attacks.domain import Domain, domain_of
from smallcounts.disclosure.attacks.faults import Fault, Workshop, seeded
from smallcounts.disclosure.attacks.knowledge import Reading, shows_zeros, view
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.errors import DisclosureError

FEWEST = 50
Attack = Callable[[Workshop, Fault, Domain], Verdict]
OWN = "none"  # the release itself


def attack_with_faults(shop: Workshop, *, progress: Callable[[str], None] = lambda _: None) -> Verdict:
    """A10: seed every fault into the release and see whether an attack catches it.

    At least 50 faults must be possible and all of them caught; the release itself must pass the same attacks.
    """
    findings: list[Finding] = []
    by: dict[str, int] = {}
    own = caught(shop, Fault(OWN, (shop.good,), shop.make))
    if own is not None:
        findings.append(Finding("the release", "A10", f"{own} finds it at fault itself", "mend that first"))
    faults = list(seeded(shop))
    for number, fault in enumerate(faults, 1):
        attack = caught(shop, fault)
        by[attack or "none"] = by.get(attack or "none", 0) + 1
        if attack is None:
            findings.append(Finding("the attacks", "A10", f"not caught: {fault.name}", "sharpen the attacks"))
        if number % 20 == 0:
            progress(f"A10: {number} of {len(faults)} faults")
    if len(faults) < FEWEST:
        few = f"only {len(faults)} faults can be seeded"
        findings.append(Finding("the attacks", "A10", few, "try them on a release with more cells too"))
    numbers = {"faults": len(faults), "caught": len(faults) - by.get("none", 0), **by}
    return verdict("A10", f"{numbers['caught']} of {len(faults)} seeded faults caught", findings, numbers)


def caught(shop: Workshop, fault: Fault) -> str | None:
    """The first attack that finds something; None when none does."""
    domain = domain_of(shop.system.programme, shop.system.cells, shop.system.periods)
    attacks: tuple[Attack, ...] = (_rule, _bounds, _differences, _beside, _again)
    if fault.published == (shop.good,) and fault.name != OWN:  # the tables are good: the fault lies beside
        attacks = (_beside, _again)
    for attack in attacks:
        try:
            if not attack(shop, fault, domain).passed:
                return attack.__name__.strip("_")
        except DisclosureError:
            return attack.__name__.strip("_")
    return None


def _reading(fault: Fault) -> Reading:
    figures = [f for release in fault.published for f in release.figures]
    return Reading(are_zeros_shown=shows_zeros(figures, {f.cell: True for f in figures}))


def _rule(shop: Workshop, fault: Fault, domain: Domain) -> Verdict:
    return attack_rule(fault.published, shop.system.programme, domain, system=shop.system)


def _bounds(shop: Workshop, fault: Fault, domain: Domain) -> Verdict:
    return attack_bounds(view(fault.published, _reading(fault)), domain)


def _differences(shop: Workshop, fault: Fault, domain: Domain) -> Verdict:
    return attack_differences(fault.published, domain, _reading(fault))


def _beside(shop: Workshop, fault: Fault, domain: Domain) -> Verdict:
    findings = wrong_derived(fault.published, shop.system.programme)
    if fault.claims:
        findings += read_backwards(fault.claims, view(fault.published))
    return verdict("A9", "", findings + search_files(fault.artefacts, fault.published, domain))


def _again(shop: Workshop, fault: Fault, domain: Domain) -> Verdict:
    if fault.make is None:
        return verdict("A5", "not made", ())
    return attack_by_averaging(fault.make, shop.people, shop.system, runs=2, persons=1)
