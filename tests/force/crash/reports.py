"""Every write of a concern report, as `deeds` has the others, and what must hold of it whatever died."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from klarsyn.base import rows
from klarsyn.base.codes import Code, read
from klarsyn.concerns.models import ConcernReport
from klarsyn.concerns.models.concern_report import Act, Outcome
from klarsyn.concerns.report import codes, endings, handing, inbox, registry, sealing, sending
from klarsyn.concerns.report.answers import Answers
from klarsyn.people import actions as people
from klarsyn.people.keys import teams
from klarsyn.people.models import Team, User
from tests.force.crash.deeds import Ack
from tests.force.crash.world import SECRET, World

ANSWERS: Final = Answers(
    danger="no", role="professional", name="Tove", workplace="Skolan", seen=SECRET, feedback="on"
)


def _note() -> Path:
    """The code that the reporter has written down: every copy of the process finds it."""
    return Path(settings.HOME).parent / "reporters-code"


def _id_noted() -> Path:
    return _note().with_name("reports-id")


def _code() -> Code:
    return read(_note().read_text())


def received(w: World) -> None:
    """Before: Nora receives reports; somebody has a code."""
    nora, keys = w.users["nora"], w.keys["nora"]
    team = teams.create_team(kind=Team.Kind.CHILDREN, name="Barn och unga", founder=nora, keys=keys)
    people.give_role(user=nora, role="concern_officer", team=team)
    people.give_role(user=w.users["dag"], role="registrar")
    _note().write_text(codes.new().digits)


def saved(w: World) -> None:
    received(w)
    sending.save(_code(), ANSWERS)


def sent(w: World) -> None:
    received(w)
    sending.send(_code(), ANSWERS)


def decided(w: World) -> None:
    sent(w)
    assess(w, lambda _what, _which: None)
    inbox.decide(_nora(), w.keys["nora"], _id(), outcome=Outcome.INQUIRY, words=SECRET)


def handed(w: World) -> None:
    sent(w)
    hand_over(w, lambda _what, _which: None)


def registered(w: World) -> None:
    handed(w)
    register(w, lambda _what, _which: None)
    _id_noted().write_text(str(_id()))


def save(w: World, ack: Ack) -> None:
    sending.save(_code(), ANSWERS)
    ack("draft", _code().digits)


def send(w: World, ack: Ack) -> None:
    sending.send(_code(), ANSWERS)
    ack("report", _code().digits)


def assess(w: World, ack: Ack) -> None:
    inbox.assess(_nora(), w.keys["nora"], _id(), outcome=Outcome.NO_NEED, words=SECRET)
    ack("act", Act.PROTECTION)


def tell(w: World, ack: Ack) -> None:
    inbox.tell(_nora(), w.keys["nora"], _id())
    ack("act", Act.FEEDBACK)


def hand_over(w: World, ack: Ack) -> None:
    settings.DEMO = True  # the addresses that are shipped are invented
    handing.hand_over(_nora(), w.keys["nora"], _id())
    ack("act", Act.HAND_OVER)


def register(w: World, ack: Ack) -> None:
    registry.register(User.objects.get(username="dag"), _id(), number="SN 1")
    ack("act", Act.REGISTERED)


def sweep(w: World, ack: Ack) -> None:
    endings.sweep(date(2030, 1, 1))
    ack("report gone", _id_noted().read_text())


def wrong(world: World) -> Iterator[str]:
    """Every report opens for its team, whole, with all that was noted; one that is sent has no draft."""
    pairs = teams.open_teams(world.keys["nora"])
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        for report in ConcernReport.objects.all():
            if report.is_erased:
                if any(bytes(act.words) for act in report.acts.all()):
                    yield f"{report}: erased, and its words are left"
                continue
            key = sealing.open_for_team(report, pairs[report.team_id][report.epoch])
            if sealing.open_answers(report, key) != ANSWERS:
                yield f"{report}: not what was sent"
            inbox.acts_of(report, key)
            if (report.feedback is not None) != report.acts.filter(act=Act.FEEDBACK).exists():
                yield f"{report}: told by half"
        if ConcernReport.objects.count() > 1:
            yield "one report became two"


def _nora() -> User:
    return User.objects.get(username="nora")


def _id() -> UUID:
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return ConcernReport.objects.values_list("pk", flat=True).get()


def _is_draft(digits: str) -> bool:
    found = codes.mine(Code(digits))
    return (
        found is not None
        and isinstance(found.row, codes.ReportDraft)
        and sending.open_draft(found) == ANSWERS
    )


def _is_report(digits: str) -> bool:
    found = codes.mine(Code(digits))
    return (
        found is not None
        and isinstance(found.row, ConcernReport)
        and bool(sending.receipt(found).received_on)
    )


def _has_act(act: str) -> bool:
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return bool(ConcernReport.objects.get().acts.filter(act=act).exists())


STANDS: Final[dict[str, Callable[[str], bool]]] = {
    "draft": _is_draft, "report": _is_report, "act": _has_act, "report gone": endings.is_gone,
}  # fmt: skip
