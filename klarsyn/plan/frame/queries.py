"""Every point of the law as it stands on a day, and the notes there have been."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language

from klarsyn.plan.frame.evidence import evidence
from klarsyn.plan.frame.law import Law, law
from klarsyn.plan.frame.policy import Noted, Stood, stand
from klarsyn.plan.models import LawNote


def law_today(today: date) -> Law:
    return law(today, get_language() or "sv")


def points(today: date) -> tuple[Stood, ...]:
    """In the order of the sections; each is asked once of the system, and of the newest note."""
    here, notes = law_today(today), _notes()
    return tuple(
        stand(point, evidence(point.key, today), notes.get(point.key), today, here.remind_days)
        for point in here.points
    )


def _notes() -> dict[str, Noted]:
    """Of each point the newest note, where it still holds."""
    newest = {row.point: row for row in LawNote.objects.order_by("pk")}
    return {key: Noted(row.words, row.document, row.dated_on) for key, row in newest.items() if row.holds}


def history() -> list[LawNote]:
    """Every note, newest first."""
    return list(LawNote.objects.select_related("entered_by"))


def has_invented() -> bool:
    return LawNote.objects.filter(is_invented=True).exists()
