"""A standing on a page: its word, with a shape that does not need colour."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise

from klarsyn.base.templatetags.house import status
from klarsyn.training.coverage.policy import DueState
from klarsyn.training.coverage.words import WORDS

register = template.Library()
_MARKS: Final = {
    DueState.EXPIRED: ("empty", "danger"), DueState.OVERDUE: ("empty", "danger"),
    DueState.EXPIRING: ("half", "caution"),
    DueState.DUE: ("half", "quiet"), DueState.DONE: ("full", "good"),
}  # fmt: skip


@register.filter
def standing_word(standing: DueState) -> Promise:
    return WORDS[standing]


@register.simple_tag
def standing_mark(standing: DueState) -> str:
    shape, tone = _MARKS[standing]
    return status(shape, str(WORDS[standing]), tone)
