"""The log as its readers see it: lines with names for the pseudonyms, the words for the diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext

from klarsyn.base.audit.words import words_of
from klarsyn.base.models import AuditCheckpoint, AuditDetail, AuditEvent
from klarsyn.people.log_words import KINDS, OUTCOMES, act_of
from klarsyn.people.models import Team, User
from klarsyn.people.roles import BY_KEY

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the log is asked for. Empty = all. `before`: only lines with a lower number."""

    group: str = ""
    who: str = ""
    team: str = ""
    outcome: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line in words. `at` is None where the log keeps the day alone. `reason`: none, sealed, erased."""

    sequence: int
    day: date
    at: datetime | None
    who: str
    act: str
    about: str
    team: str
    outcome: str
    is_ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A signed head of the log, with the words for the diary."""

    size: int
    day: date
    words: str
    text: str


def list_lines(asked: Asked) -> tuple[list[Line], int | None]:
    """(the newest lines that were asked for, the number to go on before or None at the end)."""
    rows = list(_chosen(asked).order_by("-sequence")[: PAGE + 1])
    names = names_by_pseudonym()
    shown = rows[:PAGE]
    kept = _kept([row.sequence for row in shown if row.detail])
    lines = [_line(row, names, kept) for row in shown]
    return lines, shown[-1].sequence if len(rows) > PAGE else None


def names_by_pseudonym() -> Mapping[str, str]:
    """Who is who in the log. The names themselves never stand in it."""
    found = {"visitor": gettext("den som söker stöd"), "klarsyn": "Klarsyn"}
    found |= {user.pseudonym: user.name for user in User.objects.only("uid", "name")}
    return found | {str(team.pk): team.name for team in Team.objects.all()}


def list_marks(most: int = 12) -> list[Mark]:
    """The newest signed heads of the log first."""
    return [mark_of(row) for row in AuditCheckpoint.objects.order_by("-size")[:most]]


def mark_of(row: AuditCheckpoint) -> Mark:
    return Mark(row.size, row.day, words_of(bytes.fromhex(row.root)), row.text)


def _chosen(asked: Asked) -> QuerySet[AuditEvent]:
    exact = {"actor": asked.who, "team": asked.team, "outcome": asked.outcome}
    rows = AuditEvent.objects.filter(**{name: value for name, value in exact.items() if value})
    if asked.group:
        rows = rows.filter(action__startswith=asked.group)
    if asked.about:
        rows = rows.filter(object__startswith=asked.about)
    if asked.since:
        rows = rows.filter(day__gte=asked.since)
    if asked.until:
        rows = rows.filter(day__lte=asked.until)
    return rows if asked.before is None else rows.filter(sequence__lt=asked.before)


def _kept(sequences: list[int]) -> set[int]:
    """The lines whose reason still has a key somewhere."""
    rows = AuditDetail.objects.filter(sequence__in=sequences)
    return {sequence for sequence, wraps in rows.values_list("sequence", "wraps") if wraps}


def _line(row: AuditEvent, names: Mapping[str, str], kept: set[int]) -> Line:
    at = datetime.fromisoformat(row.at) if row.at else None
    about = " ".join(_named(word, names) for word in row.object.split(" "))
    reason = "none" if not row.detail else "sealed" if row.sequence in kept else "erased"
    return Line(
        row.sequence, row.day, at, names.get(row.actor, row.actor), act_of(row.action), about,
        KINDS.get(row.team, row.team), str(OUTCOMES[row.outcome]), row.outcome == "ok", reason,
    )  # fmt: skip


def _named(word: str, names: Mapping[str, str]) -> str:
    """A pseudonym, a team or a role by its name; the log writes a role in its place as "role/team"."""
    parts = (
        names.get(part) or (str(BY_KEY[part].name) if part in BY_KEY else part) for part in word.split("/")
    )
    return ", ".join(parts)
