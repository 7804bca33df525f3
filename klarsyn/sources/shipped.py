"""The figures that ship with the product: plain files, each row with its source."""

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from klarsyn.sources.categories import written
from klarsyn.sources.values import SourceValue
from smallcounts.counts import Status
from smallcounts.datasets import simulated_rates
from smallcounts.datasets.lists import uk_2013_five

FOLDER = Path(__file__).parent / "snapshot"
SIMULATED = "smallcounts.datasets"  # the invented counts live with the statistics; one copy is enough
LISTS = "smallcounts.datasets.lists"  # as does the published table of lists


@dataclass(frozen=True, slots=True)
class Declared:
    """A dataset as `datasets.csv` declares it; the field names are those of the model."""

    key: str
    publisher: str
    title: str
    table: str
    address: str
    measure: str
    unit: str
    licence: str
    published: str
    territory: str
    certainty: str
    is_public: bool
    is_invented: bool
    is_denominator: bool
    files: tuple[str, ...]
    note: str


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the snapshot."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> dict[str, Any]:
    """A TOML file of the snapshot."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


@cache
def declared() -> tuple[Declared, ...]:
    """Every dataset of the snapshot, counts and facts alike."""
    flags = ("is_public", "is_invented", "is_denominator")
    return tuple(
        Declared(
            **{name: text for name, text in row.items() if name not in (*flags, "files")},
            is_public=row["is_public"] == "1",
            is_invented=row["is_invented"] == "1",
            is_denominator=row["is_denominator"] == "1",
            files=tuple(row["files"].split()),
        )
        for row in rows("datasets.csv")
    )


@cache
def contents(dataset: Declared) -> tuple[str, int]:
    """(sha256, number of rows) of what the snapshot holds of a dataset.

    A file of facts from many sources counts with the rows that name this one.
    """
    digest, count = hashlib.sha256(), 0
    for name in dataset.files:
        if name == SIMULATED:
            for drawn in simulated_rates():
                digest.update(f"{drawn.area} {drawn.year} {drawn.count} {drawn.population}\n".encode())
                count += 1
            continue
        if name == LISTS:
            for value in _lists():
                digest.update(f"{value.category} {value.value}\n".encode())
                count += 1
            continue
        if name.endswith(".toml"):
            data = (FOLDER / name).read_bytes()
            digest.update(data)
            count += data.count(b"\n[[")
            continue
        own = [row for row in rows(name) if row.get("source", dataset.key) == dataset.key]
        for row in own:
            digest.update("\x1f".join(row.values()).encode() + b"\n")
        count += len(own)
    return digest.hexdigest(), count


def values(dataset: Declared) -> Iterator[SourceValue]:
    """The counts of a dataset; none when it holds facts of another kind."""
    for name in dataset.files:
        if name == SIMULATED:
            yield from _simulated()
        if name == LISTS:
            yield from _lists()
        if not name.startswith("counts/"):
            continue
        for line, row in enumerate(rows(name), start=2):
            yield SourceValue(
                area=row["area"],
                period=row["period"],
                category=row.get("category", ""),
                value=int(row["value"]) if row["value"] else None,
                status=Status(row.get("status") or Status.OBSERVED),
                population=int(row["population"]) if row.get("population") else None,
                is_approximate=bool(row.get("is_approximate")),
                note=row.get("note", ""),
                line=line,
            )


def _simulated() -> Iterator[SourceValue]:
    for line, drawn in enumerate(simulated_rates(), start=2):
        yield SourceValue(drawn.area, str(drawn.year), drawn.count, population=drawn.population, line=line)


def _lists() -> Iterator[SourceValue]:
    """Persons by the lists they stand on; a list that is not named is one they are not on."""
    table = uk_2013_five().table
    for line, (mask, count) in enumerate(zip(table.patterns.tolist(), table.counts.tolist(), strict=True), 2):
        on = [(name, "1") for j, name in enumerate(table.lists) if mask >> j & 1]
        yield SourceValue("GB", "2013", count, category=written(on), line=line)
