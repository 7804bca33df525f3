"""A reception, what is true of it from one day to another, and what it has counted without names."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klarsyn.people.models import Team
from klarsyn.people.models.keys import RECEPTION_KINDS
from klarsyn.receptions.bands import Age, Gender, Reach, What


class Reception(models.Model):
    """One reception of one kind. `host_code`: the municipality that runs it, maybe for several."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in RECEPTION_KINDS])
    host_code = models.CharField(max_length=4)
    team = models.OneToOneField(Team, models.PROTECT, related_name="reception")
    is_invented = models.BooleanField(default=False)  # the demonstration's; the page says so

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "host_code"], name="receptions_one_of_a_kind"),
        )

    def __str__(self) -> str:
        return self.team.name


class Fact(models.Model):
    """One fact with its days. Of two that hold on a day the one that began later is meant.

    So a week's other opening hours need one row with an end, and the standing ones return by themselves.
    A row is never changed but for its end: what the page said on a day can be told years later.
    """

    class What(models.TextChoices):
        AGE = "age", _("Ålder")
        PHONE = "phone", _("Telefon")
        ADDRESS = "address", _("Adress")
        HOURS = "hours", _("Öppettider")
        AREAS = "areas", _("Kommuner som får komma")
        AGREEMENT = "agreement", _("Avtal med en annan kommun")  # each holds by its own days
        NAMELESS = "nameless", _("Beslut om arbete utan namn")

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="facts")
    what = models.CharField(max_length=10, choices=What.choices)
    value = models.CharField(max_length=1000)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last day; empty = until further notice
    source = models.CharField(max_length=200)  # who or what it is known from
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("what", "-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="receptions_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.valid_from}"


class Tally(models.Model):
    """Räkning: something done a number of times in a month, without anybody's name. Never a day or an hour.

    A sheet of outreach has several cells, everything else one. A wrong one is taken back, never changed.
    """

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="tallies")
    what = models.CharField(max_length=12, choices=What.choices)
    kind = models.CharField(max_length=10)  # of `bands.KINDS`
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=8, blank=True)  # the number printed on the paper; keyed in once
    during_event = models.BooleanField(null=True, blank=True)  # of a sheet; None = nobody said
    entered_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(what__in=What.values), name="receptions_tally_what_known"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="receptions_tally_month"),
            models.CheckConstraint(
                condition=Q(during_event=None) | Q(what="outreach"), name="receptions_weeks_of_outreach"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="receptions_tally_withdrawn_whole",
            ),
            models.UniqueConstraint(
                fields=["reception", "sheet"],
                condition=~Q(sheet="") & Q(withdrawn_on=None),
                name="receptions_sheet_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.year}-{self.month:02}"


class TallyCell(models.Model):
    """A number of a tally; the bands are empty but on a sheet of outreach."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="cells")
    gender = models.CharField(max_length=8, blank=True, choices=Gender.choices)
    age = models.CharField(max_length=8, blank=True, choices=Age.choices)
    reach = models.CharField(max_length=10, blank=True, choices=Reach.choices)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["tally", "gender", "age", "reach"], name="receptions_cell_once"),
        )

    def __str__(self) -> str:
        return f"{self.tally}: {self.number}"


class StatisticsKey(models.Model):
    """Statistiknyckel: one pair a team and year. Anyone may seal to its open half; the other is the team's.

    Destroying the row erases the year's records wherever a copy of them lies.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    public = models.BinaryField()
    epoch = models.PositiveIntegerField()  # of the team's key that `sealed` opens with
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["team", "year"], name="receptions_key_a_year"),)

    def __str__(self) -> str:
        return f"{self.team_id} {self.year}"


class StatisticalRecord(models.Model):
    """What is told of one person's year, in bands. The id is derived from the case's own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(StatisticsKey, models.CASCADE, related_name="records")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class CountedYear(models.Model):
    """Räknat år: a year's records opened and counted once. A later counting takes an earlier one's place."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    records = models.PositiveIntegerField()
    counted_on = models.DateField()
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.team} {self.year}"


class CountedCell(models.Model):
    """How many, of one measure and one combination of bands, as "age=18-24|gender=women"."""

    counted = models.ForeignKey(CountedYear, models.CASCADE, related_name="cells")
    measure = models.CharField(max_length=30)
    categories = models.CharField(max_length=200)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["counted", "measure", "categories"], name="receptions_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.categories}"
