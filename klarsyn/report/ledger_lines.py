"""Lines of the ledger, and an answer, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klarsyn.base.numbers import written
from klarsyn.mapping.actions import definitions
from klarsyn.mapping.answering import Answer
from klarsyn.mapping.publishing import PublishedLine
from klarsyn.report import categories, numbers, texts

KINDS: Final[dict[str, Promise]] = {
    "table": gettext_lazy("Utgåva"),
    "correction": gettext_lazy("Rättelse"),
    "press_answer": gettext_lazy("Svar på fråga"),
}
RULES: Final[dict[str, Promise]] = {
    "already_public": gettext_lazy("redan publicerad av sin källa"),
    "invented": gettext_lazy("påhittade tal"),
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line as the desk reads it."""

    number: int
    hash: str
    kind: Promise | str
    day: str
    release: str
    what: str
    note: str
    cells: tuple[tuple[str, str], ...]


def names(language: str) -> dict[str, str]:
    """What figures and programmes are called, by id and by name."""
    found = {}
    for indicator in definitions().indicators:
        title = indicator.title.en if language == "en" else indicator.title.sv
        found[indicator.id] = title
        if indicator.programme:
            found[indicator.programme] = title
    return found


def shown(line: PublishedLine, named: dict[str, str], language: str) -> LineShown:
    return LineShown(
        number=line.number,
        hash=line.hash[:12],
        kind=KINDS.get(line.kind, line.kind),
        day=line.day,
        release=line.release,
        what=_what(line.what, named, language),
        note=_rule(line.rule),
        cells=tuple((categories.cell(cell, language), _value(value, language)) for cell, value in line.cells),
    )


def _what(what: str, named: dict[str, str], language: str) -> str:
    """The figure's title, and of a public table its caption."""
    figure, _colon, table = what.partition(":")
    title = named.get(figure, figure)
    caption = texts.read("tables")["captions"].get(table)
    return f"{title}. {caption[language] if caption else table}" if table else title


def _rule(rule: str) -> str:
    """A rule in words; why an answer was given stands as it was written."""
    if rule.startswith("rounded_"):
        return _("skyddad, avrundad till multiplar av %(base)s") % {"base": rule.removeprefix("rounded_")}
    return str(RULES.get(rule, rule))


def _value(value: str, language: str) -> str:
    if value.isdecimal():
        return written(int(value), 0, language)
    return categories.symbol(value, language)


def told(answer: Answer, language: str) -> str:
    """The sentence to give whoever asked."""
    name = numbers.capital(categories.cell(answer.cell, language))
    if isinstance(answer.value, str):
        return _("%(name)s: %(value)s. Raden %(number)d i liggaren.") % {
            "name": name, "value": categories.symbol(answer.value, language), "number": answer.number,
        }  # fmt: skip
    text = (
        _(
            "%(name)s: omkring %(value)s, avrundat; det verkliga antalet ligger högst %(error)d ifrån. "
            "Siffran var redan publicerad. Utlämnandet är rad %(number)d i liggaren."
        )
        if answer.was_published
        else _(
            "%(name)s: omkring %(value)s, avrundat; det verkliga antalet ligger högst %(error)d ifrån. "
            "Siffran är ny och skyddad ihop med allt som publicerats. "
            "Utlämnandet är rad %(number)d i liggaren."
        )
    )
    return text % {
        "name": name, "value": written(answer.value, 0, language), "error": answer.error,
        "number": answer.number,
    }  # fmt: skip
