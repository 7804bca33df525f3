"""What the pages show, worded and in order; templates only lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from klarsyn.sources import facts, origins, queries
from klarsyn.sources.importers import Problem, Schema
from klarsyn.sources.importers.problems import SHOWN
from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.queries import Listed, Preview
from klarsyn.sources.uploads import Upload
from klarsyn.sources.values import Measure, Provenance, SeriesBreak, ValueChange
from klarsyn.sources.words import CERTAINTIES, MEASURES, ORIGINS, STATUSES

FIRST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A preset as somebody chooses it."""

    key: str
    title: str
    how: str
    has_template: bool
    is_public: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The datasets of one measure."""

    title: Promise
    datasets: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The list of sources."""

    groups: tuple[Group, ...]
    choices: tuple[tuple[str, Promise, bool], ...]  # measure, its name, whether it is chosen


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in a dataset's history."""

    batch: Batch
    origin: Promise
    is_current: bool


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value as its source gives it, with the name of its area."""

    observation: Observation
    name: str
    status: Promise


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """All that is known of a dataset, and its first rows."""

    dataset: Dataset
    provenance: Provenance
    measure: Promise
    certainty: Promise
    batches: tuple[BatchLine, ...]
    breaks: tuple[SeriesBreak, ...]
    rows: tuple[ValueLine, ...]
    row_count: int
    is_closed: bool  # not published, and this person does not bring figures in: only how many there are


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a file holds, before anything is changed."""

    upload: Upload
    schema: Schema
    measure: Promise
    problems: tuple[Problem, ...]
    problem_count: int
    shown: int
    area_count: int
    periods: tuple[str, ...]
    total: int
    statuses: tuple[tuple[Promise, int], ...]
    left_out: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    changed: tuple[ValueChange, ...]
    changed_count: int
    gone: tuple[ValueChange, ...]
    gone_count: int
    new: int
    same: int
    is_in_use: bool


def kind(schema: Schema, language: str) -> Kind:
    """A preset in the reader's language."""
    said = language if language in schema.title else "sv"
    return Kind(schema.key, schema.title[said], schema.how[said], schema.by_hand, schema.target.is_public)


def index(chosen: str) -> Index:
    """The sources by measure; all of them when `chosen` is no measure."""
    listed = queries.list_datasets()
    there = dict.fromkeys(one.provenance.measure for one in listed)
    wanted = [m for m in Measure if m in there and chosen in (m.value, "")] or list(there)
    groups = [Group(MEASURES[m], tuple(o for o in listed if o.provenance.measure == m)) for m in wanted]
    return Index(
        tuple(groups), tuple((m.value, MEASURES[m], m.value == chosen) for m in Measure if m in there)
    )


def dataset(key: str, *, may_read_closed: bool = True) -> DatasetPage | None:
    """One dataset, None when there is none of that key.

    Values that nobody has published may point at a person: they are shown only to those who bring them in.
    """
    found = Dataset.objects.filter(key=key).first()
    if found is None:
        return None
    measure = Measure(found.measure)
    now = queries.current_observations(measure=measure, datasets=[key], invented=found.is_invented)
    batches = Batch.objects.filter(dataset=found).order_by("-id")
    is_closed = not (found.is_public or found.is_invented or may_read_closed)
    shown = now.none() if is_closed else now[:FIRST_ROWS]
    return DatasetPage(
        dataset=found,
        provenance=origins.provenance([key])[0],
        measure=MEASURES[measure],
        certainty=CERTAINTIES[found.certainty],
        batches=tuple(BatchLine(b, ORIGINS[b.origin], b.state == Batch.State.CURRENT) for b in batches),
        breaks=facts.series_breaks([measure]),
        rows=tuple(ValueLine(o, facts.name(o.area, o.period), STATUSES[o.status]) for o in shown),
        row_count=now.count(),
        is_closed=is_closed,
    )


def preview(upload: Upload, seen: Preview) -> PreviewPage:
    """The preview of an upload."""
    reading, change, schema = seen.reading, seen.difference, upload.schema()
    return PreviewPage(
        upload=upload,
        schema=schema,
        measure=MEASURES[schema.target.measure],
        problems=reading.problems,
        problem_count=reading.problem_count,
        shown=SHOWN,
        area_count=len(reading.names),
        periods=reading.periods(),
        total=reading.total(),
        statuses=tuple((STATUSES[status], count) for status, count in sorted(reading.statuses().items())),
        left_out=reading.left_out,
        notes=reading.notes,
        changed=change.changed[:SHOWN],
        changed_count=len(change.changed),
        gone=change.gone[:SHOWN],
        gone_count=len(change.gone),
        new=change.new,
        same=change.same,
        is_in_use=seen.is_in_use,
    )
