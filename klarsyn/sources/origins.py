"""Where each figure comes from: what is stored of it, else what the shipped files declare."""

from collections.abc import Iterable, Sequence

from klarsyn.sources import shipped
from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.values import Measure, Provenance


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
