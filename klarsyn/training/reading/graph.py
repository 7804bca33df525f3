"""Whether a scenario can be walked: no missing node, dead end, unreached node or loop for ever; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Trouble(Enum):
    """What can be wrong with a graph."""

    MISSING = "missing"  # a choice leads to a node that is not there
    DEAD_END = "dead_end"  # a node that is no ending, and from which no choice leads
    UNREACHED = "unreached"  # no way from the start leads here
    ENDLESS = "endless"  # ways lead on for ever, and none of them to an ending


@dataclass(frozen=True, slots=True)
class Found:
    """One trouble. `choice`: which of the node's, from 0; -1 = the node itself."""

    trouble: Trouble
    node: str
    choice: int = -1
    to: str = ""


def troubles(start: str, ways: Mapping[str, tuple[str, ...]], endings: Iterable[str]) -> tuple[Found, ...]:
    """Everything wrong with a graph: `ways` from each node to the nodes its choices name."""
    ends = set(endings)
    found = [
        Found(Trouble.MISSING, node, n, to)
        for node, tos in ways.items()
        for n, to in enumerate(tos)
        if to not in ways
    ]
    if start not in ways:
        found.append(Found(Trouble.MISSING, "", -1, start))
    found += [Found(Trouble.DEAD_END, node) for node, tos in ways.items() if not tos and node not in ends]
    reached = _from({start} & set(ways), ways)
    found += [Found(Trouble.UNREACHED, node) for node in ways if node not in reached and start in ways]
    back: dict[str, tuple[str, ...]] = dict.fromkeys(ways, ())
    for node, tos in ways.items():
        for to in tos:
            if to in back:
                back[to] += (node,)
    saved = _from(ends & set(ways), back)
    found += [Found(Trouble.ENDLESS, node) for node, tos in ways.items() if tos and node not in saved]
    return tuple(found)


def _from(starts: set[str], ways: Mapping[str, tuple[str, ...]]) -> set[str]:
    seen, todo = set(starts), list(starts)
    while todo:
        for to in ways[todo.pop()]:
            if to in ways and to not in seen:
                seen.add(to)
                todo.append(to)
    return seen
