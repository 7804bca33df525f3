"""The demonstration's two receptions, invented, with facts that say so."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import Team
from klarsyn.receptions.models import Fact, Reception

FROM: Final = date(2025, 7, 1)
SOURCE: Final = "Påhittad för demonstrationen"
# The numbers are of the series that the Swedish regulator keeps free for films and books.
_FACTS: Final = {
    "mika": {
        "age": "15–",
        "phone": "031-390 06 10",
        "address": "Påhittade gatan 1, ingången från gården",
        "hours": "måndag–torsdag 9.00–12.00\ntisdag 13.00–18.00",
        "areas": "0680 Jönköping",
        "nameless": "Socialnämnden 2025-06-17, § 000 (påhittat)",
    },
    "kast": {
        "age": "18–",
        "phone": "031-390 06 20",
        "address": "Påhittade torget 2, andra våningen",
        "hours": "måndag–fredag 9.00–11.30\nonsdag 15.00–19.00",
        "areas": "0680 Jönköping\n0682 Nässjö\n0684 Sävsjö\n0665 Vaggeryd",
        "nameless": "Socialnämnden 2025-06-17, § 000 (påhittat)",
    },
}


@transaction.atomic
def ensure_demo_receptions() -> tuple[Reception, ...]:
    """Both receptions of the demonstration. Safe to repeat: what somebody has stated since stays."""
    if not settings.DEMO:
        raise Refused(
            _("Påhittade mottagningar finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat.")
        )
    made = []
    for team in Team.objects.filter(kind__in=_FACTS).order_by("kind"):
        reception, is_new = Reception.objects.get_or_create(
            kind=team.kind, host_code=settings.MUNICIPALITY, defaults={"team": team, "is_invented": True}
        )
        if is_new:
            Fact.objects.bulk_create(
                Fact(reception=reception, what=what, value=value, valid_from=FROM, source=SOURCE)
                for what, value in _FACTS[team.kind].items()
            )
        made.append(reception)
    return tuple(made)
