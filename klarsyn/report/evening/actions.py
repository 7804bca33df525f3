"""What is done to a question of the evening and to its answer. Each leaves a line in the log."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report.evening import policy
from klarsyn.report.evening.repeating import check_repeats
from klarsyn.report.models import Edition, EveningAnswer, EveningNote, EveningQuestion
from klarsyn.report.policy import Asked, Verdict


@transaction.atomic
def note(*, edition: Edition, text: str, asked_as: str, by: User) -> EveningQuestion:
    """A question as it was put. Nobody outside sees it before another has read it."""
    _require(by, Permission.REPORT_DRAFT)
    policy.check_edition(edition.status)
    text, asked_as = policy.checked(text), policy.named_nobody(asked_as)
    check_repeats(f"{text}\n{asked_as}", slug=edition.slug)
    made = EveningQuestion.objects.create(
        edition=edition, text=text, asked_as=asked_as,
        due_on=timezone.localdate() + timedelta(days=policy.DAYS), noted_at=timezone.now(), noted_by=by,
    )  # fmt: skip
    record(action="evening.note", by=by.pseudonym, object=str(edition))
    return made


@transaction.atomic
def show(*, question: EveningQuestion, by: User) -> None:
    """Let the question out on the public page, with the day an answer is promised."""
    _require(by, Permission.REPORT_CHECK)
    row = _locked(question)
    policy.check_show(Asked(row.state), row.noted_by_id, by.pk)
    row.state, row.shown_at, row.shown_by = Asked.SHOWN, timezone.now(), by
    row.save(update_fields=["state", "shown_at", "shown_by"])
    record(action="evening.show", by=by.pseudonym, object=str(row))


@transaction.atomic
def strike(*, question: EveningQuestion, why: str, by: User) -> None:
    """Take away a question that points somebody out: its words and its answers go, the reason stays."""
    if not by.may(Permission.REPORT_DRAFT):
        _require(by, Permission.REPORT_CHECK)
    row = _locked(question)
    policy.check_strike(Asked(row.state))
    row.state, row.text, row.asked_as, row.struck_why = Asked.STRUCK, "", "", policy.checked(why, 200)
    row.save(update_fields=["state", "text", "asked_as", "struck_why"])
    row.answers.all().delete()
    record(action="evening.strike", by=by.pseudonym, object=str(row))


@transaction.atomic
def answer(*, question: EveningQuestion, text: str, by: User) -> EveningAnswer:
    """A wording that waits to be read by another. An answer that is out stays out until then."""
    _require(by, Permission.REPORT_DRAFT)
    row = _locked(question)
    policy.check_answer(Asked(row.state), row.answers.filter(checked_at=None).exists())
    wording = policy.checked(text, policy.LONGEST_ANSWER)
    check_repeats(wording, slug=row.edition.slug)
    made = EveningAnswer.objects.create(question=row, text=wording, written_at=timezone.now(), written_by=by)
    record(action="evening.answer", by=by.pseudonym, object=str(row))
    return made


@transaction.atomic
def check(*, question: EveningQuestion, verdict: Verdict, comment: str, by: User) -> None:
    """The waiting answer goes out, or back to who writes."""
    _require(by, Permission.REPORT_CHECK)
    waiting = _locked(question).answers.filter(checked_at=None).first()
    if waiting is None:
        raise Refused(gettext("Inget svar väntar på att granskas. Inget är ändrat."))
    policy.check_check(waiting.written_by_id, by.pk, verdict, comment)
    waiting.verdict, waiting.comment = verdict, policy.named_nobody(comment)
    waiting.checked_at, waiting.checked_by = timezone.now(), by
    waiting.save(update_fields=["verdict", "comment", "checked_at", "checked_by"])
    record(action="evening.check", by=by.pseudonym, object=str(waiting))


@transaction.atomic
def keep_note(*, edition: Edition, slide: str, text: str, by: User) -> None:
    """What the speaker wants to remember at a slide, in place of what stood there. Empty takes it away."""
    _require(by, Permission.REPORT_DRAFT)
    policy.check_edition(edition.status)
    words = policy.own_note(text)
    if words:
        kept = {"text": words, "written_at": timezone.now(), "written_by": by}
        EveningNote.objects.update_or_create(edition=edition, slide=slide, defaults=kept)
    else:
        EveningNote.objects.filter(edition=edition, slide=slide).delete()
    record(action="evening.speaker_note", by=by.pseudonym, object=f"{edition} {slide}")


def _locked(question: EveningQuestion) -> EveningQuestion:
    return EveningQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)


def _require(by: User, permission: Permission) -> None:
    if not by.may(permission):
        raise Refused(gettext("Din roll ger inte rätt att göra detta. Inget är ändrat."))
