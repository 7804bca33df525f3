"""Courses, printables and units that an address of training may point at."""

from __future__ import annotations

from klarsyn.training import actions
from klarsyn.training.models import Unit
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words

COURSE, LESSON, PRINT = "councillors", "a-torch", "reading-card"


def _both(**there: object) -> dict[str, Maker]:
    """What is on the shelves, and a course that is not."""
    return {
        "there": lambda cast, who: dict(there),
        "not there": lambda cast, who: {**there, "key": "finns-inte"},
    }


def _unit(cast: Cast, head: str) -> Unit:
    made = Unit.objects.create(name="Prov", kind="own")
    if head in cast.users:
        made.heads.add(cast.users[head])
    return made


def _opened(cast: Cast, _who: str) -> Words:
    return {"link": actions.open_link(unit=_unit(cast, "trainer"), by=cast.users["trainer"])}


_PRINT = _both(key=COURSE, id=PRINT, language="sv")
_PAGES: dict[str, dict[str, Maker]] = {
    "course": _both(key=COURSE),
    "step": _both(key=COURSE, name=LESSON),
    "screen": _both(key=COURSE, name=LESSON, number=1),
    "handout": _PRINT,
    "handout_pdf": _PRINT,
}
TAUGHT: dict[str, dict[str, Maker]] = {
    **{f"training:{door}{name}": made for name, made in _PAGES.items() for door in ("", "open_")},
    "training:open_unit": {"open": _opened, "not there": lambda cast, who: {"link": "2345678923456789"}},
    "training:unit_link": {
        "own": lambda cast, who: {"pk": _unit(cast, who).pk},
        "another's": lambda cast, who: {"pk": _unit(cast, "trainer" if who != "trainer" else "analyst").pk},
        "not there": lambda cast, who: {"pk": GONE},
    },
}
