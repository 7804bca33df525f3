"""What is added to the history when a row of the plan changes; for every part of the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils import timezone

from klarsyn.people.models import User
from klarsyn.plan.models.change import Change

MADE: Final = "made"  # the field of the first line of a row


def subject_of(row: models.Model) -> str:
    """The row's name in the history: "measure-12"."""
    return f"{row._meta.model_name}-{row.pk}"


def note(
    row: models.Model, field: str, was: object, became: object, *, by: User | None, why: str = ""
) -> None:
    """One line, in the caller's transaction."""
    Change.objects.create(
        subject=subject_of(row), field=field, was=_text(was), became=_text(became),
        changed_at=timezone.now(), changed_by=by, why=why,
    )  # fmt: skip


def change(row: models.Model, values: Mapping[str, object], *, by: User, why: str = "") -> list[str]:
    """Set the fields that differ, save them, and note each; the names of those that did."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        note(row, name, getattr(row, name), values[name], by=by, why=why)
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed


def lines(row: models.Model) -> list[Change]:
    """The row's history, newest first."""
    found = Change.objects.filter(subject=subject_of(row)).select_related("changed_by")
    return list(found.order_by("-changed_at", "-pk"))


def corrected(*kinds: str) -> dict[str, date]:
    """By subject, the day a row of these kinds was last corrected: that is, changed with a reason."""
    asked = Q()
    for kind in kinds:
        asked |= Q(subject__startswith=f"{kind}-")
    found = Change.objects.filter(asked).exclude(why="").order_by("changed_at", "pk")
    return {subject: timezone.localdate(at) for subject, at in found.values_list("subject", "changed_at")}


def _text(value: object) -> str:
    return "" if value is None else str(value)
