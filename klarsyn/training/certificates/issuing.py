"""Issue a certificate for a course somebody has done, and say of a number whether it holds."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.training.certificates import numbers
from klarsyn.training.models import Certificate, Completion


class Validity(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@transaction.atomic
def issue(*, completion: Completion, by: User, today: date) -> Certificate:
    """The certificate of one's own completion, each time the same. Raises Refused for another's."""
    held = Completion.objects.select_for_update().filter(pk=completion.pk, learner__user=by).first()
    if held is None:
        raise Refused(_("Kursen är inte genomförd av dig. Inget intyg är gjort."))
    certificate = Certificate.objects.filter(completion=held).first()
    if certificate is None:
        certificate = Certificate.objects.create(completion=held, number=numbers.new(), made_on=today)
        record(action="certificate.issue", by=by.pseudonym, object=f"certificate-{certificate.pk}")
    return certificate


def validity(written: str, today: date) -> Validity:
    """Of a number as somebody typed it: whether it holds today, and nothing else of it."""
    number = numbers.read(written)
    found = Certificate.objects.filter(number=number).values_list("completion__valid_until", flat=True)
    until = found.first() if number else None
    if until is None:
        return Validity.UNKNOWN
    return Validity.VALID if until >= today else Validity.EXPIRED
