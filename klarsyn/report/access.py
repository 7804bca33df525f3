"""One way in to an edition that is not released yet."""

from __future__ import annotations

from django.http import Http404

from klarsyn.base.audit.recording import read_first
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

    The counts before protection come along only for those who check, and only after a line in the log says
    that they are read: when it cannot be written, nothing is shown.
    """
    which = (edition.municipality, edition.year, edition.content_hash, edition.is_invented)
    found = mappings.audit(*which, with_truth=False)
    if found is None or not may_see_truth(user):
        return found
    with read_first(action="report.read_unprotected", by=user.pseudonym, object=edition.slug, team=""):
        return mappings.audit(*which, with_truth=True)
