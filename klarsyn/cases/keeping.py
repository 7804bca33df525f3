"""How long a closed case is kept: a rule with its days for each kind of case, read from a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from klarsyn.cases.models import Case

FILE: Final = Path(__file__).parent / "data" / "retention.toml"


class Kept(StrEnum):
    """What a rule is of."""

    NAMED = "named"
    NAMELESS = "nameless"


@dataclass(frozen=True, slots=True)
class Rule:
    """Years after the last note, and to the end of the year after. `decided`: by whom; "" blocks."""

    of: Kept
    begins: date
    years: int
    law: str
    decided: str

    def gone_by(self, last_note: date) -> date:
        """The last day the case is there."""
        return date(last_note.year + self.years + 1, 12, 31)


def rule_on(day: date, of: Kept = Kept.NAMED) -> Rule:
    """The rule that holds on the day. Raises LookupError when none does."""
    held = [rule for rule in _rules() if rule.of == of and rule.begins <= day]
    if not held:
        raise LookupError(f"no rule for how long a case ({of}) is kept holds on {day}")
    return max(held, key=lambda rule: rule.begins)


def kept_as(case: Case) -> Kept:
    """Which rules the case falls under."""
    return Kept.NAMELESS if case.is_nameless else Kept.NAMED


def falls_due(last_on: date) -> date:
    """The first day of the year in which the case must go: until then it is not to be proposed."""
    return last_on.replace(month=1, day=1)


@cache
def _rules() -> tuple[Rule, ...]:
    with FILE.open("rb") as file:
        return tuple(
            Rule(Kept(row["of"]), row["from"], row["years"], row["law"], row["decided"])
            for row in tomllib.load(file)["rule"]
        )
