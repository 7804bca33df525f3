"""The answer of the front door: one method's result, and beside it the honesty panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from smallcounts.mse.panel import HonestyPanel
from smallcounts.mse.results import MethodResult, persons
from smallcounts.rates.results import aligned
from smallcounts.results import Cell


@dataclass(frozen=True, slots=True)
class Answer(MethodResult):
    """A `MethodResult` that carries every doubt about itself: `panel`, None where none was wanted."""

    panel: HonestyPanel | None = None

    @classmethod
    def of(cls, found: MethodResult, panel: HonestyPanel | None) -> Answer:
        """The same result with the panel beside it."""
        own = {field.name: getattr(found, field.name) for field in fields(MethodResult)}
        return cls(**own, panel=panel)

    def to_json(self) -> dict[str, Any]:
        """Plain types for JSON; the panel, or null, under `panel`."""
        return {
            **MethodResult.to_json(self),
            "panel": None if self.panel is None else self.panel.to_json(),
        }

    def summary(self) -> str:
        """The method's answer, its parts by level or year where it has any, and then the panel."""
        parts = aligned(parts_of(self.details))
        panel = "" if self.panel is None else self.panel.summary()
        return "\n\n".join(text for text in (MethodResult.summary(self), parts, panel) if text)


def parts_of(details: Mapping[str, Any]) -> list[dict[str, Cell]]:
    """One row a level of each factor, or a year, with its limits; none where the method has no parts."""
    levels = [(f"{name} {row['level']}", row) for name, rows in details.get("by", {}).items() for row in rows]
    years = [(row["year"], row) for row in details.get("years", ())]
    return [
        {
            "part": name,
            "seen": persons(row["observed"]),
            "together": persons(row["estimate"]),
            "lower": persons(row["lower"]),
            "upper": persons(row["upper"]),
        }
        for name, row in (*levels, *years)
    ]
