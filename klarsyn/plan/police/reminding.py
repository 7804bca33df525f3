"""What the desk says of the cooperation, to whoever keeps it: an agreement that lapses, what is late."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klarsyn.base.front import Reminder
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.police.policy import Standing
from klarsyn.plan.police.queries import Standed, agreements, open_measures


def reminders(user: User) -> Iterator[Reminder]:
    """Agreements about to lapse, or that have with nothing in their place; late goals and measures."""
    if not user.may(Permission.COOPERATION_WRITE):
        return
    today = timezone.localdate()
    known = agreements(today)
    for one in known:
        if one.standing is Standing.LAPSING:
            yield _about(
                one, _("%(title)s går ut %(day)s. Förnya den eller säg vad som gäller sedan."), False
            )
        elif one.standing is Standing.LAPSED and not any(other.holds for other in known):
            yield _about(one, _("%(title)s gick ut %(day)s, och ingen överenskommelse gäller nu."), True)
        if one.late_goals:
            text = ngettext("%(title)s: %(n)d mål är sent", "%(title)s: %(n)d mål är sena", one.late_goals)
            words = {"title": one.agreement.title, "n": one.late_goals}
            yield Reminder(text % words, _address(one), True)
    late = sum(measure.due_on < today for measure in open_measures())
    if late:
        text = ngettext(
            "%(n)d åtgärd från möten med polisen är sen",
            "%(n)d åtgärder från möten med polisen är sena",
            late,
        )
        yield Reminder(text % {"n": late}, reverse("plan:meetings"), True)


def _about(one: Standed, text: str, is_late: bool) -> Reminder:
    day = date_format(one.agreement.valid_to) if one.agreement.valid_to else ""
    return Reminder(text % {"title": one.agreement.title, "day": day}, _address(one), is_late)


def _address(one: Standed) -> str:
    return reverse("plan:agreement", args=[one.agreement.pk])
