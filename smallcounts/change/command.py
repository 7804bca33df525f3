"""The shell word `change`: counts of before and after in a CSV file, and what changed."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from smallcounts.change.pairs import MINIMUM, Pairs, pairs
from smallcounts.change.together import paired_change
from smallcounts.shell import BadInput, read_text

COLUMNS: Final = ("before", "after", "count")
_LEVEL: Final = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,6})?")
_COUNT: Final = re.compile(r"[0-9]{1,7}")


def add_word(words: argparse._SubParsersAction[Any], share: Callable[[str], float]) -> None:
    """Adds `change` to the words of the command; `share` reads a number between 0 and 1."""
    word = words.add_parser("change", help="what changed in pairs, from counts of before and after")
    word.add_argument(
        "file",
        help="CSV with the columns before,after,count (no after: who left); - reads standard input",
    )
    word.add_argument("--level", type=share, default=0.95, help="level of the intervals (0.95)")
    word.add_argument(
        "--minimum", type=_minimum, default=MINIMUM, help=f"pairs below which nothing is said ({MINIMUM})"
    )
    word.add_argument("--json", action="store_true", help="answer with a list of objects")
    word.set_defaults(run=run)


def _minimum(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 2")
    return int(text)


def run(arguments: argparse.Namespace) -> str:
    """The change as text or as JSON; one line when the file holds no pairs or too few."""
    found = paired_change(read_pairs(arguments.file), level=arguments.level, minimum=arguments.minimum)
    if arguments.json:
        answer = {"parts": found.to_rows(), "assumptions": found.assumptions, "warnings": found.warnings}
        return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)
    return f"Change in {found.pairs} pairs, after less before\n\n{found.summary()}"


def read_pairs(name: str) -> Pairs:
    """The pairs of a CSV file in UTF-8 with a header; BadInput with file and line when it is not so."""
    shown, text = read_text(name)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(field.strip() for field in row)]
    except csv.Error as error:
        raise BadInput(f"{shown}:{reader.line_num}: the line cannot be read as CSV ({error})") from None
    header = tuple(field.strip().lower() for field in rows[0][1]) if rows else ()
    if header != COLUMNS:
        raise BadInput(f"{shown}:1: the first line must be {','.join(COLUMNS)}, parted by commas")
    table: Counter[tuple[float, float]] = Counter()
    left: Counter[float] = Counter()
    for number, row in rows[1:]:
        before, after, count = _line(row, f"{shown}:{number}")
        if after is None:
            left[before] += count
        else:
            table[before, after] += count
    return pairs(table, left=left or None)


def _line(row: list[str], where: str) -> tuple[float, float | None, int]:
    if len(row) != len(COLUMNS):
        raise BadInput(f"{where}: {len(row)} fields where 3 are needed; a decimal comma must be a point")
    before, after, count = (field.strip() for field in row)
    for name, level in (("before", before), ("after", after)):
        if not _LEVEL.fullmatch(level) and (name == "before" or level):
            raise BadInput(f"{where}: '{name}' is {level[:40]!r}; write a number such as 4 or 3.5")
    if not _COUNT.fullmatch(count):
        raise BadInput(f"{where}: the count {count[:40]!r} must be a whole number from 0, digits only")
    return float(before), float(after) if after else None, int(count)
