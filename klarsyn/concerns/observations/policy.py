"""What may be logged, and how somebody knows an entry of their own again. Pure."""

from __future__ import annotations

import hmac
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.concerns.observations.signs import catalogue

MONTHS_BACK: Final = 3  # this month and those before it that may still be logged, and taken back


def months(today: date) -> list[tuple[int, int]]:
    """The months that may be logged, newest first."""
    ago = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(MONTHS_BACK)]
    return [(year, month + 1) for year, month in ago]


def check(*, sign: str, place: str, year: int, month: int, today: date) -> None:
    """Raises Refused for a sign or a place that is not in the list now, or a month out of reach."""
    known = catalogue()
    for key, choices in ((sign, known.signs), (place, known.places)):
        if key not in choices or not choices[key].holds(today):
            raise Refused(_("Välj i listan. Inget är sparat."))
    if (year, month) not in months(today):
        raise Refused(
            _("Månaden kan vara den här eller någon av de %(n)d före. Inget är sparat.")
            % {"n": MONTHS_BACK - 1}
        )


def mark(key: str, person: UUID, row: UUID) -> str:
    """What the row holds of the person: with another row, or without the key, it says nothing."""
    return hmac.new(key.encode(), f"observation:{person}:{row}".encode(), "sha256").hexdigest()
