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
        "A11": "programmes that count the same people, together",
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


@dataclass(frozen=True, slots=True)
class Audit:
    """The outcome of all attacks that were made. mean_abs_error: only with the people."""

    cells: int
    verdicts: tuple[Verdict, ...]
    mean_abs_error: float | None = None
    left_out: tuple[str, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether attacks were made and all of them failed to find anything."""
        return bool(self.verdicts) and all(v.passed for v in self.verdicts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for v in self.verdicts for f in v.findings)

    def number(self, attack: str, name: str) -> float | None:
        """A measured number; None when that attack was not carried through."""
        return next((v.numbers.get(name) for v in self.verdicts if v.attack == attack), None)

    def to_json(self) -> dict[str, object]:
        """Plain types under the keys of the shell command."""
        sums = any("sums around it" in f.detail for f in self.findings)
        return {
            "passed": self.passed,
            "cells": self.cells,
            "exact": self.number("A1", "exact"),
            "surely_small": self.number("A1", "surely_small"),
            "mean_abs_error": self.mean_abs_error,
            "additive": not sums if any(v.attack == "A0" for v in self.verdicts) else None,
            "attacks": {
                v.attack: {"passed": v.passed, "detail": v.detail, "numbers": dict(v.numbers)}
                for v in self.verdicts
            },
            "findings": [
                {"cell": f.cell, "attack": f.attack, "detail": f.detail, "remedy": f.remedy}
                for f in self.findings
            ],
            "left_out": list(self.left_out),
        }

    def summary(self) -> str:
        """The verdicts as text, failures with cells and remedies."""
        head = (
            f"{self.cells} cells: {'every attack failed, the release is safe' if self.passed else 'REFUSED'}"
        )
        tail = (
            [f"Not made: {', '.join(self.left_out)} (need the people and the key)."] if self.left_out else []
        )
        return "\n".join([head, *map(str, self.verdicts), *tail])
