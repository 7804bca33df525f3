"""The release made again from other people, so that attacks can compare what changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from smallcounts.disclosure.release import Published
from smallcounts.disclosure.standing import remembered

Maker = Callable[[People, People | None], Published]  # the release of people; after one of others, if given


def rounding_maker(programme: Programme, key: bytes, *, base: int | None = None) -> Maker:
    """A maker that rounds with this key, the second time beside the first release as its ledger."""

    def make(people: People, before: People | None) -> Published:
        ledger, memory = Ledger(), {}
        if before is not None:
            first = prepare(programme, before, ledger=ledger, base=base)
            earlier = protect_by_rounding(first, key, release="before", ledger=ledger, memory={})
            ledger = Ledger((Entry("table", "2000-01-01", programme.digest, earlier.published()),))
            memory = remembered(first.system, key, {})
        prepared = prepare(programme, people, ledger=ledger, base=base)
        made = protect_by_rounding(prepared, key, release="again", ledger=ledger, memory=memory)
        return made.published()

    return make


def without(people: People, row: int) -> People:
    """The people without one of them."""
    return people.only(np.arange(len(people)) != row)
