"""What a page of the help carries in its form, signed: the day and the answers so far. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core import signing
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

SALT: Final = "klarsyn.cases.deciding"
LONGEST: Final = timedelta(hours=12)
MOST: Final = 20  # answers; no walk is so long


@dataclass(frozen=True, slots=True)
class Held:
    """`day`: the day the sections are to hold. `path`: keys of answers. `record`: the line it may become."""

    day: date
    path: tuple[str, ...]
    record: UUID

    def on(self, answer: str) -> Held:
        return replace(self, path=(*self.path, answer))

    def back(self) -> Held:
        return replace(self, path=self.path[:-1])


def begin(day: date) -> Held:
    return Held(day, (), uuid4())


def token(held: Held, *, who: str, about: str) -> str:
    """For the form of `who` (a pseudonym) on the page `about` (a case's or a team's id), and no other."""
    body = [held.day.isoformat(), list(held.path), str(held.record)]
    return signing.dumps(body, salt=f"{SALT}.{who}.{about}")


def held_in(text: str, *, who: str, about: str) -> Held:
    """What the form carries. Raises Refused: too old, of another page, or changed on the way."""
    try:
        day, path, record = signing.loads(text, salt=f"{SALT}.{who}.{about}", max_age=LONGEST)
    except signing.BadSignature:
        raise Refused(_("Genomgången är för gammal eller hör till en annan sida. Börja om.")) from None
    return Held(date.fromisoformat(day), _path(path), UUID(record))


def _path(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(path)[:MOST]
