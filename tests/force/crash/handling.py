"""Every write to a case as a whole, by the name of the function that does it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from klarsyn.cases import handling, retention
from klarsyn.cases.card import Card, Task
from klarsyn.cases.entries import Entry
from klarsyn.cases.models import Case, Disposal
from klarsyn.people.models import User
from tests.force.crash.deeds import Ack
from tests.force.crash.notes import _note
from tests.force.crash.world import SECRET, World

DAY, LAST = date(2031, 12, 31), date(2026, 12, 31)


def take_in(w: World, ack: Ack) -> None:
    words = {"team": w.mika, "shown": Card(SECRET), "is_nameless": False, "entry": _note(w)}
    made = handling.take_in(**words, by=w.users["alva"], keys=w.keys["alva"])
    ack("case", str(made.id))


def change_card(w: World, ack: Ack) -> None:
    task = Task("x", "Ring", DAY)
    by = {"by": w.users["alva"], "keys": w.keys["alva"]}
    handling.change_card(case=w.cases[0], **by, change=lambda held: held.with_task(task), entry=_turn(w))
    ack("line", "case.card")


def hand_over(w: World, ack: Ack) -> None:
    entry = _turn(w, "hand_over", to="Cilla", reason="ledig")
    by = {"by": w.users["alva"], "keys": w.keys["alva"]}
    handling.hand_over(case=w.cases[0], to=w.users["cilla"], entry=entry, **by)
    ack("line", "case.hand_over_to")


def close(w: World, ack: Ack) -> None:
    by = {"by": w.users["alva"], "keys": w.keys["alva"]}
    handling.close(case=w.cases[1], entry=_turn(w, "closing", because="done"), retention_on=DAY, **by)
    ack("closed", str(w.cases[1].id))


def reopen(w: World, ack: Ack) -> None:
    by = {"by": w.users["alva"], "keys": w.keys["alva"]}
    handling.reopen(case=w.cases[3], entry=_turn(w, "reopening", reason="åter"), **by)
    ack("line", "case.reopen")


def set_sealed(w: World, ack: Ack) -> None:
    by = {"by": w.users["alva"], "keys": w.keys["alva"]}
    entry, is_sealed = _turn(w, "sealing", reason="känd"), Case.objects.get(pk=w.cases[0].pk).is_sealed
    if not is_sealed:
        handling.set_sealed(
            case=w.cases[0], is_sealed=True, entry=entry, named={by["by"].pseudonym: LAST}, **by
        )
    ack("line", "case.seal")


def name_for(w: World, ack: Ack) -> None:
    handling.name_for(
        case=Case.objects.get(pk=w.cases[0].pk),
        to=w.users["cilla"],
        until=LAST,
        reason="ny",
        by=w.users["alva"],
    )
    ack("line", "case.name")


def sealed(w: World) -> None:
    set_sealed(w, lambda *_told: None)


def _turn(w: World, kind: str = "protection", **data: str) -> Entry:
    now = timezone.localtime()
    return Entry(kind, 1, now.date(), now, w.users["alva"].pseudonym, data)


def propose(w: World, ack: Ack) -> None:
    case = w.cases[3]  # closed; its year has come
    Case.objects.filter(pk=case.pk).update(retention_on=date(2026, 1, 31))
    retention.propose(User.objects.get(username="alva"), w.keys["alva"], case.id)
    ack("line", "retention.propose")


def proposed(w: World) -> None:
    propose(w, lambda _what, _which: None)


def agree(w: World, ack: Ack) -> None:
    """Decided and erased together, or neither."""
    row = Disposal.objects.get()
    retention.agree(User.objects.get(username="greta"), row.pk)
    ack("erased", str(row.case_id))
