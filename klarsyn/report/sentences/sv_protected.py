"""Svenska: skyddade antal. Ingen skillnad sägs som är mindre än vad avrundningen kan ge."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import categories
from klarsyn.report.numbers import capital
from klarsyn.report.sentences.told import Told


def protected_total(t: Told) -> str:
    if t.number("lower") == t.number("upper"):
        return f"{t.period()} räknades {t.count('count')} människor."
    return (
        f"{t.period()} räknades omkring {t.count('count')} människor: mellan {t.count('lower')} och "
        f"{t.count('upper')}, avrundat."
    )


def protected_change(t: Told) -> str:
    said = (
        f"Från {t.period('from')} till {t.period('to')} gick antalet från omkring {t.count('count_from')} "
        f"till omkring {t.count('count_to')}"
    )
    if t.number("is_sure"):
        return f"{said}; skillnaden är större än avrundningen."
    return f"{said}; det är mindre än vad avrundningen kan ge, så vi vet inte om antalet har ändrats."


def _largest(t: Told) -> tuple[str, str, str]:
    variable = t.text("variable")
    more, less = (categories.category(variable, t.text(name), "sv") for name in ("more", "less"))
    return capital(categories.variable(variable, "sv")), more, less


def protected_more(t: Told) -> str:
    variable, more, less = _largest(t)
    return (
        f"{variable} {t.period()}: störst är {more} (omkring {t.count('count_more')}), därefter {less} "
        f"(omkring {t.count('count_less')})."
    )


def protected_close(t: Told) -> str:
    variable, more, less = _largest(t)
    return (
        f"{variable} {t.period()}: {more} (omkring {t.count('count_more')}) och {less} (omkring "
        f"{t.count('count_less')}) ligger så nära varandra att avrundningen inte låter oss säga vilken som "
        "är störst."
    )


def protected_how(t: Told) -> str:
    said = "Antalen är avrundade för att ingen ska kunna kännas igen; ett verkligt antal ligger högst "
    said = f"{said}{t.count('error')} ifrån." if t.number("error") else ""
    hidden = int(t.number("hidden"))
    if hidden:
        many = "1 tal" if hidden == 1 else f"{t.count('hidden')} tal"
        said = f"{said} {many} visas inte alls, eftersom någon annars kunde kännas igen."
    return said.strip()


SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (protected_total, protected_change, protected_more, protected_close, protected_how)
}
