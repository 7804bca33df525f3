"""Answers, made of what editions in force hold; a replaced one is listed with its reason, without figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.released import ReleasedFigure
from klarsyn.mapping.definitions import Words
from klarsyn.report import render, store, texts
from klarsyn.report.api import rows, shapes
from klarsyn.report.api.asking import USUAL, Asked
from klarsyn.report.api.held import Held, Released, held
from klarsyn.report.api.problems import Code, Wrong
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.report.public import public_address
from klarsyn.sources.values import Provenance

Line = TypeVar("Line")


def editions(asked: Asked, out: Released) -> shapes.Editions:
    found = out.editions
    shown, paging = _page(asked, found)
    return shapes.Editions(tuple(_edition(one, found, asked.language) for one in shown), paging)


def edition(asked: Asked, out: Released, slug: str) -> shapes.Edition:
    for one in out.editions:
        if one.slug == slug:
            return _edition(one, out.editions, asked.language)
    raise _no_edition()


def indicators(asked: Asked, out: Released) -> shapes.Indicators:
    made = _indicators(out, asked.language)
    shown, paging = _page(asked, made)
    return shapes.Indicators(shown, paging)


def indicator(asked: Asked, out: Released, key: str) -> shapes.Indicator:
    for one in _indicators(out, asked.language):
        if one.key == key:
            return one
    raise Wrong(
        Code.NOT_FOUND,
        _("Ingen utgåva som gäller har den indikatorn. Alla som finns står på %(address)s.")
        % {"address": address("indicators")},
    )


def figures(asked: Asked, out: Released) -> shapes.Figures:
    found = [
        (one, figure)
        for one in _in_force(out, asked.filter("edition"))
        for figure in one.figures
        if asked.filter("indicator") in (None, figure.key)
    ]
    shown, paging = _page(asked, found)
    return shapes.Figures(tuple(_head(one.slug, f, asked.language) for one, f in shown), paging)


def figure(asked: Asked, out: Released, slug: str, key: str, series: str) -> shapes.Figure:
    for one in _in_force(out, slug):
        for found in one.figures:
            if (found.key, found.series) == (key, series):
                shown, paging = _page(asked, found.rows)
                made = tuple(rows.row(r, found.quantity, asked.language) for r in shown)
                return shapes.Figure(_head(slug, found, asked.language), made, paging)
    raise Wrong(
        Code.NOT_FOUND,
        _("Utgåvan har ingen sådan figur. Alla som finns står på %(address)s.")
        % {"address": address("figures") + "?" + urlencode({"edition": slug})},
    )


def sources(asked: Asked, out: Released) -> shapes.Sources:
    used: dict[tuple[str, str], list[tuple[str, str]]] = {}
    first: dict[tuple[str, str], Provenance] = {}
    for one in held(out.editions):
        for entry in one.entries:
            for source in entry.sources:
                place = (source.key, source.checksum)  # read anew, it is another reading
                first.setdefault(place, source)
                used.setdefault(place, []).append((entry.indicator.id, one.slug))
    made = [_source(first[place], used[place]) for place in sorted(first)]
    shown, paging = _page(asked, made)
    return shapes.Sources(shown, paging)


def address(name: str, *words: str) -> str:
    """The whole address of something in this API."""
    return public_address(reverse(f"report:api_{name}", args=words))


def _in_force(out: Released, slug: str | None) -> list[Held]:
    """Editions in force, or the one asked for. Raises Wrong where that one is replaced or not there."""
    found = out.editions
    if slug is None:
        return held(found)
    mine = [one for one in found if one.slug == slug]
    if not mine:
        raise _no_edition()
    if mine[0].status is State.SUPERSEDED:
        newer = _newest(mine[0], found)
        raise Wrong(
            Code.REPLACED,
            _("Utgåvans tal gäller inte längre. %(reason)s Fråga i stället efter %(newer)s: %(address)s")
            % {"reason": newer.what_changed, "newer": newer.slug, "address": address("edition", newer.slug)},
        )
    return held(mine)


def _no_edition() -> Wrong:
    return Wrong(
        Code.NOT_FOUND,
        _("Ingen publicerad utgåva heter så. Alla som finns står på %(address)s.")
        % {"address": address("editions")},
    )


def _newest(one: Edition, found: Sequence[Edition]) -> Edition:
    """The edition in force of the same mapping; while a release is under way, the one after."""
    same = [e for e in found if (e.year, e.is_invented) == (one.year, one.is_invented)]
    return max(same, key=lambda e: e.number)


def _edition(one: Edition, found: Sequence[Edition], language: str) -> shapes.Edition:
    assert one.released_at is not None
    newer = _newest(one, found) if one.status is State.SUPERSEDED else None
    page = render.address(one, language)
    index, package = store.read(one.slug), f"data/{one.slug}.zip"
    title = texts.read(language)["first"]["invented_title" if one.is_invented else "title"]
    return shapes.Edition(
        id=one.slug,
        year=one.year,
        number=one.number,
        title=texts.filled(title, {"year": str(one.year)}),
        is_invented=one.is_invented,
        state=shapes.State.REPLACED if newer else shapes.State.IN_FORCE,
        released_on=timezone.localdate(one.released_at),
        what_changed=one.what_changed,
        replaced_by=_replacement(newer) if newer else None,
        page=public_address(page),
        data=public_address(page + package) if index and package in index.files else None,
        figures=None if newer else address("figures") + "?" + urlencode({"edition": one.slug}),
    )


def _replacement(newer: Edition) -> shapes.Replacement:
    return shapes.Replacement(newer.slug, newer.what_changed, address("edition", newer.slug))


def _indicators(out: Released, language: str) -> tuple[shapes.Indicator, ...]:
    """Each once, as the newest edition in force defines it: real before invented."""
    found = held(out.editions)
    newest = {entry.indicator.id: entry for one in reversed(found) for entry in one.entries}
    editions = {
        key: tuple(one.slug for one in found if any(e.indicator.id == key for e in one.entries))
        for key in newest
    }
    return tuple(
        shapes.Indicator(
            key=key,
            title=_said(entry.indicator.title, language),
            chapter=str(entry.indicator.chapter),
            measures=entry.indicator.measures,
            numerator=_said(entry.indicator.numerator, language),
            denominator=_said(entry.indicator.denominator, language),
            how=_said(entry.indicator.how, language),
            why=_said(entry.indicator.why, language),
            says_not=_said(entry.indicator.says_not, language),
            is_invented=entry.indicator.is_invented,
            breaks=rows.breaks(entry.breaks, language),
            editions=editions[key],
            address=address("indicator", key),
        )
        for key, entry in sorted(newest.items())
    )


def _head(slug: str, one: ReleasedFigure, language: str) -> shapes.FigureHead:
    return shapes.FigureHead(
        indicator=one.key,
        series=one.series,
        edition=slug,
        year=one.year,
        title=one.title.said(language),
        says_not=one.says_not.said(language),
        measure=rows.measure(one.measure),
        quantity=one.quantity,
        unit=one.unit,
        protection=one.protection.said(language),
        breaks=rows.breaks(one.breaks, language),
        publishers=one.sources,
        is_invented=one.is_invented,
        released_on=one.released_on,
        page=public_address(one.address.said(language)),
        address=address("figure", slug, one.key, one.series),
    )


def _source(one: Provenance, used: Sequence[tuple[str, str]]) -> shapes.Source:
    return shapes.Source(
        key=one.key,
        publisher=one.publisher,
        title=one.title,
        table=one.table,
        address=one.address,
        measure=one.measure,
        licence=one.licence,
        published=one.published,
        retrieved_on=timezone.localdate(one.retrieved_at) if one.retrieved_at else None,
        sha256=one.checksum,
        is_invented=one.is_invented,
        indicators=tuple(dict.fromkeys(key for key, _slug in used)),
        editions=tuple(dict.fromkeys(slug for _key, slug in used)),
    )


def _page(asked: Asked, lines: Sequence[Line]) -> tuple[tuple[Line, ...], shapes.Paging]:
    """The lines of the page asked for, none after the last, and the way on."""
    pages = max(1, -(-len(lines) // asked.per_page))
    begin = (asked.page - 1) * asked.per_page
    on = None
    if asked.page < pages:
        words = {**dict(asked.only), "lang": asked.language, "page": str(asked.page + 1)}
        words |= {"per_page": str(asked.per_page)} if asked.per_page != USUAL else {}
        on = public_address(asked.path) + "?" + urlencode(words)
    return tuple(lines[begin : begin + asked.per_page]), shapes.Paging(asked.page, pages, len(lines), on)


def _said(words: Words, language: str) -> str:
    """Texts are wrapped in their files; here they are one line."""
    return " ".join((words.en if language == "en" else words.sv).split())
