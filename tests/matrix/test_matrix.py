"""Every address by every method, and every door of the cases, for everybody: the answers that were reviewed."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix.asking import answers, things_of, undone
from tests.matrix.cast import COLUMNS, Cast
from tests.matrix.table import NAMES, as_line, expected, wanted
from tests.matrix.things import THINGS

EXPECTED = expected()
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("name", NAMES)
def test_everybody_gets_the_reviewed_answer(cast: Cast, name: str) -> None:
    """A row that the file lacks fails with the line as it would read: review it, then add it."""
    wrong = []
    given_to = {}
    for which in things_of(name):
        known = {how: row for (n, how, w), row in EXPECTED.items() if (n, w) == (name, which)}
        given_to[which] = answers(cast, name, which, known)
    for key in wanted(name):
        given = given_to[key[2]][key[1]]
        if given != EXPECTED.get(key):
            known = EXPECTED.get(key, dict.fromkeys(COLUMNS))
            cells = [f"{c}: {known[c]!r}, now {given[c]!r}" for c in COLUMNS if known[c] != given[c]]
            wrong.append(f"{as_line(key, given)}\n    {'; '.join(cells)}")
    assert not wrong, "\n" + "\n".join(wrong)


# Posted by another site: its proof is the signature in it, checked by itself.
WITHOUT_TOKEN = {"people:saml_answer", "people:oidc_logout"}


def test_no_form_is_taken_without_its_proof_of_origin(cast: Cast) -> None:
    posted = {
        name
        for (name, how, _w), row in EXPECTED.items()
        if how == "POST" and set(row.values()) != {"no such act"}
    }
    strict = Client(enforce_csrf_checks=True)
    taken = set()
    for name in sorted(posted):
        which = things_of(name)[0]
        for column in ("reception_head", "analyst", "report_checker", "unit_head"):
            strict.cookies = SimpleCookie(cast.cookies[column])
            with undone():
                make = THINGS.get(name, {}).get(which)
                answer = strict.post(reverse(name, kwargs=make(cast, column) if make else None), {"a": "b"})
            if answer.status_code != 403:
                taken.add(name)
    assert len(posted) > 20 and taken == WITHOUT_TOKEN
