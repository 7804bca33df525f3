"""What is published of the plan as tables for open data: rows of plain values, nobody of the staff in any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from klarsyn.plan.indicators.choosing import standing_now
from klarsyn.plan.motions.published import PublishedDecision, PublishedMeasure, PublishedMotion
from klarsyn.plan.motions.showing import published_decisions, published_measures, published_motions

Value = str | int | float | bool | None
Rows = list[list[Value]]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` as (name, type of the Table Schema)."""

    name: str
    title_sv: str
    title_en: str
    columns: tuple[tuple[str, str], ...]
    rows: Rows


def tables(today: date) -> tuple[Table, ...]:
    """Every table, from one reading of what is published."""
    motions, measures = published_motions(), published_measures(today)
    decisions = published_decisions()
    numbers = {d.pk: (m.slug, d.number) for m in motions for d in m.demands}
    return (
        _motions(motions), _demands(motions), _consultations(motions), _decisions(decisions),
        _outcomes(decisions, numbers), _measures(measures), _answers(measures, numbers),
        _milestones(measures), _reviews(measures), _changes(measures), _standings(measures),
    )  # fmt: skip


def _made(name: str, sv: str, en: str, columns: str, rows: Iterable[Iterable[object]]) -> Table:
    """`columns` as "slug date:handed_in_on": a text unless a type stands before it."""
    pairs = (one.rpartition(":") for one in columns.split())
    found = tuple((column, kind or "string") for kind, _colon, column in pairs)
    return Table(name, sv, en, found, [[_plain(value) for value in row] for row in rows])


def _plain(value: object) -> Value:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _motions(motions: Iterable[PublishedMotion]) -> Table:
    return _made(
        "motions", "Motioner", "Motions",
        "slug registry_number title date:handed_in_on handed_in_by text source source_address"
        " boolean:is_invented date:published_on date:corrected_on",
        ((m.slug, m.registry_number, m.title, m.handed_in_on, m.handed_in_by, m.text, m.source,
          m.source_address, m.is_invented, m.published_on, m.corrected_on) for m in motions),
    )  # fmt: skip


def _demands(motions: Iterable[PublishedMotion]) -> Table:
    return _made(
        "demands", "Att-satser", "Demands", "motion integer:number text boolean:is_invented",
        ((m.slug, d.number, d.text, m.is_invented) for m in motions for d in m.demands),
    )  # fmt: skip


def _consultations(motions: Iterable[PublishedMotion]) -> Table:
    return _made(
        "consultations", "Remisser", "Consultations",
        "motion sent_to date:sent_on date:due_on answer date:answered_on boolean:is_invented"
        " date:corrected_on",
        ((m.slug, c.sent_to, c.sent_on, c.due_on, c.answer, c.answered_on, c.is_invented, c.corrected_on)
         for m in motions for c in m.consultations),
    )  # fmt: skip


def _decisions(decisions: Iterable[PublishedDecision]) -> Table:
    return _made(
        "decisions", "Beslut", "Decisions",
        "motion title by_whom registry_number date:decided_on wording source source_address"
        " boolean:is_invented date:published_on date:corrected_on",
        ((d.motion, d.title, d.by_whom, d.registry_number, d.decided_on, d.wording, d.source,
          d.source_address, d.is_invented, d.published_on, d.corrected_on) for d in decisions),
    )  # fmt: skip


def _outcomes(decisions: Iterable[PublishedDecision], numbers: dict[int, tuple[str, int]]) -> Table:
    """Only of demands that are published themselves."""
    return _made(
        "outcomes", "Vad besluten sade om varje att-sats", "What the decisions said of each demand",
        "decision motion integer:number result wording boolean:is_invented",
        ((d.registry_number, *numbers[o.demand], o.result, o.wording, d.is_invented)
         for d in decisions for o in d.outcomes if o.demand in numbers),
    )  # fmt: skip


def _measures(measures: Iterable[PublishedMeasure]) -> Table:
    return _made(
        "measures", "Åtgärder", "Measures",
        "slug plan title what responsible_unit date:starts_on date:due_on integer:cost funding"
        " date:funding_ends_on integer:weight_percent state boolean:is_late boolean:is_invented"
        " date:published_on",
        ((m.slug, m.plan, m.title, m.what, m.responsible_unit, m.starts_on, m.due_on, m.cost, m.funding,
          m.funding_ends_on, m.weight_percent, m.state, m.is_late, m.is_invented, m.published_on)
         for m in measures),
    )  # fmt: skip


def _answers(measures: Iterable[PublishedMeasure], numbers: dict[int, tuple[str, int]]) -> Table:
    return _made(
        "answers", "Vilken åtgärd som svarar på vilken att-sats", "Which measure answers which demand",
        "measure motion integer:number boolean:is_invented",
        ((m.slug, *numbers[pk], m.is_invented) for m in measures for pk in m.demands if pk in numbers),
    )  # fmt: skip


def _milestones(measures: Iterable[PublishedMeasure]) -> Table:
    return _made(
        "milestones", "Delmål", "Milestones",
        "measure title date:due_on date:done_on boolean:is_late boolean:is_invented",
        ((m.slug, s.title, s.due_on, s.done_on, s.is_late, m.is_invented)
         for m in measures for s in m.milestones),
    )  # fmt: skip


def _reviews(measures: Iterable[PublishedMeasure]) -> Table:
    return _made(
        "reviews", "Uppföljningar", "Reviews",
        "measure date:reviewed_on by_unit came_of_it state_then boolean:was_late reason_late"
        " date:next_review_on boolean:is_invented date:published_on",
        ((m.slug, r.reviewed_on, r.by_unit, r.came_of_it, r.state_then, r.was_late, r.reason_late,
          r.next_review_on, r.is_invented, r.published_on) for m in measures for r in m.reviews),
    )  # fmt: skip


def _changes(measures: Iterable[PublishedMeasure]) -> Table:
    return _made(
        "changes", "Ändringar", "Changes", "measure field was became datetime:changed_at boolean:is_invented",
        ((m.slug, c.field, c.was, c.became, c.changed_at, m.is_invented)
         for m in measures for c in m.changes),
    )  # fmt: skip


def _standings(measures: Iterable[PublishedMeasure]) -> Table:
    """Each released value of a measure's indicator with its limits; `reason` where there is no number."""
    return _made(
        "indicators", "Indikatorernas publicerade tal", "Released figures of the indicators",
        "measure indicator measured period number:value number:low number:high number:level method unit"
        " number:count number:population reason publisher integer:mapping integer:edition direction"
        " number:target integer:target_year verdict boolean:is_invented says_not",
        _points(measures),
    )  # fmt: skip


def _points(measures: Iterable[PublishedMeasure]) -> Iterator[list[object]]:
    for m in measures:
        one = standing_now(m)
        for point in one.series if one else ():
            for row in (point.row, *point.others):
                figure = point.figure
                verdict = one.verdict.value if one and point is one.now else ""
                yield [
                    m.slug, m.indicator, figure.measure, row.period, row.value, row.low, row.high, row.level,
                    row.method, figure.unit, row.count, row.population, row.why.code, row.publisher,
                    figure.year, figure.edition, m.direction, m.target, m.target_year, verdict,
                    figure.is_invented, figure.says_not.sv,
                ]  # fmt: skip
