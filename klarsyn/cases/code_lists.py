"""Code lists of the cases, read from their files: code -> label in the language of the page."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language

DATA: Final = Path(__file__).parent / "data"


class _Label:
    """Swedish unless the page is in English."""

    def __init__(self, swedish: str, english: str) -> None:
        self.swedish, self.english = swedish, english

    def __str__(self) -> str:
        return self.english if (get_language() or "sv").startswith("en") else self.swedish


@cache
def choices(file: str, name: str) -> Mapping[str, Promise | str]:
    """The codes of one list of a file, in its order. Raises KeyError for a list that is not there."""
    with (DATA / f"{file}.csv").open(encoding="utf-8", newline="") as rows:
        held = [row for row in csv.DictReader(rows) if row["list"] == name]
    if not held:
        raise KeyError(name)
    return MappingProxyType({row["code"]: lazystr(_Label(row["label_sv"], row["label_en"])) for row in held})
