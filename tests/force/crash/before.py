"""What is done before a deed, without a fault, so that there is something to do."""

from __future__ import annotations

from datetime import date

from klarsyn.base.models import AuditEvent
from klarsyn.cases.models import Chosen, ReadSample, SampledRead
from klarsyn.people.models import Team, TeamWrap
from tests.force.crash.counting import count, tell
from tests.force.crash.deeds import ask, erase, hand_over, read_case, remove_member, rotate_pepper
from tests.force.crash.notes import write
from tests.force.crash.world import World


def lose_cilla_and_a_case(w: World) -> None:
    erase(w, lambda _what, _which: None)
    remove_member(w, lambda _what, _which: None)


def lost(w: World) -> None:
    """Nobody of the reception is left, and its name says so to the checks."""
    TeamWrap.objects.filter(epoch__team=w.mika).delete()
    Team.objects.filter(pk=w.mika.pk).update(name="Mika (lost)")


def all_leave(w: World) -> None:
    lost(w)
    hand_over(w, lambda _what, _which: None)


def rotate(w: World) -> None:
    rotate_pepper(w, lambda _what, _which: None)


def asked(w: World) -> None:
    ask(w, lambda _what, _which: None)


def drawn(w: World) -> None:
    read_case(w, lambda _what, _which: None)
    line = AuditEvent.objects.filter(action="case.read").last()
    assert line
    made = ReadSample.objects.create(
        team=w.mika, month=date(2026, 1, 1), of=1, drawn_on=date(2026, 2, 1), drawn_by="p"
    )
    SampledRead.objects.create(sample=made, sequence=line.sequence, why=Chosen.CHANCE)


def removed(w: World) -> None:
    remove_member(w, lambda _what, _which: None)


def counted(w: World) -> None:
    count(w, lambda _what, _which: None)


def working(w: World) -> None:
    write(w, lambda _what, _which: None)


def told(w: World) -> None:
    tell(w, lambda _what, _which: None)
