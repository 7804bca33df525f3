"""Reading lists: rows of zeros and ones and a count, each refused with its place when it cannot be right."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smallcounts.errors import InputError

MAX_LISTS = 63  # one bit a list in a 64-bit whole number, one bit for the sign
MAX_COUNT = 10**9  # no service meets more persons; a larger count is a slip
COUNT = "count"


class CaptureError(InputError):
    """The lists contradict themselves; the message names the row and the mend."""


Row = tuple[str, Sequence[object], Sequence[object]]


def checked(names: tuple[str, ...], rows: Sequence[Row]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Masks, rising, and counts above 0 of rows (where, zeros and ones, the count alone), all believable."""
    check_names(names)
    where: dict[int, str] = {}
    persons: dict[int, int] = {}
    for place, pattern, count in rows:
        if len(pattern) != len(names) or len(count) != 1:
            raise CaptureError(
                f"{place}: {len(pattern)} lists where {len(names)} are named, and then the count"
            )
        mask = mask_of(pattern, names, place)
        if mask in where:
            raise CaptureError(f"{place}: the pattern stands in {where[mask]} already; add the two counts")
        where[mask] = place
        value = whole(count[0], f"{place}: the count")
        if value > MAX_COUNT:
            raise CaptureError(f"{place}: a count above {MAX_COUNT:,} is not believable: {value}")
        persons[mask] = value
    masks = sorted(mask for mask, value in persons.items() if value > 0)
    seen = 0
    for mask in masks:
        seen |= mask
    empty = [name for j, name in enumerate(names) if not seen >> j & 1]
    if empty:
        raise CaptureError(f"nobody is on the list {empty[0]!r}; take its column away")
    patterns = np.array(masks, dtype=np.int64)
    counts = np.array([persons[mask] for mask in masks], dtype=np.int64)
    patterns.flags.writeable = counts.flags.writeable = False
    return patterns, counts


def check_names(names: tuple[str, ...]) -> None:
    if len(names) < 2:
        raise CaptureError("one list alone says nothing about who is on none; at least two lists are needed")
    if len(names) > MAX_LISTS:
        raise CaptureError(f"{len(names)} lists are too many; at most {MAX_LISTS}: merge the smallest")
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise CaptureError(f"two lists are called {twice[0]!r}; give each a name of its own")
    bad = [name for name in names if not name.strip() or not name.isprintable()]
    if bad:
        raise CaptureError(f"the list {bad[0]!r} needs a name that can be printed")


def named(lists: Sequence[str] | None, width: int) -> tuple[str, ...]:
    """The names given, or 1, 2, 3 … for `width` lists."""
    names = tuple(str(at + 1) for at in range(width)) if lists is None else tuple(str(x) for x in lists)
    check_names(names)
    return names


def mask_of(pattern: Sequence[object], names: Sequence[str], place: str) -> int:
    """The bit mask of zeros and ones; CaptureError for anything else and for the pattern of no list."""
    mask = 0
    for j, value in enumerate(pattern):
        digit = value.strip() if isinstance(value, str) else value
        if digit in ("1", 1):
            mask |= 1 << j
        elif digit not in ("0", 0):
            name = names[j] if j < len(names) else j + 1
            raise CaptureError(
                f"{place}: the list {name!r} holds {short(value)}; write 1 for on it, 0 for not"
            )
    if not mask:
        raise CaptureError(f"{place}: nobody can be counted who is on no list; take the row away")
    return mask


def whole(value: object, what: str) -> int:
    """The value as a whole number from 0; CaptureError that begins with `what` for anything else."""
    number = value
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        number = int(value.strip()[:20])
    if isinstance(number, float | np.floating) and number.is_integer():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < 0:
        raise CaptureError(f"{what} {short(value)} must be a whole number from 0")
    return int(number)


def short(value: object) -> str:
    """The value as it is quoted in a message, cut after 40 signs."""
    text = str(value)
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def last_is_count(matrix: NDArray[np.generic], lists: Sequence[str] | None) -> bool:
    """Whether the last column of the array holds counts rather than a list."""
    if lists is not None and len(lists) == matrix.shape[1]:
        return str(lists[-1]) == COUNT
    return lists is not None or bool(np.any(matrix[:, -1:].astype(np.float64) > 1))


def text_of(source: str | Path | io.TextIOBase, name: str) -> str:
    """The text of a CSV file in UTF-8 or of an open text; CaptureError that begins with `name`."""
    try:
        if isinstance(source, io.TextIOBase):
            return source.read()
        return Path(source).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CaptureError(f"{name}: the file is not UTF-8; save it as UTF-8") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CaptureError(f"{name}: the file cannot be read: {reason}") from None


def rows_of_text(text: str, shown: str) -> tuple[tuple[str, ...], list[Row]]:
    """Names and rows of a CSV text with a header; CaptureError with file and line."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        lines = [(f"{shown}:{reader.line_num}", row) for row in reader if any(f.strip() for f in row)]
    except csv.Error as error:
        raise CaptureError(f"{shown}:{reader.line_num}: the line cannot be read as CSV ({error})") from None
    if not lines:
        raise CaptureError(f"{shown}:1: the file is empty; the first line names the lists and 'count'")
    header = [field.strip() for field in lines[0][1]]
    at = _place_of_count(header, lines[0][0])
    rows: list[Row] = []
    for place, row in lines[1:]:
        if len(row) != len(header):
            raise CaptureError(f"{place}: {len(row)} fields where the header has {len(header)}")
        rows.append((place, row[:at] + row[at + 1 :], row[at : at + 1]))
    if not rows:
        raise CaptureError(f"{lines[0][0]}: no row follows the header")
    return tuple(name for j, name in enumerate(header) if j != at), rows


def _place_of_count(header: list[str], where: str) -> int:
    places = [j for j, name in enumerate(header) if name.lower() == COUNT]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        mark = next(mark for mark in ";\t|" if mark in header[0])
        raise CaptureError(f"{where}: the columns are parted by {mark!r}; use a comma")
    if len(places) != 1:
        what = "missing" if not places else "there more than once"
        raise CaptureError(f"{where}: the column 'count' is {what}; a column of 0/1 a list, and one 'count'")
    return places[0]
