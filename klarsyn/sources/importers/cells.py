"""One cell to a count, or to the reason why it cannot be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klarsyn.sources.importers.grid import Cell, Kind
from klarsyn.sources.importers.schema import Schema
from klarsyn.sources.readers import Meaning
from smallcounts.counts import Status

LARGEST = 2_147_483_647  # what the database holds; far above any count of people
_DECIMAL = re.compile(r"[0-9][0-9 \u00a0\u2009\u202f]*[.,][0-9]+")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{1,2}[- ][a-zåäö]{3,9}"
)
_NEGATIVE = re.compile("[-−–][0-9]")
_STATUS = {
    Meaning.WITHHELD: Status.WITHHELD,
    Meaning.UNAVAILABLE: Status.UNAVAILABLE,
    Meaning.NOT_APPLICABLE: Status.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Understood:
    """A count as it will be kept: `value` is None exactly when `status` says why."""

    value: int | None
    status: Status
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell is no count, and how to mend it."""

    expected: str
    mend: str


def read_count(cell: Cell, schema: Schema) -> Understood | Wrong | None:
    """The count in a cell; None when it is empty and the schema says to pass over empty cells."""
    if cell.kind is Kind.EMPTY:
        return _empty(schema)
    if cell.kind in (Kind.FORMULA, Kind.ERROR):
        return Wrong(
            _("ett heltal"), _("Klistra in värdet i stället för formeln (Klistra in special: värden).")
        )
    if cell.kind is Kind.DATE:
        return _is_date()
    if cell.kind is Kind.NUMBER and cell.number is not None:
        return _number(cell.number)
    return _text(cell.text.strip(), schema)


def _empty(schema: Schema) -> Understood | Wrong | None:
    if schema.empty == "skip":
        return None
    if schema.empty == "unavailable":
        return Understood(None, Status.UNAVAILABLE)
    return Wrong(
        _("ett heltal eller ett tecken för att talet saknas"),
        _("Skriv 0 om inget har räknats, .. om uppgiften saknas, x om den är dold."),
    )


def _number(number: float) -> Understood | Wrong:
    if number < 0:
        return _is_negative()
    if not number.is_integer():
        return _is_decimal()
    return _whole(int(number))


def _text(text: str, schema: Schema) -> Understood | Wrong:
    meaning = schema.symbols.meaning(text)
    if meaning is Meaning.ZERO:
        return Understood(0, Status.OBSERVED, text)
    if meaning is not None:
        return Understood(None, _STATUS[meaning], text)
    spaces = f"[{schema.thousands}]" if schema.thousands else "(?!)"
    if re.fullmatch(f"[0-9]+|[0-9]{{1,3}}(?:{spaces}[0-9]{{3}})+", text):
        return _whole(int(re.sub(r"[^0-9]", "", text)))
    if _NEGATIVE.match(text):
        return _is_negative()
    if _DATE.fullmatch(text.lower()):
        return _is_date()
    if _DECIMAL.fullmatch(text):
        return _is_decimal()
    if text[:1] in "=+@":
        return Wrong(_("ett heltal"), _("Cellen ser ut som en formel; skriv talet självt."))
    return Wrong(
        _("ett heltal, eller ett av tecknen %(symbols)s")
        % {"symbols": " ".join(symbol for symbol, _meaning in schema.symbols.meanings)},
        _("Rätta cellen, eller lägg till tecknet i beskrivningen om källan använder det."),
    )


def _whole(number: int) -> Understood | Wrong:
    if number > LARGEST:
        return Wrong(_("ett antal under 2 147 483 647"), _("Se efter om två tal har hamnat i samma cell."))
    return Understood(number, Status.OBSERVED)


def _is_negative() -> Wrong:
    return Wrong(_("ett antal från 0 och uppåt"), _("Ett antal kan inte vara negativt; rätta det i källan."))


def _is_decimal() -> Wrong:
    return Wrong(
        _("ett heltal utan decimaler"),
        _("Välj kolumnen med antal, inte tal per invånare; skriv tusental med mellanslag, inte punkt."),
    )


def _is_date() -> Wrong:
    return Wrong(
        _("ett heltal, inte ett datum"),
        _("Kalkylprogram gör om tal till datum: formatera kolumnen som text och skriv talet på nytt."),
    )
