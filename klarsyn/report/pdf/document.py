"""The view model as the plain data that the Typst template reads."""

from __future__ import annotations

from typing import Any

from klarsyn.report import texts
from klarsyn.report.pdf.drawings import Drawings
from klarsyn.report.policy import State
from klarsyn.report.view import Chapter, Event, FigureShown, LawRow, Page, TableShown

Block = dict[str, Any]
_LABELS = ("page", "sources", "reading", "says_not", "contents")
MOST_ROWS = 40  # longer tables stand in the open data; the paper says so


def document(page: Page, *, address: str, publisher: str, drawings: Drawings) -> dict[str, Any]:
    """Everything the template prints, in one language. `address` is the edition's stable URL."""
    words = texts.read("paper")[page.language]
    title, text = _notice(page, words)
    return {
        "title": page.title,
        "publisher": publisher,
        "edition-line": _edition_line(page, words),
        "language": page.language,
        "region": words["region"],
        "keywords": words["keywords"],
        "address": address,
        "labels": {k.replace("_", "-"): words[k] for k in _LABELS},
        "notice-title": title,
        "notice": text,
        "finding": page.headline,
        "caveat": page.headline_caveat,
        "stats": [{k: getattr(n, k) for k in ("value", "interval", "label", "note")} for n in page.numbers],
        "about": words["about"].format(address=address, hash=page.edition.content_hash[:16]),
        "chapters": [_chapter(c, words, drawings) for c in page.chapters],
    }


def _edition_line(page: Page, words: dict[str, Any]) -> str:
    on = page.edition.released_on
    if on is None:
        return str(words["unreleased"].format(number=page.edition.number))
    return str(words["edition"].format(number=page.edition.number, date=on.isoformat()))


def _notice(page: Page, words: dict[str, Any]) -> tuple[str, str]:
    if page.edition.is_invented:
        return words["notice_invented_title"], words["notice_invented"]
    if page.edition.state is State.SUPERSEDED:
        return words["notice_superseded_title"], words["notice_superseded"]
    if page.edition.what_changed:
        return _edition_line(page, words), words["changed"].format(text=page.edition.what_changed)
    return "", ""


def _chapter(chapter: Chapter, words: dict[str, Any], drawings: Drawings) -> Block:
    blocks: list[Block] = [{"kind": "lead", "text": chapter.lead}]
    if chapter.points:
        blocks.append({"kind": "list", "items": list(chapter.points)})
    blocks.append({"kind": "text", "paragraphs": list(chapter.paragraphs)})
    for note in chapter.notes:
        blocks += [{"kind": "heading", "title": note.title}, {"kind": "text", "paragraphs": [note.text]}]
    if chapter.laws:
        blocks.append(_laws(chapter.laws, words))
    if chapter.events:
        blocks.append(_events(chapter.events, words))
    blocks += [_figure(f, words, drawings) for f in chapter.figures]
    if chapter.missing:
        rows = [[m.what, m.fills] for m in chapter.missing]
        blocks.append(_table("", [words["missing"], words["fills"]], rows))
    return {"title": f"{chapter.number} {chapter.title}", "blocks": blocks}


def _figure(figure: FigureShown, words: dict[str, Any], drawings: Drawings) -> Block:
    tables = [_sheet(t, words) for t in figure.tables if t.rows]
    return {
        "kind": "figure",
        "title": figure.title,
        "subtitle": figure.line,
        "findings": [*figure.findings, *figure.warnings],
        "pictures": drawings.of(figure),
        "how": f"{words['how']} {figure.how}",
        "says-not": figure.says_not,
        "tables": tables,
        "sources": [s.title for s in figure.sources],
    }


def _sheet(table: TableShown, words: dict[str, Any]) -> Block:
    shown = table.rows[:MOST_ROWS]
    left = table.left_out + len(table.rows) - len(shown)
    note = f" {words['left_out'].format(n=left)}" if left else ""
    columns = [{"title": h.text, "align": "right" if h.is_number else "left"} for h in table.heads]
    rows = [[c.text for c in row.cells] for row in shown]
    return {"kind": "table", "caption": table.caption + note, "columns": columns, "rows": rows}


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> Block:
    columns = [{"title": h, "align": "left"} for h in heads]
    return {"kind": "table", "caption": caption, "columns": columns, "rows": rows}


def _laws(laws: tuple[LawRow, ...], words: dict[str, Any]) -> Block:
    rows = [
        [
            _sure(law.name, law.is_certain, words),
            law.says if law.was_in_force else f"{law.says} ({words['law_before']})",
            "; ".join(law.later),
        ]
        for law in laws
    ]
    return _table(words["law"], [words["law_name"], words["law_says"], words["law_later"]], rows)


def _events(events: tuple[Event, ...], words: dict[str, Any]) -> Block:
    heads = [words[k] for k in ("event_when", "event_what", "event_outcome", "event_source")]
    rows = [[e.when, _sure(e.text, e.is_certain, words), e.outcome, e.source] for e in events]
    return _table(words["events"], heads, rows)


def _sure(text: str, is_certain: bool, words: dict[str, Any]) -> str:
    return text if is_certain else f"{text} ({words['uncertain']})"
