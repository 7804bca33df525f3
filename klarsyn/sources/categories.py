"""A cell of a crossed table as one text: "age=18-24;gender=women"."""

from __future__ import annotations

from collections.abc import Iterable

Pairs = tuple[tuple[str, str], ...]


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """The text of (variable, category) pairs, by variable, so that one cell is written in one way."""
    return ";".join(f"{variable}={category}" for variable, category in sorted(pairs))


def parsed(text: str) -> Pairs:
    """The pairs of a text, by variable; none when it is a plain word such as "women".

    Raises ValueError when only a part of it is a pair, or a variable stands twice.
    """
    if "=" not in text:
        return ()
    pairs = []
    for part in text.split(";"):
        variable, equals, category = (piece.strip() for piece in part.partition("="))
        if not (variable and equals and category):
            raise ValueError(part)
        pairs.append((variable, category))
    if len({variable for variable, _ in pairs}) < len(pairs):
        raise ValueError(text)
    return tuple(sorted(pairs))
