"""Our own Swedish for the standard's labels, on screen alone: files carry the standard's words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import get_language

from klarsyn.cases.htcds.table import CODES, FIELDS, HERE, OWN_CODES


def _read() -> Mapping[tuple[str, str], str]:
    with (HERE / "swedish.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({(row["name"], row["code"]): row["sv"] for row in csv.DictReader(file)})


SWEDISH: Final = _read()


def field_label(name: str) -> str:
    """The field's label in the language of the page; the standard's own where we have no word."""
    english = FIELDS[name].label
    return english if _is_english() else SWEDISH.get((name, ""), english)


def code_label(codes: str, code: str) -> str:
    """The code's label in the language of the page."""
    english = {**CODES[codes], **OWN_CODES.get(codes, {})}[code]
    return english if _is_english() else SWEDISH.get((codes, code), english)


def _is_english() -> bool:
    return (get_language() or "sv").startswith("en")
