"""Reads: datasets with their batches, and where each figure comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from klarsyn.sources import shipped
from klarsyn.sources.importers import Reading, Schema, read
from klarsyn.sources.models import Batch, Dataset, Observation
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


def provenance(keys: Iterable[str], periods: Sequence[str] = ()) -> tuple[Provenance, ...]:
    """One Provenance per key, in the order asked, of the batches that hold now."""
    wanted = list(dict.fromkeys(keys))
    stored = {d.key: d for d in Dataset.objects.filter(key__in=wanted)}
    batches = current_batches(list(stored.values()), periods)
    in_files = {entry.key: entry for entry in shipped.declared()}
    found = []
    for key in wanted:
        if key in stored and batches.get(key):
            found.append(_stored(stored[key], batches[key]))
        elif key in in_files:
            found.append(_shipped(in_files[key]))
        else:
            raise KeyError(f"no dataset has the key {key!r}")
    return tuple(found)


def current_batches(datasets: Sequence[Dataset], periods: Sequence[str] = ()) -> dict[str, list[Batch]]:
    """The batches in force of each dataset, newest first."""
    batches = Batch.objects.filter(dataset__in=datasets, state=Batch.State.CURRENT).select_related("dataset")
    if periods:
        holding = Observation.objects.filter(dataset__in=datasets, is_current=True, period__in=periods)
        batches = batches.filter(pk__in=holding.order_by().values("batch_id"))
    grouped: dict[str, list[Batch]] = {}
    for batch in batches.order_by("-id"):
        grouped.setdefault(batch.dataset.key, []).append(batch)
    return grouped


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


def _stored(dataset: Dataset, batches: Sequence[Batch]) -> Provenance:
    newest = batches[0]
    earlier = [f"{b.file_name or b.address} (sha256 {b.checksum})" for b in batches[1:]]
    also = f"Även i bruk: {'; '.join(earlier)}." if earlier else ""
    return Provenance(
        key=dataset.key,
        publisher=dataset.publisher,
        title=dataset.title,
        table=dataset.table,
        address=newest.address or dataset.address,
        measure=Measure(dataset.measure),
        licence=dataset.licence,
        retrieved_at=newest.retrieved_at,
        published=dataset.published,
        checksum=newest.checksum,
        territory=dataset.territory,
        certainty=dataset.certainty,
        is_invented=dataset.is_invented,
        note=" ".join(part for part in (dataset.note, newest.note, also) if part),
    )


def _shipped(entry: shipped.Declared) -> Provenance:
    return Provenance(
        key=entry.key,
        publisher=entry.publisher,
        title=entry.title,
        table=entry.table,
        address=entry.address,
        measure=Measure(entry.measure),
        licence=entry.licence,
        retrieved_at=None,
        published=entry.published,
        checksum=shipped.contents(entry)[0],
        territory=entry.territory,
        certainty=entry.certainty,
        is_invented=entry.is_invented,
        note=entry.note,
    )
