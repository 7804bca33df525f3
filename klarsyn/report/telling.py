"""What the report tells the rooms below: released figures, known indicators, how far editions have come."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from klarsyn.base.errors import Refused
from klarsyn.base.released import (
    NOTHING,
    EditionStage,
    KnownIndicator,
    ReleasedBreak,
    ReleasedFigure,
    Stage,
    StageCode,
    Words,
)
from klarsyn.mapping import definitions
from klarsyn.mapping import queries as mappings
from klarsyn.mapping.actions import definitions as load_definitions
from klarsyn.mapping.models import Mapping
from klarsyn.mapping.results import FigureResult
from klarsyn.report import policy, queries, render, sentences
from klarsyn.report.counted_things import counted
from klarsyn.report.models import Edition
from klarsyn.report.policy import State, Verdict
from klarsyn.report.released_rows import series_of

log = logging.getLogger(__name__)

_KEPT = 16  # editions whose figures are kept in memory; what is released never changes


class Telling:
    """The Source of `klarsyn.base.released`."""

    def figures(self, key: str | None) -> tuple[ReleasedFigure, ...]:
        return tuple(
            figure
            for edition in _in_force()
            for figure in figures_in(edition)
            if key is None or figure.key == key
        )

    def indicators(self) -> tuple[KnownIndicator, ...]:
        return tuple(
            KnownIndicator(
                key=one.id,
                title=_words(one.title),
                says_not=_words(one.says_not),
                measure=_measure(one),
                is_invented=one.is_invented,
            )
            for one in load_definitions().indicators
        )

    def editions(self) -> tuple[EditionStage, ...]:
        home = settings.MUNICIPALITY
        found = list(Edition.objects.filter(municipality=home).prefetch_related("votes"))
        frozen = list(mappings.mappings().filter(municipality=home))
        made = [_stage_of(edition, found, frozen) for edition in found]
        begun = {(one.year, one.is_invented) for one in made}
        newest = {(m.year, m.is_invented): m for m in sorted(frozen, key=lambda m: m.frozen_at)}
        made += [_undrafted(m) for place, m in newest.items() if place not in begun]
        return tuple(sorted(made, key=lambda one: (-one.year, one.is_invented, -one.edition)))


def _in_force() -> Iterable[Edition]:
    """Released and not replaced: the one way by which an edition's figures get out of here."""
    found = queries.online(invented=None).filter(state=State.RELEASED)
    return found.order_by("-year", "is_invented")


def figures_in(edition: Edition) -> tuple[ReleasedFigure, ...]:
    """The edition's figures; none, and a line in the server's log, where its frozen files are damaged."""
    assert edition.released_at is not None
    try:
        return _told(str(settings.HOME), edition.pk, edition.content_hash, edition.released_at)
    except Refused:
        log.exception("the figures of edition %s cannot be read", edition.slug)
        return ()


@lru_cache(maxsize=_KEPT)
def _told(home: str, pk: int, content_hash: str, released_at: datetime) -> tuple[ReleasedFigure, ...]:
    """Read once: the arguments are all that could make it another."""
    edition = Edition.objects.get(pk=pk)
    base = Words(*(render.address(edition, language) for language in render.LANGUAGES))
    found = render.mapping_of(edition)
    return tuple(
        made
        for figure in found.figures
        for made in _figures(figure, edition, base, timezone.localdate(released_at))
    )


def _figures(
    figure: FigureResult, edition: Edition, base: Words, released_on: date
) -> Iterable[ReleasedFigure]:
    indicator, place = figure.indicator, f"#figur-{figure.indicator.id}"
    for series in series_of(figure, edition.municipality):
        yield ReleasedFigure(
            key=indicator.id,
            series=series.name,
            title=_words(indicator.title),
            says_not=_words(indicator.says_not),
            year=edition.year,
            edition=edition.number,
            released_on=released_on,
            address=Words(base.sv + place, base.en + place),
            measure=_measure(indicator),
            quantity=series.quantity,
            unit=series.unit,
            rows=series.rows,
            breaks=breaks_of(figure),
            sources=tuple(dict.fromkeys(s.publisher for s in figure.sources)),
            protection=Words(*(sentences.protection(figure, language) for language in render.LANGUAGES)),
            is_invented=edition.is_invented or any(t.is_invented for t in figure.tables),
            counted=Words(*(counted(_measure(indicator), language) for language in render.LANGUAGES)),
        )


def breaks_of(figure: FigureResult) -> tuple[ReleasedBreak, ...]:
    return tuple(ReleasedBreak(b.on, Words(b.title_sv, b.title_en), b.address) for b in figure.breaks)


def _words(words: definitions.Words) -> Words:
    """Texts are wrapped in their files; here they are one line."""
    return Words(" ".join(words.sv.split()), " ".join(words.en.split()))


def _measure(indicator: definitions.Indicator) -> str:
    return str(indicator.measures[0]) if indicator.measures else ""


def _stage_of(edition: Edition, all_of_them: Iterable[Edition], frozen: Iterable[Mapping]) -> EditionStage:
    mine = [vote for vote in edition.votes.all() if vote.round == edition.round]
    is_out = edition.status in queries.ONLINE
    is_checked = is_out or policy.is_approved([Verdict(vote.verdict) for vote in mine])
    later = next((e for e in all_of_them if _follows(e, edition)), None)
    when = _frozen_at(edition, frozen)
    is_replaced = edition.status is State.SUPERSEDED
    stages = (
        *_made(when),
        Stage(StageCode.DRAFT, True, _day(edition.created_at)),
        Stage(StageCode.SUBMITTED, is_out or edition.status is State.IN_CHECK),
        Stage(StageCode.CHECKED, is_checked, _day(max(v.at for v in mine)) if is_checked and mine else None),
        Stage(StageCode.RELEASED, is_out, _day(edition.released_at)),
        Stage(StageCode.CORRECTED, is_replaced, _day(later.released_at) if is_replaced and later else None),
    )
    return EditionStage(
        year=edition.year,
        is_invented=edition.is_invented,
        edition=edition.number,
        address=Words(*(render.address(edition, lang) for lang in render.LANGUAGES)) if is_out else NOTHING,
        stages=stages,
        is_sent_back=edition.status is State.REJECTED,
    )


def _undrafted(mapping: Mapping) -> EditionStage:
    late = (StageCode.DRAFT, StageCode.SUBMITTED, StageCode.CHECKED, StageCode.RELEASED, StageCode.CORRECTED)
    stages = (*_made(_day(mapping.frozen_at)), *(Stage(code, False) for code in late))
    return EditionStage(mapping.year, mapping.is_invented, 0, NOTHING, stages)


def _made(on: date | None) -> tuple[Stage, ...]:
    """A build collects, computes and freezes in one go: the three have one day."""
    return tuple(
        Stage(code, True, on) for code in (StageCode.COLLECTED, StageCode.COMPUTED, StageCode.FROZEN)
    )


def _follows(one: Edition, before: Edition) -> bool:
    is_same = (one.year, one.is_invented) == (before.year, before.is_invented)
    return is_same and one.number == before.number + 1


def _frozen_at(edition: Edition, frozen: Iterable[Mapping]) -> date | None:
    same = (m for m in frozen if m.content_hash == edition.content_hash and m.year == edition.year)
    return _day(next((m.frozen_at for m in same), None))


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
