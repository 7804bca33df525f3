"""A code and what it opens: made, opened, exchanged for another, and gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from klarsyn.base import rows
from klarsyn.base.vault import (
    Busy,
    Context,
    Cost,
    Key,
    KeyPair,
    Recipe,
    Unopenable,
    derive,
    open_record,
    seal_record,
)  # fmt: skip
from klarsyn.base.vault.kdf import SALT_BYTES, expand
from klarsyn.base.vault.pepper import Peppers
from klarsyn.base.vault.suites import CURRENT, VERSION
from klarsyn.contact import expiry, throttle
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Access
from klarsyn.contact.receivers import keyed, peppers

_NOBODY: Final = UUID(int=0)
# As long as a true one, so that as much is read of it before it fails.
_NOTHING: Final = bytes((VERSION, CURRENT)) + _NOBODY.bytes + bytes(348)
_IN_ALL: Final = 6  # in this process: two at work in the vault, the others in a short queue
STEP: Final = 0.005  # seconds
_queue: Final = threading.BoundedSemaphore(_IN_ALL)


class Unknown(Exception):
    """No row has this code: a wrong locator, a wrong secret and an erased contact are the same."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new code with what it derives, not yet in the database: made before a transaction begins."""

    code: Code
    pair: KeyPair
    recipe: Recipe
    kek: Key
    tag: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a right code gives, for as long as the visit lasts. `seen`: the day it was last used before."""

    id: UUID
    team: UUID
    tag: str
    pair: KeyPair = field(repr=False)
    seen: date | None = None


def prepare(pair: KeyPair | None = None) -> Prepared:
    """A code nobody has, and the slow part of keeping it. `pair`: one that gets a new code. Raises Busy."""
    held = peppers()
    while True:
        code = Code.new()
        with rows.of_code(tags(code, held), is_reading=True):
            if not Access.objects.filter(tag__in=tags(code, held)).exists():
                break
    recipe = Recipe.new(cost(), held.current)
    with _in_queue():
        kek = derive(code.digits, recipe, held.of(held.current)).kek
    return Prepared(code, pair or KeyPair.new(), recipe, kek, _tag(held.of(held.current), code))


def keep(made: Prepared, team: UUID) -> Access:
    """Keep a prepared code for a team; inside `rows.of_code([made.tag])`, with what hangs on it."""
    today = timezone.localdate()
    row = Access(team_id=team, created_on=today, expires_on=expiry.end_of(today), **_sealed_by(made))
    _seal(row, made, None)
    row.save(force_insert=True)
    return row


def exchange(row: Access, made: Prepared) -> None:
    """Another code, maybe another pair, for the same contact: the old code opens nothing from here on.

    Inside a transaction that may see the row by both codes, or by its team.
    """
    for name, value in _sealed_by(made).items():
        setattr(row, name, value)
    _seal(row, made, None)
    row.save(force_update=True)


def enter(code: Code) -> Opened:
    """What the code opens. Raises Unknown, Paused, Full or Busy; the first takes as long as a right one.

    An unknown locator gets a salt and a body of its own, so that the same work is done for it, and a wrong
    code is answered at a whole number of steps: what finding a row costs more or less is a hundredth of one.
    """
    held, began = peppers(), time.perf_counter()
    name = throttle.begin(code.locator)
    names = tags(code, held)
    nobody = _nobody(code, held)  # made whether it is needed or not, so that nothing is done for one alone
    with rows.of_code(names, is_reading=True):
        row = Access(**(Access.objects.filter(tag__in=names).values(*nobody).first() or nobody))
    with _in_queue():
        recipe = Recipe(row.passes, row.memory, bytes(row.salt), row.pepper_generation)
        kek = derive(code.digits, recipe, held.of(row.pepper_generation)).kek
    try:
        pair = KeyPair(open_record(kek, bytes(row.sealed), _place(row, "seed")))
    except Unopenable:
        throttle.count_for_all("wrong")
        time.sleep(STEP - (time.perf_counter() - began) % STEP)
        raise Unknown from None
    if row.expires_on < timezone.localdate():
        raise Unknown
    with rows.of_code([row.tag]):  # one write for both: a visit costs the disk no more than it must
        throttle.forget(name)
        return Opened(row.id, row.team_id, row.tag, pair, _seen(row, pair))


def tags(code: Code, held: Peppers) -> list[str]:
    """The names a row of this code may have, one for each pepper that is still held."""
    return [_tag(pepper, code) for pepper in held.generations.values()]


def cost() -> Cost:
    return Cost(*settings.CODE_COST)


def _seen(row: Access, pair: KeyPair) -> date | None:
    """The day of the visit before this one; this one is written down, its day sealed to the visitor alone.

    Inside `rows.of_code` of the row.
    """
    before = open_record(_own(row, pair), bytes(row.seen), _place(row, "seen")).decode()
    sealed = seal_record(_own(row, pair), timezone.localdate().isoformat().encode(), _place(row, "seen"))
    Access.objects.filter(pk=row.pk).update(seen=sealed)
    return date.fromisoformat(before) if before else None


def _seal(row: Access, made: Prepared, seen: date | None) -> None:
    row.sealed = seal_record(made.kek, made.pair.seed, _place(row, "seed"))
    day = seen.isoformat() if seen else ""
    row.seen = seal_record(_own(row, made.pair), day.encode(), _place(row, "seen"))


def _sealed_by(made: Prepared) -> dict[str, object]:
    recipe = made.recipe
    return {
        "tag": made.tag, "salt": recipe.salt, "passes": recipe.passes, "memory": recipe.memory,
        "pepper_generation": recipe.pepper_generation, "public": made.pair.public,
    }  # fmt: skip


def _own(row: Access, pair: KeyPair) -> Key:
    return Key(expand(pair.seed, row.id.bytes, b"klarsyn-1 seen"))


def _nobody(code: Code, held: Peppers) -> dict[str, Any]:
    """A row that nobody has: its salt is always the same for the same locator, as a true one's is."""
    cost_now = cost()
    salt = bytes.fromhex(keyed(held.of(held.current), "fake salt", code.locator))[:SALT_BYTES]
    return {
        "id": _NOBODY, "team_id": _NOBODY, "tag": "", "salt": salt, "passes": cost_now.passes,
        "memory": cost_now.memory, "pepper_generation": held.current, "sealed": _NOTHING, "seen": b"",
        "expires_on": timezone.localdate(),
    }  # fmt: skip


def _place(row: Access, purpose: str) -> Context:
    column = "sealed" if purpose == "seed" else "seen"
    team = str(row.team_id)
    return Context(settings.INSTANCE, team, "contact_access", column, row.id, row.id, 0, purpose)


def _tag(pepper: bytes, code: Code) -> str:
    return keyed(pepper, "locator", code.locator)


@contextmanager
def _in_queue() -> Iterator[None]:
    if not _queue.acquire(blocking=False):
        raise Busy("many people are opening their codes right now")
    try:
        yield
    finally:
        _queue.release()
