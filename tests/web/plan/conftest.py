"""A plan that anyone may read, with one figure of a released edition behind it, on a day that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from klarsyn.plan.models import Change, Measure, Motion
from tests.people import person
from tests.unit.plan import made

TODAY = date(2026, 11, 26)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The site's day is TODAY, whatever the machine says."""
    real = timezone.localdate

    def localdate(value: datetime | None = None, zone: Any = None) -> date:
        return real(value, zone) if value else TODAY

    monkeypatch.setattr(timezone, "localdate", localdate)
    return TODAY


def publish(*, keeper: str = "") -> made.Made:
    """The small plan, published on its day: the motion is real, what follows is invented."""
    rows = made.whole(published_on=made.DAY)
    for row in (rows.consultation, rows.decision, rows.plan, rows.measure, rows.other, rows.review):
        type(row)._default_manager.filter(pk=row.pk).update(is_invented=True)
    Motion.objects.update(source_address="https://example.org/motion", registry_number="KS 2026/3")
    Measure.objects.filter(pk=rows.measure.pk).update(
        indicator="example_people", direction="up", target=40, target_year=2027, baseline_year=2023, cost=2_400_000,
        funding="Egen budget", funding_ends_on=date(2026, 6, 30),
    )  # fmt: skip
    changed = {
        "subject": f"measure-{rows.measure.pk}",
        "changed_at": datetime(2026, 5, 4, 9, tzinfo=UTC),
    }
    by = person(keeper) if keeper else None
    Change.objects.create(
        field="due_on", was="2026-11-30", became="2026-12-31", changed_by=by, why="Skäl", **changed
    )
    return rows


@pytest.fixture
def plan(db: None, home: Path, today: date) -> made.Made:
    return publish()
