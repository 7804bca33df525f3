"""The evening's slides: the released ones as they are, with what came of the decisions after the first."""

from __future__ import annotations

import re
from html import unescape
from itertools import count
from typing import Final

from django.http import Http404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone

from klarsyn.base.language import reader_language
from klarsyn.report import render, store
from klarsyn.report.evening import decisions
from klarsyn.report.models import Edition

_SECTION: Final = re.compile(r'<section [^>]*?\bid="([\w-]+)".*?</section>', re.S)
_TITLE: Final = re.compile(r'<h2 id="([\w-]+)-title">(?:\d+\. )?(.*?)</h2>')
_COUNT: Final = re.compile(r'<span class="count">[^<]*</span>')
_NUMBER: Final = re.compile(r'(<h2 id="[\w-]+-title">)\d+\. ')


def hall(edition: Edition) -> str:
    """What the hall sees. Http404 when the edition has no slides on disk."""
    html = _set_in(_released(edition, "index.html"), _pairs(edition, "report/evening/_pair.html"))
    at, of = count(1), len(_COUNT.findall(html))
    html = _COUNT.sub(lambda _m: f'<span class="count">{next(at)} / {of}</span>', html)
    return html.replace('href="noter.html"', f'href="{_slides(edition)}noter.html"')


def speaker(edition: Edition, own: dict[str, str], hall_at: str) -> str:
    """The speaker's screen, with what was written for each slide by its id. For staff alone."""
    html = _set_in(_released(edition, "noter.html"), _pairs(edition, "report/evening/_pair_notes.html"))
    at = count(1)
    html = _NUMBER.sub(lambda m: f"{m[1]}{next(at)}. ", html)
    desk = render_to_string("report/evening/_to_desk.html", {"edition": edition})
    html = html.replace('<a class="out"', f'{desk}<a class="out"', 1)
    html = html.replace('data-slides="./"', f'data-slides="{hall_at}"').replace(
        'href="./"', f'href="{hall_at}"'
    )
    return _SECTION.sub(lambda m: _with_own(m[0], own.get(m[1], "")), html)


def titles(html: str) -> tuple[tuple[str, str], ...]:
    """The id and the title of each slide that a speaker's screen has notes for."""
    ids = {m[1] for m in _SECTION.finditer(html)}
    return tuple((m[1], unescape(m[2])) for m in _TITLE.finditer(html) if m[1] in ids)


def _released(edition: Edition, name: str) -> str:
    index, path = store.read(edition.slug), f"{reader_language()}/bilder/{name}"
    if index is None or path not in index.files:
        raise Http404
    return (store.home(edition.slug) / path).read_text(encoding="utf-8")


def _pairs(edition: Edition, template: str) -> str:
    today = timezone.localdate()
    out = timezone.localdate(edition.released_at) if edition.released_at else today
    return "".join(
        render_to_string(template, {"pair": one, "today": today}) for one in decisions.pairs(out, today)
    )


def _set_in(html: str, made: str) -> str:
    first = _SECTION.search(html)
    if first is None:
        return html
    look = f'<link rel="stylesheet" href="{static("report/evening.css")}">'
    whole = f"{html[: first.end()]}\n{made}{html[first.end() :]}"
    return whole.replace("</head>", f"{look}\n</head>", 1)


def _with_own(section: str, text: str) -> str:
    if not text:
        return section
    shown = render_to_string("report/evening/_own_note.html", {"text": text})
    return section.replace("</h2>", f"</h2>{shown}", 1)


def _slides(edition: Edition) -> str:
    return f"{render.address(edition, reader_language())}bilder/"
