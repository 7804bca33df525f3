"""How long a closed case is kept: a rule with its days, read from a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "data" / "retention.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """So many years after the last note, and to the end of the year after."""

    begins: date
    years: int
    law: str

    def gone_by(self, last_note: date) -> date:
        """The last day the case is there."""
        return date(last_note.year + self.years + 1, 12, 31)


def rule_on(day: date) -> Rule:
    """The rule that holds on the day. Raises LookupError when none does."""
    held = [rule for rule in _rules() if rule.begins <= day]
    if not held:
        raise LookupError(f"no rule for how long a case is kept holds on {day}")
    return max(held, key=lambda rule: rule.begins)


@cache
def _rules() -> tuple[Rule, ...]:
    with FILE.open("rb") as file:
        return tuple(Rule(row["from"], row["years"], row["law"]) for row in tomllib.load(file)["rule"])
