"""A comparison in words: what it is of, whose editions, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.base.municipality import municipality
from klarsyn.mapping.actions import definitions
from klarsyn.mapping.tables import alphabetical
from klarsyn.report.models import Comparison
from klarsyn.report.others import comparisons
from klarsyn.report.others.standing import Standing

WORDS: Final[dict[Standing, tuple[str, Promise, str]]] = {
    Standing.PROPOSED: ("half", _("Väntar på en granskare"), "caution"),
    Standing.PUBLIC: ("full", _("Offentlig"), "good"),
    Standing.OUTDATED: ("hatch", _("Gäller inte längre"), "quiet"),
    Standing.WITHDRAWN: ("empty", _("Tillbakadragen"), "quiet"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One comparison; `names` are its municipalities, ours first, `ended` those whose edition has ended."""

    comparison: Comparison
    standing: Standing
    shape: str
    word: Promise
    tone: str
    title: str
    names: str
    ended: str


def look(comparison: Comparison, language: str) -> Look:
    said = comparisons.said(comparison)
    stands = comparisons.stands(comparison)
    shape, word, tone = WORDS[stands]
    return Look(
        comparison,
        stands,
        shape,
        word,
        tone,
        _title(comparison, language),
        _names(comparison),
        ", ".join(said.ended),
    )


def _title(comparison: Comparison, language: str) -> str:
    """The indicator's own title; an indicator this program no longer knows keeps its name."""
    found = next((i for i in definitions().indicators if i.id == comparison.indicator), None)
    return getattr(found.title, language) if found else comparison.indicator


def _names(comparison: Comparison) -> str:
    own = [municipality().name] if comparison.own.all() else []
    others = sorted({e.name for e in comparison.others.all()}, key=alphabetical)
    return ", ".join([*own, *others])
