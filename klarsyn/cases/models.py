"""A case as the database sees it: random ids, days, and sealed bytes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Compartment(StrEnum):
    """Who may open what: the four never share a key."""

    THREAD = "thread"  # shared with the client, who holds a code
    NOTES = "notes"  # the team's own
    IDENTITY = "identity"  # name and number, opened with a reason
    STATISTICS = "statistics"  # what may leave as counts


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ERASED = "erased"


class RecordState(StrEnum):
    WORKING = "working"  # its author still changes it
    LOCKED = "locked"  # stands as it is; a correction is a record of its own


class Chosen(StrEnum):
    """Why a reading stands in a sample."""

    CHANCE = "chance"
    IDENTITY = "identity"  # name and number, or an extract: all of them
    NIGHT = "night"  # between ten at night and six in the morning: all of them


class Verdict(StrEnum):
    UNSEEN = "unseen"
    FINE = "fine"
    QUESTION = "question"


class Case(models.Model):
    """Ärende. Nothing but ids, days and states is in the clear; `summary` opens with the team's list key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s, s) for s in CaseState], default=CaseState.OPEN)
    created_on = models.DateField()
    retention_on = models.DateField(null=True, blank=True)  # the day it must be gone
    is_sealed = models.BooleanField(default=False)  # opens only for a while, for a reason the head is told
    # Who may open it while it is sealed: pseudonym -> last day. For others it is not there.
    named = models.JSONField(default=dict, blank=True)
    summary = models.BinaryField()
    summary_epoch = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["team", "state"], name="cases_by_team"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in CaseState]), name="cases_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(retention_on__isnull=False), name="cases_closed_has_an_end"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_nameless(self) -> bool:
        """Whether the case is one without names: then it has no key for an identity."""
        return not self.keys.filter(bundle=Bundle.IDENTITY).exists()


class Bundle(StrEnum):
    """Which keys are sealed together: an ordinary reading never touches the identity's."""

    ORDINARY = "ordinary"
    IDENTITY = "identity"


BUNDLES: Final[Mapping[Bundle, tuple[Compartment, ...]]] = MappingProxyType(
    {
        Bundle.ORDINARY: (Compartment.THREAD, Compartment.NOTES, Compartment.STATISTICS),
        Bundle.IDENTITY: (Compartment.IDENTITY,),
    }
)
BUNDLE_OF: Final = MappingProxyType({c: bundle for bundle, held in BUNDLES.items() for c in held})


class KeyWrap(models.Model):
    """The keys of one bundle's compartments, sealed to the team's epoch. Destroying it erases them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="keys")
    bundle = models.CharField(max_length=10, choices=[(b, b) for b in Bundle])
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["epoch", "id"], name="cases_keys_by_epoch"),)
        constraints = (
            models.UniqueConstraint(fields=["case", "bundle"], name="cases_one_key_a_bundle"),
            models.CheckConstraint(
                condition=Q(bundle__in=[b.value for b in Bundle]), name="cases_bundle_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.bundle}"

    def key_id(self, compartment: Compartment) -> uuid.UUID:
        """The id of one compartment's key, as its records name it."""
        return uuid.uuid5(self.id, compartment.value)


class SealedRecord(models.Model):
    """One note, message or answer. The exact time stands inside; outside only the day and the order.

    `revision` grows with every change of a working note: who changes one that is no longer there is told so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="records")
    wrap = models.ForeignKey(KeyWrap, models.CASCADE, related_name="records")
    compartment = models.CharField(max_length=12, choices=[(c, c) for c in Compartment])
    order = models.PositiveIntegerField()
    day = models.DateField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in RecordState], default=RecordState.LOCKED)
    revision = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="corrections")
    body = models.BinaryField()

    class Meta:
        ordering = ("case", "order")
        constraints = (
            models.UniqueConstraint(fields=["case", "order"], name="cases_order_once"),
            models.CheckConstraint(
                condition=Q(compartment__in=[c.value for c in Compartment]), name="cases_compartment_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RecordState]), name="cases_record_state_known"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="cases_corrects_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.order}"


class Leave(models.Model):
    """Ledighet: a counsellor's days away, and who covers meanwhile. Never why: there is no place for it."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begins = models.DateField()
    ends = models.DateField()  # the last day
    covered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stated_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("begins", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="cases_leave_in_order"),
            models.CheckConstraint(
                condition=Q(covered_by=None) | ~Q(covered_by=F("person")), name="cases_leave_by_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.begins} {self.ends}"


class RequestOutcome(StrEnum):
    """How a request about somebody who is in no case ended."""

    NEITHER = "neither"  # neither confirmed nor denied
    GENERAL = "general"
    HEARD = "heard"
    WRITTEN = "written"
    LAWYER = "lawyer"


class RequestCount(models.Model):
    """How many requests of a month about somebody in no case, by who asks and how it ended. Never whom."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    asker = models.CharField(max_length=20)  # a key of the walk's answers
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in RequestOutcome])
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["team", "month", "asker", "outcome"], name="cases_request_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[o.value for o in RequestOutcome]), name="cases_request_outcome_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.asker} {self.outcome}"


class ReadSample(models.Model):
    """Stickprov: some of a team's readings in one month, drawn once, for its head to look through."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    of = models.PositiveIntegerField()  # readings in the month
    drawn_on = models.DateField()
    drawn_by = models.CharField(max_length=80)

    class Meta:
        ordering = ("-month",)
        constraints = (models.UniqueConstraint(fields=["team", "month"], name="cases_sample_once_a_month"),)

    def __str__(self) -> str:
        return f"{self.team} {self.month:%Y-%m}"


class SampledRead(models.Model):
    """One reading of a sample, by its line in the log, and what the head said of it."""

    sample = models.ForeignKey(ReadSample, models.CASCADE, related_name="reads")
    sequence = models.PositiveBigIntegerField()
    why = models.CharField(max_length=10, choices=[(w, w) for w in Chosen])
    verdict = models.CharField(max_length=10, choices=[(v, v) for v in Verdict], default=Verdict.UNSEEN)
    answered_on = models.DateField(null=True, blank=True)
    told_in = models.PositiveBigIntegerField(null=True, blank=True)  # the log's line of the verdict

    class Meta:
        ordering = ("sequence",)
        constraints = (
            models.UniqueConstraint(fields=["sample", "sequence"], name="cases_read_sampled_once"),
            models.CheckConstraint(condition=Q(why__in=[w.value for w in Chosen]), name="cases_why_known"),
            models.CheckConstraint(
                condition=Q(verdict="unseen", answered_on__isnull=True, told_in__isnull=True)
                | Q(verdict__in=["fine", "question"], answered_on__isnull=False, told_in__isnull=False),
                name="cases_verdict_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sample} {self.sequence}"


class DisposalState(StrEnum):
    PROPOSED = "proposed"
    ERASED = "erased"
    KEPT = "kept"  # the head said no


class Disposal(models.Model):
    """Gallring: one person proposed that a case goes, another decided. The evidence, without content."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="disposals")
    last_on = models.DateField()  # the day the case had to be gone
    rule = models.CharField(max_length=400)  # the law and who decided, as they stood then
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in DisposalState], default=DisposalState.PROPOSED
    )
    proposed_on = models.DateField()
    proposed_by = models.CharField(max_length=80)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["case"], condition=~Q(state="kept"), name="cases_disposed_once"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_on__isnull=True, decided_by="")
                | Q(state__in=["erased", "kept"], decided_on__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="cases_two_dispose",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
