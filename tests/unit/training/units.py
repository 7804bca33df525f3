"""Units with heads and members for tests, and courses done by a day."""

from datetime import date, timedelta

from klarsyn.people.models import User
from klarsyn.people.roles import Trainer
from klarsyn.training.coverage import actions
from klarsyn.training.library import library
from klarsyn.training.models import Completion, Learner, Unit
from tests.make import member
from tests.people import person

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


def course() -> str:
    """Some shipped course's key."""
    return next(iter(library()))


def trainer() -> User:
    return User.objects.filter(username="tyra").first() or member("tyra", Trainer)


def unit(name: str = "Öster", *, head: str = "greta", parent: Unit | None = None) -> Unit:
    """A unit that `head` leads."""
    by = trainer()
    made = actions.make_unit(name=name, kind="social_services", parent=parent, by=by)
    actions.name_heads(unit=made, heads=[person(head)], by=by)
    return made


def works(at: Unit, name: str, *, since: date = TODAY) -> Learner:
    """`name` of the cast works there, taken in by its head."""
    return actions.take_in(unit=at, username=name, by=at.heads.get(), today=since)


def has_done(learner: Learner, key: str, *, on: date = TODAY, until: date | None = None) -> Completion:
    until = until or on + 730 * DAY
    return Completion.objects.create(
        learner=learner, course=key, version="1.0", done_on=on, valid_until=until
    )


def by_link(at: Unit, code: str = "a" * 64) -> Learner:
    """Somebody without an account."""
    return Learner.objects.create(code_hash=code, unit=at)
