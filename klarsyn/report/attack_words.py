"""What an attack found, where, and what would help, in sentences of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from klarsyn.base.numbers import percent, written
from klarsyn.mapping.audit import AttackResult
from klarsyn.report import categories, texts

_CHANCES: Final = ("A3",)  # their numbers are probabilities
_GAINS: Final = ("A6", "A7")  # theirs are gains, in shares of one
_IN_FILE: Final = re.compile(r", (name|text|comment|line|column|metadata|chart|dot|box)\b")
_LESS: Final = " less "
_VARIABLE: Final = "variable "


def found(result: AttackResult, language: str) -> str:
    """The sentence; "" for a result frozen before verdicts had numbers, of which only `detail` tells."""
    given = dict(result.numbers)
    words = texts.read("attacks")
    if given.get("carried_through", 1.0) == 0:
        return str(words["unfinished"]["found"][language])
    own: dict[str, Any] = words.get(result.code, {})
    if "none" in own and given and not any(given.values()):
        return str(own["none"][language])
    try:
        return texts.filled(own["found"][language], _written(result.code, given, language))
    except KeyError:
        return ""


def remedy(result: AttackResult, language: str) -> str:
    """What helps against the attack; "" where it found nothing. Other attacks' words stand as they are."""
    own = texts.read("attacks").get(result.code, {})
    return str(own["remedy"][language]) if result.remedy and own else result.remedy


def place(name: str, language: str) -> str:
    """A cell in words, "2024, kvinnor, norra delen"; a difference of two, or what else an attack names."""
    words = texts.read("attacks")
    if name in words["places"]:
        return str(words["places"][name][language])
    if name.startswith(_VARIABLE):
        return categories.variable(name.removeprefix(_VARIABLE), language)
    big, less, small = name.partition(_LESS)
    if less:
        both = {"big": place(big, language), "small": place(small, language)}
        return texts.filled(words["joined"]["less"][language], both)
    return categories.cell(name, language)


def place_in_file(name: str, language: str) -> str:
    """Where in a finished file a number stands, "data.csv, rad 3: 83"."""
    words = texts.read("attacks")["in_file"]
    return _IN_FILE.sub(lambda match: f", {words[match[1]][language]}", name)


def _written(code: str, given: Mapping[str, float], language: str) -> dict[str, str]:
    if code in _CHANCES:
        return {name: percent(value, 0, language) for name, value in given.items()}
    if code not in _GAINS:
        return {name: written(value, 0, language) for name, value in given.items()}
    points = {name: _points(value, language) for name, value in given.items()}
    parts = "; ".join(_gains(code, points, language))
    return {**points, "gains": parts} if parts else points


def _gains(code: str, points: Mapping[str, str], language: str) -> Iterator[str]:
    """Each gain by kind of guess (A6: "several, gain", "several, low" …) or by variable (A7)."""
    own = texts.read("attacks")[code]
    if code == "A6":
        for kind, called in own["kinds"].items():
            if f"{kind}, gain" in points:
                numbers_of = {n: points[f"{kind}, {n}"] for n in ("gain", "low", "high")}
                yield texts.filled(own["one"][language], {"kind": called[language], **numbers_of})
        return
    for name in (n for n in points if n != "mean"):
        kind = categories.variable(name, language)
        yield texts.filled(own["one"][language], {"kind": kind, "gain": points[name]})


def _points(share: float, language: str) -> str:
    """A difference of shares in points, with its sign: "+2,1"."""
    text = written(100 * share, 1, language)
    return f"+{text}" if share > 0 and text.strip("0.,") else text
