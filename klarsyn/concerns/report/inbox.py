"""The receiving officers' side: which reports came, one opened by their keys, what is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.audit.recording import read_first, record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Key, KeyPair, Unopenable
from klarsyn.concerns.models import ConcernReport, ReportAct
from klarsyn.concerns.models.concern_report import Act, Outcome
from klarsyn.concerns.report import sealing
from klarsyn.concerns.report.answers import Answers
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

ASSESSMENTS = (Outcome.NEEDS_NOW, Outcome.NO_NEED)
DECISIONS = (Outcome.INQUIRY, Outcome.NO_INQUIRY, Outcome.ONGOING)


@dataclass(frozen=True, slots=True)
class Done:
    """One act, as the officer's page shows it."""

    act: Act
    outcome: Outcome
    at: datetime
    by: str
    reference: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the inbox: nothing of it needs a key."""

    id: UUID
    received_on: date
    received_at: datetime | None
    is_professional: bool
    wants_feedback: bool
    is_erased: bool
    acts: Mapping[Act, datetime]

    def has(self, act: Act) -> bool:
        return act in self.acts


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report, opened: gone with the request."""

    line: Listed
    team: Team
    answers: Answers = field(repr=False)
    done: tuple[Done, ...] = field(repr=False)


def read_list(user: User, team: Team) -> Sequence[Listed]:
    """The team's reports, after a line in the log: first those that nobody has assessed, the newest first.

    Raises Http404.
    """
    if not user.may_in_team(Permission.CONCERN_READ, team):
        raise Http404
    told = read_first(action="concern.list", by=user.pseudonym, object=str(team.pk), team=team.kind)
    with told, rows.of_teams(user.team_ids, is_reading=True):
        found = (
            ConcernReport.objects.filter(team=team)
            .order_by("-received_on", F("received_at").desc(nulls_last=True), "id")
            .prefetch_related("acts")
        )
        return sorted(map(listed, found), key=lambda one: one.is_erased or one.has(Act.PROTECTION))


def read(user: User, keys: Unlocked | None, id: UUID) -> ReportShown:
    """The report, opened. "Not yours", "not there" and "erased" are the same Http404.

    Asked in this order: may this person read the team's reports; is the line in the log written; does the
    person hold the key.
    """
    report = readable(user, id)
    with _told_first(user, report, "concern.read"), rows.of_teams(user.team_ids, is_reading=True):
        key = _key(user, keys, report)
        answers = sealing.open_answers(report, key)
        return ReportShown(listed(report), report.team, answers, acts_of(report, key))


def readable(user: User, id: UUID) -> ConcernReport:
    """The report, shut: that it is there and the person's role lets them read it. Else Http404."""
    with rows.of_teams(user.team_ids, is_reading=True):
        report = ConcernReport.objects.select_related("team").filter(pk=id).first()
    if report is None or report.is_erased or not user.may_in_team(Permission.CONCERN_READ, report.team):
        raise Http404
    return report


def assess(user: User, keys: Unlocked | None, id: UUID, *, outcome: Outcome, words: str) -> None:
    """Note the assessment of protection; the hour of receipt has then served. Raises Http404, Refused."""
    with rows.of_teams(user.team_ids):
        report, key = to_change(user, keys, id)
        check_once(report, Act.PROTECTION)
        add(report, key, Act.PROTECTION, user, outcome=outcome, words=words)
        if not report.is_professional:
            ConcernReport.objects.filter(pk=report.pk).update(received_at=None)
        note(report, "concern.assess", user)


def decide(user: User, keys: Unlocked | None, id: UUID, *, outcome: Outcome, words: str) -> None:
    """Note whether an inquiry is opened. The assessment comes first. Raises Http404, Refused."""
    with rows.of_teams(user.team_ids):
        report, key = to_change(user, keys, id)
        check_once(report, Act.DECISION)
        if not report.acts.filter(act=Act.PROTECTION).exists():
            raise Refused(_("Anteckna skyddsbedömningen först. Inget är sparat."))
        add(report, key, Act.DECISION, user, outcome=outcome, words=words)
        note(report, "concern.decide", user)


def tell(user: User, keys: Unlocked | None, id: UUID) -> None:
    """Seal to the professional who asked whether an inquiry was opened. Raises Http404, Refused."""
    with rows.of_teams(user.team_ids):
        report, key = to_change(user, keys, id)
        decision = report.acts.filter(act=Act.DECISION).first()
        if decision is None or not report.wants_feedback:
            raise Refused(
                _("Det finns inget att berätta än, eller ingen som har bett om det. Inget är sparat.")
            )
        check_once(report, Act.FEEDBACK)
        add(report, key, Act.FEEDBACK, user)
        report.feedback = sealing.seal_feedback(report, decision.outcome)
        report.feedback_on = timezone.localdate()
        report.save(update_fields=["feedback", "feedback_on"])
        note(report, "concern.feedback", user)


def check_once(report: ConcernReport, act: Act) -> None:
    """Raises Refused where it is noted already: a second look at it belongs in the case."""
    if report.acts.filter(act=act).exists():
        raise Refused(_("Det är redan antecknat. Inget är ändrat."))


def listed(report: ConcernReport) -> Listed:
    acts = {Act(one.act): one.at for one in report.acts.all()}
    return Listed(
        report.id, report.received_on, report.received_at, report.is_professional, report.wants_feedback,
        report.is_erased, acts,
    )  # fmt: skip


def add(
    report: ConcernReport, key: Key, act: Act, user: User, *, outcome: Outcome = Outcome.NONE,
    words: str = "", reference: str = "",
) -> ReportAct:  # fmt: skip
    made = ReportAct(
        report=report, act=act, outcome=outcome, at=timezone.now(), by=user.pseudonym, reference=reference
    )
    made.words = sealing.seal_words(made, report, key, words)
    made.save(force_insert=True)
    return made


def acts_of(report: ConcernReport, key: Key) -> tuple[Done, ...]:
    """What was done with it, oldest first."""
    return tuple(_done(act, report, key) for act in report.acts.all())


def _done(act: ReportAct, report: ConcernReport, key: Key) -> Done:
    words = sealing.open_words(act, report, key) if act.words else ""  # the registrar seals none
    return Done(Act(act.act), Outcome(act.outcome), act.at, act.by, act.reference, words)


def to_change(user: User, keys: Unlocked | None, id: UUID) -> tuple[ConcernReport, Key]:
    """The report and its key, for who may write and can open it; held until the transaction ends."""
    found = ConcernReport.objects.select_related("team").select_for_update(of=("self",))
    report = found.filter(pk=id).first()
    if report is None or report.is_erased or not user.may_in_team(Permission.CONCERN_WRITE, report.team):
        raise Http404
    return report, _key(user, keys, report)


def note(report: ConcernReport, act: str, user: User) -> None:
    record(action=act, by=user.pseudonym, object=str(report.id), team=report.team.kind)


def _told_first(user: User, report: ConcernReport, act: str) -> AbstractContextManager[None]:
    return read_first(action=act, by=user.pseudonym, object=str(report.id), team=report.team.kind)


def _key(user: User, keys: Unlocked | None, report: ConcernReport) -> Key:
    """The report's key by the person's own keys. Raises Http404 without them, or for another's."""
    try:
        return sealing.open_for_team(report, _epochs(user, keys, report.team)[report.epoch])
    except (KeyError, Unopenable):
        raise Http404 from None


def _epochs(user: User, keys: Unlocked | None, team: Team) -> Mapping[int, KeyPair]:
    if keys is None or keys.uid != user.uid:
        return {}
    return teams.open_teams(keys).get(team.pk, {})
