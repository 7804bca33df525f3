"""The fonts of everything printed: our own and what Typst brings, never what a machine happens to have."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import typst

PAPER_FONTS: Final = Path(__file__).with_name("paper_fonts")  # Arabic and Thai
SOURCE: Final = Path(__file__).with_name("fonts") / "source"  # Source Sans 3, Source Serif 4


@cache
def fonts(*folders: Path) -> typst.Fonts:
    """The fonts of these folders of ours; of all of them where none is named."""
    paths = [str(folder) for folder in folders or (SOURCE, PAPER_FONTS)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)
