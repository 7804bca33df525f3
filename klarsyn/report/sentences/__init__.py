"""Finding code → plain sentence, in Swedish and English. Every code of the mapping has its sentence here."""

from __future__ import annotations

from klarsyn.mapping.results import FigureResult, Finding
from klarsyn.report.sentences import (
    en,
    en_facts,
    en_hidden,
    en_protected,
    sv,
    sv_facts,
    sv_hidden,
    sv_protected,
)
from klarsyn.report.sentences.titles import TITLES
from klarsyn.report.sentences.told import Told

SENTENCES = {
    "sv": {**sv.SENTENCES, **sv_facts.SENTENCES, **sv_protected.SENTENCES, **sv_hidden.SENTENCES},
    "en": {**en.SENTENCES, **en_facts.SENTENCES, **en_protected.SENTENCES, **en_hidden.SENTENCES},
}
APART = "protected_apart"  # says of the kinds of a figure that they have no sum
PROTECTION = "protected_how"  # said beside every table and chart, not among the findings
WARNINGS = {"sv": sv_facts.WARNINGS, "en": en_facts.WARNINGS}
PAIRS = 4  # of more comparisons than these, those that may be chance stand in the table alone
EXAMPLE = {
    "sv": "Påhittat exempel",
    "en": "Invented example",
}  # no invented figure reads as a claim about a place
HEADLINES = {"sv": sv.HEADLINES, "en": en.HEADLINES}


def told(finding: Finding, figure: FigureResult, language: str, year: int = 0) -> Told:
    measures = figure.indicator.measures
    publishers = tuple((s.key, s.publisher) for s in figure.sources)
    measure, reception = measures[0] if measures else None, figure.indicator.reception
    return Told(finding, language, measure, year, publishers, reception)


def sentence(finding: Finding, figure: FigureResult, language: str) -> str:
    """The finding as a sentence. KeyError when the code is unknown: a figure never goes out half worded."""
    return SENTENCES[language][finding.code](told(finding, figure, language))


def title(figure: FigureResult, language: str, year: int = 0) -> str:
    """What stands over a figure: what it found, without the full stop; its name when it found nothing.

    `year` is the mapping's own: where the newest figure is of a later year, both are named.
    """
    if not figure.findings:
        words = figure.indicator.title
        return words.sv if language == "sv" else words.en
    said = _made(figure, language, year) or sentence(figure.findings[0], figure, language).removesuffix(".")
    return f"{EXAMPLE[language]}: {said}" if any(t.is_invented for t in figure.tables) else said


def others(figure: FigureResult, language: str, year: int = 0) -> tuple[str, ...]:
    """The findings that the title has not already said."""
    rest = figure.findings if _made(figure, language, year) else figure.findings[1:]
    rest = tuple(f for f in rest if f.code != PROTECTION)
    pairs = sum(f.code.startswith("ratio_") for f in rest)
    kept = [f for f in rest if pairs <= PAIRS or f.code != "ratio_not_shown"]
    return tuple(sentence(f, figure, language) for f in kept)


def _made(figure: FigureResult, language: str, year: int) -> str:
    if not figure.findings:
        return ""
    first = figure.findings[0]
    make = TITLES.get(first.code)
    return make(figure, told(first, figure, language, year)) if make else ""


def headline(figure: FigureResult, language: str) -> str:
    """The first screen's sentence: says of what, where and when, for somebody who reads nothing else."""
    first = figure.findings[0]
    write = HEADLINES[language].get(first.code)
    return write(told(first, figure, language)) if write else sentence(first, figure, language)


def protection(figure: FigureResult, language: str) -> str:
    """How the figure's counts are protected, in one sentence; "" where they stand as in their source."""
    said = [sentence(f, figure, language) for f in figure.findings if f.code == PROTECTION]
    return " ".join(said)


def warning(code: str, language: str) -> str:
    return WARNINGS[language][code]
