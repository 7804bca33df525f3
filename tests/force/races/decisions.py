"""Two who decide the same thing at once: one wins, the other is refused with a sentence, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from klarsyn.base import rows
from klarsyn.base.errors import Refused
from klarsyn.cases import access, actions, referring, retention
from klarsyn.cases.models import Case, CaseState, Disposal, DisposalState
from klarsyn.cases.policy import ReferralState, ReferralStep
from klarsyn.cases.sharing import referrals
from klarsyn.cases.writing import Late
from klarsyn.people import actions as people
from klarsyn.people.models import User
from tests.force.crash import giving, world

DAY = date(2026, 1, 1)
Together = Callable[..., list[object]]


class Decisions:
    """Greta and Nora are both heads of Mika; Alva and Cilla are its counsellors."""

    def __init__(self, made: world.World, at_once: Together) -> None:
        people.give_role(user=made.users["nora"], role="reception_head", team=made.mika)
        self.made, self.at_once = made, at_once
        self.greta, self.nora, self.alva, self.cilla = (
            User.objects.get(username=name) for name in ("greta", "nora", "alva", "cilla")
        )
        self.keys, self.cillas = made.keys["alva"], made.keys["cilla"]

    def two_heads(self) -> str:
        """One decides that the case goes, the other that it stays."""
        case = world.open_one(self.made)
        actions.close(case=case, by=self.alva, retention_on=date(2026, 1, 31))
        retention.propose(self.alva, self.keys, case.id)
        with rows.of_teams([self.made.mika.pk]):
            pk = Disposal.objects.get(case=case).pk
        seen = self.at_once(lambda: retention.agree(self.greta, pk), lambda: retention.keep(self.nora, pk))
        with rows.of_teams([self.made.mika.pk]):
            row, case = Disposal.objects.get(pk=pk), Case.objects.get(pk=case.pk)
            has_keys = case.keys.exists()
        is_gone = row.state == DisposalState.ERASED
        is_whole = (case.state == CaseState.ERASED) == is_gone and has_keys != is_gone
        by = self.greta.pseudonym if is_gone else self.nora.pseudonym
        is_told = row.state != DisposalState.PROPOSED and row.decided_by == by
        return self._said(seen, is_whole=is_whole and is_told, why=f"{row.state} {case.state} {has_keys}")

    def two_movers(self) -> str:
        """One notes that the receiver said yes, the other that it said no."""
        self.made.cases.insert(0, world.open_one(self.made))
        giving.referred(self.made)
        giving.send(self.made, lambda _what, _which: None)
        case = self.made.cases[0].id
        one = referrals(access.read_case(self.alva, self.keys, case, purpose="prov").records, DAY)[0]
        seen = self.at_once(
            lambda: referring.move_referral(self.alva, self.keys, case, one.id, ReferralStep.ACCEPT),
            lambda: referring.move_referral(self.cilla, self.cillas, case, one.id, ReferralStep.DECLINE),
        )
        now = referrals(access.read_case(self.alva, self.keys, case, purpose="prov").records, DAY)[0]
        is_whole = len(now.steps) == 2 and now.state in (ReferralState.ACCEPTED, ReferralState.DECLINED)
        return self._said(seen, is_whole=is_whole, why=f"{now.state} {len(now.steps)}")

    def two_locks(self) -> str:
        """The same note locked in two windows."""
        case = world.open_one(self.made).id
        words = {"kind": "note", "data": {"type": "VISIT", "text": "först"}, "event_day": DAY}
        note = access.write_entry(self.alva, self.keys, case, **words)
        lock = lambda: access.lock_entry(self.alva, self.keys, case, note, revision=1)  # noqa: E731
        seen = self.at_once(lock, lock)
        shown = access.read_case(self.alva, self.keys, case, purpose="prov").records
        is_locked = any(record.id == note and record.state == "locked" for record in shown)
        is_late = any(isinstance(one, Late) for one in seen)
        return self._said(seen, is_whole=is_locked and is_late, why="")

    def _said(self, seen: list[object], *, is_whole: bool, why: str) -> str:
        refused = [one for one in seen if isinstance(one, Refused)]
        is_one = len(seen) == 2 and len(refused) == 1 and None in seen
        return "one won" if is_one and is_whole else f"{seen} {why}"
