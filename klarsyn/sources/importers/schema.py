"""The declared shape of a file: who publishes it, what it counts, where each thing stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.sources.readers import DEFAULT_SYMBOLS, Meaning, SymbolMap
from klarsyn.sources.values import Measure

PRESETS = Path(__file__).parent / "presets"
KINDS = ("municipality", "county", "police_region", "nation")
SPACES = " \u00a0\u2009\u202f"
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Target:
    """The dataset that the values become part of; the field names are those of the model."""

    key: str
    publisher: str
    title: str
    measure: Measure
    licence: str
    unit: str = ""
    table: str = ""
    address: str = ""
    published: str = ""
    territory: str = ""  # the day of the territorial division; "" = the last day of each period
    certainty: str = "medium"
    is_public: bool = False
    note: str = ""


Place = tuple[str | int, ...]  # headings that name a column ("Folkmängd*"), or its number counted from 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands. Empty = the file does not have it."""

    area: Place
    count: Place
    name: Place = ()  # beside a code: checked against it
    period: Place = ()
    category: Place = ()
    note: Place = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """How to read a kind of file. Nothing is guessed that is not declared here as "auto"."""

    key: str
    title: Mapping[str, str]  # by language
    how: Mapping[str, str]  # where the file is found and what to watch for, by language
    target: Target
    columns: Columns
    header_rows: tuple[int, int] | None = (1, 1)  # first and last line of the headings; None = no headings
    encoding: str = "auto"
    delimiter: str = "auto"
    sheet: str = ""  # "" = the first visible one
    areas: tuple[str, ...] = ("municipality",)
    area_ending: str = ""  # rows whose area lacks this ending are left out (city districts)
    ignore: tuple[str, ...] = ()  # patterns of area texts to leave out
    genitive: bool = False  # "Stockholms kommun" is Stockholm
    empty: str = "refuse"  # an empty count: "refuse" | "unavailable" | "skip"
    symbols: SymbolMap = DEFAULT_SYMBOLS
    thousands: str = SPACES
    categories: Mapping[str, str] = field(default_factory=dict)  # as written -> as kept
    by_hand: bool = False  # somebody fills it in, so an empty template is offered
    asks: tuple[str, ...] = ()  # what whoever imports must say of the source: title, publisher …

    def described(
        self, *, title: str = "", publisher: str = "", licence: str = "", measure: str = "", address: str = ""
    ) -> Schema:
        """The same schema with what somebody has said of the source. The title becomes part of its key."""
        old = self.target
        target = replace(
            old,
            title=title or old.title,
            publisher=publisher or old.publisher,
            licence=licence or old.licence,
            measure=Measure(measure) if measure else old.measure,
            address=address or old.address,
        )
        if "title" in self.asks and title:
            target = replace(target, key=f"{old.key}-{slugify(title)}"[:80].rstrip("-"))
        return replace(self, target=target)


def from_toml(text: str, origin: str) -> Schema:
    """The schema in a TOML text. Refused names what is missing, unknown or misspelt."""
    try:
        data = tomllib.loads(text)
        return _schema(data)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as problem:
        raise Refused(
            _("Beskrivningen %(origin)s går inte att läsa: %(problem)s. Jämför med en färdig mall.")
            % {"origin": origin, "problem": problem}
        ) from None


def from_file(path: Path) -> Schema:
    """The schema in a TOML file."""
    try:
        return from_toml(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(
            _("Beskrivningen %(origin)s går inte att öppna: %(problem)s.")
            % {"origin": path.name, "problem": problem}
        ) from None


@cache
def presets() -> dict[str, Schema]:
    """The schemas that ship with the product, by key; those filled in by hand come last."""
    found = [from_file(path) for path in sorted(PRESETS.glob("*.toml"))]
    return {s.key: s for s in sorted(found, key=lambda s: (s.by_hand, len(s.asks), s.key))}


def preset(key: str) -> Schema:
    """The preset of this key. Refused lists those there are."""
    found = presets().get(key)
    if found is None:
        raise Refused(
            _("Det finns ingen mall som heter %(key)s. Välj en av: %(known)s.")
            % {"key": key, "known": ", ".join(presets())}
        )
    return found


def _schema(data: dict[str, Any]) -> Schema:
    file, columns, target = data.pop("file", {}), data.pop("columns"), data.pop("dataset")
    header = file.pop("header_rows", [1, 1])
    for name in ("areas", "ignore"):
        if name in file:
            file[name] = tuple(file[name])
    for pattern in file.get("ignore", ()):
        re.compile(pattern)
    schema = Schema(
        key=data["key"],
        title=dict(data["title"]),
        how=dict(data["how"]),
        target=_target(target),
        columns=Columns(**{name: tuple(place) for name, place in columns.items()}),
        header_rows=(header[0], header[1]) if header else None,
        symbols=DEFAULT_SYMBOLS.declaring({s: Meaning(m) for s, m in data.get("symbols", {}).items()}),
        categories=data.get("categories", {}),
        asks=tuple(data.get("asks", ())),
        by_hand=data.get("by_hand", False),
        **file,
    )
    if not set(schema.areas) <= set(KINDS):
        raise ValueError(f"areas: {schema.areas}")
    if schema.empty not in ("refuse", "unavailable", "skip"):
        raise ValueError(f"empty: {schema.empty}")
    return schema


def _target(data: dict[str, Any]) -> Target:
    if not _KEY.fullmatch(data["key"]):
        raise ValueError(f"dataset.key: {data['key']}")
    if data.get("certainty", "medium") not in ("high", "medium", "low"):
        raise ValueError(f"dataset.certainty: {data['certainty']}")
    return Target(**{**data, "measure": Measure(data["measure"])})
