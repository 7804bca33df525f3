"""What may be said to others: consent, the secrecy test, a referral and its steps, and every disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Entry, Kind, Row, kind_of, register
from klarsyn.cases.fields import Field, Holds, shown
from klarsyn.cases.grounds import CHOICES, check_holds
from klarsyn.cases.policy import ReferralStep

PURPOSES: Final = {
    "referral": _("hänvisning eller remiss"),
    "coordinator": _("regionkoordinatorn, med namn"),
    "care": _("vården"),
    "social": _("socialtjänsten i övrigt"),
    "police": _("polisanmälan"),
    "housing": _("boende"),
    "other": _("annat"),
}
RECEIVERS: Final = {
    "police": _("Polisen eller annan brottsbekämpande myndighet"),
    "prosecutor": _("Åklagaren"),
    "court": _("Domstol"),
    "social": _("Socialtjänsten"),
    "care": _("Vården"),
    "migration": _("Migrationsverket"),
    "coordinator": _("Regionkoordinatorn"),
    "civil": _("En förening eller ett boende"),
    "school": _("Skolan"),
    "supervision": _("Tillsynsmyndighet"),
    "other": _("Någon annan"),
}
# Who may be answered, besides: nobody is referred to them.
ASKERS: Final = {
    **RECEIVERS,
    "person": _("Personen själv"),
    "relative": _("En anhörig, partner eller vän"),
    "press": _("Press, eller någon utanför"),
}
REASONS: Final = {
    "AdditionalServicesRequired": _("behöver stöd som vi inte har"),
    "MigrationOrChangeOfLocation": _("flyttar eller reser"),
    "Other": _("annat"),
}
# The form's subset: what of the case a receiver is meant to see.
PARTS: Final = {
    "name": _("namn och födelsedag"),
    "contact": _("hur man når personen"),
    "background": _("språk, medborgarskap, familj"),
    "exploitation": _("utsattheten"),
    "control": _("kontroll och hot"),
    "case": _("ärendets läge och varför"),
}
STEPS: Final = {
    ReferralStep.SEND: _("lämnad till mottagaren"),
    ReferralStep.ACCEPT: _("mottagaren sade ja"),
    ReferralStep.DECLINE: _("mottagaren sade nej"),
    ReferralStep.FINISH: _("genomförd"),
    ReferralStep.REVOKE: _("återtagen"),
}
# What a person decides at the end of the help with a decision.
DECISIONS: Final = {
    "all": _("lämna ut allt som begärs"),
    "part": _("lämna ut en del"),
    "refused": _("lämna inte ut"),
    "lawyer": _("fråga en jurist först"),
}
GIVING: Final = frozenset({"all", "part"})
_BOUND: Final = frozenset({"referral", "disclosure", "rests_on"})
_RECEIVER: Final = Field("receiver", _("Mottagare"), Holds.LINE, is_required=True, longest=200)
_GROUND: Final = Field(
    "ground",
    _("Laglig grund"),
    Holds.CHOICE,
    choices=CHOICES,
    is_required=True,
    hint=_("Systemet visar paragrafen. Det är du som avgör."),
)
_DECIDED_BY: Final = Field("decided_by", _("Vem beslutade?"), Holds.LINE, is_required=True, longest=200)
_DECIDED_ON: Final = Field("decided_on", _("När beslutades det?"), Holds.DAY, is_required=True)


def _check_consent(data: Mapping[str, Any]) -> None:
    for name in ("valid_until", "withdrawn_on"):
        if name in data and data[name] < data["given_on"]:
            raise Refused(gettext("Samtycket slutar innan det börjar. Inget är sparat. Rätta datumen."))


def _check_test(data: Mapping[str, Any]) -> None:
    check_holds(data["ground"], data["decided_on"])


def gives(data: Mapping[str, Any]) -> bool:
    """Whether something was given out: also a line from before there were others."""
    return data.get("outcome", "all") in GIVING


def _check_disclosure(data: Mapping[str, Any]) -> None:
    if "outcome" in data and not {"asked", "reasons"} <= data.keys():
        raise Refused(gettext("Skriv vad som begärdes och dina skäl. Inget är sparat."))
    if not gives(data):
        if data.keys() & {"sent", "ground"}:
            raise Refused(
                gettext(
                    "Beslutet är att inget lämnas nu, men grund eller utlämnade uppgifter är ifyllda. "
                    "Inget är sparat. Ändra beslutet eller töm fälten."
                )
            )
        return
    if not {"ground", "sent"} <= data.keys():
        raise Refused(gettext("Skriv den lagliga grunden och vad som lämnades ut. Inget är sparat."))
    ground = check_holds(data["ground"], data["decided_on"])
    if ground.key == "osl_10_28_duty" and "duty" not in data:
        raise Refused(gettext("Skriv i vilken lag skyldigheten står. Inget är sparat."))
    if ground.is_request and (data["how"] != "requested" or "reference" not in data):
        raise Refused(
            gettext(
                "Grunden gäller bara en begäran. Inget är sparat. Skriv vem som begärde och begärans nummer."
            )
        )


def _rows(entry: Entry) -> list[Row]:
    """Without the ids that bind an entry to another: nobody reads them."""
    fields = [f for f in kind_of(entry.kind).fields if f.name in entry.data and f.name not in _BOUND]
    return [Row(str(f.label), shown(f, entry.data[f.name])) for f in fields]


CONSENT: Final = register(
    Kind(
        "consent",
        _("Samtycke"),
        (
            Field("purpose", _("Till vad?"), Holds.CHOICE, choices=PURPOSES, is_required=True),
            _RECEIVER,
            Field("scope", _("Vilka uppgifter?"), is_required=True, longest=2000),
            Field("given_on", _("Lämnat den"), Holds.DAY, is_required=True),
            Field("valid_until", _("Gäller till och med"), Holds.DAY),
            Field("withdrawn_on", _("Återtaget den"), Holds.DAY),
        ),
        by_hand=False,
        check=_check_consent,
    )
)
SECRECY_TEST: Final = register(
    Kind(
        "secrecy_test",
        _("Sekretessprövning"),
        (
            _RECEIVER,
            Field("what", _("Vilka uppgifter gäller det?"), is_required=True, longest=2000),
            _GROUND,
            Field("harm", _("Vilket men kan personen eller någon närstående lida?"), is_required=True),
            Field(
                "outcome",
                _("Vad blev svaret?"),
                Holds.CHOICE,
                is_required=True,
                choices={
                    "all": _("allt får lämnas"),
                    "part": _("en del får lämnas"),
                    "none": _("inget får lämnas"),
                },
            ),
            Field("lawyer", _("En jurist är tillfrågad"), Holds.YES),
            _DECIDED_BY,
            _DECIDED_ON,
        ),
        check=_check_test,
    )
)
_OUTCOME: Final = Field("outcome", _("Vad beslutas?"), Holds.CHOICE, choices=DECISIONS)
_ASKED: Final = Field("asked", _("Vad begärs, eller vad vill ni berätta?"), longest=5000)
_REASONS: Final = Field("reasons", _("Dina skäl"), longest=5000)
_GIVEN: Final = (
    _RECEIVER,
    Field("receiver_kind", _("Vad är mottagaren?"), Holds.CHOICE, choices=ASKERS, is_required=True),
    Field(
        "how",
        _("Hur kom det sig?"),
        Holds.CHOICE,
        is_required=True,
        choices={"requested": _("någon begärde det"), "own": _("vi själva tog initiativet")},
    ),
    Field("reference", _("Begärans nummer, om en myndighet begärde"), Holds.LINE, longest=100),
    _GROUND,
    Field("duty", _("I vilken lag står skyldigheten, om det finns en?"), Holds.LINE, longest=200),
    Field("sent", _("Vad lämnades ut?"), is_required=True, longest=5000),
    Field("left_out", _("Vad lämnades inte ut, och varför?"), is_required=True, longest=5000),
    _DECIDED_BY,
    _DECIDED_ON,
    Field("rests_on", _("Samtycke eller prövning"), Holds.LINE, longest=36),
)
_WHERE_GIVEN: Final = frozenset({"ground", "sent"})  # asked only where something is given
# Version 2 can also be a no, or a question to a lawyer first; then with what was weighed.
DISCLOSURE: Final = register(
    Kind(
        "disclosure",
        _("Beslut om utlämnande"),
        (
            _OUTCOME,
            _ASKED,
            *(replace(f, is_required=False) if f.name in _WHERE_GIVEN else f for f in _GIVEN),
            _REASONS,
            Field("told_appeal", _("Den som fick nej vet hur ett skriftligt beslut begärs"), Holds.YES),
            Field("walk", _("Det som vägdes"), longest=20_000),
        ),
        version=2,
        by_hand=False,
        check=_check_disclosure,
        rows=_rows,
        before={1: _GIVEN},
    )
)
# As a page asks when something is given out without the help: what it must have is asked for on the page.
GIVEN: Final = replace(DISCLOSURE, fields=_GIVEN)
REFERRAL: Final = register(
    Kind(
        "referral",
        _("Hänvisning"),
        (
            _RECEIVER,
            Field(
                "receiver_kind",
                _("Vad är mottagaren?"),
                Holds.CHOICE,
                choices=RECEIVERS,
                is_required=True,
            ),
            Field("reason", _("Varför?"), Holds.CHOICE, choices=REASONS, is_required=True),
            Field("what", _("Vad ska mottagaren göra?"), is_required=True, longest=5000),
            Field("parts", _("Vad får mottagaren se?"), Holds.CHOICES, choices=PARTS, is_required=True),
            Field("expires_on", _("Gäller till och med"), Holds.DAY, is_required=True),
        ),
    )
)
REFERRAL_STEP: Final = register(
    Kind(
        "referral_step",
        _("Hänvisningens gång"),
        (
            Field("referral", _("Hänvisning"), Holds.LINE, is_required=True, longest=36),
            Field(
                "step",
                _("Vad hände?"),
                Holds.CHOICE,
                choices={s.value: w for s, w in STEPS.items()},
                is_required=True,
            ),
            Field("comment", _("Kommentar"), longest=2000),
            Field("disclosure", _("Utlämnande"), Holds.LINE, longest=36),
        ),
        by_hand=False,
        rows=_rows,
    )
)
