"""The trafficking route in a case: age first, then steps done, the coordinator, recovery and return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Entry, Kind, Row, register
from klarsyn.cases.fields import Field, Holds, shown
from klarsyn.cases.route.general import LONGEST, check_general
from klarsyn.cases.route.steps import POINTS, recovery_ends

AGES: Final = {
    "child": _("under 18, eller så tror vi"),
    "adult": _("18 eller äldre"),
    "unknown": _("vet inte"),
}
_MIKA: Final = frozenset({"mika"})


def _check_question(data: Mapping[str, Any]) -> None:
    check_general(data["question"])


def _check_recovery(data: Mapping[str, Any]) -> None:
    if "granted_on" in data and "applied_on" in data and data["granted_on"] < data["applied_on"]:
        raise Refused(gettext("Betänketiden beviljas innan den söks. Inget är sparat. Rätta datumen."))


def _check_return(data: Mapping[str, Any]) -> None:
    if not data.get("wants"):
        raise Refused(
            gettext("Ett tryggt återvändande är personens egen vilja. Inget är sparat. Tala med personen.")
        )


def _recovery_rows(entry: Entry) -> list[Row]:
    found = [Row(str(f.label), shown(f, entry.data[f.name])) for f in RECOVERY.fields if f.name in entry.data]
    if "granted_on" in entry.data:
        found.append(Row(gettext("Sista dagen"), recovery_ends(entry.data["granted_on"]).isoformat()))
    return found


AGE: Final = register(
    Kind(
        "age",
        _("Ålder"),
        (
            Field("age", _("Är personen under 18?"), Holds.CHOICE, choices=AGES, is_required=True),
            Field("why", _("Vad bygger det på?"), longest=1000),
        ),
    )
)
CONCERN: Final = register(
    Kind(
        "concern_handed",
        _("Orosanmälan lämnad"),
        (
            Field("to", _("Till vilken socialtjänst?"), Holds.LINE, is_required=True, longest=200),
            Field("handed_on", _("När?"), Holds.DAY, is_required=True),
            Field("how", _("Hur?"), Holds.LINE, longest=200),
        ),
    )
)
TRAFFICKING: Final = register(
    Kind(
        "trafficking",
        _("Misstanke om människohandel"),
        (
            Field("noticed_on", _("När märktes det?"), Holds.DAY, is_required=True),
            Field(
                "seen",
                _("Vad såg eller hörde du?"),
                is_required=True,
                hint=_("Bara det. Ingen poäng, inget omdöme."),
            ),
        ),
        receptions=_MIKA,
    )
)
ROUTE_DONE: Final = register(
    Kind(
        "route_done",
        _("Steg i stödprocessen"),
        (
            Field(
                "points",
                _("Vad är gjort?"),
                Holds.CHOICES,
                choices={k: p.text.later for k, p in POINTS.items()},
                is_required=True,
            ),
            Field("note", _("Kommentar"), longest=2000),
        ),
        receptions=_MIKA,
    )
)
COORDINATOR: Final = register(
    Kind(
        "coordinator_asked",
        _("Fråga till regionkoordinatorn"),
        (
            Field("question", _("Fråga, i allmänna ordalag"), is_required=True, longest=LONGEST),
            Field("answer", _("Svar"), longest=5000),
        ),
        receptions=_MIKA,
        check=_check_question,
    )
)
RECOVERY: Final = register(
    Kind(
        "recovery",
        _("Betänketid"),
        (
            Field("applied_on", _("Ansökt den"), Holds.DAY),
            Field(
                "applied_by",
                _("Vem ansökte?"),
                Holds.CHOICE,
                choices={
                    "board": _("nämnden (blankett 195011)"),
                    "leader": _("förundersökningsledaren"),
                },
            ),
            Field("granted_on", _("Beviljad från och med"), Holds.DAY),
        ),
        receptions=_MIKA,
        check=_check_recovery,
        rows=_recovery_rows,
    )
)
RETURN: Final = register(
    Kind(
        "safe_return",
        _("Tryggt återvändande"),
        (
            Field("wants", _("Personen vill själv"), Holds.YES),
            Field(
                "by",
                _("Med vem?"),
                Holds.CHOICE,
                choices={"iom": _("IOM"), "other": _("någon annan")},
                is_required=True,
            ),
            Field("planned_on", _("Planerad dag"), Holds.DAY),
            Field("safe", _("Vad gör det tryggt där?"), is_required=True, longest=5000),
        ),
        receptions=_MIKA,
        check=_check_return,
    )
)
