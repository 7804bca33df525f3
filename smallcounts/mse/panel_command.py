"""The shell word `panel`: every method and doubt about lists in a CSV file, and what may be published."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from smallcounts.mse.command import number_from, read_table
from smallcounts.mse.command import share_bar as bar
from smallcounts.mse.panel import DRAWS, honesty_panel
from smallcounts.mse.stepwise import THRESHOLD


def add_word(words: argparse._SubParsersAction[Any], share: Callable[[str], float]) -> None:
    """Adds `panel` to the words of the command; `share` reads a number between 0 and 1."""
    word = words.add_parser("panel", help="every method and every doubt, and what may be published")
    word.add_argument(
        "file", help="CSV with a column of 0/1 for each list, and count; - reads standard input"
    )
    word.add_argument("--level", type=share, default=0.95, help="level of the intervals (0.95)")
    word.add_argument("--threshold", type=share, default=THRESHOLD, help="of the stepwise search (0.02)")
    word.add_argument("--bootstrap", type=number_from(1), default=DRAWS, help=f"bootstrap draws ({DRAWS})")
    word.add_argument("--seed", type=number_from(0), default=1, help="of the draws (1)")
    word.add_argument("--json", action="store_true", help="answer with one object")
    word.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """The panel as text or as JSON; CaptureError with one line when the file holds no lists."""
    found = honesty_panel(
        read_table(arguments.file),
        level=arguments.level,
        threshold=arguments.threshold,
        draws=arguments.bootstrap,
        seed=arguments.seed,
        progress=bar if sys.stderr.isatty() else None,
    )
    if arguments.json:
        return json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    return found.summary()
