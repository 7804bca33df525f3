"""What the plan tells the year: the council's decisions, and which measures were reviewed when."""

from __future__ import annotations

from django.db.models import Max

from klarsyn.plan.models import Decision, Measure
from klarsyn.plan.policy import State
from klarsyn.plan.wheel.facts import Decided, Followed


def decisions(*, invented: bool) -> tuple[Decided, ...]:
    """Of the council alone. An invented decision belongs to an invented year."""
    rows = Decision.objects.filter(body=Decision.Body.COUNCIL, is_invented=invented)
    return tuple(Decided(on, number) for on, number in rows.values_list("decided_on", "registry_number"))


def measures(*, invented: bool) -> tuple[Followed, ...]:
    """Those under way or done of every plan that no later one has replaced, by title."""
    live = (State.RUNNING, State.DONE)
    rows = Measure.objects.filter(state__in=live, is_invented=invented, plan__superseded_by=None)
    found = rows.annotate(last=Max("reviews__reviewed_on")).order_by("title", "pk")
    return tuple(Followed(row.title, row.last) for row in found)
