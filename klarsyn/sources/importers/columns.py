"""Finds the columns that a schema names, by their headings or by their place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fnmatch import fnmatchcase

from django.utils.translation import gettext as _

from klarsyn.sources.importers.grid import Grid, Row
from klarsyn.sources.importers.names import tidy
from klarsyn.sources.importers.problems import FileError, shown
from klarsyn.sources.importers.schema import Columns, Place, Schema


@dataclass(frozen=True, slots=True)
class Found:
    """Where a column stands, counted from 0, and what to call it to a person."""

    at: int
    label: str


Layout = dict[str, Found]


def find_columns(grid: Grid, schema: Schema) -> tuple[Layout, tuple[Row, ...]]:
    """(the columns by their use, the rows under the headings). Raises FileError when one is not found."""
    headings, body = _split(grid, schema)
    layout: Layout = {}
    for use in (field.name for field in fields(Columns)):
        place: Place = getattr(schema.columns, use)
        if not place:
            continue
        found = _find(place, headings)
        if found is not None:
            layout[use] = found
        elif use in ("area", "count", "period", "category"):
            raise _missing(place, headings)
    return layout, body


def _split(grid: Grid, schema: Schema) -> tuple[list[str], tuple[Row, ...]]:
    rows = [row for row in grid.rows if not row.is_blank()]
    if not rows:
        raise FileError(_("Filen är tom."), _("Välj filen med siffrorna."))
    if schema.header_rows is None:
        return [], tuple(rows)
    first, last = schema.header_rows
    over = [row for row in rows if first <= row.line <= last]
    body = tuple(row for row in rows if row.line > last)
    width = max((len(row.cells) for row in over), default=0)
    headings = [tidy(" ".join(row.cell(at).text for row in over)) for at in range(width)]
    if not body:
        raise FileError(
            _("Filen har rubriker men inga rader under dem."),
            _("Se efter att hela tabellen kom med i filen."),
        )
    return headings, body


def _find(place: Place, headings: list[str]) -> Found | None:
    for wanted in place:
        if isinstance(wanted, int):
            label = headings[wanted - 1] if wanted <= len(headings) and headings[wanted - 1] else ""
            return Found(wanted - 1, label or _("kolumn %(number)s") % {"number": wanted})
        pattern = wanted.casefold()
        for at, heading in enumerate(headings):
            if fnmatchcase(heading.casefold(), pattern):
                return Found(at, heading)
    return None


def _missing(place: Place, headings: list[str]) -> FileError:
    given = ", ".join(shown(heading) for heading in headings if heading) or "–"
    return FileError(
        _("Kolumnen %(wanted)s finns inte. Rubrikerna är: %(given)s.")
        % {"wanted": shown(" / ".join(str(p) for p in place)), "given": given},
        _("Välj en annan mall (kanske en utan rubrikrad), eller rätta rubriken i filen."),
    )
