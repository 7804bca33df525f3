"""What a trainer may see of a survey: each comparison with its size, who left, and its limits; or why not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language

from klarsyn.base import numbers
from klarsyn.training.attitudes import tables
from klarsyn.training.attitudes.actions import Stage, check_same
from klarsyn.training.attitudes.items import ATTITUDE, KNOWLEDGE, Item
from klarsyn.training.attitudes.limits import limit
from klarsyn.training.attitudes.tables import EVERYONE, INDEX, Table
from klarsyn.training.models import AttitudeSurvey
from smallcounts.change import (
    Attrition,
    MeanChange,
    PairsError,
    RankChange,
    ShareChange,
    TooFewPairs,
    attrition,
    mean_change,
    rank_change,
    share_change,
    shares_of,
)
from smallcounts.results import Interval

# A comparison is shown when its later time takes no more answers: else one more would show in the difference.
SHOWN: Final = {
    Stage.BEFORE: (), Stage.AFTER: (), Stage.LATER: (Stage.AFTER,), Stage.CLOSED: (Stage.AFTER, Stage.LATER),
}  # fmt: skip


LEAST_P: Final = 0.001  # smaller ones are not told apart


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item with its change; `change` is None where too few answered it both times."""

    item: Item
    change: RankChange | ShareChange | None

    @property
    def is_shown(self) -> bool:
        """Whether the whole interval lies on one side of no change."""
        limits = self.change.interval if self.change else None
        return limits is not None and (limits.lower > 0 or limits.upper < 0)

    @property
    def p(self) -> str:
        return _p(self.change.p_value) if self.change else ""

    @property
    def value(self) -> float | None:
        return None if self.change is None or math.isnan(self.change.value) else self.change.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and one later time. All but `stage` and `minimum` is empty when the group is too small."""

    stage: str
    minimum: int
    stayed: Attrition | None = None
    unmatched: int = 0
    index: MeanChange | None = None
    before: Attrition | None = None  # of the sum: whether those who stayed differed before
    attitudes: tuple[ItemResult, ...] = ()
    knowledge: tuple[ItemResult, ...] = ()

    @property
    def label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def index_span(self) -> str:
        return _span(self.index.interval, 1) if self.index else ""

    @property
    def index_p(self) -> str:
        return _p(self.index.p_value) if self.index else ""

    @property
    def effect_span(self) -> str:
        return _span(self.index.effect_interval, 2) if self.index else ""

    @property
    def before_span(self) -> str:
        return _span(self.before.compared.interval, 1) if self.before and self.before.compared else ""

    @property
    def is_many_left(self) -> bool:
        return self.stayed is not None and "many_left" in self.stayed.warnings

    @property
    def is_different(self) -> bool:
        return self.before is not None and "stayed_differed" in self.before.warnings


def comparisons(survey: AttitudeSurvey, on: date) -> tuple[Comparison, ...]:
    """What may be shown now. Raises Refused when the items have changed: then nothing is compared."""
    items, least = check_same(survey), limit("pairs", on)
    found = []
    for stage in SHOWN[Stage(survey.stage)]:
        table = tables.table(survey, stage, items)
        try:
            stayed = attrition(table.pairs(EVERYONE), minimum=least)
        except TooFewPairs:
            found.append(Comparison(stage, least))
            continue
        index, before = _index(table, least)
        found.append(
            Comparison(
                stage,
                least,
                stayed,
                table.unmatched,
                index,
                before,
                tuple(ItemResult(i, _ranks(table, i, least)) for i in items.of(ATTITUDE)),
                tuple(ItemResult(i, _shares(table, i, least)) for i in items.of(KNOWLEDGE)),
            )
        )
    return tuple(found)


def _p(value: float) -> str:
    """ "= 0,012", and never nought: a p-value that small is smaller than the next."""
    language = get_language() or "sv"
    return (
        f"< {numbers.written(LEAST_P, 3, language)}"
        if value < LEAST_P
        else f"= {numbers.written(value, 3, language)}"
    )


def _span(limits: Interval, decimals: int) -> str:
    return numbers.span(limits.lower, limits.upper, decimals, get_language() or "sv")


def _index(table: Table, least: int) -> tuple[MeanChange | None, Attrition | None]:
    pairs = table.pairs(INDEX)
    try:
        before = attrition(pairs, minimum=least)
    except TooFewPairs:
        return None, None
    try:
        return mean_change(pairs.differences, minimum=least), before
    except PairsError:  # all differences alike: there is no spread to judge by
        return None, before


def _ranks(table: Table, item: Item, least: int) -> RankChange | None:
    try:
        return rank_change(table.pairs(item.id).differences, minimum=least)
    except TooFewPairs:
        return None


def _shares(table: Table, item: Item, least: int) -> ShareChange | None:
    """The share right; None below the minimum."""
    found = shares_of(table.pairs(item.id))
    try:
        return share_change(**found, method="tango", minimum=least) if found else None
    except TooFewPairs:
        return None
