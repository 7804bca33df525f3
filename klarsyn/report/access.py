"""One way in to an edition that is not released yet."""

from __future__ import annotations

from django.http import Http404

from klarsyn.mapping import queries as mappings
from klarsyn.mapping.audit import Audit
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report import queries
from klarsyn.report.models import Edition


def read_edition(user: User, id: int) -> Edition:
    """The edition, for a person who may read drafts. "Not yours" and "not there" are the same answer."""
    edition = queries.for_staff(user).filter(pk=id).first()
    if edition is None:
        raise Http404
    return edition


def may_see_truth(user: User) -> bool:
    """Whether this person may see counts as they were before protection."""
    return user.may(Permission.REPORT_CHECK)


def read_audit(user: User, edition: Edition) -> Audit | None:
    """How the edition's figures are protected; None where nothing is.

    The counts before protection come along only for those who check. This is the one place where they are
    read for a person: when reads are logged, they are logged here.
    """
    return mappings.audit(
        edition.municipality,
        edition.year,
        edition.content_hash,
        edition.is_invented,
        with_truth=may_see_truth(user),
    )
