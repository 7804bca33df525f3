"""The words of the page where somebody writes without a name, one file a language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent


@cache
def words(code: str) -> dict[str, Any]:
    """The words of a language that the support pages speak. Raises KeyError for any other."""
    path = FOLDER / f"{code}.toml"
    if not code.isalpha() or not path.is_file():
        raise KeyError(code)
    return tomllib.loads(path.read_text(encoding="utf-8"))
