"""The answer of the front door: one method's result, and beside it the honesty panel."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from smallcounts.mse.panel import HonestyPanel
from smallcounts.mse.results import MethodResult


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
        """The method's answer, and then the panel: what may be published comes first there."""
        own = MethodResult.summary(self)
        return own if self.panel is None else f"{own}\n\n{self.panel.summary()}"
