"""Every attribute of every model posted to every form by everybody: only what the form is for changes, by whom it is for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse

from tests.matrix.asking import OF_ONE, is_asked, things_of, undone, word
from tests.matrix.cast import COLUMNS, Cast
from tests.matrix.changed import Rows, places, settled, tables, writes
from tests.matrix.filled import LEFT_OUT, RIGHT, everything
from tests.matrix.table import expected
from tests.matrix.things import THINGS

EXPECTED = expected()
POSTED = sorted(
    {n for (n, how, _w), row in EXPECTED.items() if how == "POST" and set(row.values()) != {"no such act"}}
)
MAY = tomllib.loads((Path(__file__).parent / "changes.toml").read_text(encoding="utf-8"))
ALWAYS = set(MAY["always"])
LET_THROUGH = {"page", "done", "form again", "refused", "sign in"}  # the last: signing in and out
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@contextmanager
def _thing(cast: Cast, name: str, which: str, column: str) -> Iterator[tuple[str, Rows]]:
    """The address of a thing made for the while, and every table as it then is."""
    with undone():
        make = THINGS.get(name, {}).get(which)
        yield reverse(name, kwargs=make(cast, column) if make else None), tables()


def _post(cast: Cast, address: str, column: str, fields: dict[str, str], before: Rows) -> tuple[str, Rows]:
    """The answer, and every table after it; where nothing was written, which most are told, none is read again."""
    with undone():
        written = writes()
        answer = word(cast.browser(column).post(address, fields))
        return answer, before if written is not None and writes() == written else tables()


def _all(cast: Cast, name: str, column: str) -> dict[str, str]:
    left_out = LEFT_OUT.get(name, set())
    return {field: value for field, value in everything(cast, column).items() if field not in left_out}


def _changed(cast: Cast, name: str, which: str, columns: Sequence[str]) -> tuple[set[str], set[str]]:
    """What changed, and by whom. Who is not let through changes nothing; who is, what the form alone would."""
    seen: set[str] = set()
    did: set[str] = set()
    with _thing(cast, name, which, columns[0]) as (address, before):
        for column in columns:
            reviewed = EXPECTED[name, "POST", which]
            if reviewed[column] not in LET_THROUGH and not is_asked(reviewed, column, 0):
                continue
            right = RIGHT[name](cast, column) if name in RIGHT else {}
            answer, after = _post(cast, address, column, _all(cast, name, column) | right, before)
            changed = places(before, after) - ALWAYS
            if reviewed[column] not in LET_THROUGH:
                assert (answer, changed) == (reviewed[column], set()), (which, column)
            if changed or (name in MAY["by"] and reviewed[column] in LET_THROUGH):
                done, alone = _post(cast, address, column, right, before)
                assert settled(before, after, ALWAYS) == settled(before, alone, ALWAYS), (which, column)
                did |= {column} if done == "done" and alone != before else set()
            seen |= changed
    return seen, did


@pytest.mark.parametrize("name", POSTED)
def test_only_what_the_form_is_for_changes(cast: Cast, name: str) -> None:
    seen: set[str] = set()
    did: dict[str, set[str]] = {}
    for which in things_of(name):
        groups = [[column] for column in COLUMNS] if which in OF_ONE else [list(COLUMNS)]
        for columns in groups:
            changed, by = _changed(cast, name, which, columns)
            seen |= changed
            did[which] = did.get(which, set()) | by
    assert seen == set(MAY["forms"].get(name, []))
    assert name not in MAY["by"] or did == {w: set(MAY["by"][name].get(w, [])) for w in did}


def test_the_list_names_forms_that_there_are() -> None:
    assert set(MAY["forms"]) <= set(POSTED) and set(RIGHT) <= set(POSTED)
    assert set(MAY["by"]) <= set(POSTED)
