"""What of the plan may leave the house, as frozen rows: nothing unpublished, nobody of the staff.

`corrected_on`: the day it was last corrected while it could be seen; None when it stands as it was published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PublishedOutcome:
    """What a decision said of one demand; `words` is `result` in words."""

    demand: int
    result: str
    words: str
    wording: str
    decision: int


@dataclass(frozen=True, slots=True)
class PublishedConsultation:
    sent_to: str
    sent_on: date
    due_on: date
    answer: str
    answered_on: date | None
    is_invented: bool
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedDecision:
    """`motion` is the slug of the published motion it is of, or ""."""

    pk: int
    motion: str
    title: str
    by_whom: str
    registry_number: str
    decided_on: date
    wording: str
    source: str
    source_address: str
    outcomes: tuple[PublishedOutcome, ...]
    is_invented: bool
    published_on: date
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedDemand:
    """One thing asked for, what was decided of it, and the slugs of the published measures that answer it."""

    pk: int
    number: int
    text: str
    outcomes: tuple[PublishedOutcome, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedMotion:
    pk: int
    slug: str
    registry_number: str
    title: str
    handed_in_on: date
    handed_in_by: str
    text: str
    source: str
    source_address: str
    demands: tuple[PublishedDemand, ...]
    consultations: tuple[PublishedConsultation, ...]
    decisions: tuple[PublishedDecision, ...]
    is_invented: bool
    published_on: date
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedMilestone:
    title: str
    due_on: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class PublishedReview:
    pk: int
    reviewed_on: date
    by_unit: str
    came_of_it: str
    state_then: str
    state_words: str
    was_late: bool
    reason_late: str
    next_review_on: date | None
    is_invented: bool
    published_on: date


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """One change of a measure that anyone may know of: what, from, to, when; never by whom."""

    field: str
    was: str
    became: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PublishedMeasure:
    """`weight_percent` is its share of its plan in whole percents; None when it is stopped."""

    pk: int
    slug: str
    plan: str
    plan_title: str
    title: str
    what: str
    responsible_unit: str
    starts_on: date
    due_on: date
    cost: int | None
    funding: str
    funding_ends_on: date | None
    funding_ends_early: bool
    weight_percent: int | None
    state: str
    state_words: str
    is_late: bool
    indicator: str
    indicator_cell: str
    baseline_year: int | None
    target: Decimal | None
    target_year: int | None
    direction: str
    demands: tuple[int, ...]  # primary keys of demands of published motions
    milestones: tuple[PublishedMilestone, ...]
    reviews: tuple[PublishedReview, ...]
    changes: tuple[PublishedChange, ...]
    is_invented: bool
    published_on: date


@dataclass(frozen=True, slots=True)
class PublishedPlan:
    """`progress` in whole percents: of all measures not stopped, published or not; None without any."""

    pk: int
    slug: str
    title: str
    starts_on: date
    ends_on: date
    decision: PublishedDecision | None
    supersedes: str
    superseded_by: str
    progress: int | None
    measures: tuple[PublishedMeasure, ...]
    is_invented: bool
    published_on: date
