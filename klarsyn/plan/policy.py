"""The states of a measure, when it is late, what it weighs and how far a plan has come. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klarsyn.base.errors import Refused


class State(TextChoices):
    """Late is no state: it is told from the days."""

    PLANNED = "planned", gettext_lazy("planerad")
    RUNNING = "running", gettext_lazy("pågår")
    DONE = "done", gettext_lazy("genomförd")
    STOPPED = "stopped", gettext_lazy("avbruten")


class Step(StrEnum):
    START = "start"
    FINISH = "finish"
    STOP = "stop"
    RESUME = "resume"


TRANSITIONS: Final[Mapping[State, Mapping[Step, State]]] = {
    State.PLANNED: {Step.START: State.RUNNING, Step.STOP: State.STOPPED},
    State.RUNNING: {Step.FINISH: State.DONE, Step.STOP: State.STOPPED},
    State.DONE: {Step.RESUME: State.RUNNING},
    State.STOPPED: {Step.RESUME: State.RUNNING},
}
OPEN: Final = frozenset({State.PLANNED, State.RUNNING})  # something is still to be done
WEIGHED: Final = frozenset(State) - {State.STOPPED}  # takes part in the plan's progress


def can_become(state: State, after: State) -> bool:
    return state == after or after in TRANSITIONS[state].values()


def check_become(state: State, after: State, *, open_milestones: int) -> None:
    """Raises Refused for a step that is not in the table, and for done while milestones are open."""
    if not can_become(state, after):
        raise Refused(
            _("Åtgärden är %(now)s och kan inte bli %(after)s på en gång. Inget är sparat.")
            % {"now": state.label, "after": after.label}
        )
    if after is State.DONE and open_milestones:
        raise Refused(
            _(
                "Delmål är kvar. Bocka av dem, eller skriv vad som återstår och låt åtgärden pågå. "
                "Inget är sparat."
            )
        )


def is_late(state: str, due_on: date, open_due: Iterable[date], today: date) -> bool:
    """Whether its last day, or the day of an open milestone, has passed while something is to be done."""
    return state in OPEN and any(day < today for day in (due_on, *open_due))


def funding_ends_early(funding_ends_on: date | None, due_on: date) -> bool:
    """Whether the money ends before the measure does."""
    return funding_ends_on is not None and funding_ends_on < due_on


def check_reason(*, is_late: bool, reason: str) -> None:
    """Raises Refused for a review of a late measure that does not say why."""
    if is_late and not reason:
        raise Refused(
            _(
                "Åtgärden är försenad. Skriv en mening om varför, så att den som läser förstår. "
                "Inget är sparat än; det du har skrivit står kvar."
            )
        )


def check_no_circle(plan: int | None, supersedes: int | None, earlier: Mapping[int, int | None]) -> None:
    """Raises Refused when a plan would come after itself. `earlier`: each plan and the one it replaces."""
    seen: set[int] = set()
    at = supersedes
    while at is not None:
        if at == plan or at in seen:
            raise Refused(_("Planen skulle ersätta sig själv. Inget är sparat. Välj en tidigare plan."))
        seen.add(at)
        at = earlier.get(at)


def shares(weights: Sequence[Decimal | int]) -> tuple[Fraction, ...]:
    """Each weight's share: they sum to 1 exactly. All zero = equal shares; none = nothing.

    Raises ValueError for a weight that is negative or no number.
    """
    if any(not Decimal(one).is_finite() or one < 0 for one in weights):
        raise ValueError("a weight is a number from 0")
    exact = [Fraction(one) for one in weights]
    whole = sum(exact, Fraction(0))
    if not whole:
        return tuple(Fraction(1, len(exact)) for _one in exact)
    return tuple(one / whole for one in exact)


def percents(parts: Sequence[Fraction]) -> tuple[int, ...]:
    """Shares as whole percents that sum to 100: rounded down, what is left goes to the largest remainders."""
    floors = [int(part * 100) for part in parts]
    left = int(sum(parts, Fraction(0)) * 100) - sum(floors)
    order = sorted(range(len(parts)), key=lambda n: (floors[n] - parts[n] * 100, n))
    for n in order[:left]:
        floors[n] += 1
    return tuple(floors)


def done_share(state: str, done: int, milestones: int) -> Fraction:
    """How much of one measure is done: its milestones, or the whole when it has none and is finished."""
    if not milestones:
        return Fraction(int(state == State.DONE))
    return Fraction(done, milestones)


def progress(measures: Iterable[tuple[str, Decimal, int, int]]) -> Fraction | None:
    """The plan's: the sum of share x done over its measures that are not stopped; None without any.

    Each measure is (state, weight, milestones done, milestones).
    """
    live = [one for one in measures if one[0] in WEIGHED]
    if not live:
        return None
    parts = shares([weight for _state, weight, _done, _all in live])
    return sum(
        (
            part * done_share(state, done, all_)
            for part, (state, _w, done, all_) in zip(parts, live, strict=True)
        ),
        Fraction(0),
    )
