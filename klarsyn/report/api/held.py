"""What editions in force hold, read from their frozen files once and kept: they never change."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from klarsyn.base.errors import Refused
from klarsyn.base.released import ReleasedBreak, ReleasedFigure
from klarsyn.mapping.definitions import Indicator
from klarsyn.report import queries, render, store, telling
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.sources.values import Provenance

log = logging.getLogger(__name__)

_KEPT = 16  # editions


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the edition, as it was defined when it was frozen."""

    indicator: Indicator
    sources: tuple[Provenance, ...]
    breaks: tuple[ReleasedBreak, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An edition in force."""

    slug: str
    figures: tuple[ReleasedFigure, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """Every edition the public may read, replaced ones too: real before invented, newest first.

    `mark` is all that makes an answer another one; two with the same mark are the same.
    """

    mark: tuple[object, ...]
    editions: tuple[Edition, ...] = field(compare=False, repr=False)


def released() -> Released:
    found = queries.online(invented=None).order_by("is_invented", "-year", "-number")
    editions = tuple(found)
    marks = (
        (one.slug, one.state, one.content_hash, one.released_at, one.what_changed, _is_written(one))
        for one in editions
    )
    return Released((str(settings.HOME), settings.PUBLIC_URL, *marks), editions)


def _is_written(edition: Edition) -> bool:
    return store.read(edition.slug) is not None


def held(editions: Iterable[Edition]) -> list[Held]:
    """What those in force hold. One whose frozen files are damaged holds nothing, and the log says so."""
    return [_of(edition) for edition in editions if edition.status is State.RELEASED]


def _of(edition: Edition) -> Held:
    assert edition.released_at is not None
    try:
        entries = _entries(str(settings.HOME), edition.pk, edition.content_hash, edition.released_at)
    except Refused:
        log.exception("the figures of edition %s cannot be read", edition.slug)
        return Held(edition.slug, (), ())
    return Held(edition.slug, telling.figures_in(edition), entries)


@lru_cache(maxsize=_KEPT)
def _entries(home: str, pk: int, content_hash: str, released_at: datetime) -> tuple[Entry, ...]:
    """The arguments are all that could make it another."""
    found = render.mapping_of(Edition.objects.get(pk=pk))
    return tuple(Entry(f.indicator, f.sources, telling.breaks_of(f)) for f in found.figures)
