"""Which of the site's two languages the reader has."""

from __future__ import annotations

from django.utils.translation import get_language


def reader_language() -> str:
    """ "sv" or "en", as texts in files are keyed."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"
