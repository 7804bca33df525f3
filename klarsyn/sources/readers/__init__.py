"""Reads official tables so that zero, withheld, unavailable and not applicable stay apart.

`jsonstat`, `pxjson`, `pxcsv`, `px` and `kolada` each have `read(body: bytes, …) -> tuple[Observed, …]`.
"""

from klarsyn.sources.readers.cube import Dimension, Document
from klarsyn.sources.readers.observed import CutError, Observed, ReadError, area_code, period
from klarsyn.sources.readers.symbols import DEFAULT_SYMBOLS, Meaning, SymbolMap
from klarsyn.sources.readers.text import Decoded, decode

__all__ = [
    "DEFAULT_SYMBOLS",
    "CutError",
    "Decoded",
    "Dimension",
    "Document",
    "Meaning",
    "Observed",
    "ReadError",
    "SymbolMap",
    "area_code",
    "decode",
    "period",
]
