"""Laws that the reviewed file itself must keep, so that an answer written down without thought is noticed."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from klarsyn.people import access
from tests.matrix.asking import AT_DOORS, NO_PERSON
from tests.matrix.cast import ANONYMOUS, CLOSED, COLUMNS, FORMER, NO_FACTOR
from tests.matrix.table import ADDRESSES, NAMES, expected, wanted
from tests.matrix.things import OF, THINGS

EXPECTED = expected()
NOT_YOURS = ("other team", "other kind", "own role", "another's")
SHOWN = {"page", "done", "form again", "refused"}
CASES_OF = {
    "own team": "mika_counsellor", "other team": "mika_counsellor north", "other kind": "kast_counsellor",
    "closed": "mika_counsellor",
}  # fmt: skip
# Guarded, and open to somebody who has not shown a second factor yet: where one is set up or shown, and the way out.
BEFORE_FACTOR = {f"people:{page}" for page in (
    "second_factor", "unlock", "step_up", "add_app", "add_passkey", "recovery_codes", "leave_everywhere",
)}  # fmt: skip


def _guarded() -> set[str]:
    room = {
        f"{r.namespace}:{entry.name}": entry
        for r in get_resolver("klarsyn.config.urls.both").url_patterns[0].url_patterns
        for entry in r.url_patterns
    }
    return {name for name, entry in room.items() if hasattr(entry.callback, access.GUARD)}


GUARDED = _guarded()


@pytest.mark.parametrize("name", NAMES)
def test_every_address_and_door_stands_in_the_reviewed_file(name: str) -> None:
    missing = [key for key in wanted(name) if key not in EXPECTED]
    assert not missing, f"not reviewed: {missing}; see tests/matrix/README.md"


def test_the_file_has_no_row_too_many_and_things_no_address_too_many() -> None:
    assert set(EXPECTED) == {key for name in NAMES for key in wanted(name)}
    assert set(THINGS) <= set(ADDRESSES)
    assert len(ADDRESSES) == len(set(ADDRESSES)) and len(GUARDED) > 30


def test_whoever_is_not_signed_in_sees_nothing_of_what_is_guarded() -> None:
    for (name, how, _which), row in EXPECTED.items():
        if name in GUARDED:
            allowed = {"sign in", "no such act"}
            assert {row[ANONYMOUS], row[CLOSED]} <= allowed, (name, how)


def test_before_the_second_factor_nothing_is_shown_but_where_it_is_set_up() -> None:
    for (name, how, _which), row in EXPECTED.items():
        if name in GUARDED - BEFORE_FACTOR:
            assert row[NO_FACTOR] in {"show factor", "no such act"}, (name, how)


def test_a_former_member_and_the_administrator_are_as_anybody_without_a_role() -> None:
    for key, row in EXPECTED.items():
        assert row[FORMER] == row["system_administrator"] == row["no role"], key


def test_not_yours_and_not_there_are_the_same_answer() -> None:
    compared = 0
    for (name, how, which), row in EXPECTED.items():
        if which in NOT_YOURS and how != AT_DOORS:
            gone = EXPECTED[name, how, "not there"]
            differ = {c for c in COLUMNS if row[c] != gone[c]}
            assert differ <= {CASES_OF.get(which)}, (name, how, which)  # whose it is
            compared += 1
    assert compared >= 12


BREAKS = ("read thread", "read notes", "read statistics")


def test_a_case_is_its_own_teams_counsellors_and_nobody_elses() -> None:
    for (name, how, which), row in EXPECTED.items():
        if how == AT_DOORS:
            owner = CASES_OF.get(which)
            answers = {c: row[c] for c in COLUMNS if c not in NO_PERSON}
            if which == "sealed":  # whoever breaks the seal reads; nothing else is let through before that
                owner = CASES_OF["own team"] if name in BREAKS else None
            assert {c for c, word in answers.items() if word in SHOWN} == ({owner} - {None}), (name, which)
            assert set(answers.values()) <= {"done", "refused", "not there"}
    assert set(OF) <= set(CASES_OF)


def test_an_address_answers_no_method_that_it_has_no_use_for() -> None:
    odd = {
        name
        for (name, how, _w), row in EXPECTED.items()
        if how == "other" and set(row.values()) != {"no such act"}
    }
    assert odd == set()
