"""What to ask for: expressions turned into codes, split by the cell limit, put together again in order."""

import difflib
import re
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from klarsyn.sources.clients.errors import BadQuery, Scattered
from klarsyn.sources.readers import Dimension, Observed, area_code, period

Selection = Mapping[str, Sequence[str]]
Codes = dict[str, tuple[str, ...]]

_COUNTED = re.compile(r"^(top|bottom)\((\d+)(?:,(\d+))?\)$", re.IGNORECASE)
_BOUNDED = re.compile(r"^(from|to|range)\(([^,()]+)(?:,([^,()]+))?\)$", re.IGNORECASE)


def expand(dimensions: Sequence[Dimension], selection: Selection) -> Codes:
    """The codes a selection means, in the table's order, dimension by dimension in the table's order.

    Understands codes, `*` and `?` in codes, `top(n[,offset])`, `bottom(n[,offset])`, `from(code)`,
    `to(code)` and `range(code,code)`; for time `top` is the latest. A dimension that may be summed away
    can be left out. `BadQuery` names the dimension or code that does not exist.
    """
    known = {d.code: d for d in dimensions}
    for code in selection:
        if code not in known:
            raise BadQuery(f"Tabellen har ingen variabel {code}; den har {', '.join(known)}.")
    left_out = [d.code for d in dimensions if d.code not in selection and not d.is_optional]
    if left_out:
        raise BadQuery(f"Uttaget saknar {', '.join(left_out)}, som tabellen kräver.")
    return {d.code: _codes(d, selection[d.code]) for d in dimensions if d.code in selection}


def _codes(dimension: Dimension, expressions: Sequence[str]) -> tuple[str, ...]:
    chosen = {code for expression in expressions for code in _matches(dimension, expression.strip())}
    if not chosen:
        raise BadQuery(f"Uttaget ger inga värden för {dimension.code}.")
    return tuple(code for code in dimension.codes if code in chosen)


def _matches(dimension: Dimension, expression: str) -> Sequence[str]:
    codes = dimension.codes
    if expression in codes:
        return (expression,)
    if counted := _COUNTED.match(expression):
        return _counted(dimension, counted[1].lower(), int(counted[2]), int(counted[3] or 0))
    if bounded := _BOUNDED.match(expression):
        return _bounded(dimension, bounded[1].lower(), bounded[2], bounded[3])
    if "*" in expression or "?" in expression:
        pattern = re.escape(expression).replace(r"\*", ".*").replace(r"\?", ".")
        return tuple(c for c in codes if re.fullmatch(pattern, c))
    raise _unknown(dimension, expression)


def _counted(dimension: Dimension, which: str, count: int, offset: int) -> Sequence[str]:
    from_end = (which == "top") == (dimension.role == "time")  # the top of time is the latest
    ordered = dimension.codes[::-1] if from_end else dimension.codes
    return ordered[offset : offset + count]


def _bounded(dimension: Dimension, which: str, first: str, last: str | None) -> Sequence[str]:
    if (which == "range") != (last is not None):
        raise BadQuery(f"Uttrycket {which}(…) för {dimension.code} har fel antal koder.")
    for code in (first, last):
        if code is not None and code not in dimension.codes:
            raise _unknown(dimension, code)
    start = dimension.codes.index(first)
    if which == "from":
        return dimension.codes[start:]
    if which == "to":
        return dimension.codes[: start + 1]
    low, high = sorted((start, dimension.codes.index(last or first)))
    return dimension.codes[low : high + 1]


def _unknown(dimension: Dimension, code: str) -> BadQuery:
    near = difflib.get_close_matches(code, dimension.codes, n=3, cutoff=0.6)
    hint = f" Närmast: {', '.join(near)}." if near else ""
    return BadQuery(f"Värdet ”{code}” finns inte i {dimension.code}.{hint}")


def cells(codes: Codes) -> int:
    """How many cells a selection without expressions asks for."""
    return prod(len(values) for values in codes.values())


def split(codes: Codes, limit: int) -> tuple[Codes, ...]:
    """The selection in pieces of at most `limit` cells, cut along its longest dimension, in order."""
    if cells(codes) <= max(1, limit):
        return (codes,)
    longest = max(codes, key=lambda code: len(codes[code]))
    values = codes[longest]
    step = max(1, limit // (cells(codes) // len(values)))
    pieces = (values[i : i + step] for i in range(0, len(values), step))
    return tuple(small for piece in pieces for small in split({**codes, longest: piece}, limit))


def arrange(
    observed: Sequence[Observed], dimensions: Sequence[Dimension], codes: Codes
) -> tuple[Observed, ...]:
    """Figures from several answers in row-major order over `codes`.

    `Scattered` when a cell that was asked for is not there, or one that was not asked for is.
    """
    roles = {d.code: d.role for d in dimensions}
    spelled = {
        code: tuple(_spell(roles.get(code, ""), value) for value in values) for code, values in codes.items()
    }
    found = {_place(one, spelled, roles): one for one in observed}
    wanted = list(product(*spelled.values()))
    lacking = [place for place in wanted if place not in found]
    if lacking:
        raise Scattered(
            f"Svaret saknar {len(lacking)} av {len(wanted)} uppgifter, först {' '.join(lacking[0])}."
        )
    if len(observed) != len(wanted):
        raise Scattered(f"Svaret har {len(observed)} uppgifter; {len(wanted)} begärdes.")
    return tuple(found[place] for place in wanted)


def _spell(role: str, code: str) -> str:
    return {"area": area_code, "time": period}.get(role, str)(code)


def _place(one: Observed, spelled: Codes, roles: Mapping[str, str]) -> tuple[str, ...]:
    by_name = {dimension: code for dimension, code, _ in one.categories}
    own = {"area": one.area, "time": one.period}
    return tuple(own.get(roles.get(code, ""), by_name.get(code, "")) for code in spelled)
