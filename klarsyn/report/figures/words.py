"""The few words that charts say themselves, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from klarsyn.report.figures.model import Language


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    invented: str
    value: str
    interval: str
    shrunken: str
    withheld: str
    unavailable: str
    not_applicable: str
    zero: str
    approximate: str
    same_scale: str
    population: str
    others: str
    common_level: str
    under: str
    or_more: str
    to: str
    beyond: str
    operations: str
    span: str
    no_interval: str
    municipalities: str
    municipality: str
    break_: str
    rounded: str
    within: str
    hidden: str
    recognised: str
    answers: str
    beside: str
    edge: str
    no_number: str
    withheld_by_rule: str
    on_list: str
    factor: str

    def status(self, status: str) -> str:
        """The word for a value that is not there."""
        return {"withheld": self.withheld, "unavailable": self.unavailable}.get(status, self.not_applicable)


SWEDISH: Final = Words(
    invented="PÅHITTADE TAL",
    value="uppmätt tal",
    interval="95 % osäkerhetsintervall",
    shrunken="utjämnat tal",
    withheld="för få fall",
    unavailable="uppgift saknas",
    not_applicable="ej aktuellt",
    zero="noll",
    approximate="ungefärligt",
    same_scale="Samma skala i alla rutor.",
    population="Folkmängd, logaritmisk skala: små kommuner till vänster, stora till höger",
    others="andra kommuner",
    common_level="gemensam nivå",
    under="under",
    or_more="eller mer",
    to="–",
    beyond="intervallet fortsätter utanför skalan",
    operations="Kända polisinsatser",
    span="spann mellan undersökningar",
    no_interval="punkt utan känd osäkerhet",
    municipalities="kommuner",
    municipality="kommun",
    break_="tidsseriebrott",
    rounded="avrundat antal",
    within="här ligger det verkliga antalet",
    hidden="visas inte",
    recognised="visas inte: någon kunde kännas igen",
    answers="bär regelns svar",
    beside="bredvid: bär inget svar",
    edge="på gränsen",
    no_number="inget tal",
    withheld_by_rule="regeln håller inne talet",
    on_list="står på listan",
    factor="Faktor som antagandet är fel med, ξ; 1 = det stämmer",
)
ENGLISH: Final = Words(
    invented="INVENTED FIGURES",
    value="measured figure",
    interval="95% uncertainty interval",
    shrunken="smoothed figure",
    withheld="too few cases",
    unavailable="not available",
    not_applicable="not applicable",
    zero="zero",
    approximate="approximate",
    same_scale="The same scale in every panel.",
    population="Population, logarithmic scale: small municipalities to the left, large to the right",
    others="other municipalities",
    common_level="common level",
    under="under",
    or_more="or more",
    to="–",
    beyond="the interval goes on beyond the scale",
    operations="Known police operations",
    span="span between surveys",
    no_interval="point without known uncertainty",
    municipalities="municipalities",
    municipality="municipality",
    break_="break in the series",
    rounded="rounded count",
    within="the true count lies here",
    hidden="not shown",
    recognised="not shown: someone could be recognised",
    answers="carries the answer of the rule",
    beside="beside: carries no answer",
    edge="on the boundary",
    no_number="no number",
    withheld_by_rule="the rule withholds the number",
    on_list="is on the list",
    factor="Factor by which the assumption is off, ξ; 1 = it holds",
)


def words(language: Language) -> Words:
    return SWEDISH if language == "sv" else ENGLISH
