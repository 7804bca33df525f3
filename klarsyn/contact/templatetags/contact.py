"""Fills a sentence of a language's file with what belongs in it."""

from __future__ import annotations

from django import template

register = template.Library()


@register.simple_tag
def filled(sentence: str, **what: object) -> str:
    """`{% filled w.seen day=seen %}`: its places filled, escaped like any text."""
    # Each in marks of its own, so that a date or a name keeps its order in a line from right to left.
    return sentence.format(**{name: f"\u2066{value}\u2069" for name, value in what.items()})
