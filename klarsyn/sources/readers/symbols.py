"""What a mark in a table means: zero, withheld, unavailable and not applicable stay four things."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from klarsyn.sources.readers.observed import ReadError
from smallcounts.counts import Status

_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$")


class Meaning(StrEnum):
    """The four things a mark can say."""

    ZERO = "zero"
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"
    NOT_APPLICABLE = "not_applicable"


_STATUS = {
    Meaning.ZERO: Status.OBSERVED,
    Meaning.WITHHELD: Status.WITHHELD,
    Meaning.UNAVAILABLE: Status.UNAVAILABLE,
    Meaning.NOT_APPLICABLE: Status.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class SymbolMap:
    """The marks of one table. A mark that is not declared is an error, never a guess."""

    meanings: tuple[tuple[str, Meaning], ...]

    def declaring(self, more: Mapping[str, Meaning]) -> "SymbolMap":
        """The same map where the marks in `more` mean what `more` says."""
        return SymbolMap(tuple(({**dict(self.meanings), **more}).items()))

    def meaning(self, symbol: str) -> Meaning | None:
        mark = symbol.strip()
        return next((meaning for known, meaning in self.meanings if known == mark), None)


# SCB's legend: "-" nothing to report (zero), ".." not available or too uncertain, "." cannot occur.
# Marks for secrecy differ between tables; these are the common ones.
DEFAULT_SYMBOLS = SymbolMap(
    (
        ("-", Meaning.ZERO),
        ("–", Meaning.ZERO),
        ("..", Meaning.UNAVAILABLE),
        (".", Meaning.NOT_APPLICABLE),
        ("x", Meaning.WITHHELD),
        ("X", Meaning.WITHHELD),
        ("..C", Meaning.WITHHELD),
        ("..c", Meaning.WITHHELD),
    )
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell understood: a number, or why there is none; the mark as printed."""

    value: int | float | None
    status: Status
    symbol: str


def number(text: str) -> int | float | None:
    """The number a machine-written cell holds (point as decimal mark), None when it holds none."""
    if not _NUMBER.match(text):
        return None
    return int(text) if text.lstrip("-").isdigit() else float(text)


def understand(raw: object, symbol: str, symbols: SymbolMap, where: str, decimals: int | None = None) -> Cell:
    """One cell and its mark as a `Cell`.

    `raw` is a JSON number, a text or None; `symbol` the mark beside it ("" = none); `where` names the
    cell in an error; `decimals` 0 turns 12.0 into 12. A number with a mark that denies it is refused,
    and so is a mark nobody has declared.
    """
    if isinstance(raw, str):
        found = number(raw.strip())
        if found is None:
            return _from_symbol(raw.strip() or symbol, symbols, where)
        raw = found
    if raw is None:
        return _from_symbol(symbol, symbols, where)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise ReadError(f"Värdet {raw!r} för {where} är inget tal.")
    if symbol and _denies(raw, symbol, symbols):
        raise ReadError(f"Värdet {raw} för {where} har tecknet ”{symbol}”, som säger att talet inte finns.")
    if decimals == 0 and isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return Cell(raw, Status.OBSERVED, symbol)


def _denies(raw: int | float, symbol: str, symbols: SymbolMap) -> bool:
    meaning = symbols.meaning(symbol)
    return raw != 0 if meaning is Meaning.ZERO else meaning is not None


def _from_symbol(symbol: str, symbols: SymbolMap, where: str) -> Cell:
    if not symbol:
        return Cell(None, Status.UNAVAILABLE, "")
    meaning = symbols.meaning(symbol)
    if meaning is None:
        raise ReadError(
            f"Tecknet ”{symbol}” för {where} är okänt.",
            "Läs tabellens teckenförklaring och ange om det betyder noll, dolt, saknas eller ej tillämpligt.",
        )
    return Cell(0 if meaning is Meaning.ZERO else None, _STATUS[meaning], symbol)
