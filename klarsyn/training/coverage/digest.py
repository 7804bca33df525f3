"""The head's digest: of each unit what is late and what soon lapses, on the page and, if asked for, by mail.

A letter holds units, counts and an address, never a name. It goes to the address of the head's own account,
in the sender's own domain, at most once a week: the week is claimed before the letter is sent.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.training.coverage.policy import LATE, DueState, days
from klarsyn.training.coverage.queries import Coverage, coverages, units_led
from klarsyn.training.models import DigestWish, Unit

BY = "klarsyn"


@dataclass(frozen=True, slots=True)
class UnitTold:
    """Of one unit: courses that are late, and certificates that lapse within the days of `expires_soon`."""

    late: int
    lapsing: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What a head may choose. `address` empty: the account has none that the site may write to."""

    address: str
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run came to. `unknown`: the line broke off, and nobody knows; they get none until next week."""

    sent: int
    refused: int
    unknown: int


def told(courses: Iterable[Coverage]) -> UnitTold:
    people = [person.standing for course in courses for person in course.people]
    return UnitTold(sum(one in LATE for one in people), people.count(DueState.EXPIRING))


def letter(head: User) -> Letter | None:
    """None where the site sends no mail."""
    if not settings.MAIL_FROM:
        return None
    return Letter(address_of(head), DigestWish.objects.filter(head=head).exists())


def address_of(head: User) -> str:
    """The account's address, when it lies in the sender's own domain; else nothing."""
    name, at, domain = head.email.rpartition("@")
    is_own = bool(name and at) and domain.casefold() == settings.MAIL_FROM.rpartition("@")[2].casefold()
    return head.email if is_own else ""


@transaction.atomic
def choose(*, wants: bool, by: User, today: date) -> None:
    """Ask for the letter, or no longer. Refused for who leads no unit or has no address to write to."""
    if not wants:
        if DigestWish.objects.filter(head=by).delete()[0]:
            record(action="digest.stop", by=by.pseudonym, object="digest")
        return
    if not units_led(by).exists():
        raise Refused(_("Bara en enhets chef får veckobrevet. Inget är ändrat."))
    if not (settings.MAIL_FROM and address_of(by)):
        raise Refused(
            _(
                "Kontot har ingen adress i kommunens egen domän. Inget är ändrat. "
                "Be den som lägger upp konton att skriva in den."
            )
        )
    _wish, is_new = DigestWish.objects.get_or_create(head=by, defaults={"since": today})
    if is_new:
        record(action="digest.want", by=by.pseudonym, object="digest")


def send_due(today: date) -> Sent:
    """This week's letters to those who want one and have had none, and whose units have something to do.

    Raises Refused where the site sends no mail, OSError where the mail server is not reached: then nothing is
    claimed and the next run tries again.
    """
    if not settings.MAIL_FROM:
        raise Refused(_("Webbplatsen skickar ingen e-post (KLARSYN_MAIL_FROM). Inget är skickat."))
    sent = refused = 0
    with get_connection() as line:
        for wish, message in _messages(today):
            before = wish.last_week
            if not _claimed(wish, today):
                continue
            message.connection = line
            try:
                message.send()
            except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
                refused += 1  # the server said no: it may be asked again
                DigestWish.objects.filter(pk=wish.pk).update(last_week=before)
            except (smtplib.SMTPException, OSError):
                return Sent(sent, refused, 1)
            else:
                sent += 1
    return Sent(sent, refused, 0)


def _messages(today: date) -> Iterator[tuple[DigestWish, EmailMessage]]:
    due = Q(last_week=None) | Q(last_week__lt=_week(today))
    for wish in list(DigestWish.objects.filter(due, head__is_active=True).select_related("head")):
        units, address = list(units_led(wish.head)), address_of(wish.head)
        covered = coverages(units, today) if units and address else {}
        lines = [(unit, told(covered[unit.pk])) for unit in units] if covered else []
        if any(one.late or one.lapsing for _unit, one in lines):
            yield wish, _message(address, lines, today)


def _message(to: str, lines: Iterable[tuple[Unit, UnitTold]], today: date) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        body = [_("Vad som behöver göras i dina enheter, i antal. Vilka det gäller står bara på sidan."), ""]
        body += [f"{unit}: {late(one.late)}, {lapsing(one.lapsing, today)}" for unit, one in lines]
        body += ["", settings.PUBLIC_URL.rstrip("/") + reverse("training:units"), ""]
        body.append(_("Där kan du också säga ifrån om du inte vill ha brevet."))
        subject = _("Utbildning i dina enheter, vecka %(week)d") % {"week": today.isocalendar().week}
    return EmailMessage(subject, "\n".join(body), settings.MAIL_FROM, [to])


def late(number: int) -> str:
    return ngettext("%(n)d försenad", "%(n)d försenade", number) % {"n": number}


def lapsing(number: int, today: date) -> str:
    within = {"n": number, "days": days("expires_soon", today).days}
    return _("intyg som går ut inom %(days)d dagar: %(n)d") % within


@transaction.atomic
def _claimed(wish: DigestWish, today: date) -> bool:
    """Whether the week is this run's: of two at a time one, and none again after a kill."""
    free = DigestWish.objects.filter(Q(last_week=None) | Q(last_week__lt=_week(today)), pk=wish.pk)
    if not free.update(last_week=_week(today)):
        return False
    record(action="digest.send", by=BY, object=f"digest-{wish.pk}")
    return True


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())
