"""Every write of a contact without a name, and what must hold of it whatever died."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from klarsyn.base import rows
from klarsyn.base.vault import About
from klarsyn.contact import access, endings, inbox, receivers, sealing, visitor
from klarsyn.contact.codes import Code, read
from klarsyn.contact.models import Access, Message, Thread
from klarsyn.contact.receivers import Receiver
from klarsyn.contact.sealing import Gone
from klarsyn.contact.visitor import Given, Held
from klarsyn.people.keys import teams
from klarsyn.people.models import Team, User
from klarsyn.receptions.models import Reception
from tests.force.crash.deeds import Ack
from tests.force.crash.world import SECRET, World

FILE: Final = Given(About("a.txt", "text/plain", 3), is_original=False, body=b"abc")
HELD: dict[str, Held] = {}  # made before the deed, known to every copy of the process


def _to(w: World) -> Receiver:
    Reception.objects.get_or_create(kind="mika", host_code="0680", team=w.mika)
    found = receivers.receiver("mika")
    assert found
    return found


def begun(w: World) -> None:
    """Before: a contact with a file."""
    HELD["one"], _code = visitor.begin(_to(w), SECRET, [FILE])


def received(w: World) -> None:
    """Before: somebody to write to."""
    _to(w)


def _id() -> str:
    return str(Thread.objects.get(access_id=HELD["one"].access).pk)


def _alva() -> User:
    return User.objects.get(username="alva")


def begin(w: World, ack: Ack) -> None:
    _held, code = visitor.begin(_to(w), SECRET, [FILE])
    ack("thread", code.digits)


def write(w: World, ack: Ack) -> None:
    visitor.write(HELD["one"], SECRET, [FILE])
    ack("messages", "2")


def new_code(w: World, ack: Ack) -> None:
    with suppress(Gone):  # the code was changed and the process died before it could say so
        _held, code = visitor.new_code(HELD["one"])
        ack("thread", code.digits)


def erase(w: World, ack: Ack) -> None:
    visitor.erase(HELD["one"])
    ack("thread gone", str(HELD["one"].access))


def answer(w: World, ack: Ack) -> None:
    inbox.answer(_alva(), w.keys["alva"], Thread.objects.get().pk, text=SECRET)
    ack("messages", "2")


def handle(w: World, ack: Ack) -> None:
    inbox.handle(_alva(), w.keys["alva"], Thread.objects.get().pk)
    ack("state", "handled")


def close(w: World, ack: Ack) -> None:
    inbox.close(_alva(), w.keys["alva"], Thread.objects.get().pk)
    ack("state", "closed")


def code_by_staff(w: World, ack: Ack) -> None:
    code = inbox.new_code(_alva(), w.keys["alva"], Thread.objects.get().pk)
    ack("thread", code.digits)


def expire(w: World, ack: Ack) -> None:
    endings.expire(date(2099, 1, 1))
    ack("thread gone", str(HELD["one"].access))


def erase_again(w: World, ack: Ack) -> None:
    endings.erase_again(str(HELD["one"].access))
    ack("thread gone", str(HELD["one"].access))


def wrong(world: World) -> Iterator[str]:
    """Every thread opens for its team, whole: its messages and their files."""
    pairs = teams.open_teams(world.keys["alva"])
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        for thread in Thread.objects.filter(team__kind="mika"):
            key = sealing.open_for_team(thread, pairs[thread.team_id][thread.epoch])
            if not thread.messages.exists():
                yield f"{thread}: a thread without a message"
            for message in thread.messages.all():
                for file in sealing.open_body(message, thread, key).files:
                    if sealing.whole(thread, key, file.id)[1] != b"abc":
                        yield f"{thread}: a file is not whole"


def _opens(digits: str) -> bool:
    try:
        opened = access.enter(read(Code(digits).shown))
    except access.Unknown:
        return False
    return bool(visitor.read(Held(opened.id, opened.tag, opened.pair)).messages)


def _many(count: str) -> bool:
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return Message.objects.count() >= int(count)


def _is(state: str) -> bool:
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return Thread.objects.get().state == state


def _gone(id: str) -> bool:
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return not Access.objects.filter(pk=id).exists()


STANDS: Final[dict[str, Callable[[str], bool]]] = {
    "thread": _opens, "messages": _many, "state": _is, "thread gone": _gone,
}  # fmt: skip
