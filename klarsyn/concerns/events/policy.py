"""What may stand in the calendar of events, and until when it may be struck out. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import monday

LONGEST: Final = 31  # days; what lasts longer is no event but a season
AHEAD: Final = 3 * 366
MOST_VISITORS: Final = 9_999_999


def check_days(first: date, last: date, today: date) -> None:
    """Raises Refused: days in the wrong order, too many, or a week that has already been.

    The calendar parts the weeks before anybody knows what is seen in them: it is not filled in afterwards.
    """
    if last < first:
        raise Refused(_("Sista dagen ligger före den första. Inget är sparat."))
    if (last - first).days >= LONGEST:
        raise Refused(
            _(
                "Ett evenemang är högst %(n)d dagar. Inget är sparat. "
                "Dela upp det eller skriv de stora dagarna."
            )
            % {"n": LONGEST}
        )
    if monday(first) < monday(today):
        raise Refused(
            _(
                "Veckan har redan varit. Inget är sparat. Kalendern fylls i före, så att ingen väljer veckor "
                "efter vad som har setts."
            )
        )
    if (last - today).days > AHEAD:
        raise Refused(_("Kalendern når tre år framåt. Inget är sparat. Kontrollera årtalet."))


def check_withdraw(first: date, today: date) -> None:
    """Raises Refused once the event's first week has begun."""
    if monday(first) <= today:
        raise Refused(_("Evenemangets vecka har börjat, och då står det kvar. Inget är ändrat."))


def can_withdraw(first: date, today: date) -> bool:
    return monday(first) > today
