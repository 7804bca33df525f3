"""What the system knows of a year, gathered in one value: the wheel's states are told from it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from klarsyn.base.released import EditionStage, StageCode
from klarsyn.plan.stages import Stage

_NOBODY: Final[Mapping[Stage, Said]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Said:
    """What a person has noted of a stage; without a day it is not done after all."""

    on: date | None
    words: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the council."""

    on: date
    registry_number: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure of the plan in force that is under way or done, and when it was last reviewed."""

    title: str
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class Evening:
    """The council's evening as the keeper has set it. No day: there is none that year, for a reason."""

    on: date | None
    mapping_year: int
    why: str = ""
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """`evening` None: nobody has set it. `uncounted` None: nobody can tell."""

    year: int
    evening: Evening | None
    mapping_year: int
    editions: tuple[EditionStage, ...] = ()
    uncounted: tuple[str, ...] | None = None
    said: Mapping[Stage, Said] = field(default_factory=lambda: _NOBODY)
    decisions: tuple[Decided, ...] = ()
    measures: tuple[Followed, ...] = ()

    def has_reached(self, code: StageCode) -> EditionStage | None:
        """The first edition of the year's mapping that has come so far."""
        found = (e for e in self.editions if e.stage(code).is_reached)
        return min(found, key=lambda e: e.edition, default=None)

    @property
    def in_the_making(self) -> EditionStage | None:
        """A correction that is not out yet, when an edition is."""
        first = self.has_reached(StageCode.RELEASED)
        newer = [e for e in self.editions if not e.stage(StageCode.RELEASED).is_reached and e.edition]
        return newer[0] if first and newer else None
