"""Who signs in during the load, and with what: known to who asks and to who prepares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "ljus över fjärden en torsdag"
SECRET: Final = "JBSWY3DPEHPK3PXP"


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs in. `team`: the kind of reception, "" for none; `cases`: those this person opens."""

    username: str
    role: str
    team: str = ""
    reception: int = 0
    cases: tuple[str, ...] = ()
