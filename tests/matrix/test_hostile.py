"""Every form and every address given what nobody should send: a clear answer each time, and never a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse

from klarsyn.cases.entries import all_kinds, kind_of
from tests.architecture.house import ROOT
from tests.matrix.asking import let_go, things_of, undone
from tests.matrix.cast import COLUMNS, Cast
from tests.matrix.filled import RIGHT
from tests.matrix.table import ADDRESSES, expected
from tests.matrix.things import THINGS

EXPECTED = expected()
TAKEN = ("done", "form again", "page", "refused")  # answers of somebody who is let as far as the form
HOSTILE = {
    "null byte": "a\0b",
    "turned round": "\u202eab\u2066\u200f אבג",
    "emoji": "🙂👩\u200d👩\u200d👧",
    "half a megabyte": "x" * 500_000,
    "personal number": "19900101-1234 ringde i går",
    "nested JSON": "[" * 5000,
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% debug %}",
    "formula": "=HYPERLINK(A1)\r\n@x\t+1",
    "no number": "NaN",
    "too large a number": "9" * 400,
    "other digits": "٣٤²",
    "no day": "2026-02-30",
    "space": " \u00a0\u3000 ",
}
ALONE = (
    "null byte",
    "too large a number",
)  # in one field at a time, so that no other field is refused before it
MOST = 12  # a tally sheet has a hundred boxes, all alike
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429}
QUERY = re.compile(r"request\.GET(?:\.get|\.getlist)?[\[(]\s*\"(\w+)\"")
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def let_in(name: str, how: str) -> tuple[str, str] | None:
    """What the address points at, and who is let as far as its form; None where nobody is."""
    for which in things_of(name):
        row = EXPECTED.get((name, how, which), {})
        found = next((column for column in reversed(COLUMNS) if row.get(column) in TAKEN), None)
        if found is not None:
            return which, found
    return None


def known_parameters() -> frozenset[str]:
    """Every name that a view asks the address's query for."""
    texts = (path.read_text(encoding="utf-8") for path in Path(ROOT / "klarsyn").rglob("*.py"))
    return frozenset(name for text in texts for name in QUERY.findall(text)) | {"page", "q", "next"}


class _Fields(HTMLParser):
    """The names of a page's fields, but for the token that proves where a form comes from."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag in ("input", "textarea", "select") and name and name != "csrfmiddlewaretoken":
            self.found.setdefault(name, given.get("value") or "")


def fields(cast: Cast, name: str, column: str, address: str) -> dict[str, str]:
    """The form's fields as the page shows them, with what fills them in rightly."""
    parser = _Fields()
    for asked in (
        cast.browser(column).get,
        cast.browser(column).post,
    ):  # the page, and what an empty form answers
        with undone():
            answer = asked(address)
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            if answer.status_code in (200, 422) and is_page and not answer.streaming:
                parser.feed(answer.content.decode())
            let_go(answer)
    return parser.found | (RIGHT[name](cast, column) if name in RIGHT else {})


def _bodies(right: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for label, value in HOSTILE.items():
        yield label, dict.fromkeys(right, value)
    for label in ALONE:
        for field in list(right)[:MOST]:
            yield f"{label} in {field}", {**right, field: HOSTILE[label]}


POSTED = sorted(name for name in ADDRESSES if let_in(name, "POST"))
READ = sorted(name for name in ADDRESSES if let_in(name, "GET HEAD"))


@pytest.mark.parametrize("name", POSTED)
def test_a_form_answers_clearly_whatever_it_is_sent(cast: Cast, name: str) -> None:
    found = let_in(name, "POST")
    assert found is not None
    which, column = found
    with undone():
        make = THINGS.get(name, {}).get(which)
        _try(cast, name, column, reverse(name, kwargs=make(cast, column) if make else None))


@pytest.mark.parametrize("kind", [kind.key for kind in all_kinds() if kind.by_hand])
def test_every_form_of_a_case_answers_clearly_whatever_it_is_sent(cast: Cast, kind: str) -> None:
    is_kast = "mika" not in kind_of(kind).receptions
    column, which = ("kast_counsellor", "other kind") if is_kast else ("mika_counsellor", "own team")
    with undone():
        words = {**THINGS["cases:write"][which](cast, column), "kind": kind}
        shown = _try(cast, "cases:write", column, reverse("cases:write", kwargs=words))
    assert {field.name for field in kind_of(kind).fields} & {name.partition("-")[0] for name in shown}


def _try(cast: Cast, name: str, column: str, address: str) -> dict[str, str]:
    """Sends everything hostile there; returns the fields the page has."""
    right = fields(cast, name, column, address) or {"text": ""}
    for label, body in _bodies(right):
        with undone():
            answer = cast.browser(column).post(address, body)
            let_go(answer)
            assert answer.status_code in ANSWERS, (label, answer.status_code)
    return right


@pytest.mark.parametrize("label", HOSTILE)
def test_an_address_answers_clearly_whatever_stands_in_its_query(cast: Cast, label: str) -> None:
    value = HOSTILE[label][:2000]
    query = dict.fromkeys(known_parameters(), value)
    for name in READ:
        found = let_in(name, "GET HEAD")
        assert found is not None
        which, column = found
        with undone():
            make = THINGS.get(name, {}).get(which)
            address = reverse(name, kwargs=make(cast, column) if make else None)
            answer = cast.browser(column).get(address, query)
            let_go(answer)
            assert answer.status_code in ANSWERS, (name, answer.status_code)


def test_there_are_forms_and_parameters_to_try() -> None:
    assert len(POSTED) > 70 and len(READ) > 80 and len(known_parameters()) > 6
