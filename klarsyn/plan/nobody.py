"""What no text of the plan may hold: anything that points out a person. For every part of the room; pure."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.writing import has_personal_number, tidy

_PHONE: Final = re.compile(r"(?<![\w:.,/-])(?:\+|00|0)[ ]?\d(?:[ -]?\d){6,12}(?![\w/])")
_MAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PLATE: Final = re.compile(r"(?<![\w-])[A-HJ-PR-UW-Z]{3} ?\d{2}[A-HJ-PR-UW-Z\d](?![\w/:-])")
_COUNTED: Final = re.compile(
    r"""\b(?:\d[\d ]*|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|two|three|four|five|six|seven|eight
    |nine|ten)\ (?:\w+\ ){0,2}?
    (?:person(?:er|s)?|kvinnor|män|flickor|pojkar|barn|ungdomar|elever|klienter|transpersoner|stödsökande
    |sexköpare|köpare|säljare|brottsoffer|people|women|men|girls|boys|children|pupils|clients|victims|buyers)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Turn the reading direction or are not seen, so that a page would say something else than was written.
_HIDING: Final = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """The text as it is kept: one kind of line end, no sign that hides or turns what stands there."""
    return _HIDING.sub("", tidy(text)).strip()


def check_names_nobody(*texts: str) -> None:
    """Raises Refused for a personal number, telephone number, e-mail address or number plate in a text."""
    for text in texts:
        what = _found(text)
        if what:
            raise Refused(
                _(
                    "Texten har något som ser ut som %(what)s. Planen handlar om beslut och arbete, aldrig "
                    "om en person. Inget är sparat; det du har skrivit står kvar. Ta bort det."
                )
                % {"what": what}
            )


def check_counts_nobody(*texts: str) -> None:
    """Raises Refused for a number of people in a text of what came of something: the mapping tells those."""
    if any(_COUNTED.search(text) for text in texts):
        raise Refused(
            _(
                "Texten har ett antal människor. Sådana tal kommer bara ur kartläggningen, där de är "
                "skyddade: be den planansvariga välja en indikator. Inget är sparat; det du har skrivit "
                "står kvar. Skriv vad ni har gjort."
            )
        )


def _found(text: str) -> str:
    if has_personal_number(text):
        return _("ett personnummer")
    if _MAIL.search(text):
        return _("en e-postadress")
    if _PHONE.search(text):
        return _("ett telefonnummer")
    return _("ett registreringsnummer") if _PLATE.search(text) else ""
