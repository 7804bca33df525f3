"""What other rooms have sealed to a team they seal anew themselves; each names its function at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from klarsyn.base.vault import KeyPair

if TYPE_CHECKING:
    from klarsyn.people.models import TeamEpoch

# (old epoch, its pair, new epoch, its pair, cursor) -> the next cursor, "" when nothing is left.
Reseal = Callable[["TeamEpoch", KeyPair, "TeamEpoch", KeyPair, str], str]
_names: list[str] = []


def register_reseal(name: str) -> None:
    """`name`: the function's dotted path; models are not loaded yet when rooms register."""
    if name not in _names:
        _names.append(name)


def resealers() -> Sequence[Reseal]:
    return [import_string(name) for name in _names]
