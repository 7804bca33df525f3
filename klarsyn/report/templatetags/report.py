"""Template words of the report."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_INTERVAL = re.compile(r"[\d\u00a0,.]*\d–\d[\d\u00a0,.]*\d|\d–\d")


@register.filter
def unbroken(text: str) -> SafeString:
    """The text with every interval kept on one line: 0,99–3,56 is one thing."""
    escaped = str(conditional_escape(text))
    return mark_safe(_INTERVAL.sub(r'<span class="r-nums">\g<0></span>', escaped))  # noqa: S308  escaped above
