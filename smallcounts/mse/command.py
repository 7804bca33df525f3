"""The shell word `estimate`: how many there are, from a CSV file of overlapping lists."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable
from typing import Any

from smallcounts.mse.answer import Answer
from smallcounts.mse.by_traits import BY_TRAITS
from smallcounts.mse.front import METHODS, estimate_population, panel_beside
from smallcounts.mse.methods import MOST
from smallcounts.mse.opened import as_table
from smallcounts.mse.options import Options
from smallcounts.mse.stepwise import THRESHOLD
from smallcounts.mse.strata import StrataTable
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.shell import read_text

WIDTH = 40  # signs of the progress bar


def add_word(words: argparse._SubParsersAction[Any], share: Callable[[str], float]) -> None:
    """Adds `estimate` to the words of the command; `share` reads a number between 0 and 1."""
    word = words.add_parser("estimate", help="seen and unseen together, from overlapping lists in a CSV file")
    word.add_argument(
        "file", help="CSV with a column of 0/1 for each list, and count; - reads standard input"
    )
    word.add_argument(
        "--method", choices=(*METHODS, *BY_TRAITS), default="auto", help="how to estimate (auto)"
    )
    word.add_argument("--traits", type=names, default=(), help="columns that are no lists: region,age")
    word.add_argument("--year", help="the column that is the year")
    word.add_argument("--pair", type=names, help="the two lists of doubly-robust and targeted: police,health")
    word.add_argument("--level", type=share, default=0.95, help="level of the interval (0.95)")
    word.add_argument("--threshold", type=share, default=THRESHOLD, help="of the stepwise search (0.02)")
    word.add_argument("--order", type=number_from(2), help="lists in one interaction at most (bic)")
    word.add_argument("--bootstrap", type=number_from(0), help="bootstrap draws, 0 for no interval")
    word.add_argument("--seed", type=number_from(0), default=1, help="of the draws (1)")
    word.add_argument("--model", help='a model such as "[12,3]" (log-linear)')
    word.add_argument(
        "--panel", action=argparse.BooleanOptionalAction,
        help="every method and doubt besides (by default with auto, not with a method of your choice)",
    )  # fmt: skip
    word.add_argument("--json", action="store_true", help="answer with one object")
    word.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """The answer to the word `estimate`; CaptureError with one line when there is none.

    For reading, the method's answer is printed as soon as it is there, and the panel when it is.
    """
    table = read_lists(arguments.file, arguments.traits, arguments.year)
    lists = as_table(table)
    asked = arguments.method == "auto" if arguments.panel is None else arguments.panel
    first = asked and not arguments.json and lists.k <= MOST
    found = _answer(arguments, table, panel=False if first else arguments.panel)
    if arguments.json:
        return json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    if not first:
        return found.summary()
    print(f"{found.summary()}\n", flush=True)
    options = Options(
        arguments.level, arguments.threshold, bootstrap=arguments.bootstrap, seed=arguments.seed,
        progress=share_bar if sys.stderr.isatty() else None,
    )  # fmt: skip
    try:
        return panel_beside(lists, found, options).summary()
    except KeyboardInterrupt:
        raise KeyboardInterrupt("there is no honesty panel") from None


def _answer(
    arguments: argparse.Namespace, table: CaptureTable | StrataTable, *, panel: bool | None
) -> Answer:
    try:
        return estimate_population(
            table,
            arguments.method,
            level=arguments.level,
            threshold=arguments.threshold,
            order=arguments.order,
            bootstrap=arguments.bootstrap,
            seed=arguments.seed,
            model=arguments.model,
            year=arguments.year,
            pair=_pair(arguments.pair),
            panel=panel,
            progress=bar if sys.stderr.isatty() else None,
        )
    except ValueError as error:  # a method that these lists are not for
        raise CaptureError(f"{arguments.file}: {error}") from None


def _pair(given: tuple[str, ...] | None) -> tuple[str, str] | None:
    if given is None:
        return None
    if len(given) != 2:
        raise CaptureError(f"--pair names two lists, such as police,health; not {len(given)}")
    return given[0], given[1]


def read_lists(name: str, traits: tuple[str, ...], year: str | None) -> CaptureTable | StrataTable:
    """The lists of a CSV file, by traits and year where they are named; CaptureError with file and line."""
    factors = tuple(dict.fromkeys((*traits, *((year,) if year is not None else ()))))
    if not factors:
        return read_table(name)
    shown, text = read_text(name)
    return StrataTable.from_csv_text(text, factors=factors, shown=shown)


def read_table(name: str) -> CaptureTable:
    """The lists of a CSV file, or of standard input for "-"; CaptureError with file and line."""
    shown, text = read_text(name)
    return CaptureTable.from_csv(io.StringIO(text), shown=shown)


def bar(done: int, total: int) -> None:
    """Draws how far the work is, over itself; wiped at the end."""
    _draw(done, total, f"{done:,} of {total:,} draws")


def share_bar(done: int, total: int) -> None:
    """The same in per cent, for work that is not all draws."""
    _draw(done, total, f"{100 * done // total} %")


def _draw(done: int, total: int, words: str) -> None:
    filled = WIDTH * done // total
    line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {words}"
    end = "\r" + " " * len(line) + "\r" if done >= total else ""
    print(f"\r{line}{end}", end="", file=sys.stderr, flush=True)


def names(text: str) -> tuple[str, ...]:
    """Names parted by commas."""
    found = tuple(name.strip() for name in text.split(","))
    if not all(found):
        raise argparse.ArgumentTypeError(f"{text!r} are no names parted by commas, such as region,age")
    return found


def number_from(least: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least`."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 18 or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
        return int(text)

    return read
