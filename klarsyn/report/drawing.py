"""What a chart is told besides its rows: where it stands, in which language, on what ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from klarsyn.report.figures import Chart, ChartText, Look


@dataclass(frozen=True, slots=True)
class Drawing:
    """The setting of one chart; `look` turns it and a description into what the charts take."""

    id: str
    title: str
    line: str
    language: Literal["sv", "en"]
    width: int
    ground: Literal["light", "dark"]
    heading: bool
    invented: bool

    def look(self, description: str) -> Look:
        return Look(
            text=ChartText(self.title, self.line, description),
            id=self.id,
            language=self.language,
            width=self.width,
            ground=self.ground,
            heading=self.heading,
            invented=self.invented,
        )

    def say(self, sv: str, en: str) -> str:
        return sv if self.language == "sv" else en


Draw = Callable[[Drawing], Chart]
