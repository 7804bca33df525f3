"""English: protected counts. No difference is stated that is smaller than rounding can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import categories
from klarsyn.report.numbers import capital
from klarsyn.report.sentences.told import Told


def protected_total(t: Told) -> str:
    if t.number("lower") == t.number("upper"):
        return f"{t.count('count')} people were counted in {t.period()}."
    return (
        f"About {t.count('count')} people were counted in {t.period()}: between {t.count('lower')} and "
        f"{t.count('upper')}, rounded."
    )


def protected_change(t: Told) -> str:
    said = (
        f"From {t.period('from')} to {t.period('to')} the count went from about {t.count('count_from')} to "
        f"about {t.count('count_to')}"
    )
    if t.number("is_sure"):
        return f"{said}; the difference is larger than the rounding."
    return f"{said}; rounding alone can make as much, so we do not know whether the count has changed."


def _largest(t: Told) -> tuple[str, str, str]:
    variable = t.text("variable")
    more, less = (categories.category(variable, t.text(name), "en") for name in ("more", "less"))
    return capital(categories.variable(variable, "en")), more, less


def protected_more(t: Told) -> str:
    variable, more, less = _largest(t)
    return (
        f"{variable} in {t.period()}: largest is {more} (about {t.count('count_more')}), then {less} (about "
        f"{t.count('count_less')})."
    )


def protected_close(t: Told) -> str:
    variable, more, less = _largest(t)
    return (
        f"{variable} in {t.period()}: {more} (about {t.count('count_more')}) and {less} (about "
        f"{t.count('count_less')}) are so near each other that rounding does not let us say which is larger."
    )


def protected_how(t: Told) -> str:
    said = "Counts are rounded so that nobody can be recognised; a true count lies at most "
    said = f"{said}{t.count('error')} away." if t.number("error") else ""
    hidden = int(t.number("hidden"))
    if hidden:
        many = "1 figure is" if hidden == 1 else f"{t.count('hidden')} figures are"
        said = f"{said} {many} not shown at all, since someone could otherwise be recognised."
    return said.strip()


SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (protected_total, protected_change, protected_more, protected_close, protected_how)
}
