"""Make a unit, name its heads, take people in, ask a course of them. Each leaves a line in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import BY_KEY
from klarsyn.training.library import library
from klarsyn.training.models import Arrival, Assignment, Learner, Unit

LARGEST = 100_000  # people in a unit


def leads(by: User, unit: Unit) -> bool:
    """Whether somebody is head of this very unit, which is still there."""
    return by.is_active and Unit.objects.filter(pk=unit.pk, ended_on=None, heads=by).exists()


@transaction.atomic
def make_unit(*, name: str, kind: str, parent: Unit | None, by: User) -> Unit:
    """A unit without heads yet. Raises Refused for a name that is taken."""
    _check_trainer(by)
    name = " ".join(name.split())
    if Unit.objects.filter(name__iexact=name, ended_on=None).exists():
        raise Refused(_("Det finns redan en enhet som heter så. Inget är sparat."))
    unit = Unit.objects.create(name=name, kind=kind, parent=parent)
    _told("unit.make", unit, by)
    return unit


@transaction.atomic
def name_heads(*, unit: Unit, heads: Collection[User], by: User) -> None:
    """These and no others read the unit by name from now on. They need to be active."""
    _check_trainer(by)
    unit = _held(unit)
    if any(not head.is_active for head in heads):
        raise Refused(_("Ett konto är stängt och kan inte vara chef. Inget är ändrat."))
    unit.heads.set(heads)
    _told("unit.heads", unit, by)


@transaction.atomic
def end_unit(*, unit: Unit, by: User, today: date) -> None:
    """Nobody is asked anything by it any more; what was done stays. Raises Refused while parts are left."""
    _check_trainer(by)
    unit = _held(unit)
    if unit.parts.filter(ended_on=None).exists():
        raise Refused(_("Enheten har delar kvar. Avsluta dem först. Inget är ändrat."))
    unit.ended_on, unit.link_hash = today, ""
    unit.save(update_fields=["ended_on", "link_hash"])
    Assignment.objects.filter(unit=unit, ended_on=None).update(ended_on=today)
    _told("unit.end", unit, by)


@transaction.atomic
def state_size(*, unit: Unit, size: int, by: User, today: date) -> None:
    """How many work there, as its head says today."""
    _check_head(by, unit)
    unit = _held(unit)
    unit.size, unit.size_stated_on = size, today
    unit.save(update_fields=["size", "size_stated_on"])
    _told("unit.size", unit, by)


@transaction.atomic
def take_in(*, unit: Unit, username: str, by: User, today: date) -> Learner:
    """Somebody of the staff works here from today. Raises Refused for one who is not there or elsewhere."""
    _check_head(by, unit)
    unit = _held(unit)
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise Refused(_("Ingen har det användarnamnet. Fråga personen; namnet räcker inte. Inget är sparat."))
    learner, _is_new = Learner.objects.select_for_update().get_or_create(user=user)
    if learner.unit_id == unit.pk:
        raise Refused(_("Personen är redan med i enheten. Inget är ändrat."))
    if learner.unit is not None and learner.unit.ended_on is None:
        raise Refused(_("Personen är med i en annan enhet, och dess chef tar ut först. Inget är ändrat."))
    learner.unit = unit
    learner.save(update_fields=["unit"])
    Arrival.objects.update_or_create(learner=learner, defaults={"came_on": today})
    _told("unit.take_in", unit, by)
    return learner


@transaction.atomic
def take_out(*, unit: Unit, learner: Learner, by: User) -> None:
    """Somebody does not work here any more. What they have done stays theirs."""
    _check_head(by, unit)
    held = Learner.objects.select_for_update().filter(pk=learner.pk, unit=unit, user__isnull=False).first()
    if held is None:
        raise Refused(_("Personen är inte med i enheten längre. Inget är ändrat."))
    held.unit = None
    held.save(update_fields=["unit"])
    Arrival.objects.filter(learner=held).delete()
    _told("unit.take_out", unit, by)


@transaction.atomic
def assign(
    *, course: str, due_on: date, by: User, today: date, unit: Unit | None = None, role: str = ""
) -> Assignment:
    """Ask a course of a unit, by its head, or of a role, by a trainer. A day before today is refused."""
    if unit is not None:
        _check_head(by, unit)
        unit = _held(unit)
    else:
        _check_trainer(by)
        if role not in BY_KEY:
            raise Refused(_("Välj en enhet eller en roll. Inget är sparat."))
    if course not in library():
        raise Refused(_("Kursen finns inte. Inget är sparat."))
    if due_on < today:
        raise Refused(_("Dagen har redan varit. Välj i dag eller senare. Inget är sparat."))
    try:
        with transaction.atomic():
            made = Assignment.objects.create(
                course=course, unit=unit, role=role, due_on=due_on, assigned_on=today, assigned_by=by
            )
    except IntegrityError:
        raise Refused(
            _("Kursen är redan tilldelad. Ta tillbaka den först om dagen är fel. Inget är sparat.")
        ) from None
    record(action="course.assign", by=by.pseudonym, object=f"assignment-{made.pk}")
    return made


@transaction.atomic
def withdraw(*, assignment: Assignment, by: User, today: date, unit: Unit | None = None) -> None:
    """Nobody is asked it from now on. Refused when done already, or not this unit's (None: a role's)."""
    held = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if held.unit != unit:
        raise Refused(_("Kursen är tilldelad någon annanstans, och tas tillbaka där. Inget är ändrat."))
    if unit is not None:
        _check_head(by, unit)
    else:
        _check_trainer(by)
    if held.ended_on is not None:
        raise Refused(_("Tilldelningen är redan tillbakatagen. Inget är ändrat."))
    held.ended_on = today
    held.save(update_fields=["ended_on"])
    record(action="course.withdraw", by=by.pseudonym, object=f"assignment-{held.pk}")


def _held(unit: Unit) -> Unit:
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    if held.ended_on is not None:
        raise Refused(_("Enheten är avslutad. Inget är ändrat."))
    return held


def _check_head(by: User, unit: Unit) -> None:
    if not leads(by, unit):
        raise Refused(_("Bara enhetens chef kan göra det. Inget är ändrat."))


def _check_trainer(by: User) -> None:
    if not by.may(Permission.UNIT_CHANGE):
        raise Refused(_("Bara en utbildare kan göra det. Inget är ändrat."))


def _told(action: str, unit: Unit, by: User) -> None:
    record(action=action, by=by.pseudonym, object=f"unit-{unit.pk}")
