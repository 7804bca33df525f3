"""The items as files: read, checked, and marked by a fingerprint of every word and how it is scored."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from klarsyn.base.errors import Refused

FOLDER: Final = Path(__file__).with_name("items")
LANGUAGES: Final = ("sv", "en")
STEPS: Final = 5
ATTITUDE, KNOWLEDGE = "attitude", "knowledge"
TRUE, FALSE, UNSURE = 1, 0, 2  # what may be answered to a statement; unsure is not right
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ItemsError(Refused):
    """A file of items cannot be used; the sentence says which, where, and the mend."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item. An attitude is answered 1 to 5, a statement as true, false or unsure."""

    id: str
    kind: str
    is_reversed: bool
    right: bool
    words: Mapping[str, str]

    @property
    def choices(self) -> tuple[int, ...]:
        return tuple(range(1, STEPS + 1)) if self.kind == ATTITUDE else (TRUE, FALSE, UNSURE)

    def score(self, answer: int) -> int:
        """1 to 5, turned where reversed; of a statement 1 when right, else 0."""
        if self.kind == ATTITUDE:
            return STEPS + 1 - answer if self.is_reversed else answer
        return int(answer == (TRUE if self.right else FALSE))

    def __str__(self) -> str:
        return said(self.words)


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one file. `fingerprint` is of all that a comparison rests on: words, order and scoring."""

    key: str
    version: str
    title: Mapping[str, str]
    scale: Mapping[str, tuple[str, ...]]
    items: tuple[Item, ...]
    fingerprint: str

    def of(self, kind: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind == kind)

    def __str__(self) -> str:
        return said(self.title)


def said(words: Mapping[str, str]) -> str:
    """The words in the reader's language; Swedish where there are none."""
    return words.get(get_language() or "sv") or words["sv"]


@cache
def every(folder: Path = FOLDER) -> Mapping[tuple[str, str], Items]:
    """Every file by key and version. Raises ItemsError."""
    read = [read_items(path) for path in sorted(folder.glob("*.toml"))]
    return {(one.key, one.version): one for one in read}


def find(key: str, version: str) -> Items | None:
    return every().get((key, version))


def read_items(path: Path) -> Items:
    """The file. Raises ItemsError with file, item and mend."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ItemsError(f"{path.name}: the file is no TOML in UTF-8: {error}") from None
    if path.stem != f"{raw.get('key')}-{raw.get('version')}":
        raise ItemsError(f"{path.name}: the file must be called <key>-<version>.toml, as it says inside")
    items = tuple(_item(path.name, n, one) for n, one in enumerate(raw.get("items", []), start=1))
    ids = [item.id for item in items]
    if len(set(ids)) != len(ids) or not items:
        raise ItemsError(f"{path.name}: every item needs an id of its own, and there must be at least one")
    title = _words(path.name, "[title]", raw.get("title", {}))
    scale = {code: tuple(raw.get("scale", {}).get(code, ())) for code in LANGUAGES}
    if any(len(labels) != STEPS or not all(labels) for labels in scale.values()):
        raise ItemsError(f"{path.name}: [scale] needs {STEPS} labels in each of {', '.join(LANGUAGES)}")
    told = json.dumps([raw["items"], raw["scale"]], ensure_ascii=False, sort_keys=True)
    mark = hashlib.sha256(told.encode()).hexdigest()
    return Items(raw["key"], raw["version"], title, scale, items, mark)


def _item(file: str, number: int, raw: Mapping[str, Any]) -> Item:
    where, kind = f"item {number}", raw.get("kind")
    if not _ID.fullmatch(str(raw.get("id", ""))):
        raise ItemsError(f"{file}: {where}: id is a short word of a–z, 0–9 and hyphens")
    field = {ATTITUDE: "reversed", KNOWLEDGE: "right"}.get(str(kind))
    if field is None or not isinstance(raw.get(field), bool):
        raise ItemsError(f"{file}: {where}: an attitude says reversed, knowledge says right: true or false")
    unknown = set(raw) - {"id", "kind", field, *LANGUAGES}
    if unknown:
        raise ItemsError(f"{file}: {where}: unknown field {sorted(unknown)[0]!r}; take it away")
    words = _words(file, where, {code: raw.get(code) for code in LANGUAGES})
    return Item(raw["id"], str(kind), bool(raw.get("reversed")), bool(raw.get("right")), words)


def _words(file: str, where: str, raw: Mapping[str, Any]) -> dict[str, str]:
    for code in LANGUAGES:
        if not isinstance(raw.get(code), str) or not raw[code].strip():
            raise ItemsError(f"{file}: {where}: the words in {code} are missing")
    return {code: raw[code].strip() for code in LANGUAGES}
