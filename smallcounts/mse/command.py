"""The shell word `estimate`: how many there are, from a CSV file of overlapping lists."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable
from typing import Any

from smallcounts.mse.front import METHODS, estimate_population
from smallcounts.mse.stepwise import THRESHOLD
from smallcounts.mse.table import CaptureError, CaptureTable

WIDTH = 40  # signs of the progress bar


def add_word(words: argparse._SubParsersAction[Any], share: Callable[[str], float]) -> None:
    """Adds `estimate` to the words of the command; `share` reads a number between 0 and 1."""
    word = words.add_parser("estimate", help="seen and unseen together, from overlapping lists in a CSV file")
    word.add_argument(
        "file", help="CSV with a column of 0/1 for each list, and count; - reads standard input"
    )
    word.add_argument("--method", choices=tuple(METHODS), default="auto", help="how to estimate (auto)")
    word.add_argument("--level", type=share, default=0.95, help="level of the interval (0.95)")
    word.add_argument("--threshold", type=share, default=THRESHOLD, help="of the stepwise search (0.02)")
    word.add_argument("--order", type=number_from(2), help="lists in one interaction at most (bic)")
    word.add_argument("--bootstrap", type=number_from(0), help="bootstrap draws, 0 for no interval")
    word.add_argument("--seed", type=number_from(0), default=1, help="of the draws (1)")
    word.add_argument("--model", help='a model such as "[12,3]" (log-linear)')
    word.add_argument("--json", action="store_true", help="answer with one object")
    word.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """The answer to the word `estimate`; CaptureError with one line when there is none."""
    table = read_table(arguments.file)
    try:
        found = estimate_population(
            table,
            arguments.method,
            level=arguments.level,
            threshold=arguments.threshold,
            order=arguments.order,
            bootstrap=arguments.bootstrap,
            seed=arguments.seed,
            model=arguments.model,
            progress=bar if sys.stderr.isatty() else None,
        )
    except ValueError as error:  # a method that these lists are not for
        raise CaptureError(f"{arguments.file}: {error}") from None
    if arguments.json:
        return json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    return found.summary()


def read_table(name: str) -> CaptureTable:
    """The lists of a CSV file, or of standard input for "-"; CaptureError with file and line."""
    if name != "-":
        return CaptureTable.from_csv(name)
    text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig")
    try:
        return CaptureTable.from_csv(text, shown="<stdin>")
    finally:
        text.detach()


def bar(done: int, total: int) -> None:
    """Draws how far the work is, over itself; wiped at the end."""
    filled = WIDTH * done // total
    line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,} draws"
    end = "\r" + " " * len(line) + "\r" if done == total else ""
    print(f"\r{line}{end}", end="", file=sys.stderr, flush=True)


def number_from(least: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least`."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 18 or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
        return int(text)

    return read
