"""How the person may be reached without coming to harm, as they have said it themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.contact_rules import KIND, Channel
from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds

CHANNELS: Final = {
    Channel.PHONE.value: _("ringa"),
    Channel.SMS.value: _("sms"),
    Channel.EMAIL.value: _("e-post"),
    Channel.LETTER.value: _("brev"),
}
WEEKDAYS: Final = {
    "0": _("måndag"), "1": _("tisdag"), "2": _("onsdag"), "3": _("torsdag"), "4": _("fredag"),
    "5": _("lördag"), "6": _("söndag"),
}  # fmt: skip


def check(data: Mapping[str, Any]) -> None:
    """Whole hours of one day, the first before the last. Raises Refused."""
    first, last = data.get("from_hour", 0), data.get("to_hour", 24)
    if any(type(hour) is not int for hour in (first, last)) or not 0 <= first < last <= 24:
        raise Refused(
            now(
                "Skriv hela timmar mellan 0 och 24, den första före den sista, som 9 och 17. Inget är sparat."
            )
        )


RULES: Final = register(
    Kind(
        KIND, _("Så får personen nås"),
        (
            Field(
                "channels", _("Tillåtna vägar"), Holds.CHOICES, choices=CHANNELS,
                hint=_("Inget kryss: personen får inte nås alls. Den kommer själv."),
            ),
            Field("weekdays", _("Dagar"), Holds.CHOICES, choices=WEEKDAYS,
                  hint=_("Inget kryss: alla dagar.")),
            Field("from_hour", _("Tidigast klockan"), Holds.NUMBER),
            Field("to_hour", _("Senast klockan"), Holds.NUMBER),
            Field(
                "say", _("Säg så här"), longest=500,
                hint=_("Vem säger du att du är, om någon annan svarar? Till exempel: jag ringer om tiden."),
            ),
            Field("never_say", _("Säg aldrig"), longest=500),
            Field("others", _("Vem kan svara eller läsa i stället?"), longest=500),
        ),
        in_journal=False, check=check,
    )
)  # fmt: skip
