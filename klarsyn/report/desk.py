"""An edition as one person at the desk sees it: its state, the votes, what may be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.mapping.audit import Outcome
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report import policy, queries
from klarsyn.report.models import Edition, Vote
from klarsyn.report.policy import State, Step, Verdict

WORDS: dict[State, tuple[str, Promise, str]] = {
    State.DRAFT: ("empty", _("Utkast"), "quiet"),
    State.IN_CHECK: ("half", _("Under kontroll"), "caution"),
    State.REJECTED: ("triangle", _("Återsänd"), "danger"),
    State.RELEASED: ("full", _("Publicerad"), "good"),
    State.SUPERSEDED: ("hatch", _("Ersatt"), "quiet"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What one person sees and may do. Buttons and rules come from the same policy."""

    edition: Edition
    shape: str
    word: Promise
    tone: str
    votes: tuple[Vote, ...]
    earlier: tuple[Vote, ...]
    votes_in: int
    are_votes_open: bool
    is_mine: bool
    can_submit: bool
    can_revise: bool
    can_vote: bool
    can_release: bool
    can_correct: bool
    obstacle: str  # what stands in the way of a release that two have approved; "" when nothing does


def look(user: User, edition: Edition) -> Look:
    cast = queries.votes(edition)
    voters = [v.checker_id for v in cast]
    state, mine = edition.status, policy.is_author(edition.author_id, user.pk)
    shape, word, tone = WORDS[state]
    verdicts = [Verdict(v.verdict) for v in cast]
    may_release = user.may(Permission.REPORT_RELEASE) and policy.can_release(state, verdicts, Outcome())
    outcome = queries.outcome(edition) if may_release else Outcome()
    return Look(
        edition=edition,
        shape=shape,
        word=word,
        tone=tone,
        votes=tuple(queries.votes_seen_by(user, edition)),
        earlier=tuple(queries.earlier_votes(edition)),
        votes_in=len(cast),
        are_votes_open=policy.sees_votes(voters),
        is_mine=mine,
        can_submit=mine and policy.can_step(state, Step.SUBMIT),
        can_revise=mine and policy.can_step(state, Step.REVISE),
        can_vote=user.may(Permission.REPORT_CHECK)
        and policy.can_vote(state, edition.author_id, voters, user.pk),
        can_release=may_release and policy.can_release(state, verdicts, outcome),
        can_correct=user.may(Permission.REPORT_CORRECT) and policy.can_correct(state),
        obstacle=policy.obstacle(outcome),
    )
