"""The steps of a case with an individual needs test, in the order of the Social Services Act (2025:400)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.cases.card import Track
from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds

STEPS: Final = {
    "raised": _("aktualisering"),
    "protection": _("bedömning av omedelbart skydd (20 kap. 1 §)"),
    "preliminary": _("förhandsbedömning, högst 14 dagar (20 kap. 2 §)"),
    "inquiry": _("utredning, högst fyra månader (20 kap. 3 §)"),
    "decision": _("beslut"),
    "measure": _("insats"),
    "review": _("uppföljning"),
}
STEP: Final = register(
    Kind(
        "step", _("Steg i handläggningen"),
        (
            Field("step", _("Steg"), Holds.CHOICE, choices=STEPS, is_required=True),
            Field("from_whom", _("Från vem"), Holds.LINE, longest=200, hint=_("Befattning, inte namn.")),
            Field("text", _("Vad är gjort eller bestämt, och med vilken grund?"), is_required=True),
            Field("appeal", _("Personen har fått veta hur beslutet överklagas"), Holds.YES),
        ),
        is_working=True, tracks=frozenset({Track.ASSESSED.value}),
    )
)  # fmt: skip
