"""Whether a locator is somebody's cannot be told by how long the answer takes."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import pytest
from scipy.stats import ks_2samp

from klarsyn.contact import access, throttle, visitor
from klarsyn.contact.codes import Code, luhn
from klarsyn.contact.models import Tries
from tests.unit.contact.conftest import House

# `make force` asks 1,000 times at the true cost; here fewer at a small one, where a difference would show more.
MANY, SMALL = (1000, False) if os.environ.get("KLARSYN_FORCE") == "all" else (250, True)
UNLIKELY = 0.0001  # one run in ten thousand is unlucky


def taken(ask: Callable[[], object]) -> float:
    Tries.objects.all().delete()
    began = time.perf_counter()
    with pytest.raises(access.Unknown):
        ask()
    return time.perf_counter() - began


def with_locator(locator: str) -> Code:
    body = locator + f"{random.randrange(10**18):018d}"
    return Code(body + luhn(body))


def sampled(known: str) -> tuple[list[float], list[float]]:
    """(known, unknown): asked in turn, so that whatever else the machine does falls on both."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * MANY):
        is_known = number % 2 == 0
        code = with_locator(known if is_known else f"{random.randrange(10**6):06d}")
        found[is_known].append(taken(lambda code=code: access.enter(code)))
    return found[True][10:], found[False][10:]


@pytest.fixture
def locator(house: House, settings, monkeypatch) -> str:
    if not SMALL:
        settings.CODE_COST = (2, 19 * 1024 * 1024)
    monkeypatch.setattr(throttle, "LIMITS", {"new": 10, "wrong": 10**6})
    _held, code = visitor.begin(house.mika, "Hej")
    return code.locator


def test_a_known_and_an_unknown_locator_take_as_long(locator: str) -> None:
    known, unknown = sampled(locator)
    assert ks_2samp(known, unknown).pvalue > UNLIKELY


def test_a_difference_of_a_tenth_would_be_seen(locator: str) -> None:
    """The control: were the known one slower by a tenth, this very comparison would say so."""
    known, unknown = sampled(locator)
    slower = sorted(known)[len(known) // 2] / 10
    assert ks_2samp([one + slower for one in known], unknown).pvalue < UNLIKELY
