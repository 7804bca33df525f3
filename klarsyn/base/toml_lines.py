"""On which line each key of a TOML file stands, so that an error can point at it."""

import re

_HEADER = re.compile(r"^\s*\[([A-Za-z0-9_.-]+)\]")
_ARRAY = re.compile(r"^\s*\[\[([A-Za-z0-9_.-]+)\]\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_FENCES = ('"""', "'''")


def lines_of_keys(text: str) -> dict[str, int]:
    """The line (from 1) of every key and table header; keys inside a table as `table.key`.

    Of an array of tables the place is part of the name: the second `[[node]]` is `node.1`, the first
    `[[node.choice]]` under it `node.1.choice.0`. Reads well-formed TOML of the plain kind that people write:
    tables, keys, strings of one or several lines. Text inside a long string is never taken for a key.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, fence = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if line.count(fence) % 2 else fence
        elif array := _ARRAY.match(line):
            table = _next(array[1], counts)
            found.setdefault(table, number)
        elif header := _HEADER.match(line):
            table = _placed(header[1].split("."), counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
            fence = _opens(line)
    return found


def _next(name: str, counts: dict[str, int]) -> str:
    """One more table of an array, under the newest of the arrays it stands in."""
    *outer, last = name.split(".")
    whole = ".".join(part for part in (_placed(outer, counts), last) if part)
    counts[whole] = counts.get(whole, 0) + 1
    return f"{whole}.{counts[whole] - 1}"


def _placed(parts: list[str], counts: dict[str, int]) -> str:
    whole = ""
    for part in parts:
        whole = f"{whole}.{part}" if whole else part
        if whole in counts:
            whole = f"{whole}.{counts[whole] - 1}"
    return whole


def _opens(line: str) -> str:
    for fence in _FENCES:
        if line.count(fence) % 2:
            return fence
    return ""
