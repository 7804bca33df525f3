"""Who holds which key. Everything secret here is sealed; what is in the clear opens nothing."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q


class UserKey(models.Model):
    """The public halves of a person's two pairs: what is sealed to the person, what the person signs."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="key")
    public = models.BinaryField()
    sign_public = models.BinaryField()
    created_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.user}"


class SigningKey(models.Model):
    """Every key a person ever signed with: last year's grant is still checked, the account gone or not."""

    uid = models.UUIDField()
    public = models.BinaryField()
    since = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["uid", "public"], name="people_signing_key_once"),)

    def __str__(self) -> str:
        return f"{self.uid}"


class UserWrap(models.Model):
    """The person's secret halves, sealed with what only the person knows. `verifier` proves a password."""

    class Method(models.TextChoices):
        PASSWORD = "password"  # noqa: S105  the name of a way in, not a way in

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wraps")
    method = models.CharField(max_length=20, choices=Method.choices)
    passes = models.PositiveSmallIntegerField()
    memory = models.PositiveIntegerField()
    salt = models.BinaryField()
    pepper_generation = models.PositiveSmallIntegerField()
    verifier = models.CharField(max_length=64)  # SHA-256 of what the password derives
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "method"], name="people_one_wrap_a_method"),
            models.CheckConstraint(condition=Q(method__in=["password"]), name="people_wrap_method_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.method}"


class Team(models.Model):
    """Those who share keys: one reception's counsellors, or those who receive concern reports about children.

    Each kind is apart from the others, always: nobody stands in two (`wall.py`).
    """

    class Kind(models.TextChoices):
        MIKA = "mika"
        KAST = "kast"
        CHILDREN = "children"  # the social services' child protection; no reception (ADR 16)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    created_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["mika", "kast", "children"]), name="people_team_kind_known"
            ),
            models.UniqueConstraint(fields=["name"], name="people_team_name_once"),
        )

    def __str__(self) -> str:
        return self.name


RECEPTION_KINDS: Final = (Team.Kind.MIKA, Team.Kind.KAST)


class TeamEpoch(models.Model):
    """A generation of a team's key. A new one begins when a member leaves; the old one drains and dies."""

    class State(models.TextChoices):
        ACTIVE = "active"
        DRAINING = "draining"
        DESTROYED = "destroyed"

    team = models.ForeignKey(Team, models.PROTECT, related_name="epochs")
    epoch = models.PositiveIntegerField()
    public = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    escrow_public = models.BinaryField(null=True, blank=True)
    escrow_wrap = models.BinaryField(null=True, blank=True)  # the team's seed, sealed to the escrow pair
    cursor = models.CharField(
        max_length=64, blank=True
    )  # how far the re-keying of this draining epoch has come

    class Meta:
        ordering = ("team", "epoch")
        constraints = (
            models.UniqueConstraint(fields=["team", "epoch"], name="people_epoch_once"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(state="active"), name="people_one_active_epoch"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["active", "draining", "destroyed"]), name="people_epoch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(escrow_public__isnull=True, escrow_wrap__isnull=True)
                | Q(escrow_public__isnull=False, escrow_wrap__isnull=False),
                name="people_escrow_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.epoch}"


class TeamWrap(models.Model):
    """A team's secret half sealed to one member, and the signature of the member who let this one in."""

    epoch = models.ForeignKey(TeamEpoch, models.PROTECT, related_name="wraps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="team_wraps")
    sealed = models.BinaryField()
    granted_by = models.UUIDField()  # the member's uid; the account may be gone
    granted_by_public = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["epoch", "user"], name="people_wrap_once"),)

    def __str__(self) -> str:
        return f"{self.epoch} {self.user}"


class EscrowPair(models.Model):
    """For a team with no member left: the escrow pair's seed, sealed to officer B, and that to officer A."""

    epoch = models.ForeignKey(TeamEpoch, models.CASCADE, related_name="escrow_pairs")
    officer_a = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    officer_b = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nested = models.BinaryField()
    # Officer A's half of an opening, sealed to B: the outer layer is off, and B alone can go on.
    handed_over = models.BinaryField(null=True, blank=True)
    reason_line = models.PositiveBigIntegerField(null=True, blank=True)  # the log's line where A says why

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["epoch", "officer_a", "officer_b"], name="people_escrow_once"),
            models.CheckConstraint(condition=~Q(officer_a=models.F("officer_b")), name="people_two_officers"),
        )

    def __str__(self) -> str:
        return f"{self.epoch}"
