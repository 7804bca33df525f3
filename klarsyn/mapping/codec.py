"""Frozen dataclasses to JSON's own types and back, by their type hints."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from smallcounts.disclosure import from_frozen, to_payload
from smallcounts.results import SafeTable


class Unreadable(ValueError):
    """A frozen file does not hold what its type promises; the message names the place."""


def encode(value: object) -> object:
    """`value` in JSON's own types. A SafeTable goes through disclosure's own payload."""
    if isinstance(value, SafeTable):
        return to_payload(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    return value


def decode(kind: Any, value: object) -> Any:
    """The `kind` (a dataclass, or a tuple of them) that `encode` wrote, else Unreadable."""
    return _decode(kind, value, getattr(kind, "__name__", str(kind)))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(kind), value, where)
    if origin is tuple:
        return _decode_tuple(get_args(kind), value, where)
    if kind is SafeTable:
        return from_frozen(value)
    if is_dataclass(kind):
        return _decode_dataclass(kind, value, where)
    try:
        if kind in (date, datetime):
            return kind.fromisoformat(value)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(value)
    except (TypeError, ValueError) as error:
        raise Unreadable(f"{where}: {value!r} is not a {kind.__name__}") from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise Unreadable(f"{where}: {value!r} is not of type {kind.__name__}")
    return value


def _decode_union(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and types.NoneType in kinds:
        return None
    others = [k for k in kinds if k is not types.NoneType]
    exact = [k for k in others if type(value) is k]
    return _decode((exact or others)[0], value, where)


def _decode_tuple(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    if not isinstance(value, list):
        raise Unreadable(f"{where}: {value!r} is not a list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_decode(kinds[0], item, f"{where}[{at}]") for at, item in enumerate(value))
    if len(kinds) != len(value):
        raise Unreadable(f"{where}: {len(value)} items where {len(kinds)} belong")
    return tuple(
        _decode(k, item, f"{where}[{at}]") for at, (k, item) in enumerate(zip(kinds, value, strict=True))
    )


def _decode_dataclass(kind: Any, value: Any, where: str) -> Any:
    names = [f.name for f in fields(kind)]
    if not isinstance(value, dict) or set(value) - set(names):
        raise Unreadable(f"{where}: does not hold a {kind.__name__}")
    hints = _hints(kind)
    given = {n: _decode(hints[n], value[n], f"{where}.{n}") for n in names if n in value}
    try:
        return kind(**given)
    except TypeError as error:
        raise Unreadable(f"{where}: {error}") from error
