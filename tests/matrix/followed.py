"""The plan as anyone follows it: what its public addresses point at."""

from __future__ import annotations

from datetime import date

from klarsyn.plan.public.files import WHOLE
from tests.matrix.watched import Maker, Words
from tests.unit.plan.made import Made, whole

NOT_THERE = {"slug": "finns-inte"}


def _slug(of: str, on: date | None) -> Words:
    made: Made = whole(published_on=on)
    return {"slug": getattr(made, of).slug}


def _of(of: str) -> dict[str, Maker]:
    return {
        "published": lambda cast, who: _slug(of, date(2026, 3, 2)),
        "not published": lambda cast, who: _slug(of, None),
        "not there": lambda cast, who: dict(NOT_THERE),
    }


FOLLOWED: dict[str, dict[str, Maker]] = {
    "plan:public_motion": _of("motion"),
    "plan:public_measure": _of("measure"),
    "plan:open_data_file": {
        "there": lambda cast, who: {"name": WHOLE},
        "not there": lambda cast, who: {"name": "finns-inte.csv"},
    },
}
