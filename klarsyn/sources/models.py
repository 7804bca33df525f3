"""What is kept of official statistics: a dataset, the batches it came in, and every value with its line."""

from django.db import models
from django.db.models import Q

from klarsyn.sources.values import Measure
from smallcounts.counts import Status

MEASURES = [(m.value, m.value) for m in Measure]
STATUSES = [(s.value, s.value) for s in Status]
CERTAINTIES = [("high", "high"), ("medium", "medium"), ("low", "low")]


class Dataset(models.Model):
    """One table of one publisher in one measure. Two publishers of the same thing are two datasets."""

    key = models.SlugField(max_length=80, unique=True)
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    table = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500, blank=True)
    measure = models.CharField(max_length=40, choices=MEASURES)
    unit = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=200)
    published = models.CharField(max_length=40, blank=True)
    territory = models.CharField(max_length=80, blank=True)
    certainty = models.CharField(max_length=10, choices=CERTAINTIES)
    symbols = models.JSONField(default=dict, blank=True)  # the publisher's marks: {"..": "unavailable"}
    is_public = models.BooleanField(default=False)  # every figure stands in a publication
    is_invented = models.BooleanField(default=False)
    is_denominator = models.BooleanField(default=False)  # the population that rates are read against
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=[m.value for m in Measure]), name="dataset_measure_known"
            ),
            models.CheckConstraint(
                condition=Q(is_invented=False) | Q(is_public=False), name="dataset_invented_is_not_public"
            ),
            models.CheckConstraint(
                condition=Q(is_denominator=False) | Q(measure=Measure.POPULATION.value, is_public=True),
                name="dataset_denominator_is_population",
            ),
            models.UniqueConstraint(
                fields=["is_denominator"], condition=Q(is_denominator=True), name="dataset_one_denominator"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Batch(models.Model):
    """One delivery of a dataset. A later one supersedes the periods it brings; the earlier is kept."""

    class Origin(models.TextChoices):
        SNAPSHOT = "snapshot"
        FILE = "file"
        FETCHED = "fetched"

    class State(models.TextChoices):
        CURRENT = "current"
        SUPERSEDED = "superseded"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="batches")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CURRENT)
    retrieved_at = models.DateTimeField(null=True, blank=True)  # None: carried over by hand, day not known
    loaded_at = models.DateTimeField(auto_now_add=True)
    checksum = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    row_count = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "batches"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["current", "superseded"]), name="batch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["snapshot", "file", "fetched"]), name="batch_origin_known"
            ),
            models.UniqueConstraint(
                fields=["dataset", "checksum"],
                condition=Q(state="current"),
                name="batch_same_bytes_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset.key} {self.checksum[:12]}"


class Observation(models.Model):
    """One value as its source gives it. Empty exactly when its status says why."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="observations")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="observations")
    area = models.CharField(max_length=20)
    period = models.CharField(max_length=15)
    category = models.CharField(max_length=200, blank=True)  # "women", or a crossed cell: categories.py
    value = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=STATUSES, default=Status.OBSERVED.value)
    symbol = models.CharField(max_length=20, blank=True)  # what stood in the source in place of a number
    population = models.PositiveIntegerField(null=True, blank=True)  # when the source itself gives it
    is_approximate = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True)
    line = models.PositiveIntegerField()  # in the file as it came, first line = 1

    class Meta:
        ordering = ["area", "period", "category"]
        indexes = [models.Index(fields=["is_current", "period"], name="observation_current_period")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="observed", value__isnull=False)
                | (~Q(status="observed") & Q(value__isnull=True)),
                name="observation_value_iff_observed",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="observation_status_known"
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gt=0),
                name="observation_population_above_zero",
            ),
            models.UniqueConstraint(
                fields=["batch", "area", "period", "category"], name="observation_once_per_batch"
            ),
            models.UniqueConstraint(
                fields=["dataset", "area", "period", "category"],
                condition=Q(is_current=True),
                name="observation_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset.key} {self.area} {self.period} {self.category}".rstrip()
