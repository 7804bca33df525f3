"""Svenska: det dolda antalet. Inget antal sägs utan gräns, antagande och vad regeln tillåter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import hidden_words
from klarsyn.report.sentences.told import Told

ASSUMING = (
    "Det gäller bara om ingen har förväxlats mellan listorna, gruppen var densamma hela tiden, alla kunde "
    "hamna på en lista och listorna hänger ihop på samma sätt för dem som ingen har mött, vilket inte går "
    "att pröva"
)
ALLOWED = {"range": "får ett spann anges", "lower_bound_only": "får bara en nedre gräns anges"}


def _met(t: Told) -> str:
    place = hidden_words.place(t.text("name"), "sv")
    return (
        f"{place} {t.period()}: {t.count('observed')} människor stod på minst en av {t.count('lists')} listor"
    )


def _quoted(said: str) -> str:
    return f"Så får det sägas, hela stycket: ”{said}”"


def hidden_range(t: Told) -> str:
    return _quoted(
        f"{_met(t)}. Metoder som är eniga med varandra ger mellan {t.count('lower')} och "
        f"{t.count('upper')}, "
        f"mötta och inte mötta tillsammans (95\u00a0% osäkerhetsintervall). {ASSUMING}."
    )


def hidden_bound(t: Told) -> str:
    whose = "Chaos metod" if t.raw("whose") == "chao" else "metoderna som räknas"
    return _quoted(
        f"{_met(t)}. Den lägsta gränsen i 95-procentiga intervall från {whose} är {t.count('lower')}, "
        "mötta och "
        f"inte mötta tillsammans. Hur många fler som finns kan inte sägas: {_reason(t)}. {ASSUMING}."
    )


def hidden_nothing(t: Told) -> str:
    return _quoted(
        f"{_met(t)}. Hur många som finns i allt kan inte sägas ur de här listorna: {_reason(t)}. Det "
        "betyder inte "
        "att inga fler finns."
    )


def _reason(t: Told) -> str:
    return hidden_words.reason(t.text("reason"), "sv")


def hidden_against(t: Told) -> str:
    reasons = [hidden_words.reason(code, "sv") for code in t.names("reasons")]
    return f"Också detta talar emot att säga mer: {'; '.join(reasons)}."


def hidden_spread(t: Told) -> str:
    return (
        f"De {t.count('methods')} metoder som får bära ett svar har 95-procentiga intervall som "
        "tillsammans går från "
        f"{t.count('lower')} till {t.count('upper')}. Enligt regeln {ALLOWED[t.text('verdict')]}; mitten "
        "av spannet "
        "är inget svar."
    )


def hidden_dial(t: Told) -> str:
    halves = f"{t.ratio('halves')} halverar svaret och {t.ratio('doubles')} dubblar det"
    if not t.number("halves"):
        halves = f"{t.ratio('doubles')} dubblar svaret"
    return (
        "Alla metoderna antar hur listorna hänger ihop för dem som ingen har mött. Är det fel med en "
        "faktor mellan "
        f"en fjärdedel och fyra går en och samma metod från {t.count('lower')} till {t.count('upper')}; "
        "faktorn "
        f"{halves}. Ingenting i listorna visar vilken faktor som är rätt, så enligt regeln "
        f"{ALLOWED[t.text('verdict')]}."
    )


def hidden_shared(t: Told) -> str:
    said = (
        f"Av {t.count('observed')} människor står {t.count('on_several')} på minst två listor, och det är "
        "de som hela "
        "beräkningen vilar på"
    )
    empty = t.number("empty")
    if not empty:
        return f"{said}."
    return f"{said}. I {t.count('empty')} av {t.count('pairs')} par av listor står ingen på båda."


def hidden_known(t: Told) -> str:
    return (
        "Metoderna har prövats på listor vars storlek är känd: deras intervall träffade rätt i "
        f"{t.count('held')} av {t.count('tests')} försök. Det bevisar inte att de hittar dem som inte "
        "står på "
        "någon lista."
    )


def hidden_how(t: Told) -> str:
    return (
        f"Intervallen bygger på {t.count('draws')} slumpade tabeller (stegvis val: "
        f"{t.count('stepwise_draws')}) med "
        f"startvärdet {t.count('seed')}, så att vem som helst får samma svar. Metoden med dolda klasser "
        "är utelämnad för att den tar för lång tid."
    )


def title(t: Told) -> str:
    """What the rule lets anyone say, without a number."""
    place = hidden_words.place(t.text("name"), "sv")
    return f"{place} {t.period()}: {SAID[t.finding.code]}"


SAID: Mapping[str, str] = {
    "hidden_range": "listorna räcker till ett spann för hur många som finns",
    "hidden_bound": "listorna räcker bara till en nedre gräns för hur många som finns",
    "hidden_nothing": "listorna säger inte hur många som finns",
}
SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (
        hidden_range, hidden_bound, hidden_nothing, hidden_against, hidden_spread, hidden_dial, hidden_shared,
        hidden_known, hidden_how,
    )
}  # fmt: skip
