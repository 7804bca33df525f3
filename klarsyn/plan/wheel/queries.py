"""The wheel of a year as it stands today: the newest rows of the keeper, and what the system knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from klarsyn.base.released import EditionStage, editions
from klarsyn.base.uncounted import uncounted
from klarsyn.plan.models import CouncilEvening, StageDates, StageDone
from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel import decided, leads
from klarsyn.plan.wheel.facts import Evening, Facts, Said
from klarsyn.plan.wheel.finding import find
from klarsyn.plan.wheel.policy import FIRST_YEAR, LAST_YEAR, Span, Standing, shifted, standing


@dataclass(frozen=True, slots=True)
class YearWheel:
    """A year with its stages in order. `counted_from`: the evening, or the usual day while there is none."""

    year: int
    evening: Evening | None
    counted_from: date
    mapping_year: int
    stages: tuple[Standing, ...]
    is_invented: bool


def wheel(year: int, today: date, *, asks_counts: bool = True) -> YearWheel:
    """`asks_counts` False where only days and states are needed: what is uncounted is then not looked up."""
    language = get_language() or "sv"
    evening, usual = evening_of(year), leads.usual(year)
    counted_from = evening.on if evening and evening.on else usual.on
    mapping_year = evening.mapping_year if evening else usual.mapping_year
    invented = bool(evening and evening.is_invented)
    facts = Facts(
        year=year,
        evening=evening,
        mapping_year=mapping_year,
        editions=_editions(mapping_year, invented=invented),
        uncounted=_uncounted(mapping_year, language) if asks_counts else (),
        said=_said(year),
        decisions=decided.decisions(invented=invented),
        measures=decided.measures(invented=invented),
    )
    spans = {**leads.spans(year, counted_from, language), **_own(year)}
    stages = tuple(standing(spans[stage], find(stage, facts, today), today) for stage in Stage)
    return YearWheel(year, evening, counted_from, mapping_year, stages, invented)


def evening_of(year: int) -> Evening | None:
    row = CouncilEvening.objects.filter(year=year).first()
    return Evening(row.on, row.mapping_year, row.why, row.is_invented) if row else None


def years_kept(*, near: int) -> list[int]:
    """The years whose evening somebody has set, from the one before to the one after."""
    found = CouncilEvening.objects.filter(year__range=(near - 1, near + 1))
    return sorted(set(found.values_list("year", flat=True)))


def neighbours(year: int) -> tuple[int | None, int | None]:
    """The years before and after, as far as wheels are kept."""
    return (year - 1 if year > FIRST_YEAR else None, year + 1 if year < LAST_YEAR else None)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing the keeper has entered of a year. `stage` None: the evening."""

    row: CouncilEvening | StageDates | StageDone
    stage: Stage | None
    what: str  # "evening" | "dates" | "done"


def history(year: int) -> list[HistoryLine]:
    """Everything that was entered of the year, newest first; nothing of it is ever changed."""
    evenings = CouncilEvening.objects.filter(year=year).select_related("entered_by")
    dates = StageDates.objects.filter(year=year).select_related("entered_by")
    done = StageDone.objects.filter(year=year).select_related("entered_by")
    lines = [HistoryLine(row, None, "evening") for row in evenings]
    lines += [HistoryLine(row, Stage(row.stage), "dates") for row in dates]
    lines += [HistoryLine(row, Stage(row.stage), "done") for row in done]
    return sorted(lines, key=lambda line: (line.row.entered_on, line.row.pk), reverse=True)


def _editions(mapping_year: int, *, invented: bool) -> tuple[EditionStage, ...]:
    """Invented editions belong to an invented wheel alone, and real ones to a real one."""
    return tuple(e for e in editions() if e.year == mapping_year and e.is_invented == invented)


def _uncounted(mapping_year: int, language: str) -> tuple[str, ...] | None:
    found = uncounted(mapping_year)
    return None if found is None else tuple(one.said(language) for one in found)


def _said(year: int) -> dict[Stage, Said]:
    rows = StageDone.objects.filter(year=year).order_by("pk")
    return {Stage(row.stage): Said(row.on, row.words, row.document) for row in rows}


def _own(year: int) -> dict[Stage, Span]:
    rows = StageDates.objects.filter(year=year).order_by("pk")
    return {Stage(row.stage): _span(row) for row in rows}


def _span(row: StageDates) -> Span:
    stage = Stage(row.stage)
    remind = shifted(row.due_on, -leads.remind_days(stage, row.year))
    roles = leads.roles(stage, row.year)
    return Span(stage, row.starts_on, row.due_on, remind, row.responsible, roles, is_own=True)
