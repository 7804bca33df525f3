"""Comparisons with other municipalities that an address may point at; of no edition, so that they show no figure."""

from __future__ import annotations

from django.utils import timezone

from klarsyn.report.models import Comparison
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words


def comparison(cast: Cast, *, is_public: bool) -> Words:
    """Proposed by the analyst; the public one is agreed to by the checker."""
    now = timezone.now()
    agreed = {"agreed_at": now, "agreed_by": cast.users["report_checker"]} if is_public else {}
    made = Comparison.objects.create(
        indicator="example_rates", definition="0" * 16, measures=["simulated"], is_invented=True,
        proposed_at=now, proposed_by=cast.users["analyst"], **agreed,
    )  # fmt: skip
    return {"id": made.pk}


PROPOSED: dict[str, Maker] = {
    "proposed": lambda cast, who: comparison(cast, is_public=False),
    "not there": lambda cast, who: {"id": GONE},
}
COMPARED = {
    "report:comparison": PROPOSED,
    "report:compared_one": {**PROPOSED, "public": lambda cast, who: comparison(cast, is_public=True)},
}
