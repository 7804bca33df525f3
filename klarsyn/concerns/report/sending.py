"""What a reporter does without an account: save a draft, come back to it, send, look for the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone

from klarsyn.base import rows
from klarsyn.base.audit.recording import record
from klarsyn.base.codes import Code
from klarsyn.base.vault import Key, KeyPair, open_record, seal_record
from klarsyn.concerns.models import ConcernReport, ReportDraft
from klarsyn.concerns.report import codes, sealing
from klarsyn.concerns.report.answers import Answers
from klarsyn.concerns.report.codes import Derived, Entered, Taken
from klarsyn.concerns.report.days import days
from klarsyn.people.models import Team, TeamEpoch

BY: Final = "reporter"  # what the log calls whoever reports; never anything else


class NobodyReceives(Exception):
    """The municipality has set up no team for concern reports here: the page says whom to call instead."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the code shows of a report that was sent: never what it says."""

    received_on: date
    received_at: datetime | None
    is_professional: bool
    wants_feedback: bool
    feedback: str
    expires_on: date


def receives() -> bool:
    """Whether somebody here receives concern reports."""
    return _team_epoch().exists()


def save(code: Code, answers: Answers) -> date:
    """Keep a draft that only the code opens; its last day. Raises Taken or Busy; nothing is logged."""
    found = codes.mine(code)
    if found and isinstance(found.row, ConcernReport):
        raise Taken
    today = timezone.localdate()
    last = today + days("draft_kept", today)
    made = codes.prepare(code) if found is None else None
    with rows.of_code(codes.tags(code)):
        if found is None:
            assert made
            row = ReportDraft(**made.columns())
            kek = made.kek
        else:
            row, kek = ReportDraft(pk=found.row.pk, **_recipe_of(found)), found.kek
        row.expires_on = last
        row.sealed = seal_record(kek, answers.encode(), codes.place_of(row))
        try:
            row.save(force_insert=found is None, force_update=found is not None)
        except IntegrityError:
            raise Taken from None
    return last


def open_draft(entered: Entered) -> Answers:
    """What was saved under a code."""
    assert isinstance(entered.row, ReportDraft)
    return Answers.decode(open_record(entered.kek, bytes(entered.row.sealed), codes.place_of(entered.row)))


def throw_away(code: Code) -> None:
    """The draft of a code goes; what was sent stays. Raises Taken or Busy."""
    found = codes.mine(code)
    if found and isinstance(found.row, ReportDraft):
        with rows.of_code(codes.tags(code)):
            ReportDraft.objects.filter(pk=found.row.pk).delete()


def send(code: Code, answers: Answers) -> Receipt:
    """Send it, once: the same code again gives the same receipt. Raises Taken, Busy or NobodyReceives.

    When this returns it is on disk, sealed to the team, with its line in the log, and its draft is gone.
    """
    found = codes.mine(code)
    if found and isinstance(found.row, ConcernReport):
        return receipt(found)
    made, pair = codes.prepare(code), KeyPair.new()
    try:
        with rows.of_code(codes.tags(code)):
            _keep(made, pair, answers, timezone.now())
            ReportDraft.objects.filter(tag__in=codes.tags(code)).delete()
    except IntegrityError:  # the same button pressed twice: the other one was first
        pass
    again = codes.mine(code)
    if again is None or not isinstance(again.row, ConcernReport):
        raise Taken
    return receipt(again)


def receipt(entered: Entered) -> Receipt:
    """Of a report that was sent, by its code."""
    row = entered.row
    assert isinstance(row, ConcernReport)
    feedback = ""
    if row.feedback is not None:
        feedback = sealing.open_feedback(row, KeyPair(_seed(row, entered.kek)))
    return Receipt(
        row.received_on, row.received_at, row.is_professional, row.wants_feedback, feedback, row.expires_on
    )


def _keep(made: Derived, pair: KeyPair, answers: Answers, now: datetime) -> None:
    """The report's row and its line in the log, in the caller's transaction."""
    epoch = (
        _team_epoch().select_for_update(of=("self",)).select_related("team").first()
    )  # no new one meanwhile
    if epoch is None:
        raise NobodyReceives
    today = timezone.localtime(now).date()
    row = ConcernReport(
        team_id=epoch.team_id, epoch=epoch.epoch, received_on=today, received_at=rounded(now, answers),
        is_professional=answers.is_professional, wants_feedback=answers.wants_feedback,
        expires_on=today + days("code_good", today), public=pair.public, **made.columns(),
    )  # fmt: skip
    key = Key.new()
    row.seed = seal_record(made.kek, pair.seed, codes.place_of(row))
    row.for_team = sealing.seal_for_team(row, bytes(epoch.public), key)
    row.body = sealing.seal_answers(row, key, answers)
    row.save(force_insert=True)
    record(action="concern.send", by=BY, object=str(row.id), team=epoch.team.kind, day_only=True)


def rounded(now: datetime, answers: Answers) -> datetime:
    """The minute for a professional; else the hour that has begun, so that the clock is never late."""
    if answers.is_professional:
        return now.replace(second=0, microsecond=0)
    return now.replace(minute=0, second=0, microsecond=0)


def _seed(row: ConcernReport, kek: Key) -> bytes:
    return open_record(kek, bytes(row.seed), codes.place_of(row))


def _recipe_of(found: Entered) -> dict[str, object]:
    row = found.row
    return {
        "tag": row.tag, "salt": row.salt, "passes": row.passes, "memory": row.memory,
        "pepper_generation": row.pepper_generation,
    }  # fmt: skip


def _team_epoch() -> QuerySet[TeamEpoch]:
    found = TeamEpoch.objects.filter(team__kind=Team.Kind.CHILDREN, state=TeamEpoch.State.ACTIVE)
    return found.order_by("team__created_on", "team_id")
