"""What is done to an edition: draft, submit, vote, release, correct."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from klarsyn.base.errors import Refused
from klarsyn.mapping import queries as mappings
from klarsyn.mapping.actions import record_release
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report import policy, queries, render
from klarsyn.report.models import Edition, Vote
from klarsyn.report.policy import State, Step, Verdict

_TAKEN = gettext_lazy(
    "En utgåva för samma år är redan påbörjad eller publicerad. Ingenting har ändrats. Öppna den i stället."
)


def draft(
    *, municipality: str, year: int, by: User, content_hash: str = "", invented: bool = False
) -> Edition:
    """The first edition of a frozen mapping. A later one is made by `correct`."""
    _require(by, Permission.REPORT_DRAFT)
    return _new(municipality, year, invented, number=1, content_hash=content_hash, by=by)


def _new(
    municipality: str,
    year: int,
    invented: bool,
    *,
    number: int,
    content_hash: str,
    by: User,
    changed: str = "",
) -> Edition:
    frozen = mappings.frozen(municipality, year, content_hash, invented)
    try:
        with transaction.atomic():
            return Edition.objects.create(
                municipality=municipality,
                year=year,
                is_invented=invented,
                number=number,
                slug=f"{municipality}-{'exempel' if invented else year}-{number}",
                content_hash=frozen.content_hash,
                author=by,
                what_changed=changed,
                created_at=timezone.now(),
            )
    except IntegrityError as error:  # the database keeps one edition in the making a year
        raise Refused(str(_TAKEN)) from error


@transaction.atomic
def submit(*, edition: Edition, by: User) -> Edition:
    """Hand the draft to those who check it."""
    edition = _locked(edition)
    policy.check_author(edition.author_id, by.pk)
    return _step(edition, Step.SUBMIT)


@transaction.atomic
def revise(*, edition: Edition, by: User, content_hash: str = "") -> Edition:
    """Take a sent-back edition to draft again, on the newest frozen mapping; it is then checked anew."""
    edition = _locked(edition)
    policy.check_author(edition.author_id, by.pk)
    frozen = mappings.frozen(edition.municipality, edition.year, content_hash, edition.is_invented)
    return _step(edition, Step.REVISE, content_hash=frozen.content_hash, round=edition.round + 1)


@transaction.atomic
def vote(*, edition: Edition, by: User, verdict: Verdict, comment: str = "") -> Vote:
    """One checker's verdict. The second one in decides: both approve, or the edition goes back."""
    _require(by, Permission.REPORT_CHECK)
    edition = _locked(edition)
    cast = queries.votes(edition)
    policy.check_vote(edition.status, edition.author_id, [v.checker_id for v in cast], by.pk)
    if verdict is Verdict.REJECT and not comment.strip():
        raise Refused(
            gettext("Skriv vad som behöver ändras. Rösten är inte sparad än; texten går till författaren.")
        )
    mine = Vote.objects.create(
        edition=edition, round=edition.round, checker=by, verdict=verdict, comment=comment.strip(),
        at=timezone.now(),
    )  # fmt: skip
    if policy.is_sent_back(_verdicts([*cast, mine])):
        _step(edition, Step.SEND_BACK)
    return mine


def release(*, edition: Edition, by: User) -> Edition:
    """Publish: render once, then, in one transaction, take the old edition's place and go on line."""
    _require(by, Permission.REPORT_RELEASE)
    edition = Edition.objects.select_related("author").get(pk=edition.pk)
    policy.check_release(edition.status, _verdicts(queries.votes(edition)), queries.outcome(edition))
    edition.released_at, edition.released_by = timezone.now(), by
    with render.prepared(edition) as made:
        policy.check_files(render.searched(edition, made))
        return _release(edition, made)


@transaction.atomic
def _release(prepared: Edition, made: Path) -> Edition:
    edition = _locked(prepared)
    policy.check_release(edition.status, _verdicts(queries.votes(edition)), queries.outcome(edition))
    if edition.content_hash != prepared.content_hash:
        raise Refused(
            gettext("Utgåvan ändrades medan den gjordes klar. Ingenting har publicerats. Läs den på nytt.")
        )
    before = _in_force_of(edition)
    if before:
        _step(before, Step.SUPERSEDE)
    _step(edition, Step.RELEASE, released_at=prepared.released_at, released_by=prepared.released_by)
    _record(edition)  # before anybody can read it: what is on line stands in the ledger
    render.publish(edition, made)
    if before:
        render.mark_superseded(before, by=edition)
    return edition


def _record(edition: Edition) -> None:
    assert edition.released_at is not None
    record_release(
        slug=edition.slug,
        municipality=edition.municipality,
        year=edition.year,
        content_hash=edition.content_hash,
        invented=edition.is_invented,
        on=timezone.localdate(edition.released_at),
        is_correction=edition.number > 1,
    )


@transaction.atomic
def send_back(*, edition: Edition, by: User) -> Edition:
    """Back to its author, when two have approved what may still not be published."""
    _require(by, Permission.REPORT_RELEASE)
    edition = _locked(edition)
    policy.check_send_back(edition.status, _verdicts(queries.votes(edition)), queries.outcome(edition))
    return _step(edition, Step.SEND_BACK)


def correct(*, edition: Edition, by: User, what_changed: str, content_hash: str = "") -> Edition:
    """A new edition that says what changed. The old one stays as it was, at its address."""
    _require(by, Permission.REPORT_CORRECT)
    policy.check_correction(edition.status, what_changed)
    return _new(
        edition.municipality, edition.year, edition.is_invented,
        number=edition.number + 1, content_hash=content_hash, by=by, changed=what_changed.strip(),
    )  # fmt: skip


def _in_force_of(edition: Edition) -> Edition | None:
    same = {"municipality": edition.municipality, "year": edition.year, "is_invented": edition.is_invented}
    return Edition.objects.filter(**same, state=State.RELEASED).first()


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("author").get(pk=edition.pk)


def _step(edition: Edition, step: Step, **fields: object) -> Edition:
    """Move on, only if nobody else has moved it since it was read."""
    after = policy.check_step(edition.status, step)
    moved = Edition.objects.filter(pk=edition.pk, state=edition.state).update(state=after, **fields)
    if not moved:
        raise Refused(gettext("Någon annan hann före. Ingenting har ändrats av dig. Läs in sidan på nytt."))
    edition.refresh_from_db()
    return edition


def _verdicts(votes: Sequence[Vote]) -> list[Verdict]:
    return [Verdict(v.verdict) for v in votes]


def _require(by: User, permission: Permission) -> None:
    if not by.may(permission):
        raise Refused(
            gettext("Din roll ger inte rätt att göra detta. Ingenting har ändrats. Fråga enhetschefen.")
        )
