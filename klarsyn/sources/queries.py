"""Reads: datasets with their batches, and where each figure comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from klarsyn.sources.importers import Reading, Schema, read
from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.origins import provenance
from klarsyn.sources.values import Difference, Measure, Provenance, SourceValue, ValueChange


def current_observations(
    *, measure: Measure, datasets: Sequence[str] = (), invented: bool = False
) -> QuerySet[Observation]:
    """The values that hold now of one measure, in a fixed order; superseded ones are left out."""
    found = Observation.objects.filter(
        is_current=True, dataset__measure=measure.value, dataset__is_invented=invented
    )
    if datasets:
        found = found.filter(dataset__key__in=datasets)
    return found.select_related("dataset").order_by("area", "period", "category", "dataset__key")


def difference(key: str, values: Sequence[SourceValue]) -> Difference:
    """What a batch of these values would change, in the periods it brings, of what the dataset says now."""
    periods = {value.period for value in values}
    current = Observation.objects.filter(dataset__key=key, is_current=True, period__in=periods)
    now = {(o.area, o.period, o.category): _told(o.value, o.status) for o in current}
    then = {(v.area, v.period, v.category): _told(v.value, v.status.value) for v in values}
    changes = [ValueChange(*at, now[at], text) for at, text in then.items() if now.get(at, text) != text]
    gone = [ValueChange(*at, text, "") for at, text in sorted(now.items()) if at not in then]
    new = len(then.keys() - now.keys())
    return Difference(tuple(changes), new, len(then) - new - len(changes), tuple(gone))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds and what taking it in would do. Nothing has been changed."""

    reading: Reading
    difference: Difference
    is_in_use: bool  # the very same file is already in force


def preview(body: bytes, *, file_name: str, schema: Schema, period: str = "") -> Preview:
    """Read a file without taking it in. Raises FileError when it cannot be read as a whole."""
    reading = read(body, file_name=file_name, schema=schema, period=period)
    key = schema.target.key
    same = identical(key, reading.checksum) is not None
    return Preview(reading, difference(key, reading.values), same)


def identical(key: str, checksum: str) -> Batch | None:
    """The batch in force that came from the very same bytes, if there is one."""
    return Batch.objects.filter(dataset__key=key, checksum=checksum, state=Batch.State.CURRENT).first()


@dataclass(frozen=True, slots=True)
class Listed:
    """A dataset in a list: where it comes from, how many values hold now, and whether they are published."""

    provenance: Provenance
    values: int
    is_public: bool


def list_datasets() -> tuple[Listed, ...]:
    """Every dataset by measure and key."""
    counted = Count("observations", filter=Q(observations__is_current=True))
    found = {d.key: (d.is_public, n) for d, n in _with_count(Dataset.objects.annotate(n=counted))}
    listed = [Listed(p, found[p.key][1], found[p.key][0]) for p in provenance(found)]
    return tuple(sorted(listed, key=lambda one: (one.provenance.measure, one.provenance.key)))


def _with_count(datasets: Iterable[Any]) -> Iterable[tuple[Dataset, int]]:
    return ((dataset, dataset.n) for dataset in datasets)


def _told(value: int | None, status: str) -> str:
    return status if value is None else str(value)
