"""What has no counts of a year yet, told by the mapping to rooms that may not see it: titles, never a number.

The mapping does so once, in `AppConfig.ready`: register_uncounted("klarsyn.mapping.uncounted.of_year")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A figure that the municipality counts itself and that nobody has counted for the year."""

    key: str
    sv: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language.startswith("en") else self.sv


_told_by: list[str] = []


def register_uncounted(name: str) -> None:
    """`name`: dotted path of the function that tells what a year lacks."""
    _told_by[:] = [name]


def uncounted(year: int) -> tuple[Uncounted, ...] | None:
    """What nobody has counted for the year; None where no room can tell."""
    if not _told_by:
        return None
    tell: Callable[[int], tuple[Uncounted, ...]] = import_string(_told_by[0])
    return tell(year)
