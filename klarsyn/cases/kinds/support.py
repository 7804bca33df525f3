"""What is done for somebody: interventions, and a plan for keeping safe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds

TRACKS: Final = {
    "without_test": _("utan behovsprövning (SoL 11:5)"),
    "with_test": _("efter behovsprövning och beslut"),
}
GIVEN: Final = {
    "support": _("stödsamtal"),
    "crisis": _("krissamtal"),
    "motivation": _("motiverande samtal"),
    "treatment": _("behandling"),
    "relatives": _("samtal med anhöriga"),
    "practical": _("praktisk hjälp"),
    "company": _("sällskap till möten"),
    "health": _("vård eller medicinska råd"),
    "trial": _("stöd vid rättegång"),
    "housing": _("boende"),
    "addiction": _("beroendevård"),
    "money": _("ekonomiskt stöd"),
    "contact": _("förmedlad kontakt"),
    "other": _("annat"),
}


def _check(data: Mapping[str, Any]) -> None:
    begun = data["begun_on"]
    for name in ("planned_end", "ended_on"):
        if name in data and data[name] < begun:
            raise Refused(gettext("Insatsen slutar innan den börjar. Inget är sparat. Rätta datumen."))
    if data["track"] == "with_test" and "decision" not in data:
        raise Refused(
            gettext("En insats efter behovsprövning har ett beslut. Inget är sparat. Skriv beslutets nummer.")
        )


INTERVENTION: Final = register(
    Kind(
        "intervention",
        _("Insats"),
        (
            Field("what", _("Vad"), Holds.CHOICE, choices=GIVEN, is_required=True),
            Field("track", _("Hur den ges"), Holds.CHOICE, choices=TRACKS, is_required=True),
            Field("decision", _("Beslutets nummer"), Holds.LINE, longest=100),
            Field("begun_on", _("Börjar"), Holds.DAY, is_required=True),
            Field("planned_end", _("Planerat slut"), Holds.DAY),
            Field("ended_on", _("Slutade"), Holds.DAY),
            Field("aim", _("Vad ska den leda till?"), longest=2000),
            Field("outcome", _("Hur gick det?"), longest=2000),
        ),
        check=_check,
    )
)
SAFETY_PLAN: Final = register(
    Kind(
        "safety_plan",
        _("Trygghetsplan"),
        (
            Field("signs", _("Så märker jag att det börjar bli farligt")),
            Field("alone", _("Det här kan jag göra själv")),
            Field("people", _("De här kan jag höra av mig till"), hint=_("Bara om de vet om det.")),
            Field("places", _("Hit kan jag gå")),
            Field("bring", _("Det här tar jag med mig")),
            Field("phone", _("Så är min telefon och mina konton trygga")),
            Field("children", _("Så gör jag med barnen")),
            Field("numbers", _("Nummer som alltid svarar"), hint=_("112 vid fara.")),
            Field("review_on", _("Vi går igenom den igen"), Holds.DAY),
        ),
        is_working=True,
    )
)
