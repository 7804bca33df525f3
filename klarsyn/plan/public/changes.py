"""The public changes of a measure in words: what, from, to, when; never by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.base.numbers import written
from klarsyn.plan.motions.published import PublishedChange
from klarsyn.plan.policy import State

FIELDS: Final[dict[str, str | Promise]] = {
    "state": _("läget"),
    "starts_on": _("första dagen"),
    "due_on": _("sista dagen"),
    "cost": _("kostnaden"),
    "funding": _("varifrån pengarna kommer"),
    "funding_ends_on": _("hur länge pengarna räcker"),
    "responsible_unit": _("vem som ansvarar"),
    "target": _("målet"),
    "target_year": _("målåret"),
    "title": _("namnet"),
    "what": _("beskrivningen"),
    "milestone": _("ett delmål"),
}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONG: Final = 80  # a longer text is said to have changed, and stands in the open data


@dataclass(frozen=True, slots=True)
class ChangeTold:
    at: datetime
    field: str
    was: str
    became: str
    is_long: bool


def changes_told(changes: Sequence[PublishedChange], language: str) -> list[ChangeTold]:
    return [
        ChangeTold(
            one.changed_at,
            str(FIELDS.get(one.field, one.field)),
            value_words(one.field, one.was, language),
            value_words(one.field, one.became, language),
            max(len(one.was), len(one.became)) > _LONG,
        )
        for one in changes
    ]


def value_words(field: str, value: str, language: str) -> str:
    """A state in words, a day as a day, a sum with its spaces; everything else as it was written."""
    if field == "state" and value in State.values:
        return str(State(value).label)
    if field.endswith("_on") and _DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), "j F Y")
    return written(int(value), 0, language) if field == "cost" and value.isdigit() else value
