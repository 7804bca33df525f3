"""Legal grounds for giving something out: a dated file, with who has confirmed each, or that nobody has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.words import Text, text_of

FILE: Final = Path(__file__).with_name("grounds.toml")


@dataclass(frozen=True, slots=True)
class Ground:
    """One section of law. It cites; a person decides."""

    key: str
    section: str
    text: Text
    valid_from: date
    valid_to: date | None  # the last day
    confirmed_by: str
    is_request: bool
    is_of_child: bool
    source: str  # the address of the act in a public copy
    wording_from: date | None = None  # the section is older; it reads as told here since that day
    doubt: Text | None = None  # what is not established, for a lawyer

    @property
    def is_confirmed(self) -> bool:
        return bool(self.confirmed_by)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def reads_so_on(self, day: date) -> bool:
        """Whether it was law that day in the wording that is told here."""
        return self.holds_on(day) and (self.wording_from is None or self.wording_from <= day)

    def __str__(self) -> str:
        said, unconfirmed = f"{self.section}: {self.text}", _("(Ingen jurist har bekräftat lydelsen.)")
        return said if self.is_confirmed else f"{said} {unconfirmed}"


def load(file: Path = FILE) -> Mapping[str, Ground]:
    """The grounds by key, in the file's order."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["ground"]
    found = [
        Ground(
            row["key"], row["section"], text_of(row, "text"), row["valid_from"], row.get("valid_to"),
            row["confirmed_by"].strip(), row.get("request", False), row.get("child", False), row["source"],
            row.get("wording_from"), text_of(row, "doubt") if "doubt" in row else None,
        )
        for row in rows
    ]  # fmt: skip
    if len({ground.key for ground in found}) != len(found):
        raise ValueError(f"{file}: two grounds have the same key")
    return MappingProxyType({ground.key: ground for ground in found})


GROUNDS: Final = load()
CONSENT: Final = "osl_10_1_consent"
CHOICES: Final[Mapping[str, Promise]] = MappingProxyType(
    {key: lazystr(ground) for key, ground in GROUNDS.items()}
)


def check_holds(key: str, day: date) -> Ground:
    """The ground, if it is law on that day. Raises Refused."""
    ground = GROUNDS[key]
    if not ground.holds_on(day):
        raise Refused(
            _("%(section)s gällde inte den %(day)s. Inget är sparat. Välj en annan grund.")
            % {"section": ground.section, "day": day.isoformat()}
        )
    return ground
