"""What a standing is called on a page and in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.training.coverage.policy import Standing

WORDS: Final[Mapping[Standing, Promise]] = {
    Standing.EXPIRED: _("har gått ut"),
    Standing.OVERDUE: _("försenad"),
    Standing.EXPIRING: _("går snart ut"),
    Standing.DUE: _("ska gå kursen"),
    Standing.DONE: _("har gått kursen"),
}
