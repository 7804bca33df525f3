"""Fills a sentence of a language's file with what belongs in it."""

from __future__ import annotations

from django import template

register = template.Library()


@register.simple_tag
def filled(sentence: str, **what: object) -> str:
    """`{% filled w.seen day=seen %}`: its places filled, escaped like any text."""
    return sentence.format(**what)
