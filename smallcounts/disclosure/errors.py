"""What can go wrong on the way to a safe publication; each message is one line with the mend."""

from __future__ import annotations

from smallcounts.errors import InputError


class DisclosureError(InputError):
    """Something put in cannot be right; the message says which item or line and what to do.

    code: which complaint it is, "few_people"; facts: what it is of, by name. For whoever says it in another
    language. "" for what only the shell and the programme's file can bring about.
    """

    def __init__(self, message: str, *, code: str = "", **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.facts = facts


class ProgrammeError(DisclosureError):
    """The publication programme contradicts itself; the message names the item."""


class PeopleError(DisclosureError):
    """The people or counts do not fit the programme; the message names the line."""


class LedgerBroken(DisclosureError):
    """The ledger was changed after it was written; the message names the line."""


class NoAnswer(DisclosureError):
    """No protection was found; the message says which limit was met and what to change."""


class DisclosureRefused(DisclosureError):
    """The table may not leave; the message says which input or cell holds it back and what to do.

    attack: the code of an attack that breaks the attempt that told least, "A3"; "" when something else
    holds it back.
    """

    exit_status = 1

    def __init__(self, message: str, *, attack: str = "", code: str = "", **facts: object) -> None:
        super().__init__(message, code=code, **facts)
        self.attack = attack
