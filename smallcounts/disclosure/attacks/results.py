"""What an attack found: which cell, how, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

SHOWN = 12  # findings named in a summary; all of them are in `findings`

NAMES = MappingProxyType(
    {
        "A0": "the figures keep to the rule they name",
        "A1": "linear programs over all tables and years",
        "A2": "whole tables: integer programs and enumeration",
        "A3": "posterior of whole tables",
        "A4": "differences of cells, releases and groupings",
        "A5": "the release made again",
        "A6": "singling out",
        "A7": "guessing a property of one person",
        "A8": "an agency that knows its own people",
        "A9": "derived figures and finished files",
        "A10": "seeded faults",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an attacker can say of a cell. `remedy` is what the publisher can do."""

    cell: str
    attack: str
    detail: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.attack} {self.cell}: {self.detail}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one attack. `numbers`: what was measured, by name."""

    attack: str
    passed: bool
    detail: str
    findings: tuple[Finding, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        head = f"{self.attack} {'passed' if self.passed else 'FAILED'}: {NAMES[self.attack]}; {self.detail}"
        more = len(self.findings) - SHOWN
        tail = [f"  … and {more} more"] if more > 0 else []
        return "\n".join([head, *(f"  {f}" for f in self.findings[:SHOWN]), *tail])


def verdict(
    attack: str, detail: str, findings: Sequence[Finding], numbers: Mapping[str, float] | None = None
) -> Verdict:
    """A verdict that passes when nothing was found."""
    frozen = MappingProxyType(dict(numbers or {}))
    return Verdict(attack, not findings, detail, tuple(findings), frozen)


def failed(attack: str, reason: str) -> Verdict:
    """The verdict of an attack that could not be carried through: it never counts as passed."""
    numbers = MappingProxyType({"carried_through": 0.0})
    return Verdict(attack, False, f"the attack was not carried through: {reason}", numbers=numbers)
