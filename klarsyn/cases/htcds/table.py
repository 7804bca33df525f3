"""The field table of HTCDS 2.0, read once: every other file here asks it."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

HERE: Final = Path(__file__).parent
ATTRIBUTION: Final = (
    "HTCDS 2.0 core, own reading. Human Trafficking Case Data Standard, International Organization for "
    "Migration, 2021, CC BY 4.0; fields chosen and names corrected. IOM does not endorse this file."
)


class Kind(StrEnum):
    """What a value of the field looks like."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    COUNTRY = "country"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    NUMBER = "number"
    PLACE = "place"  # a longitude or latitude
    YES_NO = "yes_no"
    LOOKUP = "lookup"  # the name of an organisation, person or user


class Release(StrEnum):
    """Our class of the field: how near it lies to a person."""

    DIRECT = "direct_identifier"
    QUASI = "quasi_identifier"
    ANALYTIC = "analytic"
    ORGANISATION = "organisation"
    FREE_TEXT = "free_text"


class Leaves(StrEnum):
    """Whether the field may leave as statistics."""

    AS_IS = "yes"
    BANDED = "banded_only"
    NEVER = "no"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the standard."""

    name: str
    label: str
    section: str
    kind: Kind
    is_several: bool
    is_core: bool
    is_withdrawn: bool
    codes: str  # the name of its list in CODES, else ""
    release: Release
    leaves: Leaves


_PHONES: Final = frozenset({"prs_HomePhone", "prs_MobilePhone", "org_Phone"})
_KINDS: Final = {
    "Text": Kind.TEXT, "Long Text": Kind.LONG_TEXT, "Date": Kind.DATE, "Number": Kind.NUMBER,
    "Geolocation": Kind.PLACE, "Checkbox": Kind.YES_NO, "Picklist": Kind.CODE, "Picklist or Text": Kind.TEXT,
    "Multiselect Picklist": Kind.CODE,
}  # fmt: skip


def _kind(row: Mapping[str, str]) -> Kind:
    name, codes, kind = row["name"], row["codes"], row["type"]
    if codes.startswith("ISO 3166") or name == "hte_Country":
        return Kind.COUNTRY
    if codes.startswith("ISO 639"):
        return Kind.LANGUAGE
    if name in _PHONES:
        return Kind.PHONE
    if name == "prs_Email":
        return Kind.EMAIL
    if name.endswith(("Longitude", "Latitude")):
        return Kind.PLACE
    return Kind.LOOKUP if kind.startswith("Lookup") else _KINDS[kind]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _field(row: Mapping[str, str]) -> Field:
    kind = _kind(row)
    return Field(
        row["name"], row["label"], row["section"], kind, row["several"] == "yes", row["tier"] == "core",
        row["status"] == "deprecated", row["codes"] if kind is Kind.CODE else "",
        Release(row["class"]), Leaves(row["statistics"]),
    )  # fmt: skip


def _codes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in _rows("codes.csv"):
        found.setdefault(row["list"], {})[row["code"]] = row["label"]
    return found


FIELDS: Final[Mapping[str, Field]] = MappingProxyType(
    {row["name"]: _field(row) for row in _rows("fields.csv")}
)
CODES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_codes())
TEMPLATE: Final = tuple(_rows("template.csv"))  # column, published_name, published_label, name
CORE: Final = tuple(row["name"] for row in TEMPLATE)  # in the workbook's order, from column B
ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {r["published"]: r["name"] for r in _rows("aliases.csv")}
)
_ISO: Final = tomllib.loads((HERE / "iso.toml").read_text(encoding="utf-8"))
COUNTRIES: Final = frozenset(_ISO["countries"].split())
LANGUAGES: Final = frozenset(_ISO["languages"].split())

# Ours, off in strict files: what the standard has no field for.
OWN_PREFIX: Final = "x_"
RESTRICTS_MOVEMENT: Final = "x_RestrictsMovement"  # in the standard's definitions but not in its list
OWN_CODES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"vic_MethodsOfControl": {RESTRICTS_MOVEMENT: "Restricts movement"}}
)


def order(names: set[str]) -> tuple[str, ...]:
    """The core in the workbook's order, always whole; then the others asked for, in the standard's order."""
    rest = tuple(name for name in FIELDS if name in names and name not in CORE)
    return CORE + rest
