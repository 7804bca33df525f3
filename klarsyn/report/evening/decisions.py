"""What was decided, beside what came of it: a slide a measure, from what the plan has published today."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.plan.months import add_months
from klarsyn.plan.motions.published import PublishedDecision, PublishedMeasure, PublishedReview
from klarsyn.plan.motions.showing import (
    published_decisions,
    published_measures,
    published_motions,
    published_plans,
)
from klarsyn.plan.public.following import MeasureFollowed, followed

MOST: Final = 8  # slides; an evening has room for no more, and the plan's own page shows them all
ROOM: Final = 240  # letters of a text that a half slide holds in large type
LESS: Final = 110
_SENTENCE: Final = re.compile(r".+?(?:[.!?] |$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand that the measure answers, and what was decided of it; `result` "" when nothing was."""

    demand: str
    result: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One slide. `sentence` alone when there is nothing to set side by side."""

    id: str
    title: str
    sentence: str = ""
    decision: PublishedDecision | None = None
    asked: tuple[Asked, ...] = ()
    found: MeasureFollowed | None = None
    review: PublishedReview | None = None
    came_of_it: str = ""  # of the review, as much as the slide has room for
    says_not: str = ""

    @property
    def is_invented(self) -> bool:
        told = self.found.measure if self.found else None
        standing = self.found.standing if self.found else None
        marks = (self.decision, told, self.review, standing)
        return any(one.is_invented for one in marks if one)


def pairs(released_on: date, today: date) -> tuple[Pair, ...]:
    """Decisions of the twelve months before the edition came out, and older ones followed up since then.

    An edition is this year's for twelve months: what is decided after that belongs to the next one.
    """
    since, until = add_months(released_on, -12), min(today, add_months(released_on, 12))
    found = list(_pairs(since, until, today))
    if not found:
        words = _(
            "Inget beslut är publicerat i planen för det senaste året, och ingen uppföljning av ett äldre."
        )
        return (Pair("d-none", _("Beslutat – vad det blev"), words),)
    left = len(found) - MOST
    if left <= 0:
        return tuple(found)
    title = _("Och %(n)d till") % {"n": left}
    return (
        *found[:MOST],
        Pair("d-more", title, _("De står på planens egen sida, var och en med sin uppföljning.")),
    )


def _pairs(since: date, until: date, today: date) -> Iterator[Pair]:
    measures = published_measures(today)
    plans = {plan.slug: plan.decision for plan in published_plans(today)}
    demands = {d.pk: d for motion in published_motions() for d in motion.demands}
    seen: set[str] = set()
    for decision in published_decisions():
        is_new = since <= decision.decided_on <= until
        outcomes = {one.demand: one.words for one in decision.outcomes}
        mine = [m for m in measures if m.slug not in seen and _is_of(m, decision, plans, outcomes)]
        for measure in mine:
            review = _last(measure, until)
            if not is_new and not (review and review.reviewed_on >= since):
                continue
            seen.add(measure.slug)
            asked = [Asked(_short(demands[pk].text, LESS), outcomes.get(pk, "")) for pk in measure.demands]
            yield _pair(measure, decision, tuple(asked[:2]), review)
        if is_new and not mine:
            words = _("Ingen åtgärd är publicerad för beslutet.")
            yield Pair(f"d-{decision.pk}", decision.title, words, decision)


def _pair(
    measure: PublishedMeasure,
    decision: PublishedDecision,
    asked: tuple[Asked, ...],
    review: PublishedReview | None,
) -> Pair:
    found = followed(measure)
    has_figure = bool(found.standing and found.standing.now)
    return Pair(
        f"d-{measure.slug}", measure.title, decision=decision, asked=asked, found=found, review=review,
        came_of_it=_short(review.came_of_it, LESS if has_figure else ROOM) if review else "",
        says_not=_short(found.standing.says_not, LESS) if found.standing and has_figure else "",
    )  # fmt: skip


def _is_of(
    measure: PublishedMeasure,
    decision: PublishedDecision,
    plans: dict[str, PublishedDecision | None],
    outcomes: dict[int, str],
) -> bool:
    """The decision adopted the measure's plan, or decided a demand that the measure answers."""
    adopted = plans.get(measure.plan)
    return (adopted is not None and adopted.pk == decision.pk) or not outcomes.keys().isdisjoint(
        measure.demands
    )


def _last(measure: PublishedMeasure, until: date) -> PublishedReview | None:
    told = [one for one in measure.reviews if one.reviewed_on <= until]
    return max(told, key=lambda one: (one.reviewed_on, one.pk), default=None)


def _short(text: str, room: int) -> str:
    """Whole sentences while there is room, of the first at least whole words; the plan has all of it."""
    told = ""
    for sentence in _SENTENCE.findall(" ".join(text.split())):
        if told and len(told) + len(sentence) > room:
            return f"{told.rstrip()} …"
        told += sentence
    return textwrap.shorten(told, room, placeholder=" …")
