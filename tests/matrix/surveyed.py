"""Surveys of attitudes that an address may point at."""

from __future__ import annotations

from django.utils import timezone

from klarsyn.training.attitudes.items import every
from klarsyn.training.models import AttitudeSurvey
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker

LINK = "provlank"


def survey(cast: Cast, stage: str = "before") -> AttitudeSurvey:
    """One at a time: its link is always the same."""
    items, today = next(iter(every().values())), timezone.localdate()
    return AttitudeSurvey.objects.create(
        name="Prov", link=LINK, stage=stage, items=items.key, version=items.version, fingerprint=items.fingerprint,
        pepper_generation=1, made_on=today, closed_on=today if stage == "closed" else None,
    )  # fmt: skip


def _by_link(stage: str) -> Maker:
    return lambda cast, who: {"link": survey(cast, stage).link}


_OWN: dict[str, Maker] = {
    "open": lambda cast, who: {"pk": survey(cast).pk},
    "closed": lambda cast, who: {"pk": survey(cast, "closed").pk},
    "not there": lambda cast, who: {"pk": GONE},
}
SURVEYED: dict[str, dict[str, Maker]] = {
    "training:attitudes": {
        "open": _by_link("before"), "closed": _by_link("closed"), "not there": lambda cast, who: {"link": "finns-inte"},
    },
    "training:survey": _OWN,
    "training:survey_on": _OWN,
}  # fmt: skip
