"""Reads microdata or counted combinations from CSV text; every complaint names file and line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from smallcounts.disclosure.cells import split_period
from smallcounts.disclosure.errors import PeopleError
from smallcounts.disclosure.people import MAX_ROWS, People, code_of, people_from_rows
from smallcounts.disclosure.programme import Programme

_YEAR_IN_NAME = re.compile(r"(?:^|[^0-9])((?:19|20)[0-9]{2})\.csv$", re.IGNORECASE)
_PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2})?")
_COUNT = re.compile(r"[0-9]{1,12}")

Row = tuple[str, str, Mapping[str, str]]  # address, period, fields


def read_people(programme: Programme, files: Sequence[tuple[str, str]]) -> People:
    """The people of CSV files, given as (name, text).

    Columns: `pid` (the same for the same person in every period), one for each variable of the programme, and
    `period`; without it the year that ends the file's name. With a column `count` instead of `pid` the rows
    are counted combinations; a row with empty fields is a margin and must add up. Other columns are not read.
    PeopleError names file and line.
    """
    rows = [row for name, text in files for row in _rows(name, text)]
    if not rows:
        raise PeopleError("there are no people in the file; the tables would be empty")
    counted = {"count" in fields for _, _, fields in rows}
    if len(counted) > 1:
        raise PeopleError("some files hold people and some hold counts; give one kind")
    if counted == {True}:
        return _counted(programme, rows)
    return people_from_rows(
        programme, ((where, period, _pid(where, fields), fields) for where, period, fields in rows)
    )


def _rows(name: str, text: str) -> Iterator[Row]:
    if text.count("\n") > MAX_ROWS + 1:
        raise PeopleError(
            f"{name}: {text.count(chr(10)):,} lines, more than {MAX_ROWS:,}; this protects municipalities "
            "and counties, use the cell-key method for larger registers"
        )
    reader = csv.reader(io.StringIO(text), strict=True)
    year = _YEAR_IN_NAME.search(name)
    header: list[str] = []
    try:
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            where = f"{name}:{reader.line_num}"
            if not header:
                header = _header(fields, where, has_year=year is not None)
                continue
            if len(fields) != len(header):
                raise PeopleError(f"{where}: {len(fields)} fields where the header has {len(header)}")
            row = dict(zip(header, (field.strip() for field in fields), strict=True))
            period = row["period"] if "period" in row else year.group(1) if year else ""
            if not _PERIOD.fullmatch(period):
                raise PeopleError(f"{where}: the period {period!r} must be a year or a month, never a day")
            yield where, period, row
    except csv.Error as error:
        raise PeopleError(f"{name}:{reader.line_num}: the line cannot be read as CSV ({error})") from None
    if not header:
        raise PeopleError(f"{name}:1: the file is empty; the first line names the columns")


def _header(fields: Sequence[str], where: str, *, has_year: bool) -> list[str]:
    names = [field.strip() for field in fields]
    if len(names) == 1 and ";" in names[0]:
        raise PeopleError(f"{where}: the columns are parted by ';'; use a comma")
    for name in names:
        if names.count(name) > 1:
            raise PeopleError(f"{where}: the column {name!r} is there more than once")
    if ("pid" in names) == ("count" in names):
        raise PeopleError(
            f"{where}: the file needs the column 'pid' (people) or 'count' (counts), one of them"
        )
    if "period" not in names and not has_year:
        raise PeopleError(
            f"{where}: the column 'period' is missing; add it, or end the file's name with the year"
        )
    return names


def _pid(where: str, fields: Mapping[str, str]) -> str:
    if not fields["pid"] or "\n" in fields["pid"]:
        raise PeopleError(f"{where}: the field 'pid' is empty or broken; every person needs a pseudonym")
    return fields["pid"]


def _counted(programme: Programme, rows: Sequence[Row]) -> People:
    """Counted combinations; the margins among the rows are checked against their sums."""
    periods = tuple(sorted({period for _, period, _ in rows}))
    names = [variable.name for variable in programme.variables]
    inner: dict[tuple[int, ...], int] = {}
    margins = []
    for where, period, fields in rows:
        value = _count(where, fields["count"])
        if any(fields.get(name) == "" for name in names):
            margins.append((where, period, fields, value))
            continue
        key = (periods.index(period), *(code_of(v, fields, where) for v in programme.variables))
        if key in inner:
            raise PeopleError(f"{where}: this combination is counted on an earlier line already; sum the two")
        inner[key] = value
    keys = np.array(sorted(inner), dtype=np.int64).reshape(len(inner), len(names) + 1)
    weight = np.array([inner[tuple(key)] for key in keys.tolist()], dtype=np.int64)
    people = People(periods, keys[:, 0], keys[:, 1:], weight)
    for margin in margins:
        _check_margin(programme, people, *margin)
    return people


def _check_margin(
    programme: Programme, people: People, where: str, period: str, fields: Mapping[str, str], value: int
) -> None:
    """PeopleError unless the counted combinations add up to the margin row."""
    (at,) = split_period(period, people.periods)
    inside = people.period == at
    for place, variable in enumerate(programme.variables):
        if fields.get(variable.name):
            inside &= people.codes[:, place] == code_of(variable, fields, where)
    total = int(people.weight[inside].sum())
    if total != value:
        raise PeopleError(
            f"{where}: the margin says {value}, its combinations add up to {total}; mend one of them"
        )


def _count(where: str, text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise PeopleError(f"{where}: the count {text!r} must be a whole number from 0, digits only")
    return int(text)
