"""Correct a decision or a consultation that was typed wrongly; the history keeps what stood, and why."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.plan import history
from klarsyn.plan.models import Consultation, Decision, Demand, Outcome
from klarsyn.plan.motions.registering import (
    Said,
    check_been,
    check_decision,
    check_registrar,
    check_sent,
    written,
)
from klarsyn.plan.motions.texts import kept


@transaction.atomic
def correct_decision(
    *, decision: Decision, title: str, body: str, board: str, registry_number: str, decided_on: date,
    wording: str, source: str, source_address: str, outcomes: Said, why: str, by: User, today: date,
) -> None:  # fmt: skip
    """The same as `registering.decide` again, with a reason. A demand no longer named loses its outcome."""
    check_registrar(by)
    texts = kept(
        title=title, board=board, registry_number=registry_number, wording=wording, source=source,
        source_address=source_address, why=why, may_be_empty=("board", "source_address"),
    )  # fmt: skip
    why = texts.pop("why")
    row = Decision.objects.select_for_update().get(pk=decision.pk)
    check_decision(row.motion, texts, body=body, decided_on=decided_on, today=today, but=row)
    changed = history.change(row, {**texts, "body": body, "decided_on": decided_on}, by=by, why=why)
    changed += _outcomes(row, outcomes, by=by, why=why)
    _check_changed(changed)
    written("plan.correct_decision", row, by)


@transaction.atomic
def correct_consultation(
    *, consultation: Consultation, sent_to: str, sent_on: date, due_on: date, answer: str,
    answered_on: date | None, why: str, by: User, today: date,
) -> None:  # fmt: skip
    """Whom was asked, when, and what they said; an answer entered on the wrong one is taken away."""
    check_registrar(by)
    texts = kept(sent_to=sent_to, answer=answer, why=why, may_be_empty=("answer",))
    why = texts.pop("why")
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    check_sent(sent_on=sent_on, due_on=due_on, today=today)
    if bool(texts["answer"]) != (answered_on is not None):
        raise Refused(_("Ett svar behöver både text och dag, eller ingetdera. Inget är sparat."))
    if answered_on is not None:
        check_been(answered_on, today)
        if answered_on < sent_on:
            raise Refused(_("Svaret kan inte ha kommit före remissen. Inget är sparat."))
    days = {"sent_on": sent_on, "due_on": due_on, "answered_on": answered_on}
    _check_changed(history.change(row, {**texts, **days}, by=by, why=why))
    written("plan.correct_consultation", row, by)


def _outcomes(row: Decision, said: Said, *, by: User, why: str) -> list[str]:
    """Set what the decision said of each demand; "outcome" for each that differs."""
    held = {one.demand_id: one for one in row.outcomes.select_related("demand")}
    asked = {demand.pk: (demand, result, words) for demand, (result, words) in said.items()}
    changed = []
    for pk in sorted(held.keys() | asked.keys()):
        before, after = held.get(pk), _outcome(row, asked.get(pk))
        was, became = _said(before), _said(after)
        if was == became:
            continue
        if before is not None:
            before.delete()
        if after is not None:
            after.save()
        history.note(row, "outcome", was, became, by=by, why=why)
        changed.append("outcome")
    return changed


def _outcome(row: Decision, asked: tuple[Demand, str, str] | None) -> Outcome | None:
    if asked is None:
        return None
    demand, result, words = asked
    texts = kept(wording=words, may_be_empty=("wording",))
    return Outcome(decision=row, demand=demand, result=result, **texts)


def _said(one: Outcome | None) -> str:
    if one is None:
        return ""
    words = f": {one.wording}" if one.wording else ""
    return f"{one.demand.number}. {one.get_result_display()}{words}"


def _check_changed(changed: list[str]) -> None:
    if not changed:
        raise Refused(_("Inget är ändrat: allt står redan så. Rätta det som är fel."))
