"""Questions of an edition: as staff work with them, and as anyone may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from klarsyn.report.models import Edition, EveningAnswer, EveningNote, EveningQuestion
from klarsyn.report.policy import Asked, Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """A wording that is or was out, and the day it came."""

    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the public reads it. Without an answer `due_on` says when one is promised."""

    pk: int
    text: str
    asked_as: str
    asked_on: date
    due_on: date
    is_late: bool
    answer: Answer | None
    earlier: tuple[Answer, ...]


def of(edition: Edition) -> list[EveningQuestion]:
    """Everything that was noted, in the order it was asked, with every wording of every answer."""
    answers = EveningAnswer.objects.select_related("written_by", "checked_by")
    rows = EveningQuestion.objects.filter(edition=edition).select_related("noted_by", "shown_by")
    return list(rows.prefetch_related(Prefetch("answers", answers)))


def published(edition: Edition, today: date) -> tuple[Question, ...]:
    """The questions that are shown; of their answers those another has approved."""
    approved = EveningAnswer.objects.filter(verdict=Verdict.APPROVE)
    rows = EveningQuestion.objects.filter(edition=edition, state=Asked.SHOWN)
    return tuple(_shown(row, today) for row in rows.prefetch_related(Prefetch("answers", approved)))


def own_notes(edition: Edition) -> dict[str, str]:
    """What the speaker has written, by slide. For staff alone: no page for anyone asks for it."""
    return dict(EveningNote.objects.filter(edition=edition).values_list("slide", "text"))


def _shown(row: EveningQuestion, today: date) -> Question:
    out = [Answer(a.text, timezone.localdate(a.checked_at)) for a in row.answers.all() if a.checked_at]
    return Question(
        row.pk, row.text, row.asked_as, timezone.localdate(row.noted_at), row.due_on,
        is_late=not out and row.due_on < today, answer=out[-1] if out else None, earlier=tuple(out[-2::-1]),
    )  # fmt: skip
