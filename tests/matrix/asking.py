"""Sends a real request, or knocks at a door, and says the answer in one word."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import Http404, HttpResponseBase
from django.urls import reverse

from klarsyn.base.errors import Refused
from klarsyn.people.models import Team
from tests.matrix.cast import ANONYMOUS, COLUMNS, NO_FACTOR, NO_KEYS, NO_STEP, Cast
from tests.matrix.things import CASES, THINGS
from tests.unit.cases.operations import OF_ONE_CASE, OPERATIONS, Who

METHODS = {
    "GET HEAD": ("GET", "HEAD"),
    "POST": ("POST",),
    "other": ("PUT", "PATCH", "DELETE", "OPTIONS"),
}
WORDS = {200: "page", 404: "not there", 405: "no such act", 409: "refused", 422: "form again"}
# Pages that ask for something first, and what the answer is called that sends somebody there.
FIRST = {
    "people:sign_in": "sign in", "people:second_factor": "show factor", "people:add_app": "set up factor",
    "people:step_up": "step up", "people:unlock": "unlock",
}  # fmt: skip
FORM, FILLED_IN = "application/x-www-form-urlencoded", "något=annat"  # a form that was sent, and is not right
AT_DOORS = "door"  # what stands in the method's column for what has no address
NOT_ASKED = "-"
ALWAYS_ASKED = (ANONYMOUS, "no role")
NO_PERSON = (ANONYMOUS, NO_FACTOR, NO_KEYS, NO_STEP)  # states of a browser: a door is asked about people


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards; reads of the log count as outermost."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)


def things_of(name: str) -> tuple[str, ...]:
    if name in OPERATIONS:
        of_teams = tuple(CASES)[:3]
        return tuple(CASES) if name in OF_ONE_CASE else of_teams
    return tuple(THINGS.get(name, {NOT_ASKED: None}))


Heard = dict[str, dict[str, str]]  # how -> column -> the answer in one word
OF_ONE = ("own", "another's", "led by oneself", "led by somebody else")  # made anew for each who asks


def answers(cast: Cast, name: str, which: str, known: Mapping[str, Mapping[str, str]]) -> Heard:
    """What everybody gets; where a row stands for several methods they must answer alike, or all are named.

    What is asked about is made once for all of them, and each leaves it as it was. `known`: the reviewed rows, by
    how; who is not asked this time (`is_asked`) keeps what stands there.
    """
    if name in OPERATIONS:
        return {AT_DOORS: _at_door(cast, name, which)}
    found: Heard = {how: {} for how in METHODS}
    for columns in [[c] for c in COLUMNS] if which in OF_ONE else [list(COLUMNS)]:
        with undone():
            make = THINGS.get(name, {}).get(which)
            address = reverse(name, kwargs=make(cast, columns[0]) if make else None)
            for how in METHODS:
                for column in columns:
                    row = known.get(how)
                    if row and not is_asked(
                        row, column, list(METHODS).index(how) + things_of(name).index(which)
                    ):
                        found[how][column] = row[column]
                        continue
                    asked = _asked(name, how, which, column)
                    found[how][column] = _one_word({m: _by_request(cast, m, address, column) for m in asked})
    return found


def is_asked(row: Mapping[str, str], column: str, turn: int) -> bool:
    """Always whoever gets something else than somebody with no role; the others by turns, so that each is asked at
    every address at least once. `make force` asks everybody everything.
    """
    if os.environ.get("KLARSYN_FORCE") == "all" or column in ALWAYS_ASKED or row[column] != row["no role"]:
        return True
    return (COLUMNS.index(column) + turn) % 3 == 0


def _one_word(heard: dict[str, str]) -> str:
    words = set(heard.values())
    return words.pop() if len(words) == 1 else " ".join(f"{one}:{word}" for one, word in heard.items())


def _asked(name: str, method: str, which: str, column: str) -> tuple[str, ...]:
    """The methods of a row. HEAD, and those that no page has, fall on people and things in turn: `make force` tries
    every one on everybody.
    """
    every = METHODS[method]
    if method == "POST" or os.environ.get("KLARSYN_FORCE") == "all":
        return every
    turn = COLUMNS.index(column) + things_of(name).index(which)
    if method == "GET HEAD":
        return every if turn % 4 == 0 else every[:1]
    return (every[turn % len(every)],)


def _by_request(cast: Cast, method: str, address: str, column: str) -> str:
    with undone():
        body = FILLED_IN if method == "POST" else ""
        response = cast.browser(column).generic(method, address, body, content_type=FORM)
        let_go(response)
        return word(response)


def let_go(response: HttpResponseBase) -> None:
    """Its files are closed and the connection stays, which the end of a request would close on PostgreSQL."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def word(response: HttpResponseBase) -> str:
    if response.status_code not in (302, 303):
        return WORDS.get(response.status_code, str(response.status_code))
    target = response["Location"].partition("?")[0]
    return next((said for page, said in FIRST.items() if target == reverse(page)), "done")


def _at_door(cast: Cast, name: str, which: str) -> dict[str, str]:
    with undone():
        team, id = CASES[which](cast)
        return {
            column: NOT_ASKED if column in NO_PERSON else _knock(cast, name, column, team, id)
            for column in COLUMNS
        }


def _knock(cast: Cast, name: str, column: str, team: Team, id: UUID) -> str:
    with undone():
        try:
            OPERATIONS[name](Who(cast.fresh(column), cast.keys[column]), team, id)
        except Http404:
            return "not there"
        except Refused:
            return "refused"
        return "done"
