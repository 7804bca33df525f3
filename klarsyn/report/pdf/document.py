"""The view model as the plain data that the Typst template reads."""

from __future__ import annotations

import math
from typing import Any

from klarsyn.report import texts
from klarsyn.report.pdf.drawings import Drawings
from klarsyn.report.policy import State
from klarsyn.report.view import Chapter, Event, FigureShown, LawRow, NumberShown, Page, TableShown

Block = dict[str, Any]
WIDE = 8  # a table with more columns sets its last text, the remarks, below itself
_LABELS = ("page", "sources", "reading", "says_not", "contents")
MOST_ROWS = 40  # a longer table stands in the open data alone; the paper says so


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
        "stats": [_stat(n, words) for n in page.numbers],
        "about": words["about"].format(address=address, hash=page.edition.content_hash[:16]),
        "chapters": [_chapter(c, words, drawings) for c in page.chapters],
    }


def _stat(number: NumberShown, words: dict[str, Any]) -> dict[str, str]:
    interval = f"{words['interval']} {number.interval}"
    return {"value": number.value, "interval": interval, "label": number.label, "note": number.note}


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
        blocks.append({"kind": "list", "items": [p.title for p in chapter.points]})
    blocks.append({"kind": "text", "paragraphs": list(chapter.paragraphs)})
    told = {f.how for f in chapter.figures}  # the page has them in its margin; here they stand in the figure
    for note in (n for n in chapter.notes if n.text not in told):
        blocks += [{"kind": "heading", "title": note.title}, {"kind": "text", "paragraphs": [note.text]}]
    if chapter.laws:
        blocks.append(_laws(chapter.laws, words))
    if chapter.events:
        blocks.append(_events(chapter.events, words))
    blocks += [_figure(f, words, drawings) for f in chapter.figures]
    if chapter.missing:
        rows = [[m.what, m.fills] for m in chapter.missing]
        blocks.append(_table("", [words["missing"], words["fills"]], rows))
    opens = bool(chapter.figures) or chapter.number == 1
    return {"title": f"{chapter.number} {chapter.title}", "blocks": blocks, "opens-page": opens}


def _figure(figure: FigureShown, words: dict[str, Any], drawings: Drawings) -> Block:
    tables = [_sheet(t, words) for t in figure.tables if t.rows]
    return {
        "kind": "figure",
        "title": figure.title,
        "subtitle": figure.line,
        "findings": [f for f in (*figure.findings, figure.protection, *figure.warnings) if f],
        "pictures": drawings.of(figure),
        "how": f"{words['how']} {figure.how}",
        "says-not": figure.says_not,
        "tables": tables,
        "sources": [s.title for s in figure.sources],
    }


def _sheet(table: TableShown, words: dict[str, Any]) -> Block:
    all_rows = len(table.rows) + table.left_out
    if all_rows > MOST_ROWS:
        return {
            "kind": "text",
            "paragraphs": [words["table_elsewhere"].format(caption=table.caption, n=all_rows)],
        }
    heads = [h.text for h in table.heads]
    rows = [[c.text for c in row.cells] for row in table.rows]
    numeric = [h.is_number for h in table.heads]
    return _table(table.caption, heads, rows, numeric)


def _table(caption: str, heads: list[str], rows: list[list[str]], numeric: list[bool] | None = None) -> Block:
    is_number = numeric or [False] * len(heads)
    notes: list[str] = []
    if len(heads) > WIDE and not is_number[-1]:
        notes = [f"{row[0]}: {row[-1]}" for row in rows if len(row[-1]) > 1]
        heads, is_number, rows = heads[:-1], is_number[:-1], [row[:-1] for row in rows]
    columns = [
        {"title": head, "align": "right" if number else "left", "weight": _weight([head, *texts_of], number)}
        for head, number, *texts_of in zip(heads, is_number, *rows, strict=True)
    ]
    return {"kind": "table", "caption": caption, "columns": columns, "rows": rows, "notes": notes}


def _weight(texts_of: list[str], is_number: bool) -> float:
    """How much of the width a column wants: its longest word must fit, long texts get more but not all."""
    if is_number:
        return 0
    longest = max(len(word) for text in texts_of for word in (text.split() or [""]))
    mean = sum(map(len, texts_of)) / len(texts_of)
    return max(float(min(longest, 16)), math.pow(min(mean, 60.0), 0.8), 4.0)


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
