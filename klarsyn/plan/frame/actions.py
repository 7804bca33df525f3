"""Note what there is of a point of the law; a row is added and a line left in the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.frame import law, policy
from klarsyn.plan.models import LawNote
from klarsyn.plan.nobody import check_names_nobody, clean


@transaction.atomic
def note(
    *, point: str, holds: bool, words: str, document: str, dated_on: date, by: User, today: date,
    is_invented: bool = False,
) -> LawNote:  # fmt: skip
    """What there is, since when and where; not holding: an earlier note is so no more. Raises Refused."""
    if not by.may(Permission.YEAR_CHANGE):
        raise Refused(_("Bara den som för planen antecknar om lagen. Inget är ändrat."))
    if point not in law.known_keys():
        raise Refused(_("Lagen har ingen sådan punkt. Inget är sparat."))
    words, document = clean(words), clean(document)
    check_names_nobody(words, document)
    policy.check_note(words, dated_on, today)
    made = LawNote.objects.create(
        point=point, holds=holds, words=words, document=document, dated_on=dated_on, entered_on=today,
        entered_by=by, is_invented=is_invented,
    )  # fmt: skip
    record(action="law.note", by=by.pseudonym, object=f"law-{point}")
    return made
