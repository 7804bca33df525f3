"""The reviewed file of answers, and what must stand in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.matrix.asking import AT_DOORS, METHODS, things_of
from tests.matrix.cast import COLUMNS
from tests.unit.cases.operations import OPERATIONS

FILE = Path(__file__).parent / "expected.csv"
# Columns of those who work outside the receptions: a file of their own with the rows alone where they get something
# else than somebody with no role.
APART = ("concern_officer", "police_coordinator")
APART_FILE = Path(__file__).parent / "apart.csv"
Key = tuple[str, str, str]  # the address by name or the door, the methods, what it points at
INSIDE = tuple(column for column in COLUMNS if column not in APART)
HEAD = ("what", "how", "which", *INSIDE)


def _walk(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, entry.namespace or namespace)
        else:
            yield f"{namespace}:{entry.name}"


ADDRESSES = tuple(_walk(get_resolver("klarsyn.config.urls.both").url_patterns))
NAMES = (*ADDRESSES, *OPERATIONS)


def wanted(name: str) -> list[Key]:
    """The rows that an address or a door must have."""
    how = (AT_DOORS,) if name in OPERATIONS else tuple(METHODS)
    return [(name, one, which) for which in things_of(name) for one in how]


def expected() -> Mapping[Key, Mapping[str, str]]:
    """The file, by row and column. A column or a row twice, or a cell left empty, is an error."""
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert tuple(lines[0]) == HEAD, "the columns are not the cast's"
    found: dict[Key, dict[str, str]] = {}
    for line in lines[1:]:
        what, how, which = line[:3]
        assert len(line) == len(HEAD) and all(line), f"a row with an empty cell: {what} {how} {which}"
        assert (what, how, which) not in found, f"twice: {what} {how} {which}"
        found[what, how, which] = dict(zip(INSIDE, line[3:], strict=True))
    apart = _apart()
    assert apart.keys() <= found.keys(), f"a row apart of no address: {apart.keys() - found.keys()}"
    for key, row in found.items():
        row.update(apart.get(key, dict.fromkeys(APART, row["no role"])))
    return found


def _apart() -> Mapping[Key, dict[str, str]]:
    with APART_FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert tuple(lines[0]) == ("what", "how", "which", *APART)
    rows = {(what, how, which): dict(zip(APART, said, strict=True)) for what, how, which, *said in lines[1:]}
    assert len(rows) == len(lines) - 1, "a row apart stands twice"
    return rows


def as_line(key: Key, answers: Mapping[str, str]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="").writerow([*key, *(answers[c] for c in INSIDE)])
    if any(answers[c] != answers["no role"] for c in APART):
        file.write(f"\n{APART_FILE.name}: ")
        csv.writer(file, lineterminator="").writerow([*key, *(answers[c] for c in APART)])
    return file.getvalue()
