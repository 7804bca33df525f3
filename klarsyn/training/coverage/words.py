"""What a standing is called on a page and in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.training.coverage.policy import DueState

WORDS: Final[Mapping[DueState, Promise]] = {
    DueState.EXPIRED: _("har gått ut"),
    DueState.OVERDUE: _("försenad"),
    DueState.EXPIRING: _("går snart ut"),
    DueState.DUE: _("ska gå kursen"),
    DueState.DONE: _("har gått kursen"),
}
