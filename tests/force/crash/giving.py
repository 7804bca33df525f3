"""What is given out of a case: a line of the ledger, and a referral that is sent, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from klarsyn.cases import access, referring
from klarsyn.cases.policy import ReferralState, ReferralStep
from klarsyn.cases.sharing import referrals
from klarsyn.cases.values import RecordShown
from klarsyn.people.models import User
from tests.force.crash.deeds import Ack
from tests.force.crash.world import SECRET, World

DAY, END = date(2026, 1, 1), date(2099, 1, 1)
TO = {"receiver": "Boendet", "receiver_kind": "civil"}
GIVEN = {
    **TO, "how": "own", "ground": "osl_10_2_own_work", "sent": SECRET, "left_out": "resten", "decided_by": "Alva",
    "decided_on": DAY,
}  # fmt: skip


def referred(w: World) -> None:
    """A secrecy test that lets the receiver have something, and a referral to it."""
    tested = {
        "receiver": "Boendet",
        "what": SECRET,
        "ground": GIVEN["ground"],
        "harm": "inget",
        "outcome": "all",
    }
    data = {**tested, "decided_by": "Alva", "decided_on": DAY}
    _write(w, "secrecy_test", data)
    _write(w, "referral", {**TO, "reason": "Other", "what": SECRET, "parts": ["case"], "expires_on": END})


def disclose(w: World, ack: Ack) -> None:
    made = referring.disclose(_alva(w), w.keys["alva"], w.cases[0].id, data=GIVEN)
    ack("record", str(made))


def send(w: World, ack: Ack) -> None:
    one = referrals(_records(w), DAY)[0]
    referring.move_referral(
        _alva(w), w.keys["alva"], w.cases[0].id, one.id, ReferralStep.SEND, comment=SECRET, disclosure=GIVEN
    )
    ack("line", "case.disclose")


def wrong(records: tuple[RecordShown, ...], lines: int) -> Iterator[str]:
    """A referral that is sent has its line in the ledger, and each line is told of once."""
    ledger = {str(r.id) for r in records if r.entry and r.entry.kind == "disclosure"}
    if len(ledger) != lines:
        yield f"{len(ledger)} disclosures, {lines} lines"
    for one in referrals(records, DAY):
        if one.state != ReferralState.DRAFT and one.steps[0].data.get("disclosure") not in ledger:
            yield "sent without a disclosure"


def _write(w: World, kind: str, data: dict[str, object]) -> None:
    access.write_entry(_alva(w), w.keys["alva"], w.cases[0].id, kind=kind, data=data, event_day=DAY)


def _alva(w: World) -> User:
    return User.objects.get(pk=w.users["alva"].pk)


def _records(w: World) -> tuple[RecordShown, ...]:
    return access.read_case(_alva(w), w.keys["alva"], w.cases[0].id, purpose="prov").records
