"""Writes the slides and the speaker's notes as two pages."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from klarsyn.report import texts
from klarsyn.report.slides.build import build
from klarsyn.report.view import Page

_PAGES = {"index.html": "report/slides/slides.html", "noter.html": "report/slides/notes.html"}


def write_slides(page: Page, *, folder: Path) -> tuple[Path, ...]:
    """`index.html` for the hall and `noter.html` for the speaker, in the page's language."""
    folder.mkdir(parents=True, exist_ok=True)
    context = {"page": page, "slides": build(page), "words": texts.read("paper")[page.language]}
    written = []
    with translation.override(page.language):
        for name, template in _PAGES.items():
            path = folder / name
            path.write_text(render_to_string(template, context), encoding="utf-8")
            written.append(path)
    return tuple(written)
