"""The shell command: `python -m smallcounts rates counts.csv`, `… estimate lists.csv`, `… panel …`."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

import numpy as np

from smallcounts.errors import InputError
from smallcounts.rates.intervals import ASSUMPTIONS, LEVEL, MAX_COUNT, PER, poisson_interval
from smallcounts.rates.results import aligned, footnotes
from smallcounts.results import Cell
from smallcounts.shell import BadInput, Parser, read_text

COLUMNS = ("area", "count", "population")
STOPPED = 130
# Each other word has a module of its own, loaded when it is asked for: models and solvers take a second.
WORDS = {
    "estimate": "smallcounts.mse.command",
    "change": "smallcounts.change.command",
    "panel": "smallcounts.mse.panel_command",
    "protect": "smallcounts.disclosure.command",
    "attack": "smallcounts.disclosure.attack_word",
}
_COUNT = re.compile(r"[0-9]{1,13}")
_POPULATION = re.compile(r"[0-9]{1,13}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Line:
    """One area of the file."""

    area: str
    count: int
    population: float


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 2 with one line on stderr when the input cannot be used, 1 when nothing may leave."""
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser(given[:1]).parse_args(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        print(arguments.run(arguments), flush=True)
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt as stop:
        print(f"\nStopped; {str(stop) or 'nothing was estimated'}.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the word that is asked for; of every word when it is none of them."""
    parser = Parser(prog="python -m smallcounts", description="Honest figures from small counts.")
    words = parser.add_subparsers(required=True, metavar="word", parser_class=Parser)
    word = words.add_parser("rates", help="a rate with its interval for each area in a CSV file")
    word.add_argument("file", help="CSV with the columns area,count,population; - reads standard input")
    word.add_argument("--per", type=_above_zero, default=PER, help="people the rate is given for (100000)")
    word.add_argument("--level", type=_share, default=LEVEL, help="level of the intervals (0.95)")
    word.add_argument(
        "--method",
        choices=("exact", "mid-p"),
        default="exact",
        help="exact covers at least the level, mid-p on average",
    )
    word.add_argument("--json", action="store_true", help="answer with a list of objects")
    word.set_defaults(run=_rates)
    for name, module in WORDS.items():
        if name in asked or not {*WORDS, "rates"} & set(asked):
            import_module(module).add_word(words, _share)
    return parser


def _above_zero(text: str) -> float:
    value = _number(text)
    if not 0 < value <= MAX_COUNT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0 (and at most {MAX_COUNT:.0e})")
    return value


def _share(text: str) -> float:
    value = _number(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share between 0 and 1, such as 0.95")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number; write 0.95, not 0,95") from None


def _rates(arguments: argparse.Namespace) -> str:
    """The answer to the word `rates`, as JSON or as a table with its assumptions."""
    lines = read_counts(arguments.file)
    low, high = poisson_interval(
        np.array([line.count for line in lines]), level=arguments.level, method=arguments.method
    )
    rows: list[dict[str, Cell]] = [
        {
            "area": line.area,
            "count": line.count,
            "population": int(line.population) if line.population.is_integer() else line.population,
            "rate": line.count / line.population * arguments.per,
            "lower": float(lower) / line.population * arguments.per,
            "upper": float(upper) / line.population * arguments.per,
        }
        for line, lower, upper in zip(lines, low, high, strict=True)
    ]
    if arguments.json:
        return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)
    head = f"Rates per {arguments.per:,.10g}, intervals at level {arguments.level:g}, {arguments.method}"
    return f"{head}\n\n{aligned(rows)}\n\n{footnotes(ASSUMPTIONS, ())}"


def read_counts(name: str) -> list[Line]:
    """The areas of a CSV file in UTF-8 with a header; BadInput with file and line when it is not so."""
    shown, text = read_text(name)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(field.strip() for field in row)]
    except csv.Error as error:
        raise BadInput(f"{shown}:{reader.line_num}: the line cannot be read as CSV ({error})") from None
    if not rows:
        raise BadInput(f"{shown}:1: the file is empty; the first line must be {','.join(COLUMNS)}")
    places = _places(rows[0][1], f"{shown}:{rows[0][0]}")
    if len(rows) == 1:
        raise BadInput(f"{shown}:{rows[0][0] + 1}: no area follows the header")
    seen: dict[str, int] = {}
    lines = []
    for number, row in rows[1:]:
        line = _line(row, places, len(rows[0][1]), f"{shown}:{number}")
        if line.area in seen:
            raise BadInput(
                f"{shown}:{number}: the area {line.area!r} stands on line {seen[line.area]} already; "
                "one file holds one count per area"
            )
        seen[line.area] = number
        lines.append(line)
    return lines


def _places(header: list[str], where: str) -> tuple[int, int, int]:
    """Where the three columns stand; other columns are allowed and not read."""
    names = [field.strip().lower() for field in header]
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        mark = next(mark for mark in ";\t|" if mark in names[0])
        raise BadInput(f"{where}: the columns are parted by {mark!r}; use a comma")
    for column in COLUMNS:
        if names.count(column) != 1:
            what = "missing" if column not in names else "there more than once"
            raise BadInput(f"{where}: the column '{column}' is {what}; needed are {','.join(COLUMNS)}")
    return names.index("area"), names.index("count"), names.index("population")


def _line(row: list[str], places: tuple[int, int, int], width: int, where: str) -> Line:
    if len(row) != width:
        raise BadInput(
            f"{where}: {len(row)} fields where the header has {width}; "
            "a decimal comma or a thousands comma must go, a comma in a name needs quotes"
        )
    area, count, population = (row[place].strip() for place in places)
    if not area or not area.isprintable():
        raise BadInput(f"{where}: the area {area!r} must be a name or a code")
    if not _COUNT.fullmatch(count) or int(count) > MAX_COUNT:
        raise BadInput(f"{where}: the count {_short(count)} must be a whole number from 0, digits only")
    if not _POPULATION.fullmatch(population) or float(population) <= 0:
        raise BadInput(
            f"{where}: the population {_short(population)} must be a number above 0, "
            "with a point for decimals and no spaces"
        )
    return Line(area, int(count), float(population))


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


if __name__ == "__main__":
    sys.exit(main())
