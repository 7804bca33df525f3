"""Template words of a course: its Markdown as HTML, and a line with its numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django import template
from django.conf.locale import LANG_INFO
from django.utils.safestring import SafeString, mark_safe

from klarsyn.training.reading import markdown

register = template.Library()


@dataclass(frozen=True, slots=True)
class Telling:
    """How a text is told: in which language, with the numbers of which day, with which notes."""

    language: str
    on: date
    notes: Mapping[str, int] = field(default_factory=dict)


@register.filter
def course_text(source: str, telling: Telling) -> SafeString:
    """`{{ block.source|course_text:telling }}`: Markdown as HTML."""
    made = markdown.html(source, telling.language, telling.on, telling.notes)
    return mark_safe(made)  # noqa: S308  the reader lets no HTML of an author through (test_markdown)


@register.simple_tag
def language_name(code: str) -> str:
    """`{% language_name code %}`: a language by its own name."""
    if code == "latt":
        return "Lätt svenska"
    info = LANG_INFO.get(code.lower()) or LANG_INFO.get(code.partition("-")[0])
    return str(info.get("name_local", code)).capitalize() if info else code


@register.filter
def course_line(text: str, telling: Telling) -> str:
    """`{{ choice.text|course_line:telling }}`: a line without marks, escaped as any other text."""
    return markdown.plain(text, telling.language, telling.on)
