"""What is written in a case, as an address points at it: a form to fill in, a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from klarsyn.cases.models import RecordState
from tests.matrix.cast import Cast
from tests.matrix.watched import Maker, Words
from tests.unit.cases.operations import note

Made = dict[str, Maker]


def with_form(cases: Mapping[str, Maker]) -> Made:
    """A form of the case's reception; one that no reception has."""
    made = {which: _with(make, lambda _id: {"kind": "note"}) for which, make in cases.items()}
    return made | {"no such form": _with(cases["own team"], lambda _id: {"kind": "finns-inte"})}


def with_note(cases: Mapping[str, Maker]) -> Made:
    """The case's working note."""
    return {
        which: _with(make, lambda id: {"record": note(id, RecordState.WORKING)})
        for which, make in cases.items()
    }


def _with(make: Maker, more: Callable[[UUID], Words]) -> Maker:
    def made(cast: Cast, who: str) -> Words:
        words = make(cast, who)
        return {**words, **more(UUID(str(words["id"])))}

    return made


def with_words(cases: Mapping[str, Maker], **words: object) -> dict[str, Maker]:
    """A case with more words in its address."""
    return {which: (lambda cast, who, m=make: {**m(cast, who), **words}) for which, make in cases.items()}
