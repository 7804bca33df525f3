"""Whether somebody is known to the other reception cannot be told by how long an answer takes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from scipy.stats import ks_2samp

from klarsyn.cases import access
from klarsyn.cases.models import Case
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika

# `make force` asks 1,000 times; here fewer.
MANY = 1000 if os.environ.get("KLARSYN_FORCE") == "all" else 120
UNLIKELY = 0.0001  # one run in ten thousand is unlucky
Ask = Callable[[bool], object]


@pytest.fixture
def asks(mika: Mika) -> dict[str, Ask]:
    """Alva of Mika asks for whom KAST knows (True) or for whom nobody knows: by title, by number, by case."""
    for user, role, team in (
        (mika.alva, "mika_counsellor", mika.team),
        (mika.bo, "kast_counsellor", mika.kast),
    ):
        RoleHeld.objects.create(user=user, role=role, team=team)
    alva, bo = (User.objects.get(pk=user.pk) for user in (mika.alva, mika.bo))
    for n in range(20):
        access.open_case(alva, mika.hers, mika.team, summary=f"Boende {n}")
    known = access.open_case(bo, mika.bos, mika.kast, summary="Novalie söker stöd")
    sealed = access.open_case(alva, mika.hers, mika.team, summary="Förseglat för andra")
    Case.objects.filter(pk=sealed).update(is_sealed=True, named={"p-somebody": "2999-01-01"})
    for _n in range(19):
        access.open_case(bo, mika.bos, mika.kast, summary="Novalie igen")

    def search(words: str) -> None:
        assert access.search_cases(alva, mika.hers, mika.team, words) == []

    def read(id: UUID) -> None:
        with suppress(Http404):
            access.read_case(alva, mika.hers, id, purpose="prov")

    return {
        "title": lambda is_known: search("Novalie" if is_known else "Nikoline"),
        "number": lambda is_known: search((known if is_known else uuid4()).hex[:12]),
        "case": lambda is_known: read(known if is_known else uuid4()),
        "sealed": lambda is_known: read(sealed if is_known else uuid4()),
    }


def sampled(ask: Ask) -> tuple[list[float], list[float]]:
    """(known, unknown): asked in turn, so that whatever else the machine does falls on both."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * MANY):
        began = time.perf_counter()
        ask(number % 2 == 0)
        found[number % 2 == 0].append(time.perf_counter() - began)
    return found[True][10:], found[False][10:]


@pytest.mark.parametrize("what", ["title", "number", "case", "sealed"])
def test_whom_kast_knows_takes_mika_as_long_as_whom_nobody_knows(asks: dict[str, Ask], what: str) -> None:
    known, unknown = sampled(asks[what])
    assert ks_2samp(known, unknown).pvalue > UNLIKELY


def test_a_difference_would_be_seen(asks: dict[str, Ask]) -> None:
    """The control: were the known one slower by a quarter (here: twice as slow), this comparison would say so."""
    known, unknown = sampled(asks["case"])
    slower = sorted(known)[len(known) // 2] / (4 if MANY == 1000 else 1)
    assert ks_2samp([one + slower for one in known], unknown).pvalue < UNLIKELY
