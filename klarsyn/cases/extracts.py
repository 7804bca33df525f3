"""A client's own extract of the log: when the case was opened, by how many, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from klarsyn.base.models import AuditEvent
from klarsyn.cases.models import Case

DONE: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "case.open": later("ärendet började"),
        "case.read": later("läste anteckningarna"),
        "case.turn": later("läste vidare"),
        "case.break_seal": later("bröt förseglingen och läste"),
        "case.print": later("skrev ut"),
        "case.hand_over": later("lämnade över ärendet"),
        "case.reopen": later("öppnade ärendet igen"),
        "case.unseal": later("läste namn och nummer"),
        "case.write": later("skrev"),
        "case.lock": later("låste en anteckning"),
        "case.correct": later("rättade en anteckning"),
        "case.close": later("avslutade ärendet"),
        "case.export": later("gjorde ett utdrag som det här"),
        "case.disclose": later("antecknade ett utlämnande"),
        "case.withhold": later("antecknade att inget lämnades ut"),
        "case.file": later("gjorde en fil till en mottagare"),
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One act. `who` is a number: the same person has the same number in the whole extract."""

    at: datetime
    who: int
    done: str


@dataclass(frozen=True, slots=True)
class Extract:
    """Every act on one case, oldest first. No reasons and no names: they may be about others."""

    team: str
    begun_on: date
    made_on: date
    readings: tuple[Reading, ...]

    def as_text(self) -> str:
        """Plain lines, to be printed or read aloud."""
        head = _("Utdrag ur loggen, %(team)s, %(day)s") % {"team": self.team, "day": self.made_on.isoformat()}
        begun = _("Ärendet började %(day)s.") % {"day": self.begun_on.isoformat()}
        who = _("Varje medarbetare har samma nummer i hela utdraget. Fråga enhetschefen vem någon är.")
        lines = [f"{_clock(r.at)}  {_('medarbetare')} {r.who}  {r.done}" for r in self.readings]
        return "\n".join([head, begun, who, "", *lines, ""])


def extract_of(case: Case) -> Extract:
    rows = AuditEvent.objects.filter(object=str(case.id), action__in=DONE, outcome="ok").order_by("sequence")
    numbers: dict[str, int] = {}
    readings = tuple(
        Reading(
            datetime.fromisoformat(row.at),
            numbers.setdefault(row.actor, len(numbers) + 1),
            str(DONE[row.action]),
        )
        for row in rows
        if row.at  # what the client did is hers, and has only a day
    )
    return Extract(case.team.name, case.created_on, timezone.localdate(), readings)


def _clock(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
