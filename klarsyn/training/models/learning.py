"""Units, those who learn in them, how far they have come, and what they have done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """Enhet: where people work together. `heads` see its coverage, never who answered what.

    `link_hash`: keyed hash of an open link, by which somebody without an account learns; "" = closed.
    """

    class Kind(models.TextChoices):
        """The audiences of courses (a test compares with `reading.course.Audience`)."""

        SOCIAL_SERVICES = "social_services", _("Socialtjänst")
        FIELD = "field", _("Fältarbete")
        SCHOOL = "school", _("Skola")
        VENUE = "venue", _("Hotell, mässa och evenemang")
        HEALTH = "health", _("Vård och omsorg")
        MANAGERS = "managers", _("Chefer")
        COUNCILLORS = "councillors", _("Förtroendevalda")
        OWN = "own", _("Annat")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    heads = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="units_led")
    link_hash = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)  # how many work there, as the head says
    size_stated_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(size=None, size_stated_on=None)
                | Q(size__isnull=False, size_stated_on__isnull=False),
                name="training_size_with_its_day",
            ),
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="training_link_once"
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="training_unit_not_in_itself"),
        )

    def __str__(self) -> str:
        return self.name


class Learner(models.Model):
    """Den som lär sig: one of the staff, or somebody who came by a unit's link and holds a code.

    Of the latter nothing is kept but the code's keyed hash and the unit: no name, no address, no day.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="learner"
    )
    code_hash = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="learners")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(user__isnull=False) & Q(code_hash="")) | (Q(user=None) & ~Q(code_hash="")),
                name="training_either_account_or_code",
            ),
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="training_code_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id or self.code_hash[:8]}"


class Progress(models.Model):
    """Steg: where somebody is in a step of a course, and the day it was done.

    `place`: of a lesson the screens read, of a scenario the choices made ("node.choice"), of questions those
    answered rightly; empty again once the step is done. What was answered wrongly is nowhere.
    """

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="steps")
    course = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    step = models.CharField(max_length=60)
    place = models.JSONField(default=list, blank=True)
    done_at = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["learner", "course", "step"], name="training_step_once"),
        )

    def __str__(self) -> str:
        return f"{self.course} {self.step}"


class Completion(models.Model):
    """Genomförd kurs: every step done, and until when that counts."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="completions")
    course = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    done_on = models.DateField()
    valid_until = models.DateField()

    class Meta:
        ordering = ("-done_on", "-pk")
        indexes = (models.Index(fields=["course", "valid_until"], name="training_by_course"),)
        constraints = (
            models.UniqueConstraint(fields=["learner", "course", "done_on"], name="training_done_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("done_on")), name="training_valid_after_done"
            ),
        )

    def __str__(self) -> str:
        return f"{self.course} {self.done_on}"
