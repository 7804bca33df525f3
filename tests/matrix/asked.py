"""The steps of the guide "I saw something": what they may be, and a step that is not there."""

from tests.matrix.watched import Maker

FIRST, STEP, ANSWER = (
    {"code": "sv"},
    {"code": "sv", "role": "stad"},
    {"code": "sv", "role": "stad", "now": "vuxen"},
)
SAW, CARD = {**ANSWER, "sight": "plats"}, {**STEP, "size": "a4"}


def _step(there: dict[str, str], last: str) -> dict[str, Maker]:
    return {
        "there": lambda cast, who: dict(there),
        "not there": lambda cast, who: {**there, last: "finns-inte"},
    }


GUIDE: dict[str, dict[str, Maker]] = {
    "concerns:guide_in": _step(FIRST, "code"),
    "concerns:guide_all": _step(FIRST, "code"),
    "concerns:guide_role": _step(STEP, "role"),
    "concerns:guide_card": _step(CARD, "size"),
    "concerns:guide_now": _step(ANSWER, "now"),
    "concerns:guide_sight": _step(SAW, "sight"),
}
