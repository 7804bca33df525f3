"""Progress on a terminal: what is done, of how much; silent where nobody watches."""

import sys
from collections.abc import Callable

Progress = Callable[[str, int, int], None]


def silent(label: str, done: int, total: int) -> None:
    """Says nothing."""


def on_terminal(label: str, done: int, total: int) -> None:
    """One line that rewrites itself on a terminal; one line a finished stage elsewhere. Goes to stderr."""
    finished = done >= total
    if sys.stderr.isatty():
        filled = 24 if total == 0 else round(24 * done / total)
        bar = "█" * filled + "·" * (24 - filled)
        end = "\n" if finished else ""
        print(f"\r{bar} {done}/{total} {label}\x1b[K", end=end, file=sys.stderr, flush=True)
    elif finished:
        print(f"{done}/{total} {label}", file=sys.stderr, flush=True)
