"""One way of writing a value down, so that the same value has the same bytes and the same hash."""

import hashlib
import json
import math
from typing import Final

DIGITS: Final = 9  # significant digits kept of a computed number: far above what the data can carry
MODEL_DIGITS: Final = 5  # of a number found by an optimiser, whose last digits differ between processors


class NotCanonical(ValueError):
    """The value cannot be written down in one way: NaN, infinity, or a type JSON does not know."""


def rounded(value: float, digits: int = DIGITS) -> float:
    """`value` to so many significant digits; rounding twice changes nothing."""
    if not math.isfinite(value):
        raise NotCanonical(f"{value} is not a number that can be frozen")
    return float(f"{value:.{digits}g}")


def plain(value: object) -> object:
    """`value` in JSON's own types: whole floats as integers, the others rounded; tuples as lists."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        short = rounded(value)
        return int(short) if short.is_integer() and abs(short) < 2**53 else short
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical("the keys of an object are texts")
        return {key: plain(item) for key, item in value.items()}
    raise NotCanonical(f"{type(value).__name__} has no place in a frozen file")


def to_bytes(value: object) -> bytes:
    """Canonical JSON: UTF-8, sorted keys, one space of indent, a newline at the end."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return text.encode() + b"\n"


def sha256(*parts: bytes) -> str:
    """The hash over `parts`; each is preceded by its length so that they cannot run together."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
