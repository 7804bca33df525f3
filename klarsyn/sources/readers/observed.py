"""One figure as its source prints it, and the error that says why a text could not be read."""

import re
from dataclasses import dataclass

from klarsyn.base.errors import Refused
from smallcounts.counts import Status

_YEAR = re.compile(r"^\d{4}$|^\d{4}[-/–]\d{4}$")
_MONTH = re.compile(r"^(\d{4})[Mm-](\d{2})$")
_QUARTER = re.compile(r"^(\d{4})[KkQq]([1-4])$")


class ReadError(Refused):
    """The text is not what it says it is. Nothing was read from it."""

    def __init__(self, what: str, do: str = "Hämta den på nytt eller hör av dig till källan.") -> None:
        super().__init__(f"{what} Inget är inläst och inget är ändrat. {do}")
        self.what = what


class CutError(ReadError):
    """The text ends before it is finished; asking again may help."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One cell of a published table.

    `area` is a code ("0680", "06", "00"; "" when the table has no area), never a name.
    `period` is "2019", "2019-03", or two of them with a slash.
    `categories` holds every other dimension as (dimension, code, label), in the table's order.
    `value` is None exactly when `status` is not OBSERVED; a `-` is the value 0 with the symbol "-".
    `symbol` is the mark as printed, or the publisher's flag beside a number ("p", preliminary).
    """

    area: str
    area_label: str
    period: str
    categories: tuple[tuple[str, str, str], ...]
    value: int | float | None
    status: Status
    symbol: str = ""
    unit: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes the cell one of its kind within its table: area, period, the other codes."""
        return (self.area, self.period, *(code for _, code, _ in self.categories))


def area_code(text: str) -> str:
    """A code with the leading zeros that spreadsheets eat: "680" is "0680", "6" is "06"."""
    code = text.strip()
    if not (code.isascii() and code.isdigit()):
        return code
    return code.zfill(2) if len(code) <= 2 else code.zfill(4)


def period(text: str) -> str:
    """A year, month or quarter in one spelling: "2019M03" is "2019-03", "2019K1" is "2019-01/2019-03"."""
    given = text.strip()
    if month := _MONTH.match(given):
        if not 1 <= int(month[2]) <= 12:
            raise ReadError(f"Tiden ”{given}” har en månad som inte finns.")
        return f"{month[1]}-{month[2]}"
    if quarter := _QUARTER.match(given):
        first = 3 * int(quarter[2]) - 2
        return f"{quarter[1]}-{first:02}/{quarter[1]}-{first + 2:02}"
    if _YEAR.match(given):
        return given.replace("–", "/").replace("-", "/")
    raise ReadError(
        f"Tiden ”{given}” är varken ett år, en månad eller ett kvartal.",
        "Välj en tidsvariabel med år, månad (2019M03) eller kvartal (2019K1).",
    )
