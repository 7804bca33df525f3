"""The ledger is only added to, and a line that was changed is found."""

import json

import pytest

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import DisclosureError, LedgerBroken
from smallcounts.disclosure.ledger import START, Entry, append, read
from smallcounts.disclosure.release import DerivedFigure, Figure, Method, Published, Symbol

CELL = CellId("2021", (("area", "Nord"),))


def entry(
    release: str = "r1", value: int | Symbol = 5, kind: str = "table", day: str = "2026-03-31"
) -> Entry:
    figure = Figure(CELL, value, Method.ROUNDED, 5, 5)
    derived = DerivedFigure("share", "percent", CELL, 12.0, 0)
    return Entry(kind, day, "d1", Published(release, (figure,), (derived,)))


def test_what_is_written_is_read_again() -> None:
    text = append(append("", entry()), entry("r2", Symbol.HIDDEN, "press_answer"))
    ledger = read(text)
    assert ledger.entries == (entry(), entry("r2", Symbol.HIDDEN, "press_answer"))
    assert ledger.figures()[CELL].value is Symbol.HIDDEN and len(ledger.published()) == 2
    assert read("").head == START and text.startswith(append("", entry()))


def test_any_changed_byte_is_found_and_its_line_named() -> None:
    text = append(append("", entry()), entry("r2"))
    first = text.index("\n") + 1
    for at in range(0, len(text), 7):
        changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        with pytest.raises(LedgerBroken, match=f"ledger line {1 if at < first else 2}:"):
            read(changed)


def test_a_line_taken_out_moved_or_cut_is_found() -> None:
    text = append(append(append("", entry()), entry("r2")), entry("r3"))
    one, two, three = text.splitlines(keepends=True)
    for broken, line in ((one + three, 2), (two + one, 1), (two + three, 1)):
        with pytest.raises(LedgerBroken, match=f"line {line}: it does not follow"):
            read(broken)
    with pytest.raises(LedgerBroken, match="line 3: the last line is cut off"):
        read(text[:-1])


def test_a_changed_value_with_a_new_hash_breaks_the_chain() -> None:
    first = append("", entry())
    forged = append("", entry(value=10))
    second = append(first, entry("r2")).splitlines(keepends=True)[1]
    with pytest.raises(LedgerBroken, match="line 2: it does not follow"):
        read(forged + second)


def test_a_release_is_named_once_and_has_a_known_kind_and_day() -> None:
    text = append("", entry())
    for one, message in (
        (entry(), "in the ledger already"),
        (entry("r2", kind="tweet"), "kind 'tweet' is unknown"),
        (entry("r2", day="31 mars"), "must read like"),
    ):
        with pytest.raises(DisclosureError, match=message):
            append(text, one)


def test_no_truth_and_no_key_stand_in_the_ledger() -> None:
    body = json.loads(append("", entry()))
    assert set(body) == {
        "previous", "kind", "day", "programme", "release", "cells", "derived", "hash",
    }  # fmt: skip
    assert body["cells"] == [["2021|area=Nord", 5, "rounded", 5, 5]]
