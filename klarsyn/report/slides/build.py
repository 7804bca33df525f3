"""The view model as slides: what the hall sees, and what the speaker has on the second screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from klarsyn.mapping.definitions import Chapter as ChapterKey
from klarsyn.report import pictures, texts
from klarsyn.report.view import FigureShown, NumberShown, Page

WIDTH: Final = 1600
MOST: Final = 4  # points that a slide has room for in large type
# A taller drawing would shrink below 42 px in a hall of 1080 lines, 28 px in one of 720.
HIGHEST: Final = 740
# The charts a hall can take in from the back row; the rest stay on the page and in the paper edition.
SHOWN: Final = (
    "intervals", "trend", "change", "panels", "dots", "spans", "hex",
    "protected_crossed", "protected_parts", "protected_apart", "protected_years", "hidden_dial",
    "hidden_overlap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """A question that the hall is likely to ask, and where its answer stands."""

    question: str
    answer: str
    address: str  # of the page that answers where the figure comes from; "" = the edition itself


@dataclass(frozen=True, slots=True)
class Notes:
    """What the speaker has on the screen that the hall does not see."""

    say: tuple[str, ...]
    reading: str
    says_not: tuple[str, ...]
    expected: Expected


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. `svg` is drawn at WIDTH, `small` for a phone; `notes` are for the speaker alone."""

    id: str
    kind: str  # "first" | "finding" | "points"
    title: str
    under: str
    svg: str
    caveat: str
    source: str
    notes: Notes
    small: str = ""
    numbers: tuple[NumberShown, ...] = ()
    points: tuple[str, ...] = ()


def build(page: Page) -> tuple[Slide, ...]:
    """First the year's finding, then a slide a chart, last what nobody knows."""
    middle = [s for figure in page.figures() if (s := _finding(figure, page.language)) is not None]
    return (_first(page), *middle, *_last(page))


def _first(page: Page) -> Slide:
    numbers = tuple(f"{n.label}: {n.value} ({n.interval}). {n.note}" for n in page.numbers)
    notes = Notes(numbers, "", (page.headline_caveat,), _expected("first", page.language, page.edition.base))
    return Slide(
        id="s1", kind="first", title=page.headline, under=f"{page.title}, {page.municipality_name}", svg="",
        caveat=page.headline_caveat, source="", notes=notes, numbers=page.numbers,
    )  # fmt: skip


def _finding(figure: FigureShown, language: str) -> Slide | None:
    """The figure's first chart that keeps its words large; its findings as points when none does."""
    if not pictures.plan(figure.result, language):
        return None  # places and statements are read on the page, not from the back row
    kind, svg = _chart(figure, language)
    picture = next((p for p in figure.pictures if svg and p.kind == kind and not p.file), None)
    notes = Notes(
        say=(*figure.findings, *figure.warnings),
        reading=picture.reading if picture else "",
        says_not=(figure.says_not,),
        expected=_expected(figure.result.indicator.method.value, language, figure.origin),
    )
    return Slide(
        id=f"s-{figure.id}".replace("_", "-"), kind="finding", title=figure.title, under=figure.line, svg=svg,
        caveat=figure.protection, source="; ".join(s.title for s in figure.sources), notes=notes,
        small=picture.narrow.svg if picture else "",
        points=() if svg else (figure.findings or figure.warnings or (figure.says_not_first,))[:MOST],
    )  # fmt: skip


def _expected(of: str, language: str, address: str) -> Expected:
    words = texts.read("expected")[of][language]
    return Expected(words["question"], words["answer"], address)


def _chart(figure: FigureShown, language: str) -> tuple[str, str]:
    plan = pictures.plan(figure.result, language)
    whole = sorted(plan.items(), key=lambda one: SHOWN.index(one[0]) if one[0] in SHOWN else len(SHOWN))
    kind, parts = pictures.fewer(figure.result, language)
    for name, draw in (*whole, *((kind, part) for part in parts)):
        chart = pictures.draw_one(
            figure.result, name, draw, figure.title, figure.line, language, WIDTH, "s", "dark"
        )
        if chart.height <= HIGHEST:
            return name, chart.svg
    return "", ""


def _last(page: Page) -> tuple[Slide, ...]:
    """What nobody knows; an example that lacks nothing has no such slide."""
    words = texts.read("paper")[page.language]
    gaps = next((c for c in page.chapters if c.key is ChapterKey.GAPS), page.chapters[-1])
    missing = tuple(m.what for c in page.chapters for m in c.missing)
    address = f"{page.edition.base}#{gaps.key.value}"
    last = Slide(
        id="s-last", kind="points", title=words["last_title"], under=gaps.lead, svg="", caveat="", source="",
        notes=Notes(missing, "", (), _expected("gaps", page.language, address)), points=missing[:MOST],
    )  # fmt: skip
    return (last,) if missing else ()
