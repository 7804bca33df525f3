"""Reads of editions: what is in force, what is in the making, and which votes may be seen."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from klarsyn.mapping import queries as mappings
from klarsyn.mapping.audit import Outcome
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report import policy
from klarsyn.report.models import Edition, Vote
from klarsyn.report.policy import State

ONLINE = (State.RELEASED, State.SUPERSEDED)


def online(*, invented: bool | None = False) -> QuerySet[Edition]:
    """Every edition the public may read, newest first; `invented=None` takes both kinds."""
    editions = Edition.objects.filter(municipality=settings.MUNICIPALITY, state__in=ONLINE)
    return editions if invented is None else editions.filter(is_invented=invented)


def in_force(year_word: str) -> Edition | None:
    """The released edition of a year ("2019") or of the invented example ("exempel")."""
    return _of(year_word).filter(state=State.RELEASED).first()


def numbered(year_word: str, number: int) -> Edition | None:
    """A released or superseded edition by its stable address."""
    return _of(year_word).filter(number=number).first()


def newest() -> Edition | None:
    """The edition the start page leads to: the latest year in force, never an invented one."""
    return online().filter(state=State.RELEASED).first()


def _of(year_word: str) -> QuerySet[Edition]:
    if year_word == "exempel":
        return online(invented=True)
    return online().filter(year=int(year_word)) if year_word.isdigit() else online().none()


def for_staff(user: User) -> QuerySet[Edition]:
    """Every edition in every state, for those who may read drafts; nothing for others."""
    editions = Edition.objects.select_related("author", "released_by")
    return editions if user.may(Permission.REPORT_READ_DRAFT) else editions.none()


def votes(edition: Edition) -> list[Vote]:
    """The votes of the round under way."""
    return list(edition.votes.filter(round=edition.round).select_related("checker"))


def votes_seen_by(user: User, edition: Edition) -> list[Vote]:
    """Votes this person may read: all when both are in, else only the person's own."""
    cast = votes(edition)
    if policy.sees_votes([v.checker_id for v in cast]):
        return cast
    return [v for v in cast if v.checker_id == user.pk]


def earlier_votes(edition: Edition) -> list[Vote]:
    """What checkers said in rounds that ended with the edition sent back."""
    return list(edition.votes.filter(round__lt=edition.round).select_related("checker"))


def outcome(edition: Edition) -> Outcome:
    """What the protection of the edition's figures lets happen: nothing in the way, or what is."""
    return mappings.outcome(
        edition.slug, edition.municipality, edition.year, edition.content_hash, edition.is_invented
    )
