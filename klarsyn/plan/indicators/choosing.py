"""What a keeper may choose for a measure: an indicator the mapping knows, and one of its cells."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.released import known_indicators, released_figures
from klarsyn.plan.indicators.standing import Aimed, IndicatorStanding, standing
from klarsyn.plan.indicators.words import StandingTold, told, unit

Choice = tuple[str, str]


def indicator_choices() -> list[Choice]:
    """Every indicator by its title; invented ones say so."""
    language = _language()
    return [
        (one.key, f"{one.title.said(language)} ({_('påhittat exempel')})")
        if one.is_invented
        else (one.key, one.title.said(language))
        for one in known_indicators()
    ]


def cell_choices(key: str) -> list[Choice]:
    """The cells that released figures of the indicator have; "" is the municipality itself, or everybody."""
    found = {
        row.cell: f"{row.words.said(_language()) or _('hela')} – {unit(figure)}"
        for figure in released_figures(key)
        for row in figure.rows
    }
    return [("", _("kommunen, eller alla")), *found.items()]


def check_choice(key: str, cell: str) -> None:
    """Raises Refused for an indicator that is not known, or a cell that no released figure of it has."""
    if key and key not in {one.key for one in known_indicators()}:
        raise Refused(_("Indikatorn finns inte i kartläggningen. Välj en ur listan. Inget är sparat."))
    if cell and cell not in {choice for choice, _words in cell_choices(key)}:
        raise Refused(_("Ingen publicerad siffra har den cellen. Välj en ur listan. Inget är sparat."))


def standing_now(aim: Aimed) -> IndicatorStanding | None:
    return standing(aim, released_figures(aim.indicator)) if aim.indicator else None


def standing_told(aim: Aimed) -> StandingTold | None:
    """How a measure stands today, in the reader's language."""
    found = standing_now(aim)
    return told(found, title_of(aim.indicator) if found and found.now is None else "")


def title_of(key: str) -> str:
    """The indicator's title; the key itself when no indicator is known by it any more."""
    return next((one.title.said(_language()) for one in known_indicators() if one.key == key), key)


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"
