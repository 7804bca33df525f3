"""A unit's coverage as a file that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from klarsyn.training.coverage.queries import Coverage
from klarsyn.training.coverage.words import WORDS
from klarsyn.training.models import Unit


def written(unit: Unit, courses: Sequence[Coverage]) -> bytes:
    """UTF-8 with the mark and the semicolons that Swedish spreadsheets want; no cell is read as a formula."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow([_("Enhet"), _("Kurs"), _("Namn"), _("Läge"), _("Klar senast"), _("Gäller till och med")])
    for course in courses:
        for person in course.people:
            until = person.valid_until.isoformat() if person.valid_until else ""
            told = (unit.name, course.title, person.name, str(WORDS[person.standing]))
            rows.writerow([*map(_plain, told), person.due.isoformat(), until])
        if course.by_link or course.by_link_expired:
            rows.writerow(
                [_plain(unit.name), _plain(course.title), _("utan konto, har gått"), course.by_link, "", ""]
            )
    return out.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
