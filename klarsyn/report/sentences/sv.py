"""Svenska: jämförelser, förväntade antal och serier."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from klarsyn.report.numbers import capital, genitive, listing
from klarsyn.report.numbers import ratio as write_ratio
from klarsyn.report.sentences.told import Told
from klarsyn.sources.values import Measure

FEW = 4  # so many names are read out; more are counted
THING = {
    Measure.PRESS_COUNT_CONVICTED: "dömda för köp av sexuell tjänst",
    Measure.COURT_COUNT: "dömda för köp av sexuell tjänst",
    Measure.CONVICTED_PERSONS: "lagförda för köp av sexuell tjänst",
    Measure.REPORTED_OFFENCES: "anmälda köp av sexuell tjänst",
    Measure.SIMULATED: "påhittade fall",
}


def thing(t: Told) -> str:
    return THING.get(t.measure, "fall") if t.measure else "fall"


def home_summary(t: Told) -> str:
    parts = _against(t)
    if not parts:
        return f"{_home(t)}; det finns ingen annan kommun att jämföra med."
    return capital("; ".join(parts)) + "."


def home_headline(t: Told) -> str:
    parts = _against(t, middle=f" {t.period()}", of=f" i antal {thing(t)} per invånare")
    if not parts:
        return home_summary(t)
    return ". ".join(capital(part) for part in parts) + "."


def _home(t: Told) -> str:
    one = "1 fall" if t.number("count") == 1 else f"{t.count('count')} {thing(t)}"
    return f"{t.text('name')} {t.period()}: {one}"


def _against(t: Told, middle: str = "", of: str = "") -> list[str]:
    name, above, below, unsure = t.text("name"), t.names("above"), t.names("below"), t.names("not_shown")
    verb = "låg" if middle else "ligger"
    parts = []
    if above:
        parts.append(f"{name} {verb}{middle} tydligt över {_named(above)}{of}")
    if below:
        who = "kommunen" if above else name
        parts.append(
            f"{who} {verb}{'' if above else middle} tydligt under {_named(below)}{'' if above else of}"
        )
    if unsure and parts:
        start = "skillnaden" if len(unsure) == 1 else "skillnaderna"
        parts.append(f"{start} mot {_named(unsure)} kan bero på slumpen")
    elif unsure:
        parts.append(f"skillnaden mellan {name} och {_named(unsure)}{of}{middle} kan bero på slumpen")
    return parts


def _named(names: list[str]) -> str:
    return listing(names, "sv") if len(names) <= FEW else f"{len(names)} andra kommuner"


def home_missing(t: Told) -> str:
    why = {
        "withheld": "visas inte, eftersom fallen är för få",
        "not_applicable": "finns inte: kommunen fanns inte då",
    }.get(t.text("status"), "är inte känt för oss; okänt är inte noll")
    return f"{genitive(t.text('name'), 'sv')} antal {t.period()} {why}."


def _ratio(t: Told) -> str:
    if math.isinf(t.number("ratio")):
        return (
            f"I {t.text('name_b')} var antalet noll, så kvoten mot {t.text('name_a')} har inget "
            "ändligt värde "
            f"(95\u00a0% osäkerhetsintervall {t.between(write_ratio)})."
        )
    return (
        f"Talet i {t.text('name_a')} var {t.ratio()} gånger talet i {t.text('name_b')} "
        f"(95\u00a0% osäkerhetsintervall {t.between(write_ratio)})."
    )


def ratio_above(t: Told) -> str:
    return f"{_ratio(t)} Så stor skillnad ger slumpen sällan."


def ratio_below(t: Told) -> str:
    return f"{_ratio(t)} Så stor skillnad ger slumpen sällan."


def ratio_not_shown(t: Told) -> str:
    return f"{_ratio(t)} Det kan bero på slumpen."


def rates_span(t: Told) -> str:
    low, high = t.rate("lowest_rate"), t.rate("highest_rate")
    if t.number("areas") == 1:
        return f"Bara en kommuns tal är känt {t.period()}: {low} per {t.per()} invånare."
    return (
        f"I de {t.count('areas')} kommuner där antalet är känt {t.period()} låg talen mellan "
        f"{low} och {high} per {t.per()} invånare."
    )


def coverage(t: Told) -> str:
    known, rest = t.number("known"), t.number("total") - t.number("known")
    if not rest:
        return f"Antalet är känt för alla {t.count('total')} kommuner {t.period()}."
    if not known:
        return f"Antalet är inte känt för någon av {t.count('total')} kommuner {t.period()}."
    return (
        f"Antalet är känt för {t.count('known')} av {t.count('total')} kommuner {t.period()}. "
        "Om de andra vet vi ingenting; okänt är inte noll."
    )


def home_shrunken(t: Told) -> str:
    return (
        f"Utjämnat mot alla kommuner ligger {t.text('name')} på {t.rate()} per {t.per()} invånare "
        f"(95\u00a0% osäkerhetsintervall {t.between()})."
    )


def home_rank(t: Told) -> str:
    return (
        f"Vill man ändå placera {t.text('name')} hamnar kommunen någonstans mellan plats "
        f"{t.count('rank_lower')} och {t.count('rank_upper')} av {t.count('areas')}. Sannolikheten att "
        "den hör till "
        f"de {t.count('top')} med högst tal är {t.chance('probability_top')}."
    )


def rank_width(t: Told) -> str:
    return (
        f"En kommuns placering är så osäker att intervallet oftast är {t.count('median_width')} "
        "platser brett, "
        f"av {t.count('areas')}. Därför görs ingen rangordning."
    )


def below_one(t: Told) -> str:
    return (
        f"Med omkring {t.count('national')} lagföringar om året i landet blir det mindre än en om året i "
        f"{t.count('n')} av {t.count('total')} kommuner"
        ", även om alla kommuner vore lika."
    )


def home_expected(t: Told) -> str:
    return (
        f"I {t.text('name')} skulle det bli omkring {t.mean('expected')} om året, och slumpen ensam "
        "ger oftast "
        f"{t.count('lower')}–{t.count('upper')}. Sannolikheten för noll ett enskilt år är "
        f"{t.chance('probability_zero')}. Detta är räkning med folkmängd, inte ett fynd om kommunen."
    )


NATION = ("Riket", "Sverige", "Hela landet")
SAID = {
    Measure.REPORTED_OFFENCES: "anmäldes {} köp av sexuell tjänst",
    Measure.CONVICTED_PERSONS: "blev det {} lagföringar för köp av sexuell tjänst",
    Measure.SIMULATED: "hittade datorn på {} fall",
}


def series_last(t: Told) -> str:
    about = "omkring " if t.number("is_approximate") else ""
    number = about + t.count("count")
    said = SAID.get(t.measure, "var antalet {}") if t.measure else "var antalet {}"
    return f"{t.period()} {said.format(number)} {_where(t)}."


def _where(t: Told) -> str:
    return "i hela landet" if t.raw("name") in NATION else f"i {t.text('name')}"


def series_last_rate(t: Told) -> str:
    return f"{t.period()}: {t.rate()} per {t.per()} invånare (95\u00a0% osäkerhetsintervall {t.between()})."


def series_change(t: Told) -> str:
    rose = t.number("probability_rose") >= 0.5
    chance = t.chance("probability_rose", of_not=not rose)
    return (
        f"Från {t.period('from')} till {t.period('to')} gick antalet från {t.count('count_from')} till "
        f"{t.count('count_to')}. Sannolikheten att nivån {'steg' if rose else 'sjönk'} är {chance}; "
        "polisens arbete "
        "kan ensamt förklara det."
    )


HEADLINES: Mapping[str, Callable[[Told], str]] = {"home_summary": home_headline}
SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (
        home_summary, home_missing, ratio_above, ratio_below, ratio_not_shown, rates_span, coverage,
        home_shrunken, home_rank, rank_width, below_one, home_expected, series_last, series_last_rate,
        series_change,
    )
}  # fmt: skip
