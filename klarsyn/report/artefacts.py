"""What an edition has beside its pages: the PDF, the slides, the open data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from klarsyn.mapping.results import FrozenMapping
from klarsyn.report.view import EditionShown

# A maker writes below `folder` (the edition's own, still temporary) and returns the paths it wrote there.
# It is called once for each language; what has no language (the data) is written for "sv" alone.
Maker = Callable[[EditionShown, FrozenMapping, Path, str], tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """A file the page links to when it exists. `name` is relative to the folder; `{lang}` the language."""

    name: str
    kind: Literal["pdf", "slides", "data"]
    title_sv: str
    title_en: str
    address: str  # relative to the edition's address


KNOWN = (
    Known("{lang}/rapport.pdf", "pdf", "Rapporten som PDF", "The report as PDF", "rapport.pdf"),
    Known("{lang}/bilder/index.html", "slides", "Bilder för mötet", "Slides for the meeting", "bilder/"),
    Known("data/{slug}.xlsx", "data", "Tabeller (XLSX)", "Tables (XLSX)", "data/{slug}.xlsx"),
    Known(
        "data/datapackage.json", "data", "Öppna data med beskrivning", "Open data with description",
        "data/datapackage.json",
    ),
    Known(
        "data/{slug}.zip", "data", "Allt som signerat paket (ZIP)", "Everything as a signed package (ZIP)",
        "data/{slug}.zip",
    ),
)  # fmt: skip
