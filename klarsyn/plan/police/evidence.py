"""What the frame of the law is told of written agreements: those that hold today, and since when."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from klarsyn.plan.frame.evidence import Evidence
from klarsyn.plan.police.queries import agreements as all_agreements


def agreements(today: date) -> tuple[Evidence, ...]:
    """Each agreement that holds on the day, by its registry number."""
    words = _("%(title)s (%(number)s) gäller.")
    return tuple(
        Evidence(
            words % {"title": one.agreement.title, "number": one.agreement.registry_number},
            one.agreement.signed_on,
            reverse("plan:agreement", args=[one.agreement.pk]),
            one.agreement.is_invented,
        )
        for one in all_agreements(today)
        if one.holds
    )
