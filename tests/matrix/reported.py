"""Concern reports that an address may point at."""

from __future__ import annotations

from uuid import uuid4

from tests.matrix.cast import Cast
from tests.matrix.watched import Maker, Words
from tests.unit.concerns.reports import sent


def received(cast: Cast, _who: str) -> Words:
    """A teacher's report, as it came to those who receive them."""
    return {"id": sent()[0].pk}


REPORTS: dict[str, Maker] = {"received": received, "not there": lambda cast, who: {"id": uuid4()}}
REPORTED: dict[str, dict[str, Maker]] = {
    f"concerns:{name}": REPORTS
    for name in ("one_report", "assess", "decide", "tell", "hand_over", "register")
}
