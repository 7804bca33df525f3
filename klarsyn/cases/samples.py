"""The monthly sample of readings: drawn once, looked through by the head, each answer in the log."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import policy, rows
from klarsyn.cases.budget import ACT_BREAK, ACT_READ, OPENINGS
from klarsyn.cases.models import Case, Chosen, ReadSample, SampledRead, Verdict
from klarsyn.cases.own_reads import heads_of, is_officers
from klarsyn.cases.reasons import check_written, open_reason, sealed_reason
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.log_lines import names_by_pseudonym
from klarsyn.people.log_words import act_of
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

ACT_FINE: Final = "reads.sign_off"
ACT_QUESTION: Final = "reads.question"


@dataclass(frozen=True, slots=True)
class ReadShown:
    """One reading on the head's page. `reason`: None when it was not sealed to this head."""

    id: int
    at: datetime
    who: str
    act: str
    case: str
    why: Chosen
    verdict: Verdict
    answered_on: date | None
    may_answer: bool
    is_officers: bool  # nobody but the reader could answer as a head
    reason: str | None = field(repr=False)
    question: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that was broken: who, when and which case; nothing of what stands in it."""

    at: datetime
    who: str
    case: str


@transaction.atomic
def draw(*, team: Team, month: date, by: User) -> ReadSample:
    """Draw the month's sample, once: nobody draws again until it looks right. Raises Refused."""
    _check_head(team, by)
    if month >= timezone.localdate().replace(day=1):
        raise Refused(_("Månaden är inte slut. Inget är draget. Vänta till nästa månad."))
    made, is_new = ReadSample.objects.get_or_create(
        team=team, month=month,
        defaults={"of": 0, "drawn_on": timezone.localdate(), "drawn_by": by.pseudonym},
    )  # fmt: skip
    if not is_new:
        raise Refused(_("Stickprovet för den månaden är redan draget. Inget är ändrat."))
    reads = [_read(line) for line in _lines(team, month)]
    chosen = policy.choose(reads, secrets.SystemRandom())
    SampledRead.objects.bulk_create(
        SampledRead(sample=made, sequence=sequence, why=why) for sequence, why in sorted(chosen.items())
    )
    made.of = len(reads)
    made.save(update_fields=["of"])
    record(action="reads.draw", by=by.pseudonym, object=f"{team.pk} {month:%Y-%m}", team=team.kind)
    return made


@transaction.atomic
def sign_off(*, read: SampledRead, by: User) -> None:
    """Nothing to remark on. Raises Refused."""
    _answer(read, by, Verdict.FINE, ACT_FINE, "")


@transaction.atomic
def question(*, read: SampledRead, by: User, text: str) -> None:
    """Something to ask the person who read; the text is sealed to the team, its heads and the auditor."""
    text = check_written(text, _("Skriv vad du undrar. Inget är ändrat."))
    _answer(read, by, Verdict.QUESTION, ACT_QUESTION, text)


def list_samples(team: Team) -> QuerySet[ReadSample]:
    """The team's samples, the newest month first, each with how many readings wait and are asked about."""
    unseen = Count("reads", filter=Q(reads__verdict=Verdict.UNSEEN))
    asked = Count("reads", filter=Q(reads__verdict=Verdict.QUESTION))
    return ReadSample.objects.filter(team=team).annotate(unseen=unseen, asked=asked, drawn=Count("reads"))


def list_broken(team: Team, by: User, most: int = 50) -> list[Broken]:
    """The seals broken in the team, the newest first, as soon as the line is in the log. Raises Refused."""
    _check_head(team, by)
    names, cases = names_by_pseudonym(), _cases(team)
    found = AuditEvent.objects.filter(action=ACT_BREAK, team=team.kind, object__in=cases)
    return [
        Broken(datetime.fromisoformat(line.at), names.get(line.actor, line.actor), line.object)
        for line in found.order_by("-sequence")[:most]
    ]


def list_reads(sample: ReadSample, by: User, keys: Unlocked) -> Sequence[ReadShown]:
    """The sample's readings with what their reasons say, as far as they are sealed to this head."""
    rows = list(sample.reads.all())
    numbers = [row.sequence for row in rows] + [row.told_in for row in rows if row.told_in is not None]
    lines = AuditEvent.objects.in_bulk(numbers)
    names, heads = names_by_pseudonym(), heads_of(sample.team)
    return [_shown(row, lines, names, heads, sample.team, by, keys) for row in rows]


def _shown(
    row: SampledRead,
    lines: dict[int, AuditEvent],
    names: Mapping[str, str],
    heads: frozenset[str],
    team: Team,
    by: User,
    keys: Unlocked,
) -> ReadShown:
    line = lines[row.sequence]
    asked = lines.get(row.told_in) if row.told_in is not None else None
    return ReadShown(
        row.pk, datetime.fromisoformat(line.at), names.get(line.actor, line.actor), act_of(line.action),
        line.object, Chosen(row.why), Verdict(row.verdict), row.answered_on,
        policy.can_answer(row.verdict, line.actor, by.pseudonym), policy.goes_to_officer(line.actor, heads),
        open_reason(line, team, by, keys), open_reason(asked, team, by, keys) if asked else None,
    )  # fmt: skip


def _answer(read: SampledRead, by: User, verdict: Verdict, act: str, text: str) -> None:
    row = SampledRead.objects.select_for_update().select_related("sample__team").get(pk=read.pk)
    team = row.sample.team
    reader = AuditEvent.objects.get(sequence=row.sequence).actor
    if not is_officers(row, by):
        _check_head(team, by)
    policy.check_answer(row.verdict, reader, by.pseudonym)
    detail = sealed_reason(team, text) if text else None
    line = record(action=act, by=by.pseudonym, object=str(row.sequence), team=team.kind, detail=detail)
    row.verdict, row.answered_on, row.told_in = verdict, timezone.localdate(), line.sequence
    row.save(update_fields=["verdict", "answered_on", "told_in"])


def _check_head(team: Team, by: User) -> None:
    if not by.may_in_team(Permission.READS_SIGN_OFF, team):
        raise Refused(_("Bara mottagningens enhetschef granskar läsningar. Inget är ändrat."))


def _lines(team: Team, month: date) -> list[AuditEvent]:
    """The month's readings of this very team: the log names its kind, the cases say which are its own."""
    cases = _cases(team)
    found = AuditEvent.objects.filter(
        action__in=OPENINGS, team=team.kind, day__gte=month, day__lt=policy.month_after(month)
    )
    return [line for line in found.order_by("sequence") if line.object in cases]


def _cases(team: Team) -> set[str]:
    with rows.of_teams([team.pk]):
        return {str(pk) for pk in Case.objects.filter(team=team).values_list("pk", flat=True)}


def _read(line: AuditEvent) -> policy.Read:
    at = timezone.localtime(datetime.fromisoformat(line.at))
    return policy.Read(line.sequence, at, line.action == ACT_READ)
