"""The attacks that a protected figure must withstand: those of any reader, and those of insiders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.attacks.suite import Surroundings, audit
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published

# What anybody can do with all that has been published; a rounding that falls to one is drawn anew.
READERS: Final = ("A0", "A1", "A2", "A3", "A4")
# Of a single answer: how many whole tables fit (A2) says nothing of one cell.
ASKERS: Final = ("A0", "A1", "A3", "A4")
INSIDERS: Final = ("A5", "A6", "A7", "A8", "A9")
AGENCY: Final = "reporter"  # the variable that says which service met the person, where a programme has it


def readers(published: Sequence[Published], programme: Programme) -> tuple[Verdict, ...]:
    """The outcome of every attack that needs nothing but what is published."""
    return audit(published, programme, attacks=READERS).verdicts


def askers(published: Sequence[Published], programme: Programme) -> tuple[Verdict, ...]:
    """The same for one more cell beside all that is published."""
    return audit(published, programme, attacks=ASKERS).verdicts


def insiders(
    published: Sequence[Published], programme: Programme, people: People, key: bytes
) -> tuple[Verdict, ...]:
    """The outcome of the attacks that need the people, or the release made again."""
    one_by_one = single(people)
    around = Surroundings(agency=AGENCY if programme.variable(AGENCY) else "")
    make = rounding_maker(programme, key)
    return audit(published, programme, one_by_one, make, around=around, attacks=INSIDERS).verdicts


def single(people: People) -> People:
    """Counted combinations as that many rows of one person each, without pseudonyms."""
    rows = np.repeat(np.arange(len(people)), people.weight)
    ones = np.ones(len(rows), dtype=np.int64)
    return People(people.periods, people.period[rows], people.codes[rows], ones)


def everything(ledger: Ledger, newest: Published) -> tuple[Published, ...]:
    """What readers have, in order."""
    return (*ledger.published(), newest)
