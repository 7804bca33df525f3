"""The charts of the paper edition: one file each, drawn for the width of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from klarsyn.report import pictures
from klarsyn.report.figures import Chart
from klarsyn.report.view import FigureShown

WIDTH = 720  # of the viewBox; a page is 158 mm between its margins
TALL = 0.95  # a picture taller than wide by more than this shares its row with another


class Drawings:
    """Writes the charts into `folder` as they are asked for."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language

    def of(self, figure: FigureShown) -> list[dict[str, Any]]:
        """The figure's charts: file name, text alternative, how to read it, width in percent of its place."""
        return [self._one(figure, picture.kind, picture.reading) for picture in figure.pictures]

    def _one(self, figure: FigureShown, kind: str, reading: str) -> dict[str, Any]:
        chart = drawn(figure, kind, self._language)
        name = f"{figure.id}-{kind}.svg"
        (self._folder / name).write_text(chart.svg, encoding="utf-8")
        ratio = chart.height / chart.width if chart.width else 0.6
        alt = f"{chart.title}. {chart.description}"
        return {"file": name, "alt": alt, "width": 100, "tall": ratio > TALL, "reading": reading}


def drawn(figure: FigureShown, kind: str, language: str) -> Chart:
    """One chart as paper has it."""
    draw = pictures.plan(figure.result, language)[kind]
    return pictures.draw_one(figure.result, kind, draw, figure.title, figure.line, language, WIDTH, "p")
