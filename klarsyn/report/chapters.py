"""The chapters of the yearly report: texts, the law of the year, what is missing, what has happened since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from klarsyn.mapping.definitions import Chapter as Key
from klarsyn.mapping.results import Finding, FrozenMapping
from klarsyn.report import numbers, texts
from klarsyn.report.dates import day
from klarsyn.report.view import Chapter, Event, FigureShown, LawRow, Link, Missing, Note
from klarsyn.sources.values import Measure

IN_SUMMARY: Final = (Key.EXTENT, Key.EXPOSED, Key.DEMAND, Key.WORK)
# An example says nothing of law, and of people only those who do not exist.
INVENTED: Final = (Key.SUMMARY, Key.METHOD, Key.EXPOSED, Key.DEMAND, Key.WORK, Key.ANNEX)


def words_of(mapping: FrozenMapping, language: str) -> dict[str, str]:
    """What may stand in braces in a text."""
    name = mapping.municipality_name
    return {
        "municipality": name,
        "municipality_s": numbers.genitive(name, language),
        "year": str(mapping.year),
        "next_year": str(mapping.year + 1),
    }


def chapters(mapping: FrozenMapping, figures: Sequence[FigureShown], language: str) -> tuple[Chapter, ...]:
    """All chapters in their order, each with its figures and its honest gaps."""
    shown = {f.result.indicator.chapter for f in figures}
    keys = tuple(k for k in Key if not mapping.is_invented or k in INVENTED or k in shown)
    return tuple(_chapter(key, number, mapping, figures, language) for number, key in enumerate(keys, 1))


def _chapter(
    key: Key, number: int, mapping: FrozenMapping, figures: Sequence[FigureShown], language: str
) -> Chapter:
    words, raw = words_of(mapping, language), _raw(key, mapping.is_invented, language)
    own = tuple(f for f in figures if f.result.indicator.chapter is key)
    return Chapter(
        key=key,
        number=number,
        title=texts.filled(raw["title"], words),
        lead=texts.filled(raw["lead"], words),
        paragraphs=(*(texts.filled(p, words) for p in raw["paragraphs"]), *_local(key, mapping, language)),
        figures=own,
        missing=gaps(mapping, language) if key is Key.GAPS else _missing(raw, words),
        notes=_notes(raw, words),
        laws=laws(mapping.year, language) if key is Key.PURPOSE else (),
        events=events(mapping.municipality, language) if key is Key.FOLLOWUP else (),
        points=_points(key, figures),
    )


def _raw(key: Key, is_invented: bool, language: str) -> Mapping[str, Any]:
    whole = texts.read(language)
    own = whole["invented"].get(key.value) if is_invented else None
    return dict(own or whole[key.value])


def _local(key: Key, mapping: FrozenMapping, language: str) -> tuple[str, ...]:
    """What is known of this very place, and of no other."""
    if mapping.is_invented:
        return ()
    known = texts.read("local")["paragraph"]
    return tuple(
        p[language] for p in known if p["chapter"] == key and mapping.municipality.startswith(p["area"])
    )


def _missing(raw: Mapping[str, Any], words: dict[str, str]) -> tuple[Missing, ...]:
    return tuple(
        Missing(texts.filled(m["what"], words), texts.filled(m["fills"], words))
        for m in raw.get("missing", ())
    )


def _notes(raw: Mapping[str, Any], words: dict[str, str]) -> tuple[Note, ...]:
    return tuple(
        Note(texts.filled(n["title"], words), texts.filled(n["text"], words)) for n in raw.get("notes", ())
    )


def _points(key: Key, figures: Iterable[FigureShown]) -> tuple[Link, ...]:
    """What the figures found, in the order of the report, each leading to its figure.

    In the chapter on cooperation what the receptions themselves counted of it, which stands in theirs.
    """
    said = [f for f in figures if key is Key.SUMMARY and f.result.indicator.chapter in IN_SUMMARY]
    if key is Key.COOPERATION:
        said = [f for f in figures if Measure.RECEPTION_WORK in f.result.indicator.measures]
        return tuple(Link(f.line, f"#figur-{f.id}") for f in said)
    return tuple(Link(f.title, f"#figur-{f.id}") for f in said)


def laws(year: int, language: str) -> tuple[LawRow, ...]:
    """The law on 31 December of the year, with what has changed since; then what did not exist yet."""
    by_provision: dict[str, list[Mapping[str, Any]]] = {}
    for version in texts.read("law")["version"]:
        by_provision.setdefault(version["provision"], []).append(version)
    rows = [_law(versions, date(year, 12, 31), language) for versions in by_provision.values()]
    return tuple(sorted(rows, key=lambda row: not row.was_in_force))


def _law(versions: Sequence[Mapping[str, Any]], on: date, language: str) -> LawRow:
    now = [v for v in versions if _was_in_force(v, on)]
    shown = now[0] if now else versions[0]
    later = [v for v in versions if v is not shown and v["since"] and date.fromisoformat(v["since"]) > on]
    return LawRow(
        name=shown["name"][language],
        says=shown["says"][language],
        was_in_force=bool(now),
        later=tuple(
            f"{day(v['since'], language)}: {v['says'][language]}" for v in ([] if now else [shown]) + later
        ),
        is_certain=shown["certain"],
    )


def _was_in_force(version: Mapping[str, Any], on: date) -> bool:
    since, until = version["since"], version["until"]
    return (not since or date.fromisoformat(since) <= on) and (not until or date.fromisoformat(until) > on)


def events(municipality: str, language: str) -> tuple[Event, ...]:
    found = [e for e in texts.read("events")["event"] if e["municipality"] in ("", municipality)]
    return tuple(
        Event(e["told"][language], e["text"][language], e["outcome"][language], e["source"], e["certain"])
        for e in sorted(found, key=lambda e: str(e["when"]))
    )


def gaps(mapping: FrozenMapping, language: str) -> tuple[Missing, ...]:
    """What the data could not carry, each with what would help, in the order of the texts."""
    said = {code: words_of(mapping, language) for f in mapping.figures for code in f.warnings}
    for finding in (f for figure in mapping.figures for f in figure.findings):
        said |= _from_finding(finding, mapping, language)
    return tuple(
        Missing(
            texts.filled(text["what"][language], said[code]),
            texts.filled(text["fills"][language], said[code]),
        )
        for code, text in texts.read("gaps").items()
        if code in said
    )


def _from_finding(finding: Finding, mapping: FrozenMapping, language: str) -> dict[str, dict[str, str]]:
    words = words_of(mapping, language) | {name: str(value) for name, value in finding.params}
    if finding.code == "coverage" and finding.get("known") != finding.get("total"):
        return {"coverage": words}
    if finding.code == "home_region" and not finding.get("known"):
        return {"home_region": words | {"region_name": numbers.region(str(finding.get("region")))}}
    return {}
