"""State a fact of a reception, and end one. Each leaves its line in the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.models import Fact, Reception
from klarsyn.receptions.policy import READERS


@transaction.atomic
def state(
    *,
    reception: Reception,
    what: str,
    value: str,
    source: str,
    by: User,
    today: date,
    valid_from: date,
    valid_to: date | None = None,
) -> Fact:
    """Let it hold from a day on, or between two days. What held before stays in the history.

    Raises Refused: not written as its kind demands, ends before it begins, begins in the past, no source.
    """
    _check_may(by, reception)
    READERS[what](value)
    if not source.strip():
        raise Refused(_("Skriv varifrån uppgiften kommer. Inget är sparat."))
    if valid_from < today:
        raise Refused(
            _(
                "En uppgift kan inte börja gälla bakåt i tiden: sidan har redan visat något annat. "
                "Inget är sparat."
            )
        )
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("Sista dagen ligger före den första. Inget är sparat."))
    fact = Fact.objects.create(
        reception=reception,
        what=what,
        value=value.strip(),
        source=source.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        stated_by=by,
    )
    _told("reception.state", fact, by)
    return fact


@transaction.atomic
def end(*, fact: Fact, last_day: date, by: User, today: date) -> Fact:
    """Let the fact hold no longer than through that day. Raises Refused for a day that has passed."""
    fact = Fact.objects.select_for_update().select_related("reception__team").get(pk=fact.pk)
    _check_may(by, fact.reception)
    if last_day < today or last_day < fact.valid_from:
        raise Refused(_("Uppgiften kan sluta gälla tidigast i dag. Inget är ändrat."))
    if fact.valid_to is not None and fact.valid_to <= last_day:
        raise Refused(_("Uppgiften slutar redan gälla den dagen eller tidigare. Inget är ändrat."))
    fact.valid_to = last_day
    fact.save(update_fields=["valid_to"])
    _told("reception.end", fact, by)
    return fact


def _check_may(by: User, reception: Reception) -> None:
    if not by.may_in_team(Permission.RECEPTION_CHANGE, reception.team):
        raise Refused(_("Bara mottagningens enhetschef ändrar dess uppgifter. Inget är ändrat."))


def _told(action: str, fact: Fact, by: User) -> None:
    team = fact.reception.team
    record(action=action, by=by.pseudonym, object=f"fact-{fact.pk}", team=team.kind)
