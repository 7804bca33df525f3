"""What the system sees of the law's points by itself: the mapping, the plan, the evenings."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klarsyn.base.released import EditionStage, StageCode, editions
from klarsyn.plan.frame.evidence import Evidence
from klarsyn.plan.models import ActionPlan, StageDone
from klarsyn.plan.stages import Stage


def local_picture(today: date) -> tuple[Evidence, ...]:
    """The newest released mapping. An invented one is no picture of anything."""
    out = [(day, one) for one in editions() if not one.is_invented and (day := _released(one, today))]
    if not out:
        return ()
    day, newest = max(out, key=lambda pair: (pair[0], pair[1].edition))
    words = _("Kartläggningen för %(year)d, utgåva %(n)d, är publicerad.")
    address = newest.address.said(get_language() or "sv")
    return (Evidence(words % {"year": newest.year, "n": newest.edition}, day, address),)


def _released(one: EditionStage, today: date) -> date | None:
    stage = one.stage(StageCode.RELEASED)
    return stage.on if stage.is_reached and stage.on and stage.on <= today else None


def action_plan(today: date) -> tuple[Evidence, ...]:
    """The plan that was adopted last, with its decision."""
    rows = ActionPlan.objects.filter(adopted_by__decided_on__lte=today).select_related("adopted_by")
    newest = rows.order_by("adopted_by__decided_on", "pk").last()
    if newest is None or newest.adopted_by is None:
        return ()
    words = _("%(plan)s är antagen (%(number)s).")
    said = {"plan": newest.title, "number": newest.adopted_by.registry_number}
    return (Evidence(words % said, newest.adopted_by.decided_on, is_invented=newest.is_invented),)


def council_reports(today: date) -> tuple[Evidence, ...]:
    """The newest evening that somebody has noted as held."""
    newest: dict[int, StageDone] = {}
    for row in StageDone.objects.filter(stage=Stage.PRESENT).order_by("pk"):
        newest[row.year] = row
    held = [(row.on, row) for row in newest.values() if row.on and row.on <= today]
    if not held:
        return ()
    day, row = max(held, key=lambda pair: pair[0])
    words = _("Kvällen i fullmäktige %(year)d: %(words)s") % {"year": row.year, "words": row.words}
    return (Evidence(words, day, is_invented=row.is_invented),)
