"""Comparisons as they are held: which are public, how each stands, the figures of exactly its editions."""

from __future__ import annotations

from django.db.models import QuerySet

from klarsyn.base.municipality import municipality
from klarsyn.report.models import Comparison
from klarsyn.report.others import comparing, queries
from klarsyn.report.others.standing import Said, Standing, standing
from klarsyn.report.policy import State


def every() -> QuerySet[Comparison]:
    """All that were ever proposed, newest first."""
    related = Comparison.objects.select_related("proposed_by", "agreed_by", "withdrawn_by")
    return related.prefetch_related("own", "others")


def agreed() -> QuerySet[Comparison]:
    """All that are or were public."""
    return every().filter(agreed_at__isnull=False)


def public() -> list[Comparison]:
    """Those whose figures the public may read now; real ones first."""
    found = [c for c in agreed().filter(withdrawn_at=None) if stands(c) is Standing.PUBLIC]
    return sorted(found, key=lambda c: (c.is_invented, -c.pk))


def public_of(comparison: Comparison) -> Comparison | None:
    """The comparison of the same indicator that is public now, where there is one."""
    same = (
        c for c in public() if (c.indicator, c.is_invented) == (comparison.indicator, comparison.is_invented)
    )
    return next(same, None)


def said(comparison: Comparison) -> Said:
    """What the rows say of it."""
    return Said(
        proposed_by=comparison.proposed_by_id,
        is_agreed=comparison.agreed_at is not None,
        is_withdrawn=comparison.withdrawn_at is not None,
        ended=ended(comparison),
    )


def stands(comparison: Comparison) -> Standing:
    return standing(said(comparison))


def ended(comparison: Comparison) -> tuple[str, ...]:
    """Municipalities whose edition in it is replaced or taken away; ours too."""
    own = [municipality().name for e in comparison.own.all() if e.state != State.RELEASED]
    others = [e.name for e in comparison.others.all() if e.replaced_at or e.removed_at]
    return tuple(dict.fromkeys([*own, *others]))


def group(comparison: Comparison) -> comparing.Group | None:
    """Its editions' figures, judged by the definition it was proposed with; None when they say nothing."""
    known = {comparison.indicator: (comparison.definition, tuple(comparison.measures))}
    own = [made for e in comparison.own.all() if (made := queries.own_held(e)) is not None]
    held = [*own, *(queries.held(e) for e in comparison.others.all())]
    found = comparing.groups(held, known)
    return next((g for g in found if g.indicator == comparison.indicator), None)
