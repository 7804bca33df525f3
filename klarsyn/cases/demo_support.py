"""The demonstration's invented goals, answers, consent, referral and disclosure: nobody in them exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from klarsyn.cases.instruments.shelf import OWN_QUESTIONS
from klarsyn.cases.kinds.followup import answered

_TO: Final = {"receiver": "Påhittade skuldrådgivningen", "receiver_kind": "social"}
_START: Final = {"safe": 1, "well": 1, "decide": 2, "talk": 1, "home": 4, "way": 0}
# Days ago, form, answers; a span of time among the answers is that long before today.
SUPPORT: Final[tuple[tuple[int, str, Mapping[str, Any]], ...]] = (
    (
        39,
        "goals",
        {
            "goals": (
                {
                    "title": "Egen bostad",
                    "weight": 2,
                    "less": "soffan hos en vän",
                    "expected": "eget rum",
                    "start": "-2",
                },
                {"title": "Ordning på skulderna", "expected": "en plan som håller", "start": "-1"},
            )
        },
    ),
    (39, "follow_up", answered(OWN_QUESTIONS, "start", _START)),
    (
        30,
        "consent",
        {
            "purpose": "referral",
            "receiver": _TO["receiver"],
            "scope": "namn och skulder",
            "given_on": timedelta(days=30),
        },
    ),
    (
        30,
        "referral",
        {
            **_TO,
            "reason": "AdditionalServicesRequired",
            "what": "Hjälp med en plan. Påhittat.",
            "parts": ("name", "case"),
            "expires_on": timedelta(days=-150),
        },
    ),
    (
        29,
        "disclosure",
        {
            **_TO,
            "how": "own",
            "ground": "osl_10_1_consent",
            "sent": "Namn och skulder. Påhittat.",
            "left_out": "Allt om samtalen: behövs inte.",
            "decided_by": "Alva Demo",
            "decided_on": timedelta(days=29),
        },
    ),
    (
        10,
        "goals_followed",
        {
            "goals": (
                {"title": "Egen bostad", "weight": 2, "start": "-2", "now": "-1"},
                {"title": "Ordning på skulderna", "start": "-1", "now": "0"},
            )
        },
    ),
)
