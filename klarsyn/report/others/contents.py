"""What the tables say against what the package says of itself, down to the sender's own row; pure."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.report.others import grid
from klarsyn.report.others.figure import CONFLICT, Figure
from klarsyn.report.protected_tables import SYMBOLS, TOTAL
from klarsyn.report.signing.manifest import MANIFEST, SIGNATURE

PACKAGE: Final = "datapackage.json"
_YEAR: Final = re.compile(r"(19|20)\d{2}")
_CLOSE: Final = 1e-6  # rates are written with nine digits
_COLUMNS: Final = {
    "rate": {"area", "period", "count", "population", "rate", "lower", "upper"},
    "count": {"period", "count", "status"},
}
Fields = Sequence[Mapping[str, Any]]


def check_files(said: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Exactly the files that are named, each with the bytes that were signed. Raises Refused."""
    listed: Mapping[str, Any] = said["files"]
    there = set(files) - {MANIFEST, SIGNATURE}
    odd = sorted(set(listed) ^ there)
    if odd:
        raise Refused(
            _(
                "Filen %(name)s saknas i paketet eller hör inte dit. "
                "Ingenting har ändrats. Hämta paketet på nytt."
            )
            % {"name": ascii(odd[0])[1:61]}
        )
    for name in sorted(there):
        body = files[name]
        if listed[name] != {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}:
            raise Refused(
                _("Filen %(name)s är inte den som signerades. Ingenting har ändrats. Hämta paketet på nytt.")
                % {"name": name}
            )


def check_tables(said: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, list[grid.Row]]:
    """Every table of the package, read against its description. Raises Refused."""
    described = _described(said, files)
    missing = sorted(n for n in files if n.endswith(".csv") and n not in described)
    wanted = {f["file"] for f in said["figures"]} | {said["population_file"]} - {""}
    if missing or not wanted <= set(described):
        _refuse(PACKAGE, _("en tabell är inte beskriven"))
    return {name: grid.read(name, files[name], fields) for name, fields in described.items()}


def own_tables(said: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, list[grid.Row]]:
    """The tables of our own figures alone: `files` holds them and the description."""
    described = _described(said, files, is_part=True)
    return {name: grid.read(name, files[name], described[name]) for name in files if name in described}


def figures(said: Mapping[str, Any], tables: Mapping[str, list[grid.Row]]) -> tuple[Figure, ...]:
    """The municipality's own figures, one a period; nobody's row but its own is read. Raises Refused."""
    people = _people(said, tables)
    found = [f for entry in said["figures"] for f in _of(entry, said, tables[entry["file"]], people)]
    marks = [(f.indicator, f.period) for f in found]
    if len(set(marks)) != len(marks):
        _refuse(MANIFEST, _("samma indikator står två gånger för samma år"))
    return tuple(found)


def _described(
    said: Mapping[str, Any], files: Mapping[str, bytes], *, is_part: bool = False
) -> dict[str, Fields]:
    try:
        package = json.loads(files[PACKAGE].decode("utf-8"))
        resources = {r["path"]: r for r in package["resources"]}
        fields = {path: r["schema"]["fields"] for path, r in resources.items()}
        is_right = package["profile"] == "tabular-data-package" and package["version"] == str(said["edition"])
        is_typed = all(
            f["type"] in ("integer", "number", "string") and f["name"] for one in fields.values() for f in one
        )
        is_there = is_part or all(path in files and path.endswith(".csv") for path in fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        _refuse(PACKAGE, _("den går inte att läsa"))
    if not (is_right and is_typed and is_there):
        _refuse(PACKAGE, _("den beskriver något annat än den här utgåvan"))
    return fields


def _people(said: Mapping[str, Any], tables: Mapping[str, list[grid.Row]]) -> dict[str, int]:
    """How many live in the municipality, by year, where the edition says so."""
    rows = tables.get(said["population_file"], [])
    mine = [r for r in rows if r.get("area") == said["municipality"] and r.get("count", "").isdecimal()]
    return {r.get("period", ""): int(r["count"]) for r in mine if int(r["count"]) > 0}


def _of(
    entry: Mapping[str, Any], said: Mapping[str, Any], rows: list[grid.Row], people: Mapping[str, int]
) -> Iterator[Figure]:
    kind, name = entry["kind"], entry["file"]
    if kind not in _COLUMNS or (rows and not _COLUMNS[kind] | set(entry["variables"]) <= set(rows[0])):
        _refuse(name, _("tabellen har inte de kolumner som en jämförelse behöver"))
    if entry["is_invented"] != said["is_invented"] or entry["per"] <= 0 or entry["rounded_by"] < 0:
        _refuse(MANIFEST, _("en figur säger något annat om sig än utgåvan"))
    mine = [r for r in rows if _is_own(r, entry, said["municipality"])]
    for period in sorted({r["period"] for r in mine if "/" not in r["period"]}):
        if not _YEAR.fullmatch(period) or int(period) > said["year"]:
            _refuse(name, _("ett år går inte att läsa eller ligger efter utgåvans"))
        own = [r for r in mine if r["period"] == period]
        yield _rate(entry, own) if kind == "rate" else _count(entry, own[0], people)


def _is_own(row: grid.Row, entry: Mapping[str, Any], municipality: str) -> bool:
    if entry["kind"] == "rate":
        return row["area"] == municipality
    return all(row[v] in ("", TOTAL) for v in entry["variables"])


def _rate(entry: Mapping[str, Any], own: list[grid.Row]) -> Figure:
    row = own[0]
    if len(own) > 1:  # two sources that disagree: the edition shows both and uses neither
        return _figure(entry, row["period"], symbol=CONFLICT)
    if not all(row[n] for n in ("count", "population", "rate", "lower", "upper")):
        return _figure(entry, row["period"], symbol="..")
    count, people = int(row["count"]), int(row["population"])
    rate, lower, upper = (float(row[n]) for n in ("rate", "lower", "upper"))
    if people <= 0 or count > people:
        _refuse(entry["file"], _("antalet är större än folkmängden"))
    if not math.isclose(rate, count / people * entry["per"], rel_tol=_CLOSE, abs_tol=1e-9):
        _refuse(entry["file"], _("talet per invånare stämmer inte med antalet och folkmängden"))
    if not 0 <= lower <= rate <= upper:
        _refuse(entry["file"], _("intervallet ligger inte kring sitt tal"))
    return _figure(entry, row["period"], count=count, people=people, rate=(rate, lower, upper))


def _count(entry: Mapping[str, Any], row: grid.Row, people: Mapping[str, int]) -> Figure:
    """A protected count: what is hidden stays hidden, with the sign that says why."""
    period, status = row["period"], row["status"]
    if not row["count"]:
        return _figure(entry, period, symbol=status if status in SYMBOLS else "..", people=people.get(period))
    return _figure(entry, period, count=int(row["count"]), people=people.get(period))


def _figure(
    entry: Mapping[str, Any],
    period: str,
    *,
    symbol: str = "",
    count: int | None = None,
    people: int | None = None,
    rate: tuple[float, float, float] | None = None,
) -> Figure:
    value, lower, upper = rate or (None, None, None)
    return Figure(
        indicator=entry["indicator"],
        definition=entry["definition"],
        measures=tuple(entry["measures"]),
        period=period,
        per=entry["per"],
        count=count,
        population=people,
        rate=value,
        lower=lower,
        upper=upper,
        symbol=symbol,
        rounded_by=entry["rounded_by"],
        title=entry["title"],
        says_not=entry["says_not"],
        breaks=tuple(entry["breaks"]),
        sources=tuple(entry["sources"]),
    )


def _refuse(name: str, why: str) -> NoReturn:
    raise Refused(
        _("%(name)s i paketet kan inte användas: %(why)s. Ingenting har ändrats. Be kommunen om rätt paket.")
        % {"name": name, "why": why}
    )
