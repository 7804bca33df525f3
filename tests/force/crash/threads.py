"""Every write of a contact without a name, and what must hold of it whatever died."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from klarsyn.base import rows
from klarsyn.base.vault import About
from klarsyn.contact import access, endings, inbox, receivers, sealing, visitor
from klarsyn.contact.codes import Code, read
from klarsyn.contact.models import Access, Message, Thread
from klarsyn.contact.receivers import Receiver
from klarsyn.contact.visitor import Given, Held
from klarsyn.people.keys import teams
from klarsyn.people.models import Team, User
from klarsyn.receptions.models import Reception
from tests.force.crash.deeds import Ack
from tests.force.crash.world import SECRET, World

FILE: Final = Given(About("a.txt", "text/plain", 3), is_original=False, body=b"abc")


def _to(w: World) -> Receiver:
    Reception.objects.get_or_create(kind="mika", host_code="0680", team=w.mika)
    found = receivers.receiver("mika")
    assert found
    return found


def begun(w: World) -> None:
    """Before: a contact with a file."""
    held, code = visitor.begin(_to(w), SECRET, [FILE])
    _note().write_text(f"{held.access} {code.digits}")


def _note() -> Path:
    """What the visitor has written down: every copy of the process finds it."""
    return Path(settings.HOME).parent / "written-down"


def _held() -> Held | None:
    """The visit that the noted code opens; None when it opens nothing any more."""
    try:
        opened = access.enter(read(_note().read_text().split()[1]))
    except access.Unknown:
        return None
    return Held(opened.id, opened.tag, opened.pair)


def _access() -> str:
    return _note().read_text().split()[0]


def received(w: World) -> None:
    """Before: somebody to write to."""
    _to(w)


def _alva() -> User:
    return User.objects.get(username="alva")


def begin(w: World, ack: Ack) -> None:
    _held, code = visitor.begin(_to(w), SECRET, [FILE])
    ack("thread", code.digits)


def write(w: World, ack: Ack) -> None:
    held = _held()
    assert held
    visitor.write(held, SECRET, [FILE])
    ack("messages", "2")


def new_code(w: World, ack: Ack) -> None:
    held = _held()  # None: the code was changed, and the process died before it could say so
    if held:
        _opened, code = visitor.new_code(held)
        ack("thread", code.digits)


def erase(w: World, ack: Ack) -> None:
    if held := _held():
        visitor.erase(held)
    ack("thread gone", _access())


def answer(w: World, ack: Ack) -> None:
    inbox.answer(_alva(), w.keys["alva"], Thread.objects.get().pk, text=SECRET)
    ack("messages", "2")


def handle(w: World, ack: Ack) -> None:
    inbox.handle(_alva(), w.keys["alva"], Thread.objects.get().pk)
    ack("state", "handled")


def take_over(w: World, ack: Ack) -> None:
    inbox.take_over(_alva(), w.keys["alva"], Thread.objects.get().pk)
    ack("state", "taken")


def close(w: World, ack: Ack) -> None:
    inbox.close(_alva(), w.keys["alva"], Thread.objects.get().pk)
    ack("state", "closed")


def code_by_staff(w: World, ack: Ack) -> None:
    inbox.new_code(
        _alva(), w.keys["alva"], Thread.objects.get().pk
    )  # done again, the first is no code any more
    ack("line", "contact.code")


def expire(w: World, ack: Ack) -> None:
    endings.expire(date(2099, 1, 1))
    ack("thread gone", _access())


def erase_again(w: World, ack: Ack) -> None:
    endings.erase_again(_access())
    ack("thread gone", _access())


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
