"""A reporter's code: what it derives, the rows it finds, and what they open."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from klarsyn.base import pauses, rows
from klarsyn.base.codes import Code, keyed
from klarsyn.base.vault import Busy, Context, Cost, Key, Recipe, Unopenable, derive, open_record
from klarsyn.base.vault.kdf import SALT_BYTES
from klarsyn.base.vault.pepper import Peppers
from klarsyn.base.vault.suites import CURRENT, VERSION
from klarsyn.concerns.models import ConcernReport, ReportDraft, ReportTries
from klarsyn.people.keys import pepper_file

WRONG_AN_HOUR: Final = 500  # of the whole site: reading with codes pauses then, sending never
STEP: Final = 0.005  # seconds; a wrong code is answered at a whole number of these
_PATIENCE: Final = 4  # turns in the vault's queue before whoever sends is asked to press once more
_NOBODY: Final = UUID(int=0)
_NOTHING: Final = bytes((VERSION, CURRENT)) + _NOBODY.bytes + bytes(348)  # read as far as a true one
Coded = ReportDraft | ConcernReport


class Unknown(Exception):
    """No row has this code: never one, wrong, expired and erased are the same."""


class Taken(Exception):
    """Somebody else's code begins with the same six digits: another code is needed."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A code with what it derives for a new row: made before a transaction begins."""

    tag: str
    recipe: Recipe
    kek: Key = field(repr=False)

    def columns(self) -> dict[str, Any]:
        return {
            "tag": self.tag, "salt": self.recipe.salt, "passes": self.recipe.passes,
            "memory": self.recipe.memory, "pepper_generation": self.recipe.pepper_generation,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entered:
    """The row that a right code has found, and the key to its sealed part."""

    row: Coded
    kek: Key = field(repr=False)


def new() -> Code:
    """A code that nobody has."""
    held = pepper_file.peppers()
    while True:
        code = Code.new()
        with rows.of_code(tags(code, held), is_reading=True):
            if _find(tags(code, held)) is None:
                return code


def prepare(code: Code) -> Derived:
    """What a new row under this code needs. Raises Busy after a long wait only."""
    held = pepper_file.peppers()
    recipe = Recipe.new(Cost(*settings.CODE_COST), held.current)
    return Derived(_tag(held.of(held.current), code), recipe, _kek(code, recipe, held))


def mine(code: Code) -> Entered | None:
    """The row that stands under this code already; None when there is none. Raises Taken for another's.

    Not counted as a try: it is asked by whoever saves or sends, and that must never be made to wait.
    """
    held = pepper_file.peppers()
    with rows.of_code(tags(code, held), is_reading=True):
        row = _find(tags(code, held))
    if row is None:
        return None
    kek = _kek(code, _recipe(row), held)
    try:
        open_record(kek, _sealed(row), place_of(row))
    except Unopenable:
        raise Taken from None
    return Entered(row, kek)


def enter(code: Code) -> Entered:
    """The row that the code opens. Raises Unknown, Paused, Full or Busy.

    An unknown locator gets a salt and a body of its own, so that the same work is done for it.
    """
    held, began = pepper_file.peppers(), time.perf_counter()
    name = keyed(held.of(held.current), "report tries", code.locator)
    pauses.begin(ReportTries, name)
    names = tags(code, held)
    nobody = _nobody(code, held)
    with rows.of_code(names, is_reading=True):
        row = _find(names) or nobody
    kek = derive(code.digits, _recipe(row), held.of(row.pepper_generation)).kek
    try:
        open_record(kek, _sealed(row), place_of(row))
    except Unopenable:
        pauses.count_for_all(ReportTries, "wrong", WRONG_AN_HOUR)
        time.sleep(STEP - (time.perf_counter() - began) % STEP)
        raise Unknown from None
    if row.expires_on < timezone.localdate():
        raise Unknown
    pauses.forget(ReportTries, name)
    return Entered(row, kek)


def tags(code: Code, held: Peppers | None = None) -> list[str]:
    """The names a row of this code may have, one for each pepper that is still held."""
    return [_tag(pepper, code) for pepper in (held or pepper_file.peppers()).generations.values()]


def place_of(row: Coded) -> Context:
    """What the code's key seals in a row: the draft itself, or the seed that opens the answer."""
    table, team = row._meta.db_table, str(getattr(row, "team_id", "-"))
    column = "sealed" if isinstance(row, ReportDraft) else "seed"
    return Context(settings.INSTANCE, team, table, column, row.id, row.id, 0, column)


def _sealed(row: Coded) -> bytes:
    return bytes(row.sealed if isinstance(row, ReportDraft) else row.seed)


def _find(names: list[str]) -> Coded | None:
    draft = ReportDraft.objects.filter(tag__in=names).first()
    sent = ConcernReport.objects.filter(tag__in=names).first()  # asked for in any case: both take as long
    return sent or draft


def _kek(code: Code, recipe: Recipe, held: Peppers) -> Key:
    """Waits its turn again and again: whoever sends a report is not turned away for a crowd of readers."""
    for _turn in range(_PATIENCE):
        try:
            return derive(code.digits, recipe, held.of(recipe.pepper_generation)).kek
        except Busy:
            continue
    raise Busy("many people are opening their codes right now")


def _recipe(row: Coded) -> Recipe:
    return Recipe(row.passes, row.memory, bytes(row.salt), row.pepper_generation)


def _nobody(code: Code, held: Peppers) -> ReportDraft:
    """A row that nobody has: its salt is always the same for the same locator, as a true one's is."""
    cost = Cost(*settings.CODE_COST)
    salt = bytes.fromhex(keyed(held.of(held.current), "report fake salt", code.locator))[:SALT_BYTES]
    return ReportDraft(
        id=_NOBODY, salt=salt, passes=cost.passes, memory=cost.memory, pepper_generation=held.current,
        sealed=_NOTHING, expires_on=date.max,
    )  # fmt: skip


def _tag(pepper: bytes, code: Code) -> str:
    return keyed(pepper, "report locator", code.locator)
