"""A text of a data file in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Text:
    """Swedish and English; `str` gives the one of the page."""

    sv: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "sv").startswith("en") else self.sv

    @property
    def later(self) -> Promise:
        """For a form's label: the language is chosen when it is shown."""
        return lazystr(self)


def text_of(row: Mapping[str, Any], name: str) -> Text:
    """The pair `name = { sv = "…", en = "…" }` of a row. Raises KeyError."""
    return Text(row[name]["sv"], row[name]["en"])
