"""On which line each key of a TOML file stands, so that an error can point at it."""

import re

_HEADER = re.compile(r"^\s*\[([A-Za-z0-9_.-]+)\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_FENCES = ('"""', "'''")


def lines_of_keys(text: str) -> dict[str, int]:
    """The line (from 1) of every key and table header; keys inside a table as `table.key`.

    Reads well-formed TOML of the plain kind the indicators use: tables, keys, strings of one
    or several lines. Text inside a long string is never taken for a key.
    """
    found: dict[str, int] = {}
    table, fence = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if line.count(fence) % 2 else fence
            continue
        if header := _HEADER.match(line):
            table = header[1]
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
            fence = _opens(line)
    return found


def _opens(line: str) -> str:
    for fence in _FENCES:
        if line.count(fence) % 2:
            return fence
    return ""
