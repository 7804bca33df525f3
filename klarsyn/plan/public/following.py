"""Each demand on its way from motion to result, as five stations that are read in one glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klarsyn.plan.indicators.choosing import standing_told
from klarsyn.plan.indicators.words import StandingTold
from klarsyn.plan.motions.published import (
    PublishedDecision,
    PublishedDemand,
    PublishedMeasure,
    PublishedMotion,
    PublishedPlan,
)
from klarsyn.plan.motions.showing import published_decisions, published_measures, published_motions
from klarsyn.plan.policy import State

# The state of a measure as a shape of base/icons.py and a tone; the word stands beside it.
_STATES: Final = {
    State.PLANNED: ("empty", "quiet"),
    State.RUNNING: ("half", "quiet"),
    State.DONE: ("full", "good"),
    State.STOPPED: ("square", "caution"),
}
_RESULTS: Final = {
    "approved": ("full", "good"),
    "partly": ("half", "good"),
    "answered": ("square", "quiet"),
    "rejected": ("square", "caution"),
}


@dataclass(frozen=True, slots=True)
class Station:
    """One step of a demand. `word` says the state, `detail` when or by whom."""

    title: str
    shape: str
    tone: str
    word: str
    detail: str = ""
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class MeasureFollowed:
    """A published measure with its state as a mark and its indicator in words."""

    measure: PublishedMeasure
    shape: str
    tone: str
    word: str
    standing: StandingTold | None


@dataclass(frozen=True, slots=True)
class DemandFollowed:
    demand: PublishedDemand
    stations: tuple[Station, ...]
    measures: tuple[MeasureFollowed, ...]


@dataclass(frozen=True, slots=True)
class MotionFollowed:
    motion: PublishedMotion
    demands: tuple[DemandFollowed, ...]

    @property
    def is_invented(self) -> bool:
        """Whether anything shown of it is: then the page says so over all of it."""
        told = self.motion
        marks = [told.is_invented, *(one.is_invented for one in told.consultations)]
        marks += [one.is_invented for one in told.decisions]
        marks += [one.measure.is_invented for demand in self.demands for one in demand.measures]
        return any(marks)


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is published. `loose`: measures that answer no published demand."""

    motions: tuple[MotionFollowed, ...]
    measures: Mapping[str, MeasureFollowed]
    loose: tuple[MeasureFollowed, ...]

    @property
    def is_invented(self) -> bool:
        loose = any(one.measure.is_invented for one in self.loose)
        return loose or any(one.is_invented for one in self.motions)


def whole(today: date) -> Whole:
    """Everything published, each demand with its stations, in the reader's language."""
    measures = {one.slug: followed(one) for one in published_measures(today)}
    decisions = {one.pk: one for one in published_decisions()}
    motions = tuple(_motion(one, measures, decisions) for one in published_motions())
    answering = {slug for one in motions for d in one.demands for slug in d.demand.measures}
    loose = tuple(one for slug, one in measures.items() if slug not in answering)
    return Whole(motions, measures, loose)


def followed(measure: PublishedMeasure) -> MeasureFollowed:
    """The measure's state as a mark, late before all else, and its indicator."""
    shape, tone = _STATES[State(measure.state)]
    word = measure.state_words
    if measure.is_late:
        shape, tone, word = "triangle", "caution", _("%(state)s, försenad") % {"state": word}
    return MeasureFollowed(measure, shape, tone, word, standing_told(measure))


def plan_invented(plan: PublishedPlan) -> bool:
    return plan.is_invented or any(one.is_invented for one in plan.measures)


def _motion(
    motion: PublishedMotion,
    measures: Mapping[str, MeasureFollowed],
    decisions: Mapping[int, PublishedDecision],
) -> MotionFollowed:
    demands = []
    for demand in motion.demands:
        mine = tuple(measures[slug] for slug in demand.measures if slug in measures)
        said = demand.outcomes and decisions.get(demand.outcomes[-1].decision)
        of_measures = any(one.measure.is_invented for one in mine)
        stations = (
            replace(_handed_in(motion), is_invented=motion.is_invented),
            replace(_consulted(motion), is_invented=any(c.is_invented for c in motion.consultations)),
            replace(_decided(demand, decisions), is_invented=bool(said and said.is_invented)),
            replace(_done(demand, mine), is_invented=of_measures),
            replace(_result(mine), is_invented=of_measures),
        )
        demands.append(DemandFollowed(demand, stations, mine))
    return MotionFollowed(motion, tuple(demands))


def _handed_in(motion: PublishedMotion) -> Station:
    return Station(_("Motion"), "full", "good", _("inlämnad"), day(motion.handed_in_on))


def _consulted(motion: PublishedMotion) -> Station:
    asked = motion.consultations
    answered = [one.answered_on for one in asked if one.answered_on]
    if not asked:
        return Station(_("Remiss"), "empty", "quiet", _("ingen remiss känd"))
    if len(answered) < len(asked):
        word = _("%(n)s av %(all)s har svarat") % {"n": len(answered), "all": len(asked)}
        return Station(_("Remiss"), "half", "quiet", word)
    word = ngettext("%(n)s svar", "%(n)s svar", len(asked)) % {"n": len(asked)}
    return Station(_("Remiss"), "full", "good", word, day(max(answered)))


def _decided(demand: PublishedDemand, decisions: Mapping[int, PublishedDecision]) -> Station:
    if not demand.outcomes:
        return Station(_("Beslut"), "empty", "quiet", _("inte beslutat än"))
    last = demand.outcomes[-1]
    shape, tone = _RESULTS[last.result]
    decision = decisions.get(last.decision)
    return Station(_("Beslut"), shape, tone, last.words, day(decision.decided_on) if decision else "")


def _done(demand: PublishedDemand, measures: Sequence[MeasureFollowed]) -> Station:
    title = _("Åtgärd")
    if not measures:
        said_no = bool(demand.outcomes) and demand.outcomes[-1].result == "rejected"
        return Station(title, "empty", "quiet", _("ingen åtgärd") if said_no else _("ingen åtgärd än"))
    ready = sum(one.measure.state == State.DONE for one in measures)
    late = sum(one.measure.is_late for one in measures)
    count = ngettext("%(n)s åtgärd", "%(n)s åtgärder", len(measures)) % {"n": len(measures)}
    if late:
        slow = ngettext("%(n)s försenad", "%(n)s försenade", late) % {"n": late}
        return Station(title, "triangle", "caution", count, slow)
    if ready == len(measures):
        return Station(title, "full", "good", count, _("genomförd") if ready == 1 else _("alla genomförda"))
    begun = any(one.measure.state == State.RUNNING for one in measures)
    return Station(title, "half" if begun or ready else "empty", "quiet", count, _parts(measures))


def _parts(measures: Sequence[MeasureFollowed]) -> str:
    """ "1 pågår, 1 planerad"; the word alone where there is one measure."""
    words: dict[str, int] = {}
    for one in measures:
        words[one.measure.state_words] = words.get(one.measure.state_words, 0) + 1
    return ", ".join(f"{n} {word}" if len(measures) > 1 else word for word, n in words.items())


def _result(measures: Sequence[MeasureFollowed]) -> Station:
    """What the figures say; where no measure has a figure, whether somebody has said what came of it."""
    title = _("Resultat")
    told = [one.standing for one in measures if one.standing]
    if told:
        first = next((one for one in told if one.now), told[0])
        more = len(told) - 1
        detail = _("och %(n)s till") % {"n": more} if more else first.now.period if first.now else ""
        return Station(title, first.shape, first.tone, first.word, detail)
    reviewed = [review.reviewed_on for one in measures for review in one.measure.reviews]
    if reviewed:
        return Station(title, "half", "quiet", _("uppföljt i ord"), day(max(reviewed)))
    return Station(title, "empty", "quiet", _("inget resultat än"))


def day(on: date) -> str:
    return date_format(on, "j F Y")
