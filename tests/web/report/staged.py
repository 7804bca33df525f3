"""A released edition with its slides on disk, made from one figure by hand, and the small plan beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from klarsyn.report import paper_makers, render, store
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from tests.people import person
from tests.web.plan.conftest import publish
from tests.web.plan.released import draft

SLIDES = "/kartlaggning/exempel/utgava-1/kvallen/"


def stage(home: Path) -> Edition:
    """The plan is published, the edition is out since 25 November 2026."""
    publish()
    draft(home)
    out = datetime(2026, 11, 25, 12, tzinfo=UTC)
    Edition.objects.update(state=State.RELEASED, released_at=out, released_by=person("greta"))
    edition = Edition.objects.get()
    place = store.home(edition.slug)
    paper_makers.slides(render.shown(edition, "sv"), render.mapping_of(edition), place, "sv")
    store.seal(place, edition.slug, edition.content_hash, {})
    return edition
