"""The state of a measure as a word with a shape, and whether a row is seen outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.translation import gettext as _

from klarsyn.base.templatetags.house import status
from klarsyn.plan.models.shown import Shown
from klarsyn.plan.motions.queries import Line
from klarsyn.plan.policy import State

register = template.Library()
_SHAPES: Final[Mapping[State, tuple[str, str]]] = {
    State.PLANNED: ("empty", "quiet"),
    State.RUNNING: ("half", "quiet"),
    State.DONE: ("full", "good"),
    State.STOPPED: ("square", "quiet"),
}


@register.simple_tag
def state_mark(line: Line) -> str:
    """Late says so before the state does; both are words."""
    state = State(line.measure.state)
    if line.is_late:
        return status("triangle", _("försenad, %(state)s") % {"state": state.label}, "caution")
    shape, tone = _SHAPES[state]
    return status(shape, str(state.label), tone)


@register.simple_tag
def shown_mark(row: Shown) -> str:
    """Whether anyone outside may see it."""
    if row.published_on is None:
        return status("empty", _("syns inte utåt"))
    return status("full", _("publicerad %(day)s") % {"day": row.published_on}, "good")
