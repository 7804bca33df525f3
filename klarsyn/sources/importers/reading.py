"""A file read against its schema: every value, every problem, every row left out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from klarsyn.sources.categories import parsed, written
from klarsyn.sources.importers.cells import Wrong, read_count
from klarsyn.sources.importers.columns import Layout, find_columns
from klarsyn.sources.importers.grid import MAX_BYTES, Grid, Kind, Row
from klarsyn.sources.importers.names import Unmatched, agrees, match, tidy
from klarsyn.sources.importers.problems import SHOWN, FileError, Problem, shown
from klarsyn.sources.importers.schema import Schema
from klarsyn.sources.importers.table import read_table
from klarsyn.sources.importers.workbook import OLD, ZIP, read_workbook
from klarsyn.sources.periods import is_period, last_day
from klarsyn.sources.values import Area, SourceValue

MAX_CATEGORY = 200  # characters, as the table of values allows


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. It may be taken in only when `problem_count` is 0."""

    file_name: str
    checksum: str
    values: tuple[SourceValue, ...]
    names: tuple[tuple[str, str], ...]  # (code, name) of the areas met
    problems: tuple[Problem, ...]  # the first 200
    problem_count: int
    left_out: tuple[tuple[int, str], ...]  # (line, what stood there), as the schema says
    notes: tuple[str, ...]

    def total(self) -> int:
        """The sum of the numbers in the file, to compare with the source's own total."""
        return sum(value.value for value in self.values if value.value is not None)

    def statuses(self) -> dict[str, int]:
        return dict(Counter(value.status.value for value in self.values))

    def periods(self) -> tuple[str, ...]:
        return tuple(sorted({value.period for value in self.values}))


@dataclass(slots=True)
class _Work:
    """The tally while the rows are read."""

    schema: Schema
    layout: Layout
    period: str
    values: dict[tuple[str, str, str], SourceValue] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, row: Row, use: str, expected: str, mend: str) -> None:
        self.problem_count += 1
        if len(self.problems) < SHOWN:
            at = self.layout[use]
            self.problems.append(Problem(row.line, at.label, shown(row.cell(at.at).text), expected, mend))

    def text(self, row: Row, use: str) -> str:
        return row.cell(self.layout[use].at).text if use in self.layout else ""


def read(body: bytes, *, file_name: str, schema: Schema, period: str = "") -> Reading:
    """Read a CSV or XLSX file against a schema. Changes nothing.

    `period` is for files that do not state one themselves. Raises FileError when the file as a whole
    cannot be read; problems with single cells are listed in the answer.
    """
    _check_period(schema, period)
    grid = _grid(body, schema)
    layout, rows = find_columns(grid, schema)
    work = _Work(schema, layout, period)
    for row in rows:
        _take(row, work)
    if not work.values and not work.problem_count:
        raise FileError(
            _("Ingen rad i filen gick att använda; %(count)s rader lämnades utanför.")
            % {"count": len(work.left_out)},
            _("Kontrollera att mallen passar filen."),
        )
    return Reading(
        file_name=file_name,
        checksum=hashlib.sha256(body).hexdigest(),
        values=tuple(work.values.values()),
        names=tuple(sorted(work.names.items())),
        problems=tuple(work.problems),
        problem_count=work.problem_count,
        left_out=tuple(work.left_out),
        notes=grid.notes,
    )


def _check_period(schema: Schema, period: str) -> None:
    if schema.columns.period:
        if period:
            raise FileError(_("Filen har en egen kolumn för period."), _("Lämna perioden tom."))
    elif not is_period(period):
        raise FileError(
            _("Perioden %(period)s är inte ett år eller en månad.") % {"period": shown(period)},
            _("Skriv till exempel 2023, 2023-04 eller 2020-01/2020-08."),
        )


def _grid(body: bytes, schema: Schema) -> Grid:
    if len(body) > MAX_BYTES:
        raise FileError(_("Filen är större än 10 MB."), _("Ta bort det som inte hör till tabellen."))
    if not body.strip():
        raise FileError(_("Filen är tom."), _("Välj filen med siffrorna."))
    if body.startswith(ZIP):
        return read_workbook(body, sheet=schema.sheet)
    if body.startswith(OLD):
        raise FileError(
            _("Filen är en gammal arbetsbok (.xls) eller skyddad med lösenord."),
            _("Öppna den i ett kalkylprogram och spara den som XLSX utan lösenord."),
        )
    if body.startswith(b"%PDF"):
        raise FileError(_("Filen är en PDF, inte en tabell."), _("Be källan om CSV eller XLSX."))
    return read_table(body, encoding=schema.encoding, delimiter=schema.delimiter)


def _take(row: Row, work: _Work) -> None:
    given = tidy(work.text(row, "area")) or tidy(work.text(row, "name"))
    count = row.cell(work.layout["count"].at)
    if _is_left_out(given, work.schema):
        work.left_out.append((row.line, shown(given)))
        return
    period = _period(row, work)
    if period is None:
        return
    on = _day(work.schema, period)
    area = _area(row, given, on, work)
    understood = read_count(count, work.schema)
    if isinstance(understood, Wrong):
        work.wrong(row, "count", understood.expected, understood.mend)
    if area is None or understood is None or isinstance(understood, Wrong):
        return
    category = _category(row, work)
    if category is None:
        return
    value = SourceValue(
        area=area.code,
        period=period,
        value=understood.value,
        status=understood.status,
        category=category,
        symbol=understood.symbol,
        note=tidy(work.text(row, "note"))[:500],
        line=row.line,
    )
    _keep(row, area, value, work)


def _keep(row: Row, area: Area, value: SourceValue, work: _Work) -> None:
    key = (value.area, value.period, value.category)
    if key in work.values:
        work.wrong(
            row,
            "area",
            _("%(name)s en enda gång för %(period)s") % {"name": area.name, "period": value.period},
            _("Samma område står redan på rad %(line)s; ta bort en av raderna.")
            % {"line": work.values[key].line},
        )
        return
    work.values[key] = value
    work.names[area.code] = area.name


def _is_left_out(given: str, schema: Schema) -> bool:
    if schema.area_ending and given and not given.casefold().endswith(schema.area_ending.casefold()):
        return True
    return any(re.search(pattern, given) for pattern in schema.ignore)


def _period(row: Row, work: _Work) -> str | None:
    if "period" not in work.layout:
        return work.period
    cell = row.cell(work.layout["period"].at)
    text = str(int(cell.number)) if cell.kind is Kind.NUMBER and cell.number is not None else tidy(cell.text)
    if is_period(text):
        return text
    work.wrong(
        row,
        "period",
        _("ett år eller en månad, aldrig en dag"),
        _("Skriv till exempel 2023, 2023-04 eller 2020-01/2020-08."),
    )
    return None


def _day(schema: Schema, period: str) -> date:
    return date.fromisoformat(schema.target.territory) if schema.target.territory else last_day(period)


def _area(row: Row, given: str, on: date, work: _Work) -> Area | None:
    found = match(given, on, work.schema.areas, genitive=work.schema.genitive)
    if isinstance(found, Unmatched):
        work.wrong(row, "area", found.expected, found.mend)
        return None
    beside = tidy(work.text(row, "name"))
    if beside and not agrees(beside, found, on):
        work.wrong(
            row,
            "name",
            found.name,
            _("Koden %(code)s är %(name)s; rätta koden eller namnet.")
            % {"code": found.code, "name": found.name},
        )
        return None
    return found


def _category(row: Row, work: _Work) -> str | None:
    if "category" not in work.layout:
        return ""
    given = tidy(work.text(row, "category"))
    if "=" in given:
        return _crossed(row, given, work)
    kept = work.schema.categories.get(given, given if not work.schema.categories else None)
    if kept is None:
        known = ", ".join(work.schema.categories)
        work.wrong(row, "category", known, _("Rätta ordet, eller lägg till det i beskrivningen."))
    return _short(row, kept, work)


def _crossed(row: Row, given: str, work: _Work) -> str | None:
    """A cell of a crossed table, written in the one way."""
    try:
        return _short(row, written(parsed(given)), work)
    except ValueError:
        work.wrong(
            row,
            "category",
            _("par med semikolon emellan, varje variabel en gång"),
            _("Skriv till exempel ålder=18-24;kön=kvinnor."),
        )
        return None


def _short(row: Row, kept: str | None, work: _Work) -> str | None:
    if kept is None or len(kept) <= MAX_CATEGORY:
        return kept
    work.wrong(
        row,
        "category",
        _("högst %(most)s tecken") % {"most": MAX_CATEGORY},
        _("Korta orden i cellen."),
    )
    return None
