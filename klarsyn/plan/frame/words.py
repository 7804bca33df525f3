"""What a point's state is called, and how a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.plan.frame.evidence import is_seen
from klarsyn.plan.frame.policy import PointState, Stood
from klarsyn.plan.wheel.words import Look

STATES: Final[Mapping[PointState, Look]] = {
    PointState.THERE: Look(_("finns"), "full", "good"),
    PointState.DUE_SOON: Look(_("ska snart göras om"), "half", "caution"),
    PointState.LATE: Look(_("skulle ha gjorts om"), "triangle", "danger"),
    PointState.MISSING: Look(_("saknas"), "empty", "caution"),
}
# Where the system does not look, nothing noted does not mean that there is nothing.
UNSAID: Final = Look(_("inte antecknat"), "empty", "quiet")


@dataclass(frozen=True, slots=True)
class ShownPoint:
    stood: Stood
    look: Look
    is_seen: bool  # the system looks for it by itself


def shown(one: Stood) -> ShownPoint:
    seen = is_seen(one.point.key)
    is_unsaid = one.state is PointState.MISSING and not seen
    return ShownPoint(one, UNSAID if is_unsaid else STATES[one.state], seen)
