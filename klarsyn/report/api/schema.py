"""JSON Schema (2020-12) of a frozen dataclass, as its JSON is written."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from klarsyn.report.api.shapes import Doc

_PLAIN: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
}


def schemas(*roots: type) -> dict[str, Any]:
    """Every class that the roots reach, by name. Raises TypeError for a type JSON has no word for."""
    found: dict[str, Any] = {}
    for root in roots:
        _collect(root, found)
    return dict(sorted(found.items()))


def ref(shape: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def _collect(shape: type, found: dict[str, Any]) -> None:
    if shape.__name__ in found:
        return
    if issubclass(shape, StrEnum):
        found[shape.__name__] = {"type": "string", "enum": [str(one) for one in shape]}
        return
    properties: dict[str, Any] = {}
    found[shape.__name__] = {
        "type": "object",
        "properties": properties,
        "required": list(get_type_hints(shape)),
        "additionalProperties": False,
    }
    for name, hint in get_type_hints(shape, include_extras=True).items():
        properties[name] = _field(hint, found)


def _field(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    if get_origin(hint) is not Annotated:
        return _of(hint, found)
    inner, *notes = get_args(hint)
    said = " ".join(note.text for note in notes if isinstance(note, Doc))
    return {**_of(inner, found), "description": said}


def _of(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if isinstance(hint, types.UnionType):
        return {"anyOf": [_of(one, found) for one in get_args(hint)]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], found)}
    if isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, StrEnum)):
        _collect(hint, found)
        return dict(ref(hint))
    raise TypeError(f"no JSON for {hint!r}")
