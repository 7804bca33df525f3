"""What a head reads of a unit: people by name, those who came by the open link as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from klarsyn.people.models import User
from klarsyn.people.roles import BY_KEY
from klarsyn.training.coverage.policy import LATE, ORDER, DueState, due_for, standing
from klarsyn.training.library import library
from klarsyn.training.models import Assignment, Completion, Learner, Unit


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff and a course: by name, to the head of their unit alone."""

    learner: int
    name: str
    standing: DueState
    due: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One course that is asked of a unit. `by_link`: how many without an account hold it."""

    assignment: Assignment
    title: str
    people: tuple[Person, ...]
    by_link: int
    by_link_expired: int
    size: int | None

    @property
    def counts(self) -> Mapping[DueState, int]:
        held = Counter(person.standing for person in self.people)
        return {one: held[one] for one in ORDER if held[one]}

    @property
    def holding(self) -> int:
        """How many hold a certificate today, with or without an account."""
        return self.by_link + sum(p.valid_until is not None and p.standing not in LATE for p in self.people)

    @property
    def unknown(self) -> int | None:
        """How many work there besides those we know of; None where nobody has said how many work there."""
        if self.size is None:
            return None
        return max(0, self.size - len(self.people) - self.by_link - self.by_link_expired)


def title_of(key: str) -> str:
    """The course's title in the reader's language, its key once it is gone."""
    course = library().get(key)
    return course.in_language(get_language() or "sv").title if course else key


def units_led(by: User) -> QuerySet[Unit]:
    """The units whose head somebody is, those that have ended left out."""
    return Unit.objects.filter(heads=by, ended_on=None).order_by("name")


def with_parents(unit: Unit) -> list[int]:
    """The unit and those it is part of, upwards."""
    return _upwards(unit.pk, _parents())


def _parents() -> dict[int, int | None]:
    return dict(Unit.objects.values_list("pk", "parent"))


def _upwards(unit: int, parents: Mapping[int, int | None]) -> list[int]:
    found, here = list[int](), unit
    while here not in found:
        found.append(here)
        here = parents.get(here) or here
    return found


def coverage(unit: Unit, today: date) -> tuple[Coverage, ...]:
    """Course by course, each person's standing; what needs doing first."""
    return coverages([unit], today)[unit.pk]


def coverages(units: Sequence[Unit], today: date) -> dict[int, tuple[Coverage, ...]]:
    """The same of several units by their number, in as many questions to the database as of one."""
    parents = _parents()
    above = {unit.pk: _upwards(unit.pk, parents) for unit in units}
    asked = _asked({pk for several in above.values() for pk in several})
    people = _members(units)
    latest = _latest([learner for here in people.values() for learner in here])
    linked = _by_link(units, today)
    made = {}
    for unit in units:
        here = _earliest(one for pk in above[unit.pk] for one in asked.get(pk, ()))
        made[unit.pk] = tuple(
            _covered(
                unit, one, people.get(unit.pk, ()), latest, linked.get((unit.pk, one.course), (0, 0)), today
            )
            for one in here
        )
    return made


def _covered(
    unit: Unit,
    asked: Assignment,
    here: Sequence[Learner],
    latest: Mapping[tuple[int, str], date],
    linked: tuple[int, int],
    today: date,
) -> Coverage:
    people = [_person(learner, asked, latest, today) for learner in here]
    people.sort(key=lambda p: (ORDER.index(p.standing), p.name))
    return Coverage(asked, title_of(asked.course), tuple(people), linked[0], linked[1], unit.size)


def _asked(units: Collection[int]) -> dict[int | None, list[Assignment]]:
    """What is asked of each of the units today, in the order of the days."""
    found: dict[int | None, list[Assignment]] = {}
    for one in Assignment.objects.filter(unit__in=units, ended_on=None).select_related("unit"):
        found.setdefault(one.unit_id, []).append(one)
    return found


def _earliest(asked: Iterable[Assignment]) -> list[Assignment]:
    """A course that is asked of the unit and of the one it is part of stands once, by the earlier day."""
    first: dict[str, Assignment] = {}
    for one in asked:
        if one.course not in first or one.due_on < first[one.course].due_on:
            first[one.course] = one
    return sorted(first.values(), key=lambda a: (a.due_on, a.course))


def members(unit: Unit) -> Sequence[Learner]:
    """Those of the staff who are in the unit and have not left, by name."""
    return _members([unit]).get(unit.pk, [])


def _members(units: Sequence[Unit]) -> dict[int | None, list[Learner]]:
    found: dict[int | None, list[Learner]] = {}
    here = Learner.objects.filter(unit__in=[unit.pk for unit in units], user__is_active=True)
    for learner in here.select_related("user", "arrival").order_by("user__name"):
        found.setdefault(learner.unit_id, []).append(learner)
    return found


def _latest(learners: Sequence[Learner]) -> dict[tuple[int, str], date]:
    held: dict[tuple[int, str], date] = {}
    done = Completion.objects.filter(learner__in=learners)
    for learner, course, until in done.values_list("learner_id", "course", "valid_until"):
        held[learner, course] = max(until, held.get((learner, course), until))
    return held


def _by_link(units: Sequence[Unit], today: date) -> dict[tuple[int, str], tuple[int, int]]:
    """(unit, course) -> how many without an account hold it, and how many of theirs have expired."""
    until: dict[tuple[int, int, str], date] = {}
    done = Completion.objects.filter(learner__unit__in=[unit.pk for unit in units], learner__user=None)
    for unit, learner, course, day in done.values_list(
        "learner__unit", "learner_id", "course", "valid_until"
    ):
        until[unit, learner, course] = max(day, until.get((unit, learner, course), day))
    held: dict[tuple[int, str], tuple[int, int]] = {}
    for (unit, _learner, course), day in until.items():
        good, gone = held.get((unit, course), (0, 0))
        held[unit, course] = (good + (day >= today), gone + (day < today))
    return held


def _person(
    learner: Learner, asked: Assignment, latest: Mapping[tuple[int, str], date], today: date
) -> Person:
    assert learner.user is not None
    came = getattr(learner, "arrival", None)
    due = due_for(due_on=asked.due_on, assigned_on=asked.assigned_on, came_on=came.came_on if came else None)
    until = latest.get((learner.pk, asked.course))
    return Person(
        learner.pk, learner.user.name, standing(valid_until=until, due=due, today=today), due, until
    )


@dataclass(frozen=True, slots=True)
class InNumbers:
    """A unit as whoever looks after all of them sees it: how many, never who."""

    unit: Unit
    heads: tuple[str, ...]
    members: int
    holding: int


def all_units() -> tuple[InNumbers, ...]:
    """Every unit there is, with its heads, how many are in it, and how many hold any certificate today."""
    found = Unit.objects.filter(ended_on=None).prefetch_related("heads").order_by("name")
    holding = Completion.objects.filter(valid_until__gte=timezone.localdate()).values_list(
        "learner__unit", "learner"
    )
    people = Counter(Learner.objects.filter(user__is_active=True).values_list("unit", flat=True))
    held = Counter(unit for unit, _learner in set(holding))
    return tuple(
        InNumbers(unit, tuple(sorted(h.name for h in unit.heads.all())), people[unit.pk], held[unit.pk])
        for unit in found
    )


def courses() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every course's key, its title in the reader's language, and the languages it is told in."""
    return tuple((key, title_of(key), tuple(one.told)) for key, one in library().items())


def asked_of_roles() -> tuple[tuple[Assignment, str, str], ...]:
    """What is asked of roles, with the course's and the role's names."""
    asked = Assignment.objects.filter(unit=None, ended_on=None)
    return tuple(
        (one, title_of(one.course), str(BY_KEY[one.role].name)) for one in asked if one.role in BY_KEY
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """A course that is asked of oneself."""

    course: str
    title: str
    standing: DueState
    due: date
    valid_until: date | None


def asked_of_me(user: User, today: date) -> tuple[Mine, ...]:
    """What is asked of somebody by their unit or a role of theirs, what needs doing first."""
    learner = Learner.objects.filter(user=user).select_related("unit", "arrival").first()
    roles = [role.key for role in user.roles]
    units = with_parents(learner.unit) if learner and learner.unit and learner.unit.ended_on is None else []
    asked = Assignment.objects.filter(Q(unit__in=units) | Q(role__in=roles), ended_on=None)
    latest = _latest([learner]) if learner else {}
    came = getattr(learner, "arrival", None)
    found = []
    for one in _earliest(asked):
        due = due_for(due_on=one.due_on, assigned_on=one.assigned_on, came_on=came.came_on if came else None)
        until = latest.get((learner.pk, one.course)) if learner else None
        stands = standing(valid_until=until, due=due, today=today)
        found.append(Mine(one.course, title_of(one.course), stands, due, until))
    return tuple(sorted(found, key=lambda m: (ORDER.index(m.standing), m.due)))
