"""A finding's numbers, already written in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klarsyn.mapping.results import Finding
from klarsyn.report import numbers, texts
from klarsyn.sources.values import Measure


@dataclass(frozen=True, slots=True)
class Told:
    """One finding of one figure. Sentences ask it for text, never for raw numbers to format themselves."""

    finding: Finding
    language: str
    measure: Measure | None
    year: int
    publishers: tuple[tuple[str, str], ...] = ()  # source key → publisher
    reception: str = ""  # who counted, "" where a source did

    def raw(self, name: str) -> str | int | float:
        return self.finding.get(name)

    def number(self, name: str) -> float:
        return float(self.finding.get(name))

    def text(self, name: str) -> str:
        return texts.in_language(str(self.finding.get(name)), self.language)

    def period(self, name: str = "period") -> str:
        return numbers.period(self.text(name), self.language)

    def count(self, name: str) -> str:
        return numbers.count(self.number(name), self.language)

    def rate(self, name: str = "rate") -> str:
        return numbers.rate(self.number(name), self.language)

    def mean(self, name: str) -> str:
        return numbers.mean(self.number(name), self.language)

    def ratio(self, name: str = "ratio") -> str:
        return numbers.ratio(self.number(name), self.language)

    def chance(self, name: str, *, of_not: bool = False) -> str:
        value = self.number(name)
        return numbers.chance(1 - value if of_not else value, self.language)

    def per(self) -> str:
        return numbers.count(self.number("per"), self.language)

    def between(self, write: Callable[[float, str], str] = numbers.rate) -> str:
        return numbers.interval(self.number("lower"), self.number("upper"), self.language, write)

    def names(self, name: str) -> list[str]:
        """A list of names travels as one text joined by "|"; an empty text is no name at all."""
        return [part for part in self.text(name).split("|") if part]

    def publisher(self, key: str) -> str:
        """Whose word it is; two sources of one change are both named."""
        known = dict(self.publishers)
        return "; ".join(dict.fromkeys(known.get(k, k) for k in key.split("|")))
