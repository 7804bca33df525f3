"""Svenska: skyddade antal. Ingen skillnad sägs som är mindre än vad avrundningen kan ge."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import categories
from klarsyn.report.counted_things import things, whose
from klarsyn.report.numbers import capital, listing, ratio
from klarsyn.report.sentences.told import Told


def protected_total(t: Told) -> str:
    what = f"{things(t.measure, 'sv')}{whose(t.reception, 'sv')}"
    if t.number("lower") == t.number("upper"):
        return f"{t.period()} räknades {t.count('count')} {what}."
    return (
        f"{t.period()} räknades omkring {t.count('count')} {what}: mellan {t.count('lower')} och "
        f"{t.count('upper')}, avrundat."
    )


def protected_apart(t: Told) -> str:
    return (
        f"{t.period()} räknades varje slag för sig{whose(t.reception, 'sv')}: de har var sin enhet och läggs "
        "aldrig ihop."
    )


def protected_change(t: Told) -> str:
    said = (
        f"Från {t.period('from')} till {t.period('to')} gick antalet från omkring {t.count('count_from')} "
        f"till omkring {t.count('count_to')}"
    )
    if t.number("is_sure"):
        return f"{said}; skillnaden är större än avrundningen."
    return f"{said}; det är mindre än vad avrundningen kan ge, så vi vet inte om antalet har ändrats."


def _variable(t: Told) -> str:
    return capital(categories.variable(t.text("variable"), "sv"))


def protected_most(t: Told) -> str:
    most = categories.category(t.text("variable"), t.text("category"), "sv")
    return f"{_variable(t)} {t.period()}: vanligast är {most} (omkring {t.count('count')})."


def protected_close(t: Told) -> str:
    pairs = zip(t.names("categories"), t.names("counts"), strict=True)
    named = [f"{categories.category(t.text('variable'), c, 'sv')} (omkring {n})" for c, n in pairs]
    return (
        f"{_variable(t)} {t.period()}: {listing(named, 'sv')} ligger så nära varandra att avrundningen inte "
        "låter oss säga vilken som är störst."
    )


def protected_pairs(t: Told) -> str:
    when = categories.category("point", t.text("point"), "sv")
    said = (
        f"{capital(when)}, {t.period()}: omkring {t.count('nearer')} svarade närmare det kursen lär ut "
        f"än före, omkring {t.count('further')} längre bort."
    )
    ways = {"more_gained": "närmare", "more_lost": "längre bort"}
    way = ways.get(t.text("carried"))
    if way is None:
        return (
            f"{said} De avrundade talen bär inget test av parade svar: hur avrundningen föll avgör svaret, "
            "så inget p-värde och ingen effekt skrivs ut."
        )
    return (
        f"{said} Att fler rörde sig {way} är mer än slumpen ger hur avrundningen än föll "
        "(teckentest, 95 procent). Ingen jämförelsegrupp finns, så det säger inte varför."
    )


def protected_how(t: Told) -> str:
    said = "Antalen är avrundade för att ingen ska kunna kännas igen; ett verkligt antal ligger högst "
    said = f"{said}{t.count('error')} ifrån." if t.number("error") else ""
    hidden = int(t.number("hidden"))
    if hidden:
        many = "1 tal" if hidden == 1 else f"{t.count('hidden')} tal"
        said = f"{said} {many} visas inte alls, eftersom någon annars kunde kännas igen."
    return said.strip()


def weeks_ratio(t: Told) -> str:
    return (
        f"I de {t.count('weeks_event')} veckorna med evenemang loggades omkring {t.count('count_event')} "
        f"tecken, i de {t.count('weeks_other')} andra omkring {t.count('count_other')}. I veckan är det "
        f"{t.ratio()} gånger så många (osäkerhetsintervall {t.between(ratio)}, avrundningen inräknad): "
        f"{_WEEKS[t.text('verdict')]} Den som letar mer ser mer, och det sägs inget om hur mycket som händer."
    )


_WEEKS = {
    "above": "fler än i andra veckor.",
    "below": "färre än i andra veckor.",
    "not_shown": "ingen skillnad är visad.",
}


def weeks_too_few(t: Told) -> str:
    return (
        f"Veckor med evenemang jämförs inte med andra {t.period()}: det behövs minst {t.count('least')} "
        f"tecken och {t.count('weeks')} veckor av varje slag."
    )


def outreach_weeks_ratio(t: Told) -> str:
    return (
        f"I de {t.count('weeks_event')} veckorna med evenemang ({t.count('days_event')} dagar) gjordes "
        f"omkring {t.count('count_event')} försök till kontakt, i de {t.count('weeks_other')} andra "
        f"({t.count('days_other')} dagar) omkring {t.count('count_other')}. I veckan är det {t.ratio()} "
        f"gånger så många (osäkerhetsintervall {t.between(ratio)}, avrundningen inräknad): "
        f"{_WEEKS[t.text('verdict')]} Fler pass ger fler försök, och det sägs inget om hur många människor "
        "det gäller eller hur mycket som händer."
    )


def outreach_weeks_too_few(t: Told) -> str:
    return (
        f"Uppsökande arbete i veckor med evenemang jämförs inte med andra {t.period()}: det behövs minst "
        f"{t.count('least')} försök och {t.count('weeks')} veckor av varje slag."
    )


def outreach_weeks_unsaid(t: Told) -> str:
    return (
        f"Uppsökande arbete i veckor med evenemang jämförs inte med andra {t.period()}: om någon blankett är "
        "det inte känt vilken vecka den gäller."
    )


_ALL = (
    protected_total,
    protected_apart,
    protected_change,
    protected_most,
    protected_close,
    protected_pairs,
    protected_how,
    weeks_ratio,
    weeks_too_few,
    outreach_weeks_ratio,
    outreach_weeks_too_few,
    outreach_weeks_unsaid,
)
SENTENCES: Mapping[str, Callable[[Told], str]] = {write.__name__: write for write in _ALL}
