"""State a fact of a reception and end it; enter counts and take them back. Each leaves a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import has_event
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.bands import What
from klarsyn.receptions.models import Fact, Reception, Tally, TallyCell
from klarsyn.receptions.policy import READERS, Cell, check_month, check_number, check_sheet, kind_of


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


@transaction.atomic
def count(
    *, reception: Reception, what: str, kind: str, year: int, month: int, number: int, by: User, today: date
) -> Tally:
    """So many visits, consultations … in a month. Refused for a kind, month or number that cannot be."""
    _check_counts(by, reception)
    check_number(number)
    made = _entered(reception, kind_of(what, kind), (year, month), by, today)
    TallyCell.objects.create(tally=made, number=number)
    return made


@transaction.atomic
def enter_sheet(
    *,
    reception: Reception,
    kind: str,
    year: int,
    month: int,
    sheet: str,
    cells: Mapping[Cell, int],
    during_event: bool,
    by: User,
    today: date,
) -> Tally:
    """A sheet of outreach, by its printed number; a number of zero is left out.

    Refused when more were reached than tried, nothing is counted, the sheet is entered already, or the
    calendar has no event in the month that it is said to belong to.
    """
    _check_counts(by, reception)
    sheet, what = check_sheet(sheet, cells), kind_of(What.OUTREACH, kind)
    if during_event and not has_event(year, month):
        raise Refused(_("Kalendern har inget evenemang den månaden. Inget är sparat."))
    try:
        with transaction.atomic():
            made = _entered(reception, what, (year, month), by, today, sheet=sheet, during_event=during_event)
    except IntegrityError:
        raise Refused(
            _(
                "Blanketten %(sheet)s är redan införd. Inget är sparat. "
                "Är den ny, så skriv ut ett nytt nummer."
            )
            % {"sheet": sheet}
        ) from None
    TallyCell.objects.bulk_create(
        TallyCell(tally=made, gender=gender, age=age, reach=reach, number=number)
        for (gender, age, reach), number in sorted(cells.items())
        if number
    )
    return made


@transaction.atomic
def take_back(*, tally: Tally, by: User, today: date) -> None:
    """A wrong entry no longer counts; that it once stood is kept. Refused for one taken back already."""
    _check_counts(by, tally.reception)
    rows = Tally.objects.filter(pk=tally.pk, withdrawn_on=None)
    if not rows.update(withdrawn_on=today, withdrawn_by=by):
        raise Refused(_("Räkningen är redan tagen tillbaka. Inget är ändrat."))
    team = tally.reception.team
    record(action="tally.take_back", by=by.pseudonym, object=f"tally-{tally.pk}", team=team.kind)


def _entered(
    reception: Reception,
    what: tuple[What, str],
    when: tuple[int, int],
    by: User,
    today: date,
    sheet: str = "",
    during_event: bool | None = None,
) -> Tally:
    check_month(*when, today)
    made = Tally.objects.create(
        reception=reception, what=what[0], kind=what[1], year=when[0], month=when[1], sheet=sheet,
        during_event=during_event, entered_on=today, entered_by=by,
    )  # fmt: skip
    team = reception.team
    record(action="tally.enter", by=by.pseudonym, object=f"tally-{made.pk}", team=team.kind)
    return made


def _check_counts(by: User, reception: Reception) -> None:
    if not by.may_in_team(Permission.TALLY_WRITE, reception.team):
        raise Refused(_("Bara de som arbetar i mottagningen för in dess räkning. Inget är sparat."))


def _check_may(by: User, reception: Reception) -> None:
    if not by.may_in_team(Permission.RECEPTION_CHANGE, reception.team):
        raise Refused(_("Bara mottagningens enhetschef ändrar dess uppgifter. Inget är ändrat."))


def _told(action: str, fact: Fact, by: User) -> None:
    team = fact.reception.team
    record(action=action, by=by.pseudonym, object=f"fact-{fact.pk}", team=team.kind)
