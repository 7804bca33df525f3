"""What a keeper may choose for a measure: a known indicator, one of its cells, a target and a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.language import reader_language
from klarsyn.base.released import (
    KnownIndicator,
    Quantity,
    ReleasedFigure,
    ReleasedRow,
    known_indicators,
    released_figures,
)
from klarsyn.plan.indicators.standing import Aimed, IndicatorStanding, standing
from klarsyn.plan.indicators.words import StandingTold, interval, told, unit, value_of

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
Asked = tuple[str, str]  # the key of an indicator, and one of its cells
_SHOWN = 4  # years said beside a choice


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure as the keeper sees it before choosing; `years` are the newest released, in words."""

    title: str
    counted: str
    unit: str
    says_not: str
    years: tuple[tuple[str, str, str], ...]  # period, value, limits
    address: str
    is_invented: bool


def indicator_choices(*, invented: bool) -> list[Group]:
    """Indicators by title, released ones first. An invented measure takes invented figures only."""
    out = {one.key for one in _figures(invented=invented)}
    known = [
        (one.key, one.title.said(reader_language())) for one in known_indicators() if _fits(one, invented)
    ]
    released = [choice for choice in known if choice[0] in out]
    waiting = [choice for choice in known if choice[0] not in out]
    groups = [(_("Publicerade siffror"), released), (_("Mäts, men ingen siffra är publicerad än"), waiting)]
    return [group for group in groups if group[1]]


def cell_choices(key: str, *, invented: bool) -> list[Choice]:
    """The cells that released figures of the indicator have; "" is the municipality itself, or everybody."""
    figures = [one for one in _figures(key, invented=invented) if key]
    found = {
        row.cell: f"{row.words.said(reader_language()) or _('hela')} – {unit(figure)}"
        for figure in figures
        for row in figure.rows
        if not _is_elsewhere(row, figure)
    }
    return [("", _("kommunen, eller alla")), *found.items()]


def offered(key: str, cell: str, *, invented: bool) -> Offered | None:
    """What the chosen figure says and does not say; None while no indicator is chosen."""
    known = next((one for one in known_indicators() if one.key == key), None)
    if known is None or not _fits(known, invented):
        return None
    figure = _figure(key, cell, invented=invented)
    rows = _asked(key, cell, invented=invented)
    return Offered(
        title=known.title.said(reader_language()),
        counted=figure.counted.said(reader_language()) if figure else "",
        unit=unit(figure) if figure else "",
        says_not=known.says_not.said(reader_language()),
        years=tuple((r.period, value_of(r, f.quantity), interval(r, f.quantity)) for f, r in rows[-_SHOWN:]),
        address=figure.address.said(reader_language()) if figure else "",
        is_invented=bool(figure and figure.is_invented),
    )


def check_choice(key: str, cell: str, *, invented: bool) -> None:
    """Raises Refused for an indicator that is not known, or a cell that no released figure of it has."""
    if key and key not in {one.key for one in known_indicators() if _fits(one, invented)}:
        raise Refused(_("Indikatorn finns inte i kartläggningen. Välj en ur listan. Inget är sparat."))
    if cell and cell not in {choice for choice, _words in cell_choices(key, invented=invented)}:
        raise Refused(_("Ingen publicerad siffra har den delen. Välj en ur listan. Inget är sparat."))
    if key and not cell and _figure(key, "", invented=invented) and not _asked(key, "", invented=invented):
        raise Refused(_("Siffran har inget tal för alla tillsammans. Välj en del av den. Inget är sparat."))


def check_aim(
    asked: Asked,
    *,
    target: Decimal | None,
    target_year: int | None,
    baseline_year: int | None,
    invented: bool,
) -> None:
    """Raises Refused for a target or a baseline that the figure could never be held against."""
    key, cell = asked
    if baseline_year is not None and not key:
        raise Refused(
            _("Ett utgångsår behöver en siffra att läsa det i. Välj en indikator. Inget är sparat.")
        )
    if baseline_year and target_year and target_year <= baseline_year:
        raise Refused(_("Målåret ligger inte efter utgångsåret. Inget är sparat; rätta ett av dem."))
    figure = _figure(key, cell, invented=invented) if key else None
    is_percent = figure is not None and figure.quantity is Quantity.PERCENT
    if target is not None and (target < 0 or (is_percent and target > 100)):
        raise Refused(_("Målet kan siffran aldrig bli. Kontrollera talet mot enheten. Inget är sparat."))
    years = {row.period for _figure_, row in _asked(key, cell, invented=invented)} if key else set()
    if baseline_year and years and str(baseline_year) not in years:
        raise Refused(
            _("Siffran är inte publicerad för %(year)s. Den finns för: %(years)s. Inget är sparat.")
            % {"year": baseline_year, "years": ", ".join(sorted(years))}
        )


def standing_now(aim: Aimed) -> IndicatorStanding | None:
    return standing(aim, released_figures(aim.indicator)) if aim.indicator else None


def standing_told(aim: Aimed) -> StandingTold | None:
    """How a measure stands today, in the reader's language."""
    found = standing_now(aim)
    return told(found, title_of(aim.indicator) if found and found.now is None else "")


def title_of(key: str) -> str:
    """The indicator's title; the key itself when no indicator is known by it any more."""
    return next((one.title.said(reader_language()) for one in known_indicators() if one.key == key), key)


def _figures(key: str | None = None, *, invented: bool) -> list[ReleasedFigure]:
    return [one for one in released_figures(key) if one.is_invented == invented]


def _figure(key: str, cell: str, *, invented: bool) -> ReleasedFigure | None:
    """The newest that has the cell; of no cell, the newest."""
    found = _figures(key, invented=invented)
    return next((one for one in found if not cell or any(row.cell == cell for row in one.rows)), None)


def _asked(key: str, cell: str, *, invented: bool) -> Sequence[tuple[ReleasedFigure, ReleasedRow]]:
    """The rows that would be followed, oldest year first, each year from its newest edition."""
    first = _figure(key, cell, invented=invented)
    found: dict[str, tuple[ReleasedFigure, ReleasedRow]] = {}
    for figure in _figures(key, invented=invented):
        for row in _rows(figure, cell) if first and figure.series == first.series else ():
            found.setdefault(row.period, (figure, row))
    return [found[period] for period in sorted(found)]


def _rows(figure: ReleasedFigure, cell: str) -> Iterator[ReleasedRow]:
    return (
        row for row in figure.rows if row.period.isdigit() and (row.cell == cell if cell else row.is_default)
    )


def _is_elsewhere(row: ReleasedRow, figure: ReleasedFigure) -> bool:
    """Another municipality, beside one's own: it is compared with, never followed by a measure here."""
    is_area = len(row.labels) == 1 and row.labels[0][0] == "area"
    return is_area and not row.is_default and any(one.is_default for one in figure.rows)


def _fits(one: KnownIndicator, invented: bool) -> bool:
    """An invented indicator is for invented measures; a real one may have figures in an invented edition."""
    return invented or not one.is_invented
