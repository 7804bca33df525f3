"""The first picture, filled in after the talk: nothing must be answered. Mika asks other things than KAST.

The questions are the project's own. None of them is counted into a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds

WAYS_IN: Final[Mapping[str, Any]] = {
    "self": _("tog kontakt själv"),
    "relative": _("anhörig eller vän"),
    "outreach": _("uppsökande arbete"),
    "police": _("polisen"),
    "social": _("socialtjänsten"),
    "care": _("vården"),
    "school": _("skolan"),
    "civil": _("ideell organisation"),
    "card": _("kontaktkort"),
    "other": _("annat"),
}
SEX: Final[Mapping[str, Any]] = {
    "woman": _("kvinna"),
    "man": _("man"),
    "trans": _("transperson eller annat"),
    "unsaid": _("vill inte säga"),
}
AGES: Final[Mapping[str, Any]] = {
    "under_15": _("under 15"),
    "15_17": _("15–17"),
    "18_24": _("18–24"),
    "25_34": _("25–34"),
    "35_44": _("35–44"),
    "45_64": _("45–64"),
    "65_up": _("65 eller äldre"),
}
# As the first version of the form asked; two of them lie in two bands of the statistics, and tell none.
_AGES_BEFORE: Final[Mapping[str, Any]] = {
    "under_15": AGES["under_15"],
    "15_17": AGES["15_17"],
    "18_20": _("18–20"),
    "21_29": _("21–29"),
    "30_44": _("30–44"),
    "45_64": AGES["45_64"],
    "65_up": AGES["65_up"],
}
RESIDENCE: Final[Mapping[str, Any]] = {
    "own": _("i kommunen"),
    "county": _("i länet"),
    "elsewhere": _("någon annanstans"),
    "unsaid": _("vill inte säga"),
}
ASKED: Final[Mapping[str, Any]] = {
    "yes": _("ja"),
    "no": _("nej"),
    "unclear": _("oklart"),
    "not_asked": _("inte frågat"),
}
# Support for the talk: what is worth asking about again. Neither counted nor weighed.
SIGNS: Final[Mapping[str, Any]] = {
    "others_decide": _("någon annan bestämmer tider, priser eller platser"),
    "no_papers": _("någon annan har hens pass eller papper"),
    "debt": _("skuld som växer eller inte går att betala"),
    "watched": _("blir övervakad eller hämtad"),
    "money_taken": _("får inte behålla pengarna"),
    "threat": _("hot mot hen eller familjen"),
    "moved_about": _("flyttas mellan platser utan att veta vart"),
    "promised": _("lovades ett annat arbete eller ett annat liv"),
}
_COMMON: Final = (
    Field("way_in", _("Hur kom kontakten till?"), Holds.CHOICE, choices=WAYS_IN),
    Field("sex", _("Kön, som personen säger det"), Holds.CHOICE, choices=SEX),
    Field("age", _("Ålder"), Holds.CHOICE, choices=AGES, hint=_("Under 18 år: gå till orosanmälan först.")),
    Field("residence", _("Bor"), Holds.CHOICE, choices=RESIDENCE),
    Field("language", _("Språk, och behövs tolk?"), Holds.LINE, longest=200),
    Field("called", _("Vad vill personen kallas?"), Holds.LINE, longest=100, is_identity=True),
    Field("wish", _("Vad vill personen själv ha hjälp med?")),
)
_LAST: Final = (
    Field("suicide", _("Frågat om tankar på att ta sitt liv"), Holds.CHOICE, choices=ASKED),
    Field("violence", _("Våld eller hot just nu"), Holds.CHOICE, choices=ASKED),
    Field("children", _("Barn som berörs"), Holds.TEXT, hint=_("Hur har de det? Behövs en orosanmälan?")),
    Field("agreed", _("Vad har ni kommit överens om?")),
)


def _kind(key: str, reception: str, fields: tuple[Field, ...]) -> Kind:
    """The form of a reception, whose ages are those of the statistics since its second version."""
    before = tuple(replace(f, choices=_AGES_BEFORE) if f.name == "age" else f for f in fields)
    return register(
        Kind(
            key, _("Första bilden"), fields, version=2, receptions=frozenset({reception}), is_working=True,
            before={1: before},
        )
    )  # fmt: skip


INTAKE_MIKA: Final = _kind(
    "intake_mika", "mika",
    (
        *_COMMON,
        Field("situation", _("Situation"),
              hint=_("Sex mot ersättning nu eller förr, var, hur ofta, egna ord.")),
        Field("trauma", _("Svåra händelser"), hint=_("Bara det personen själv vill berätta.")),
        Field("health", _("Hälsa"),
              hint=_("Kropp, sömn, psykisk hälsa, alkohol och droger, vårdkontakter.")),
        Field("housing", _("Boende och pengar"), hint=_("Var sover hen, hur länge, skulder, inkomst.")),
        Field("safety", _("Trygghet"), hint=_("Vem är hen rädd för? Vad gör läget tryggare?")),
        Field(
            "signs", _("Tecken att fråga vidare om"), Holds.CHOICES, choices=SIGNS,
            hint=_("Stöd för samtalet. Räknas aldrig ihop. Ett enda kan räcka, inget kan vara fel."),
        ),
        Field("signs_words", _("Vad personen säger om det")),
        *_LAST,
    ),
)  # fmt: skip
INTAKE_KAST: Final = _kind(
    "intake_kast", "kast",
    (
        *_COMMON,
        Field("relation", _("Personen är"), Holds.CHOICE, choices={
            "buys": _("den som köper eller har köpt sex"), "thinks": _("den som tänker på att köpa sex"),
            "sexuality": _("den som har en sexualitet som är svår att styra"), "relative": _("anhörig"),
        }),
        Field("pattern", _("Mönster"),
              hint=_("Sedan när, hur ofta, när senast, vad går före, vad kommer efter.")),
        Field("after_arrest", _("Nyligen gripen eller anmäld"), Holds.CHOICE, choices=ASKED,
              hint=_("Fråga då alltid om tankar på att ta sitt liv.")),
        Field("risk", _("Risk"),
              hint=_("För personen själv och för andra. Vad gör risken större eller mindre?")),
        Field("relatives", _("Anhöriga"), hint=_("Vem vet? Vem berörs? Vill de ha eget stöd?")),
        Field("motivation", _("Vilja att ändra"), hint=_("Vad talar för, vad talar emot, med egna ord.")),
        Field("health", _("Hälsa"),
              hint=_("Psykisk hälsa, självkänsla, alkohol och droger, svåra händelser.")),
        *_LAST,
    ),
)  # fmt: skip
INTAKE: Final = {"mika": INTAKE_MIKA, "kast": INTAKE_KAST}
