"""Svenska: polisregioner, förmodade offer, enkäter, mottagningar, kartläggningar; varningar i ord."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import numbers
from klarsyn.report.numbers import genitive, listing
from klarsyn.report.numbers import ratio as write_ratio
from klarsyn.report.sentences.told import Told

KINDS = {"mika": "en Mika-mottagning", "kast": "en KAST-mottagning", "mika+kast": "Mika och KAST i samma hus"}


def region_change(t: Told) -> str:
    return (
        f"{t.text('name')}: {t.count('count_from')} anmälda {t.period('from')}, {t.count('count_to')} "
        f"{t.period('to')}. "
        f"Det är {t.ratio()} gånger så högt tal (95\u00a0% osäkerhetsintervall {t.between(write_ratio)}). "
        f"Källa: {t.publisher(t.text('source'))}."
    )


def home_region(t: Told) -> str:
    if t.number("known"):
        return f"{t.text('name')} hör till polisregion {numbers.region(t.text('region'))}, som finns med här."
    return (
        f"{t.text('name')} hör till polisregion {numbers.region(t.text('region'))}. För den regionen "
        "har vi inget antal anmälda; "
        "okänt är inte noll."
    )


def conflict(t: Told) -> str:
    pairs = zip(t.names("values"), t.names("sources"), strict=True)
    said = listing([f"{value} ({t.publisher(source)})" for value, source in pairs], "sv")
    return f"Om {t.text('name')} {t.period()} säger källorna olika: {said}. Båda visas; vi väljer inte."


def victims_last(t: Told) -> str:
    total = t.number("total")
    if total == 0:
        return f"{t.period()} kände regionkoordinatorerna inte till något förmodat offer för människohandel."
    who = "1 förmodat offer" if total == 1 else f"{t.count('total')} förmodade offer"
    return f"{t.period()} kände regionkoordinatorerna till {who} för människohandel i landet."


def victims_adults(t: Told) -> str:
    return f"Bland dem som blev kända {t.period()} fanns {t.count('women')} kvinnor och {t.count('men')} män."


def victims_children(t: Told) -> str:
    girls, boys = t.number("girls"), t.number("boys")
    girl = "1 flicka" if girls == 1 else f"{t.count('girls')} flickor"
    boy = "1 pojke" if boys == 1 else f"{t.count('boys')} pojkar"
    return f"Bland barnen {t.period()} fanns {girl} och {boy}."


def victims_purpose(t: Told) -> str:
    return (
        f"{t.period()} gällde {t.count('labour')} förmodade offer arbete och {t.count('sexual')} "
        "sexuella ändamål."
    )


def shares_known(t: Told) -> str:
    return (
        f"{t.count('surveys')} undersökningar har frågat människor själva; bara i "
        f"{t.count('with_asked')} av dem vet vi "
        "hur många som svarade."
    )


def places_known(t: Told) -> str:
    return (
        f"Vi känner till {t.count('places')} mottagningar: Mika på {t.count('mika')} och KAST på "
        f"{t.count('kast')}."
    )


def home_place(t: Told) -> str:
    since = f" sedan {t.period('since')}" if t.text("since") else "; sedan när framgår inte"
    kind = KINDS.get(t.text("kind").lower(), t.text("kind"))
    return f"{t.text('name')} har {kind}{since}."


def home_no_place(t: Told) -> str:
    return f"I {t.text('name')} känner vi inte till någon Mika- eller KAST-mottagning."


def statements_known(t: Told) -> str:
    n = t.number("conflicts")
    unlike = {0: "ingen säger emot en annan", 1: "i 1 fall säger källorna olika"}.get(
        int(n), f"i {t.count('conflicts')} fall säger källorna olika"
    )
    return f"Mottagningar har publicerat {t.count('statements')} uppgifter om sitt arbete; {unlike}."


def statement_conflict(t: Told) -> str:
    unit = {"procent": "\u00a0%"}.get(t.text("unit"), f" {t.text('unit')}")
    pairs = zip(t.names("values"), t.names("sources"), strict=True)
    said = listing([f"{value}{unit} ({t.publisher(source)})" for value, source in pairs], "sv")
    when = "" if t.text("period") in ("", "okänt", "okänd") else f" {t.period()}"
    return f"{t.text('town')}, {t.text('service')}, {t.text('what')}{when}: källorna säger olika, {said}."


def earlier_known(t: Told) -> str:
    return (
        f"{t.count('mappings')} kartläggningar {t.period('first')}–{t.period('last')} räknade olika "
        "saker på olika sätt."
    )


def home_population(t: Told) -> str:
    return (
        f"{t.text('name')} hade {t.count('count')} invånare den 31 december {t.period()}, "
        f"av {t.count('nation')} i landet."
    )


def home_population_by_sex(t: Told) -> str:
    return (
        f"Av {genitive(t.text('name'), 'sv')} invånare {t.period()} var {t.count('women')} kvinnor och "
        f"{t.count('men')} män."
    )


WARNINGS: Mapping[str, str] = {
    "no_data": "För den här perioden finns ingen känd uppgift. Det betyder inte noll.",
    "single_year": "Ett enda år kan inte visa en nivå. Med flera år blir intervallen smalare.",
    "compared_with_neighbours": "Kommunerna är många. Därför jämförs den egna bara med dem den gränsar till.",
    "too_few_for_shrinkage": (
        "Färre än tio kommuner har ett känt antal. Därför kan talen inte utjämnas mot varandra."
    ),
    "too_few_for_spatial": "För få kommuner har ett känt antal för en karta med utjämnade tal.",
    "too_few_years_for_panel": "Färre än tre år är kända. Därför visas ingen utveckling kommun för kommun.",
    "spatial_not_reliable": "Kartmodellen klarade inte sina egna kontroller, så dess tal visas inte.",
    "panel_not_reliable": "Modellen över år klarade inte sina egna kontroller, så dess tal visas inte.",
    "approximate_input": "Minst ett tal är ungefärligt i källan och ska läsas så.",
    "conflict": "Två källor säger olika om samma sak. Båda visas; vi räknar inget medelvärde.",
    "undated": "Minst en källa anger inget år. De talen ingår inte i någon utveckling.",
    "no_population": (
        "Folkmängden saknas för minst en rad. Där visas antalet utan tal per invånare och utan intervall."
    ),
    "series_break": (
        "Lagen eller räknesättet ändrades inom serien. Före och efter strecket är inte samma sak."
    ),
    "interval_only_where_asked_known": "Osäkerhet har bara gått att räkna där antalet svarande är känt.",
}
SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (
        region_change, home_region, conflict, victims_last, victims_adults, victims_children, victims_purpose,
        shares_known, places_known, home_place, home_no_place, statements_known, statement_conflict,
        earlier_known, home_population, home_population_by_sex,
    )
}  # fmt: skip
