"""Writes: a batch comes in whole or not at all."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.progress import Progress, silent
from klarsyn.sources import queries, shipped
from klarsyn.sources.fetching import fetch_population
from klarsyn.sources.importers import BadFile, Schema, Target, read
from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.originals import keep_original
from klarsyn.sources.values import SourceValue


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of a batch before it is stored."""

    origin: Batch.Origin
    checksum: str
    file_name: str
    by: str
    retrieved_at: datetime | None
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SnapshotLoaded:
    """How much of the snapshot was new."""

    datasets: int
    batches: int
    observations: int


@transaction.atomic
def load_snapshot(*, by: str, progress: Progress = silent) -> SnapshotLoaded:
    """Bring in the figures that ship with the product. Doing it again changes nothing.

    A dataset whose snapshot has changed since gets a new batch, which yields to anything
    that was imported or fetched for the same period.
    """
    known = shipped.declared()
    fields = [name for name in asdict(known[0]) if name != "files"]
    Dataset.objects.bulk_create(
        [Dataset(**{name: getattr(entry, name) for name in fields}) for entry in known],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[name for name in fields if name != "key"],
    )
    stored = {dataset.key: dataset for dataset in Dataset.objects.all()}
    have = set(Batch.objects.filter(origin=Batch.Origin.SNAPSHOT).values_list("dataset__key", "checksum"))
    batches = observations = 0
    for done, entry in enumerate(known, start=1):
        checksum, count = shipped.contents(entry)
        if (entry.key, checksum) not in have:
            delivery = Delivery(Batch.Origin.SNAPSHOT, checksum, " ".join(entry.files), by, None)
            values = list(shipped.values(entry))
            store_batch(dataset=stored[entry.key], values=values, delivery=delivery, row_count=count)
            batches, observations = batches + 1, observations + len(values)
        progress(entry.key, done, len(known))
    return SnapshotLoaded(len(known), batches, observations)


def import_file(
    *,
    body: bytes,
    file_name: str,
    schema: Schema,
    by: str,
    period: str = "",
    retrieved_at: datetime | None = None,
    address: str = "",
) -> Batch:
    """Take in a file against its schema: all of it, or nothing and an explanation line by line.

    Raises FileError or BadFile when the file cannot be taken in, and Refused when the very same
    file already is in use.
    """
    check_described(schema)
    reading = read(body, file_name=file_name, schema=schema, period=period)
    if reading.problem_count:
        raise BadFile(reading.problems, reading.problem_count)
    with transaction.atomic():
        check_not_in_use(schema.target.key, reading.checksum)
        dataset = _dataset(schema.target)
        delivery = Delivery(Batch.Origin.FILE, reading.checksum, file_name, by, retrieved_at, address)
        batch = store_batch(dataset=dataset, values=reading.values, delivery=delivery)
        keep_original(body, reading.checksum)
    return batch


def refresh_population(
    *, origin: str, years: Sequence[int], by: str, base_url: str = "", progress: Progress = silent
) -> Batch | None:
    """Fetch the population of every municipality and keep it; None when nothing has changed since.

    What is kept stays as it is until the whole answer has come. Raises FetchError or Refused.
    """
    answer = fetch_population(origin, years, base_url=base_url, progress=progress)
    fetched = answer.fetched
    if queries.identical(answer.target.key, fetched.checksum) is not None:
        return None
    note = _("Reservvägen användes: %(why)s") % {"why": fetched.fell_back} if fetched.fell_back else ""
    delivery = Delivery(
        Batch.Origin.FETCHED,
        fetched.checksum,
        fetched.table,
        by,
        fetched.retrieved_at,
        fetched.address,
        note,
    )
    with transaction.atomic():
        dataset = _dataset(answer.target)
        return store_batch(dataset=dataset, values=answer.values, delivery=delivery)


def midday(day: date | None) -> datetime | None:
    """A moment for a day on which something was fetched; None when the day is not known."""
    return timezone.make_aware(datetime.combine(day, time(12))) if day else None


def check_described(schema: Schema) -> None:
    """Raises Refused when nobody has said who publishes the figures, what they are, or on what terms."""
    if not (schema.target.title and schema.target.publisher and schema.target.licence):
        raise Refused(
            _(
                "Källan är inte beskriven: titel, utgivare och licens krävs. Inget är ändrat. "
                "Fyll i dem i formuläret, eller i en egen TOML-fil."
            )
        )


def check_not_in_use(key: str, checksum: str) -> None:
    """Raises Refused when a batch in force came from the very same bytes."""
    same = queries.identical(key, checksum)
    if same is not None:
        raise Refused(
            _(
                "Den här filen är redan inläst (%(day)s, av %(by)s) och används. Inget är ändrat. "
                "Har källan kommit med nya tal, hämta den nya filen."
            )
            % {"day": same.loaded_at.date().isoformat(), "by": same.by}
        )


def _dataset(target: Target) -> Dataset:
    """The dataset of a schema, made if it is new. What it measures can never change."""
    fields = {name: value for name, value in asdict(target).items() if name not in ("key", "measure")}
    dataset, is_new = Dataset.objects.get_or_create(
        key=target.key, defaults={**fields, "measure": target.measure.value}
    )
    if not is_new and (dataset.measure != target.measure.value or dataset.is_invented):
        raise Refused(
            _(
                "Källan %(key)s räknar redan något annat (%(measure)s). Två mått får inte blandas; "
                "inget är ändrat. Ge källan ett annat namn."
            )
            % {"key": target.key, "measure": dataset.measure}
        )
    return dataset


@transaction.atomic
def store_batch(
    *, dataset: Dataset, values: Sequence[SourceValue], delivery: Delivery, row_count: int | None = None
) -> Batch:
    """Keep a batch and let it supersede, period by period, what the dataset said before.

    A snapshot yields to imported and fetched values of the same period. Raises IntegrityError
    when the values contradict each other; then nothing is changed.
    """
    batch = Batch.objects.create(
        dataset=dataset,
        origin=delivery.origin,
        checksum=delivery.checksum,
        file_name=delivery.file_name[:255],
        address=delivery.address or dataset.address,
        by=delivery.by,
        retrieved_at=delivery.retrieved_at,
        row_count=len(values) if row_count is None else row_count,
        note=delivery.note,
    )
    periods = {value.period for value in values}
    current = Observation.objects.filter(dataset=dataset, is_current=True, period__in=periods)
    kept: set[str] = set()
    if delivery.origin == Batch.Origin.SNAPSHOT:
        others = current.exclude(batch__origin=Batch.Origin.SNAPSHOT)
        kept = set(others.order_by().values_list("period", flat=True).distinct())
    current.exclude(period__in=kept).update(is_current=False)
    Observation.objects.bulk_create(
        [_observation(dataset, batch, value, is_current=value.period not in kept) for value in values],
        batch_size=1000,
    )
    _mark_superseded(batch)
    return batch


def _observation(dataset: Dataset, batch: Batch, value: SourceValue, *, is_current: bool) -> Observation:
    return Observation(
        dataset=dataset,
        batch=batch,
        area=value.area,
        period=value.period,
        category=value.category,
        value=value.value,
        status=value.status.value,
        symbol=value.symbol,
        population=value.population,
        is_approximate=value.is_approximate,
        is_current=is_current,
        note=value.note,
        line=value.line,
    )


def _mark_superseded(newest: Batch) -> None:
    """A batch none of whose values is current any more is superseded; so is an older batch of facts."""
    rest = Batch.objects.filter(dataset=newest.dataset, state=Batch.State.CURRENT).exclude(pk=newest.pk)
    rest.exclude(observations__is_current=True).update(state=Batch.State.SUPERSEDED)
