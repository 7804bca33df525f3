"""The picture that may be taken along: a released chart with all that must be said drawn into it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from klarsyn.base.municipality import municipality
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report import joint, pictures, queries, render, sentences
from klarsyn.report.dates import day
from klarsyn.report.figure_view import line_of, said
from klarsyn.report.figures import Chart
from klarsyn.report.figures.svg import Pen, leading
from klarsyn.report.figures.text import em_width, escape, wrap
from klarsyn.report.figures.theme import FONT, palette
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.report.public import public_address

WIDTH: Final = 480  # fits beside a text, and is still read on a phone
EDGE: Final = 20.0
SIZE: Final = 15.0
LARGEST: Final = 60_000  # bytes
_ROOM: Final = WIDTH - 2 * EDGE
_TEXT: Final = re.compile(r'<text ([^>]*font-size="([\d.]+)"[^>]*)>([^<]*)</text>')


@dataclass(frozen=True, slots=True)
class Card:
    """`alt` is what whoever cannot see the picture hears; it holds the caveat too."""

    svg: str
    title: str
    alt: str
    says_not: str
    source: str
    newer: str  # "" = none
    page: str  # whole address of the figure for people
    height: int


def embeddable(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Id and title of each figure of the edition that has a chart, in the language in force."""
    language = translation.get_language() or "sv"
    found = _mapping(*_key(edition))
    return tuple(
        (figure.indicator.id, sentences.title(figure, language, found.year))
        for figure in found.figures
        if _kinds(figure, language)
    )


def card(edition: Edition, id: str, language: str) -> Card | None:
    """The figure of the edition; None where it has none of that name, or none that is light enough."""
    newer = _newer(edition)
    with translation.override(language):
        return _card(*_key(edition), id, language, _said_newer(edition, newer))


def _key(edition: Edition) -> tuple[str, int, str, datetime | None]:
    """All that could make its figures others."""
    return str(settings.HOME), edition.pk, edition.content_hash, edition.released_at


@lru_cache(maxsize=4)
def _mapping(home: str, pk: int, content_hash: str, released_at: datetime | None) -> FrozenMapping:
    """The frozen files, their hashes checked. Raises Refused where they are damaged."""
    return render.mapping_of(Edition.objects.get(pk=pk))


@lru_cache(maxsize=128)
def _card(
    home: str, pk: int, content_hash: str, released_at: datetime | None, id: str, language: str, newer: str
) -> Card | None:
    edition = Edition.objects.get(pk=pk)
    mapping = _mapping(home, pk, content_hash, released_at)
    figure = next((f for f in mapping.figures if f.indicator.id == id), None)
    if figure is None:
        return None
    made = (
        _drawn(joint.marked(figure, mapping), kind, edition, language, newer)
        for kind in _kinds(figure, language)
    )
    return next((one for one in made if len(one.svg.encode()) <= LARGEST), None)


def _kinds(figure: FigureResult, language: str) -> list[str]:
    """The charts it may be, lightest kinds first: a map's outlines alone weigh too much."""
    return [kind for kind in pictures.plan(figure, language) if not kind.startswith("map")]


def _newer(edition: Edition) -> Edition | None:
    """The edition that whoever sees this one should read instead."""
    out = queries.online(invented=edition.is_invented).filter(state=State.RELEASED)
    found = out.order_by("-year", "-number").first()
    mine = (edition.year, edition.number)
    return found if found and (found.year, found.number) > mine else None


def _said_newer(edition: Edition, newer: Edition | None) -> str:
    if newer is None:
        return ""
    address = public_address(render.address(newer, translation.get_language() or "sv"))
    if edition.status is State.SUPERSEDED:
        return _("Utgåvan är ersatt och talen kan vara fel. Det finns en nyare: %(address)s") % {
            "address": address
        }
    return _("Det finns en nyare utgåva: %(address)s") % {"address": address}


def _drawn(figure: FigureResult, kind: str, edition: Edition, language: str, newer: str) -> Card:
    title = sentences.title(figure, language, edition.year)
    line = line_of(figure, language)
    draw = pictures.plan(figure, language)[kind]
    chart = pictures.draw_one(
        figure, kind, draw, title, line, language, int(WIDTH - 2 * EDGE), "e", heading=True
    )  # fmt: skip
    says_not = said(figure.indicator.says_not, language)
    source = _source(figure, edition, language)
    page = public_address(render.address(edition, language)) + f"#figur-{figure.indicator.id}"
    svg, height = _framed(chart, newer, [(_("Vad siffran inte säger"), says_not), ("", source), ("", page)])
    invented = _("PÅHITTADE TAL") + ". " if edition.is_invented else ""
    alt = f"{invented}{title}. {line}. {_('Vad siffran inte säger')}: {says_not} {source} {newer}".strip()
    return Card(svg, title, alt, says_not, source, newer, page, height)


def _source(figure: FigureResult, edition: Edition, language: str) -> str:
    publishers = "; ".join(dict.fromkeys(s.publisher for s in figure.sources))
    assert edition.released_at is not None
    words = {
        "year": edition.year, "n": edition.number, "name": municipality().name_in(language),
        "day": day(timezone.localdate(edition.released_at), language),
    }  # fmt: skip
    told = _("%(name)s, kartläggningen %(year)s, utgåva %(n)s, publicerad %(day)s.") % words
    protection = sentences.protection(figure, language)
    given = _("Källa: %(publishers)s.") % {"publishers": publishers} if publishers else ""
    return " ".join(part for part in (given, told, protection) if part)


def _framed(chart: Chart, newer: str, told: list[tuple[str, str]]) -> tuple[str, int]:
    """The chart on paper of its own, the notice above it and what must be said below it."""
    pen, parts, y = Pen(palette("light")), [], EDGE
    if newer:
        lines = wrap(newer, _ROOM - 20, SIZE, True)
        high = leading(SIZE) * len(lines) + 16
        parts.append(
            f'<rect x="{EDGE:g}" y="{y:g}" width="{WIDTH - 2 * EDGE:g}" height="{high:g}" '
            f"{pen.both('amber-paper', 'amber', 1)}/>"
        )
        parts.append(pen.lines(EDGE + 10, y + 8 + SIZE, lines, SIZE, "amber", bold=True))
        y += high + 16
    parts.append(chart.svg.replace("<svg ", f'<svg x="{EDGE:g}" y="{y:g}" ', 1))
    y += chart.height + 20
    parts.append(pen.line((EDGE, y), (WIDTH - EDGE, y), "rule", 1))
    y += 10
    for drawn, after in _said_below(pen, told, y):
        parts.append(drawn)
        y = after
    height = int(y + EDGE)
    title, description = (
        escape(chart.title),
        escape(" ".join((chart.description, *(t for _h, t in told), newer))),
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="e-title e-desc" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="{FONT}">'
        f'<title id="e-title">{title}</title><desc id="e-desc">{description}</desc>'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" {pen.both("paper", "rule", 1)}/>'
    )
    return _TEXT.sub(_kept_wide, f"{head}{''.join(parts)}</svg>\n"), height


def _kept_wide(found: re.Match[str]) -> str:
    """A text that takes the room it was given in whatever font the reader has: a picture can load none of
    ours, and a caveat that runs over the edge is not read."""
    look, size, words = found.groups()
    wide = em_width(html.unescape(words), "font-weight" in look) * float(size)
    return f'<text {look} textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs">{words}</text>'


def _said_below(pen: Pen, told: list[tuple[str, str]], y: float) -> Iterator[tuple[str, float]]:
    """Each text with its heading, and where the next begins."""
    for head, text in told:
        if head:
            y += leading(SIZE)
            yield pen.text(EDGE, y, head, SIZE, bold=True), y
        lines = wrap(text, _ROOM, SIZE)
        yield (
            pen.lines(EDGE, y + leading(SIZE), lines, SIZE, "ink" if head else "soft"),
            y + leading(SIZE) * len(lines) + 6,
        )
        y += leading(SIZE) * len(lines) + 6
