"""The ledger: every figure ever published, one hash-chained JSON line a release; a changed line is found."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import DisclosureError, LedgerBroken
from smallcounts.disclosure.release import DerivedFigure, Figure, Method, Published, Symbol, Value

KINDS: Final = ("table", "press_answer", "correction", "open_data", "slide", "alt_text")
START: Final = "0" * 64  # the first line follows nothing
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One release as it stands in the ledger. `day` is given by the caller; this package has no clock."""

    kind: str
    day: str
    programme: str  # digest of the programme, or of a public table that has none
    published: Published
    note: str = ""  # why it was given out, or the rule that let it out


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases in order, and the hash of the last line."""

    entries: tuple[Entry, ...] = ()
    head: str = START

    def figures(self) -> dict[CellId, Figure]:
        """The figure that stands for each cell: the latest published."""
        return {f.cell: f for entry in self.entries for f in entry.published.figures}

    def published(self) -> tuple[Published, ...]:
        """What readers have seen, in order, corrected figures too: what was seen stays known."""
        return tuple(entry.published for entry in self.entries)

    def releases(self) -> tuple[str, ...]:
        return tuple(entry.published.release for entry in self.entries)


def append(text: str, entry: Entry) -> str:
    """The ledger's text with one line more. LedgerBroken when the old text is not whole.

    DisclosureError for an unknown kind, a day that is none, or a release id that stands there already.
    """
    ledger = read(text)
    if entry.kind not in KINDS:
        raise DisclosureError(f"the kind {entry.kind!r} is unknown; there are {', '.join(KINDS)}")
    if not _DAY.fullmatch(entry.day):
        raise DisclosureError(f"the day {entry.day!r} must read like 2026-03-31")
    if not entry.published.release or entry.published.release in ledger.releases():
        raise DisclosureError(
            f"the release {entry.published.release!r} stands in the ledger already; name it anew"
        )
    body = _body(entry, ledger.head)
    line = json.dumps(
        {**body, "hash": _hash(body)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"{text}{line}\n"


def read(text: str) -> Ledger:
    """The ledger in a text; LedgerBroken that names the first line that was changed, cut or moved."""
    if text and not text.endswith("\n"):
        raise LedgerBroken(
            f"ledger line {text.count(chr(10)) + 1}: the last line is cut off; restore the ledger",
            code="ledger_cut", line=text.count("\n") + 1,
        )  # fmt: skip
    entries, head = [], START
    for number, line in enumerate(text.splitlines(), 1):
        try:
            body = json.loads(line)
            claimed = body.pop("hash")
            if body["previous"] != head:
                raise LedgerBroken(
                    f"ledger line {number}: it does not follow the line before; restore the ledger",
                    code="ledger_moved", line=number,
                )  # fmt: skip
            if _hash(body) != claimed:
                raise LedgerBroken(
                    f"ledger line {number}: it was changed after it was written; restore the ledger",
                    code="ledger_changed", line=number,
                )  # fmt: skip
            entries.append(_entry(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, LedgerBroken):
                raise
            raise LedgerBroken(
                f"ledger line {number}: it is no line of a ledger; restore the ledger",
                code="ledger_no_line", line=number,
            ) from None  # fmt: skip
        head = claimed
    return Ledger(tuple(entries), head)


def _hash(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _body(entry: Entry, previous: str) -> dict[str, object]:
    published = entry.published
    return {
        "previous": previous,
        "kind": entry.kind,
        "day": entry.day,
        "programme": entry.programme,
        "release": published.release,
        "cells": [
            [f.cell.text, _plain(f.value), str(f.method), f.base, f.threshold]
            for f in published.figures
        ],
        "derived": [[d.name, d.kind, d.cell.text, d.value, d.decimals] for d in published.derived],
        **({"note": entry.note} if entry.note else {}),
    }  # fmt: skip


def _entry(body: Mapping[str, object]) -> Entry:
    cells: list[tuple[str, str | int, str, int, int]] = body["cells"]  # type: ignore[assignment]
    derived: list[tuple[str, str, str, float | None, int]] = body["derived"]  # type: ignore[assignment]
    figures = tuple(
        Figure(CellId.parse(cell), _value(value), Method(method), int(base), int(threshold))
        for cell, value, method, base, threshold in cells
    )
    made = tuple(DerivedFigure(n, k, CellId.parse(c), v, d) for n, k, c, v, d in derived)
    published = Published(str(body["release"]), figures, made)
    note = str(body.get("note", ""))
    return Entry(str(body["kind"]), str(body["day"]), str(body["programme"]), published, note)


def _plain(value: Value) -> str | int:
    return str(value) if isinstance(value, Symbol) else int(value)


def _value(value: str | int) -> Value:
    return Symbol(value) if isinstance(value, str) else int(value)
