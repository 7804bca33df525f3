"""What the typesetter of a printed card needs besides the fonts it brings along: Arabic and Thai."""

from pathlib import Path
from typing import Final

PAPER_FONTS: Final = Path(__file__).with_name("paper_fonts")
