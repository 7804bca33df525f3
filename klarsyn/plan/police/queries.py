"""What stands of the cooperation: agreements as they stand, months of joint work, what waits to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from klarsyn.plan.models import AgreedMeasure, Agreement, Goal, JointWork, Meeting
from klarsyn.plan.police.kinds import Kind, kinds
from klarsyn.plan.police.policy import HOLDS, Standing, is_late, months, standing

ORDER = tuple(Standing)
RECENT = 4  # months that stand open on the page
LATEST = 4  # meetings whose measures the shared picture shows


@dataclass(frozen=True, slots=True)
class Standed:
    """An agreement and how it stands today. `days_left` where it lapses by itself."""

    agreement: Agreement
    standing: Standing
    forms: tuple[Kind, ...]
    days_left: int | None
    late_goals: int
    open_goals: int

    @property
    def holds(self) -> bool:
        return self.standing in HOLDS

    @property
    def takes_goals(self) -> bool:
        return self.holds or self.standing is Standing.COMING


@dataclass(frozen=True, slots=True)
class Line:
    """One kind in one month, with its words."""

    work: JointWork
    kind: Kind
    month: date
    is_open: bool  # may still be corrected


@dataclass(frozen=True, slots=True)
class KindYear:
    """One kind in one year: its own sums, which no other kind is added to."""

    kind: Kind
    occasions: int
    hours: int
    staff: int
    cards: int


def agreements(today: date) -> list[Standed]:
    """All, what needs doing first, then what holds; the ended ones last."""
    found = [stand(one, today) for one in Agreement.objects.prefetch_related("goals")]
    return sorted(found, key=lambda one: ORDER.index(one.standing))


def stand(one: Agreement, today: date) -> Standed:
    """How an agreement stands today, with its goals counted."""
    goals = list(one.goals.all())
    known = kinds()
    return Standed(
        agreement=one,
        standing=standing(
            valid_from=one.valid_from, valid_to=one.valid_to, ended_on=one.ended_on, today=today
        ),
        forms=tuple(known[key] for key in known if key in one.forms),
        days_left=(one.valid_to - today).days if one.valid_to else None,
        late_goals=sum(is_late(g.state, g.due_on, today) for g in goals),
        open_goals=sum(g.state == Goal.State.OPEN for g in goals),
    )


def lines(today: date) -> tuple[list[Line], list[Line]]:
    """The months entered, newest first, kinds in the order of their list: the latest ones, and the others."""
    order = list(kinds())
    rows = sorted(JointWork.objects.all(), key=lambda w: (-w.year, -w.month, order.index(w.kind)))
    found = [line_of(row, today) for row in rows]
    latest = list(dict.fromkeys(line.month for line in found))[:RECENT]
    older = [one for one in found if one.month not in latest]
    return [one for one in found if one.month in latest], older


def line_of(row: JointWork, today: date) -> Line:
    """One kind in one month in words."""
    is_open = (row.year, row.month) in months(today)
    return Line(row, kinds()[row.kind], date(row.year, row.month, 1), is_open)


def entered_years() -> list[int]:
    """The years in which something was done together, newest first."""
    return sorted(set(JointWork.objects.filter(occasions__gt=0).values_list("year", flat=True)), reverse=True)


def is_invented() -> bool:
    """Whether any of it is the demonstration's."""
    return any(m.objects.filter(is_invented=True).exists() for m in (Agreement, JointWork, Meeting))


def kind_years(year: int) -> list[KindYear]:
    """The year by kind. Kinds have units of their own: there is no sum of them."""
    rows = list(JointWork.objects.filter(year=year, occasions__gt=0))
    found = []
    for key, kind in kinds().items():
        mine = [row for row in rows if row.kind == key]
        if mine:
            sums = (
                sum(getattr(row, name) for row in mine) for name in ("occasions", "hours", "staff", "cards")
            )
            found.append(KindYear(kind, *sums))
    return found


def recent_measures() -> list[AgreedMeasure]:
    """What the latest meetings agreed, done or not, and all that still waits; by day."""
    latest = Meeting.objects.values_list("pk", flat=True)[:LATEST]
    found = AgreedMeasure.objects.select_related("meeting", "measure")
    return list(found.filter(Q(done_on=None) | Q(meeting__in=list(latest))))


def open_measures() -> list[AgreedMeasure]:
    """What meetings have agreed and nobody has said is done, by day."""
    return list(AgreedMeasure.objects.filter(done_on=None).select_related("meeting", "measure"))
