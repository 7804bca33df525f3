"""The release made again by its own method, for the attacks that compare what changes."""

from __future__ import annotations

from smallcounts.disclosure.attacks.making import Maker
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.methods import Beside, protect_by_method
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published
from smallcounts.disclosure.standing import remembered


def release_maker(
    programme: Programme, key: bytes, *, base: int | None = None, method: str | None = None, attempt: int = 0
) -> Maker:
    """A maker that protects with this key, the second time beside the first release as its ledger.

    method: of the programme when None. attempt: see `protect_by_method`. With dots the second release is a
    correction of the first: exact counts of other people cannot stand beside each other otherwise.
    """

    def make(people: People, before: People | None) -> Published:
        ledger, memory = Ledger(), {}
        if before is not None:
            first = prepare(programme, before, ledger=ledger, base=base, method=method)
            earlier = protect_by_method(first, key, Beside("before", is_trial=True), attempt=attempt)
            ledger = Ledger((Entry("table", "2000-01-01", programme.digest, earlier.published()),))
            memory = remembered(first.system, key, {})
        prepared = prepare(programme, people, ledger=ledger, base=base, method=method)
        beside = Beside("again", ledger, memory, is_correction=before is not None, is_trial=True)
        return protect_by_method(prepared, key, beside, attempt=attempt).published()

    return make
