"""What may leave: in a referral the chosen fields of one person, as statistics codes and bands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.bands import BANDS
from klarsyn.cases.htcds.checking import Record, check
from klarsyn.cases.htcds.rules import read
from klarsyn.cases.htcds.table import CODES, FIELDS, OWN_PREFIX, RESTRICTS_MOVEMENT, Kind, Leaves, Release


class Profile(StrEnum):
    REFERRAL = (
        "referral"  # identifiable; needs consent or a secrecy test, and a line in the disclosure ledger
    )
    STATISTICAL = "statistical"


# Of other people, or of a place on the map: never among what a referral offers by itself.
NOT_BY_ITSELF: Final = frozenset(
    name for name, field in FIELDS.items() if name.startswith("per_") or field.kind is Kind.PLACE
)


@dataclass(frozen=True, slots=True)
class Loss:
    """A value that the file does not carry as it was, and why."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Records that may leave under a profile, the columns in order, and what was lost on the way."""

    profile: Profile
    columns: tuple[str, ...]
    records: tuple[dict[str, str], ...]
    losses: tuple[Loss, ...]


def offered() -> tuple[str, ...]:
    """The fields a referral may carry, in the standard's order."""
    return tuple(name for name, field in FIELDS.items() if not field.is_withdrawn)


def referral(records: Sequence[Record], fields: Iterable[str], *, is_strict: bool = True) -> Cut:
    """The chosen fields as the standard writes them. Raises Refused where a value breaks a rule."""
    chosen = [name for name in offered() if name in set(fields)]
    _check_sound(records)
    made, losses = [], []
    for row, record in enumerate(records, start=1):
        one = {name: read(FIELDS[name], record[name]).value for name in chosen if record.get(name)}
        losses += _without_own_codes(row, one) if is_strict else []
        left = [name for name, value in record.items() if value and name not in chosen]
        losses += [Loss(row, name, "not_chosen") for name in left]
        made.append({name: value for name, value in one.items() if value})
    return Cut(Profile.REFERRAL, tuple(chosen), tuple(made), tuple(losses))


def statistical(
    records: Sequence[Record], *, organisations: frozenset[str] = frozenset(), is_strict: bool = False
) -> Cut:
    """Codes as they are, what could point somebody out in bands under our own names, and nothing else.

    `organisations`: the names that may stand where the standard wants an organisation; others are left out,
    since a name somebody typed is free text. Strict: without bands, which the standard has no fields for.
    """
    _check_sound(records)
    made, losses = [], []
    for row, record in enumerate(records, start=1):
        one: dict[str, str] = {}
        for name, given in record.items():
            value = read(FIELDS[name], given).value if name in FIELDS else ""
            column, left, reason = _coarse(name, value, organisations, is_strict)
            if left:
                one[column] = left
            if given and reason:
                losses.append(Loss(row, name, reason))
        losses += _without_own_codes(row, one) if is_strict else []
        made.append(one)
    columns = tuple(dict.fromkeys([*_open_columns(), *_band_columns(is_strict)]))
    return Cut(Profile.STATISTICAL, columns, tuple(made), tuple(losses))


def band_column(name: str) -> str:
    """The column a banded field leaves under: never the standard's own name, since the value is not its."""
    return f"{OWN_PREFIX}{name}Band"


def _coarse(name: str, value: str, organisations: frozenset[str], is_strict: bool) -> tuple[str, str, str]:
    """(column, value, why it is not as it was)."""
    field = FIELDS.get(name)
    if field is None or field.leaves is Leaves.NEVER or field.release is Release.FREE_TEXT:
        return name, "", "never_as_statistics"
    if field.leaves is Leaves.BANDED:
        if name not in BANDS or is_strict:
            return name, "", "no_band" if name not in BANDS else "bands_are_ours"
        return band_column(name), BANDS[name](value) if value else "", "banded"
    if field.kind is Kind.LOOKUP and value not in organisations:
        return name, "", "organisation_not_listed"
    return name, value, ""


def _open_columns() -> list[str]:
    return [name for name, field in FIELDS.items() if field.leaves is Leaves.AS_IS]


def _band_columns(is_strict: bool) -> list[str]:
    return [] if is_strict else [band_column(name) for name in BANDS]


def _without_own_codes(row: int, record: dict[str, str]) -> list[Loss]:
    """Codes of ours become Other where the standard has no such code."""
    lost = []
    for name, value in record.items():
        field = FIELDS.get(name)
        if field is None or RESTRICTS_MOVEMENT not in value.split(";"):
            continue
        kept = [code for code in value.split(";") if code in CODES[field.codes]]
        record[name] = ";".join(dict.fromkeys([*kept, "Other"]))
        lost.append(Loss(row, name, "own_code_as_other"))
    return lost


def _check_sound(records: Sequence[Record]) -> None:
    broken = [f for f in check(records, is_strict=False) if f.rule not in _MENDED]
    if broken:
        first = broken[0]
        raise Refused(
            _(
                "Rad %(row)s, fältet %(field)s följer inte standarden. Ingen fil är gjord. "
                "Rätta uppgiften och försök igen."
            )
            % {"row": first.row, "field": first.field}
        )


_MENDED: Final = frozenset(
    {"blanks", "label_for_code", "case", "midnight", "number", "decimal_comma", "yes_no"}
)
