"""A standing on a page: its word, with a shape that does not need colour."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise

from klarsyn.base.templatetags.house import status
from klarsyn.training.coverage.policy import Standing
from klarsyn.training.coverage.words import WORDS

register = template.Library()
_MARKS: Final = {
    Standing.EXPIRED: ("empty", "danger"), Standing.OVERDUE: ("empty", "danger"),
    Standing.EXPIRING: ("half", "caution"),
    Standing.DUE: ("half", "quiet"), Standing.DONE: ("full", "good"),
}  # fmt: skip


@register.filter
def standing_word(standing: Standing) -> Promise:
    return WORDS[standing]


@register.simple_tag
def standing_mark(standing: Standing) -> str:
    shape, tone = _MARKS[standing]
    return status(shape, str(WORDS[standing]), tone)
