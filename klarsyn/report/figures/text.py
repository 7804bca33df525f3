"""Text in a picture: how wide it is, how it wraps, and how it is made safe."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from klarsyn.report.figures.widths import REGULAR, SEMIBOLD

SAFETY: Final = 1.03  # hinting and kerning differ a little between browsers
ELLIPSIS: Final = "…"
_WIDE: Final = 1350  # emoji and other signs the table does not know: better too wide than too narrow
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """`text` for XML, without the control characters that XML forbids."""
    text = _FORBIDDEN.sub("", text)
    if "&" in text or "<" in text or ">" in text or '"' in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if _RIGHT_TO_LEFT.search(text):
        return f"\u2068{text}\u2069"  # isolated, so that it does not turn its neighbours round
    return text


@lru_cache(maxsize=8192)
def em_width(text: str, bold: bool = False) -> float:
    """Estimated width in ems (multiples of the type size)."""
    table = SEMIBOLD if bold else REGULAR
    return SAFETY * sum(table.get(c, _WIDE) for c in text) / 1000


def width(text: str, size: float, bold: bool = False) -> float:
    """Estimated width in the units of `size`."""
    return em_width(text, bold) * size


def shorten(text: str, room: float, size: float, bold: bool = False) -> str:
    """`text`, or as much of it as fits in `room` with an ellipsis."""
    if width(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def wrap(text: str, room: float, size: float, bold: bool = False, most: int = 99) -> tuple[str, ...]:
    """`text` broken at spaces into at most `most` lines of at most `room`; the rest becomes an ellipsis.

    A single word that is wider than the room is cut. An empty text has no lines.
    """
    words = [w for w in re.split("[ \t\r\n]+", text) if w]
    lines: list[str] = []
    while words:
        line = words.pop(0)
        if len(lines) + 1 == most:
            return (*lines, shorten(" ".join([line, *words]), room, size, bold))
        if width(line, size, bold) > room:
            cut = max(1, _fitting(line, room, size, bold))
            words.insert(0, line[cut:])
            line = line[:cut]
        else:
            while words and width(f"{line} {words[0]}", size, bold) <= room:
                line += f" {words.pop(0)}"
        lines.append(line)
    return tuple(lines)


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many characters of `word` fit."""
    count = 0
    while count < len(word) and width(word[: count + 1], size, bold) <= room:
        count += 1
    return count
