"""Checked input: how many went from which level to which, and how many left before the second time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from smallcounts.errors import InputError

MINIMUM: Final = 10  # pairs: below it single persons show through, and no method below has anything to say
MOST: Final = 10**6
_DIGITS: Final = 10  # a difference of 0.1 made two ways is one difference


class PairsError(InputError):
    """The pairs cannot be used; the message says which and how to mend it."""


class TooFewPairs(PairsError):
    """The group is smaller than the minimum. The message names the minimum, never the group's size."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Counts of before and after. Made by `pairs`, which checks them.

    `counts`: (before, after, how many), in order. `left`: (before, how many) of those asked before who are in
    no pair; None when nobody knows how many they were, which is not the same as nobody.
    """

    counts: tuple[tuple[float, float, int], ...]
    left: tuple[tuple[float, int], ...] | None

    @property
    def number(self) -> int:
        return sum(n for _, _, n in self.counts)

    @property
    def differences(self) -> Mapping[float, int]:
        """After less before -> how many, from the lowest."""
        found: Counter[float] = Counter()
        for before, after, n in self.counts:
            found[round(after - before, _DIGITS)] += n
        return {value: found[value] for value in sorted(found)}

    @property
    def before(self) -> Mapping[float, int]:
        """The level before -> how many of those in the pairs."""
        found: Counter[float] = Counter()
        for before, _, n in self.counts:
            found[before] += n
        return dict(found)

    def turned(self) -> Pairs:
        """The same pairs with before and after changed for each other; who left is not known that way."""
        return Pairs(tuple(sorted((after, before, n) for before, after, n in self.counts)), None)


def pairs(table: Mapping[tuple[float, float], int], *, left: Mapping[float, int] | None = None) -> Pairs:
    """The table (before, after) -> how many, checked; `left`: level before -> how many are in no pair.

    Levels are finite numbers on one scale, counts whole numbers from 0. PairsError says which is not so.
    """
    counts = tuple(
        (float(before), float(after), n)
        for (before, after), n in sorted(table.items())
        if _level(before) and _level(after) and _count(n, f"from {before:g} to {after:g}")
    )
    gone = left and tuple(
        (float(b), n) for b, n in sorted(left.items()) if _level(b) and _count(n, f"at {b:g}")
    )
    return Pairs(counts, None if left is None else (gone or ()))


def checked(differences: Mapping[float, int], minimum: int) -> dict[float, int]:
    """Differences that are counted at least once, from the lowest; TooFewPairs below the minimum."""
    found = {
        float(value): n
        for value, n in sorted(differences.items())
        if _level(value) and _count(n, f"with the difference {value:g}")
    }
    enough(sum(found.values()), minimum)
    return found


def enough(number: int, minimum: int) -> None:
    """TooFewPairs when there are fewer pairs than the minimum."""
    if minimum < 2:
        raise PairsError(f"the minimum is a whole number from 2, not {minimum!r}")
    if number < minimum:
        raise TooFewPairs(
            f"fewer than {minimum} pairs: no change is computed; wait for more, or join groups asked alike"
        )


def _level(value: float) -> bool:
    if isinstance(value, bool) or not math.isfinite(value):
        raise PairsError(f"a level is a finite number, not {value!r}")
    return True


def _count(n: int, where: str) -> bool:
    if isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= MOST:
        raise PairsError(f"the count {where} is a whole number from 0 to {MOST}, not {n!r}")
    return n > 0
