"""The turns of a case: handed over, closed, opened again, protected; each with why."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.cases.code_lists import choices
from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds

CLOSED_BECAUSE: Final = {
    "done": _("målen är nådda"),
    "own_wish": _("personen vill avsluta"),
    "no_contact": _("kontakten har upphört"),
    "moved": _("personen har flyttat"),
    "handed_on": _("någon annan tar över stödet"),
    "wrong_place": _("mottagningen är inte rätt stöd"),
    "dead": _("personen har avlidit"),
    "other": _("annat"),
}
LEVELS: Final = choices("protected_identity", "protected")
_WHY: Final = Field("reason", _("Varför"), is_required=True, longest=2000)

HAND_OVER: Final = register(
    Kind(
        "hand_over", _("Överlämning till en kollega"),
        (Field("to", _("Till"), Holds.LINE, is_required=True), _WHY), by_hand=False,
    )
)  # fmt: skip
CLOSING: Final = register(
    Kind(
        "closing", _("Avslut"),
        (
            Field("because", _("Skäl"), Holds.CHOICE, choices=CLOSED_BECAUSE, is_required=True),
            Field("words", _("Sammanfattning"),
                  hint=_("Vad blev det av stödet? Vad har ni kommit överens om?")),
        ),
        by_hand=False,
    )
)  # fmt: skip
REOPENING: Final = register(Kind("reopening", _("Öppnat igen"), (_WHY,), by_hand=False))
SEALING: Final = register(Kind("sealing", _("Förseglingen ändrad"), (_WHY,), by_hand=False))
PROTECTION: Final = register(
    Kind(
        "protection", _("Skyddade personuppgifter ändrade"),
        (
            Field("level", _("Nivå"), Holds.CHOICE, choices=LEVELS),
            Field("words", _("Vem har sagt det, och vad gäller?"), longest=2000),
        ),
        by_hand=False,
    )
)  # fmt: skip
TURNS: Final = frozenset({HAND_OVER.key, CLOSING.key, REOPENING.key, SEALING.key, PROTECTION.key})
