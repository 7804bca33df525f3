"""What stages and states are called, with the shape and tone a state has on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel.policy import StageState, Standing

STAGES: Final[Mapping[Stage, Promise]] = {
    Stage.COLLECT: _("Samla in"),
    Stage.WRITE: _("Skriva"),
    Stage.CHECK: _("Kontrollera"),
    Stage.RELEASE: _("Publicera"),
    Stage.PRESENT: _("Presentera i fullmäktige"),
    Stage.DECIDE: _("Besluta"),
    Stage.FOLLOW_UP: _("Följa upp"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A word, and a shape of `base/icons.py`: never a colour alone."""

    word: Promise
    shape: str
    tone: str


STATES: Final[Mapping[StageState, Look]] = {
    StageState.NOT_BEGUN: Look(_("inte påbörjat"), "empty", "quiet"),
    StageState.IN_PROGRESS: Look(_("pågår"), "half", "good"),
    StageState.DONE: Look(_("klart"), "full", "good"),
    StageState.LATE: Look(_("försenat"), "triangle", "danger"),
    StageState.CANNOT_TELL: Look(_("går inte att säga"), "hatch", "caution"),
    StageState.NOT_THIS_YEAR: Look(_("inte i år"), "square", "quiet"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A stage as a page shows it."""

    number: int
    name: str
    standing: Standing
    word: str
    shape: str
    tone: str


def shown(one: Standing) -> Shown:
    look = STATES[one.state]
    number = list(Stage).index(one.stage) + 1
    return Shown(number, str(STAGES[one.stage]), one, str(look.word), look.shape, look.tone)
