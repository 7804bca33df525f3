"""What other rooms have sealed to a team they seal anew themselves; each names its functions at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from klarsyn.base.vault import KeyPair

if TYPE_CHECKING:
    from klarsyn.people.models import TeamEpoch

# (old epoch, its pair, new epoch, its pair, cursor) -> the next cursor, "" when nothing is left.
Reseal = Callable[["TeamEpoch", KeyPair, "TeamEpoch", KeyPair, str], str]
# old epoch -> (how many things are still sealed to it, how many the team has).
Count = Callable[["TeamEpoch"], tuple[int, int]]
_names: list[tuple[str, str]] = []


def register_reseal(name: str, *, count: str) -> None:
    """`name`, `count`: the functions' dotted paths; models are not loaded yet when rooms register."""
    if (name, count) not in _names:
        _names.append((name, count))


def resealers() -> Sequence[Reseal]:
    return [import_string(name) for name, _count in _names]


def still_sealed(old: TeamEpoch) -> tuple[int, int]:
    """(what is still sealed to the draining epoch, what there is in all), over every room."""
    counted = [import_string(count)(old) for _name, count in _names]
    return sum(left for left, _all in counted), sum(every for _left, every in counted)
