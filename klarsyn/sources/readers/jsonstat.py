"""Reads JSON-stat 2.0 as PxWeb writes it and as the standard allows it."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from math import prod

from klarsyn.sources.readers.cube import Dimension, Document, guess_role, observe
from klarsyn.sources.readers.observed import Observed, ReadError
from klarsyn.sources.readers.symbols import DEFAULT_SYMBOLS, SymbolMap
from klarsyn.sources.readers.text import load_json

_ROLES = {"geo": "area", "time": "time", "metric": "metric"}


def read(body: bytes, *, charset: str = "", symbols: SymbolMap = DEFAULT_SYMBOLS) -> tuple[Observed, ...]:
    """The figures of a json-stat2 dataset, row-major over `id`; `ReadError` says what does not fit."""
    return document(body, charset=charset, symbols=symbols).observed


def document(body: bytes, *, charset: str = "", symbols: SymbolMap = DEFAULT_SYMBOLS) -> Document:
    """The figures with title, source, time of update, notes and dimensions."""
    data = _dataset(body, charset)
    dimensions = _dimensions(data)
    size = prod(len(d.codes) for d in dimensions)
    values = _spread(data.get("value"), size, "value")
    marks = _marks(data.get("status"), size)
    observed = observe(dimensions, list(zip(values, marks, strict=True)), symbols)
    return _document(data, dimensions, observed)


def metadata(body: bytes, *, charset: str = "") -> Document:
    """The same without figures: a table's metadata is a dataset whose `value` is empty."""
    data = _dataset(body, charset)
    return _document(data, _dimensions(data), ())


def _document(
    data: Mapping[str, object], dimensions: tuple[Dimension, ...], observed: tuple[Observed, ...]
) -> Document:
    notes = data.get("note")
    return Document(
        title=str(data.get("label") or ""),
        source=str(data.get("source") or ""),
        updated=str(data.get("updated") or ""),
        notes=tuple(str(n) for n in notes) if isinstance(notes, list) else (),
        dimensions=dimensions,
        observed=observed,
    )


def _dataset(body: bytes, charset: str) -> Mapping[str, object]:
    data = load_json(body, charset)
    if not isinstance(data, dict) or data.get("class") != "dataset":
        raise ReadError("Innehållet är JSON men inte en tabell i formatet JSON-stat 2.")
    if not str(data.get("version", "2.0")).startswith("2"):
        raise ReadError(f"Innehållet är JSON-stat {data['version']}; bara version 2 läses.")
    return data


def _dimensions(data: Mapping[str, object]) -> tuple[Dimension, ...]:
    ids, sizes, parts = data.get("id"), data.get("size"), data.get("dimension")
    if not isinstance(ids, list) or not isinstance(sizes, list) or not isinstance(parts, dict):
        raise ReadError("Tabellen saknar id, size eller dimension.")
    if len(ids) != len(sizes):
        raise ReadError(f"Tabellen har {len(ids)} dimensioner i id men {len(sizes)} storlekar i size.")
    if len(set(ids)) != len(ids):
        raise ReadError(f"Tabellen nämner en dimension två gånger: {', '.join(map(str, ids))}.")
    roles = _roles(data.get("role"))
    return tuple(
        _dimension(str(code), size, parts.get(code), roles) for code, size in zip(ids, sizes, strict=True)
    )


def _roles(stated: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, codes in stated.items() if isinstance(stated, dict) else ():
        if name in _ROLES and isinstance(codes, list):
            found.update(zip(map(str, codes), repeat(_ROLES[name])))
    return found


def _dimension(code: str, size: object, part: object, roles: Mapping[str, str]) -> Dimension:
    category = part.get("category") if isinstance(part, dict) else None
    if not isinstance(part, dict) or not isinstance(category, dict):
        raise ReadError(f"Dimensionen {code} saknar sina värden (category).")
    labels = category.get("label")
    labels = labels if isinstance(labels, dict) else {}
    codes = _codes(code, category.get("index"), labels)
    if len(codes) != size:
        raise ReadError(f"Dimensionen {code} har {len(codes)} värden men size säger {size}.")
    units = category.get("unit")
    units = units if isinstance(units, dict) else {}
    label = str(part.get("label") or code)
    taken = set(roles.values())
    guessed = guess_role(code, label)
    extension = part.get("extension")
    return Dimension(
        code=code,
        label=label,
        codes=codes,
        labels=tuple(str(labels.get(c, c)) for c in codes),
        role=roles.get(code) or ("" if guessed in taken else guessed),
        units=tuple(_unit(units.get(c)) for c in codes) if units else (),
        decimals=tuple(_decimals(units.get(c)) for c in codes) if units else (),
        is_optional=isinstance(extension, dict) and extension.get("elimination") is True,
    )


def _codes(dimension: str, index: object, labels: Mapping[str, object]) -> tuple[str, ...]:
    if isinstance(index, list):
        codes = tuple(str(c) for c in index)
    elif isinstance(index, dict):
        if sorted(index.values(), key=str) != sorted(range(len(index)), key=str):
            raise ReadError(f"Dimensionen {dimension} numrerar inte sina värden 0–{len(index) - 1}.")
        codes = tuple(str(c) for c in sorted(index, key=lambda c: int(index[c])))
    else:
        codes = tuple(str(c) for c in labels)  # the standard lets a single value go without index
        if len(codes) != 1:
            raise ReadError(f"Dimensionen {dimension} saknar ordning (index) för sina {len(codes)} värden.")
    if len(set(codes)) != len(codes):
        raise ReadError(f"Dimensionen {dimension} har samma kod två gånger.")
    return codes


def _unit(stated: object) -> str:
    return str(stated.get("base") or stated.get("label") or "") if isinstance(stated, dict) else ""


def _decimals(stated: object) -> int | None:
    decimals = stated.get("decimals") if isinstance(stated, dict) else None
    return decimals if isinstance(decimals, int) else None


def _spread(stated: object, size: int, name: str) -> Sequence[object]:
    """An array as it is, an object {"3": 5} spread over its positions."""
    if isinstance(stated, list):
        if len(stated) != size:
            raise ReadError(f"Tabellen ska ha {size} värden enligt size, men {name} har {len(stated)}.")
        return stated
    if not isinstance(stated, dict):
        raise ReadError(f"Tabellen saknar {name}.")
    spread: list[object] = [None] * size
    for key, value in stated.items():
        if not (str(key).isascii() and str(key).isdigit()) or int(key) >= size:
            raise ReadError(f"{name} har platsen ”{key}”, men tabellen har bara plats 0–{size - 1}.")
        spread[int(key)] = value
    return spread


def _marks(stated: object, size: int) -> Sequence[str]:
    if stated is None:
        return [""] * size
    if isinstance(stated, str):
        return [stated] * size
    if isinstance(stated, list) and len(stated) == 1:
        stated = stated * size
    return ["" if mark is None else str(mark) for mark in _spread(stated, size, "status")]
