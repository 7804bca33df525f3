"""A value that a spreadsheet would run as a formula gets an apostrophe, and loses it on the way in."""

from __future__ import annotations

import re
from typing import Final

# Also behind blanks and control signs, which spreadsheets skip; the apostrophes in front make undoing exact.
_RISKY: Final = re.compile(r"'*[\s\ufeff\x00-\x1f]*[=+\-@|%]")
_GUARDED: Final = re.compile(r"'+[\s\ufeff\x00-\x1f]*[=+\-@|%]")


def guard(value: str) -> str:
    """The value as a CSV file may hold it; `unguard` gives it back."""
    return f"'{value}" if _RISKY.match(value) else value


def unguard(value: str) -> str:
    """The value as it was before `guard`."""
    return value[1:] if _GUARDED.match(value) else value
