"""The doors to giving something out: a disclosure, a referral's steps. The system sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record as log
from klarsyn.base.errors import Refused
from klarsyn.cases import entries, queries, rows, statistics, writing
from klarsyn.cases.grounds import CONSENT
from klarsyn.cases.holding import check_seal, living, may_write, pair, pairs
from klarsyn.cases.kinds.sharing import gives
from klarsyn.cases.models import Case, Compartment
from klarsyn.cases.policy import ReferralStep, check_move
from klarsyn.cases.sharing import ReferralShown, basis, is_child, referrals, standing
from klarsyn.cases.values import RecordShown
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User

NOTES = frozenset({Compartment.NOTES})
OWN = frozenset({"goals", "goals_followed", "follow_up", "consent"})


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who writes in which case, with which keys."""

    case: Case
    by: User
    keys: Unlocked

    def entry(
        self, kind: str, data: Mapping[str, Any], event_day: date, corrects: UUID | None = None
    ) -> entries.Entry:
        return entries.new(
            entries.kind_of(kind), reception=self.case.team.kind, data=data, event_day=event_day,
            now=timezone.localtime(), author=self.by.pseudonym, is_nameless=self.case.is_nameless,
            corrects=corrects,
        )  # fmt: skip

    def write(self, kind: str, data: Mapping[str, Any], event_day: date, record: UUID | None = None) -> UUID:
        made = self.entry(kind, data, event_day)
        try:
            return writing.write(case=self.case, entry=made, by=self.by, keys=self.keys, id=record).id
        except IntegrityError:  # a record of another case, or of another team, bears that id
            raise Http404 from None


def write(
    user: User, keys: Unlocked | None, id: UUID, *, kind: str, data: Mapping[str, Any],
    record: UUID | None = None,
) -> UUID:  # fmt: skip
    """An entry of a form with a page of its own: goals and their follow-up, answers, a consent. Locked.

    `record`: see `writing.write`. Raises Http404, Twice, or Refused: a field that is wrong, consent asked of
    somebody under 18.
    """
    if kind not in OWN:
        raise Http404
    with rows.of_teams(user.team_ids), transaction.atomic():
        writer, held = _held(user, keys, id)
        if kind == "consent" and is_child(held):
            raise Refused(_child())
        made = writer.write(kind, data, timezone.localdate(), record)
        if kind == "follow_up":
            statistics.tell(user, keys, id)
        return made


def withdraw(user: User, keys: Unlocked | None, id: UUID, consent: UUID, *, on: date) -> None:
    """The person takes a consent back from that day; it stays, corrected by this. Raises Http404, Refused."""
    with rows.of_teams(user.team_ids), transaction.atomic():
        writer, held = _held(user, keys, id)
        one = next((c for c in standing(held, "consent") if c.id == consent), None)
        if one is None:
            raise Http404
        data = {**one.data, "withdrawn_on": on}
        entry = writer.entry("consent", data, timezone.localdate(), corrects=consent)
        row = writer.case.records.select_related("case__team").get(pk=consent)
        writing.correct(row=row, entry=entry, by=writer.by, keys=writer.keys)


def disclose(
    user: User, keys: Unlocked | None, id: UUID, *, data: Mapping[str, Any], record: UUID | None = None
) -> UUID:
    """A line in the disclosure ledger; its id. It is locked at once, and nothing is sent.

    A decision to give nothing, or to ask a lawyer first, is a line too, and an act of its own in the log.
    Raises Http404, or Refused: a ground that did not hold that day, consent asked of somebody under 18.
    """
    with rows.of_teams(user.team_ids), transaction.atomic():
        writer, held = _held(user, keys, id)
        return _disclose(writer, held, data, record=record)


def move_referral(
    user: User, keys: Unlocked | None, id: UUID, referral: UUID, step: ReferralStep, *, comment: str = "",
    disclosure: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Take a referral one step on. To send it is a disclosure, whose line is written in the same breath.

    Raises Http404, or Refused: moved on already, no consent or secrecy test for this receiver.
    """
    with rows.of_teams(user.team_ids), transaction.atomic():
        writer, held = _held(user, keys, id)
        one = next((r for r in referrals(held, timezone.localdate()) if r.id == referral), None)
        if one is None:
            raise Http404
        check_move(one.state, step)
        data: dict[str, Any] = {"referral": str(one.id), "step": step.value, "comment": comment}
        if step == ReferralStep.SEND:
            data["disclosure"] = str(_disclose(writer, held, _of_referral(one, disclosure), needs_basis=True))
        writer.write("referral_step", data, timezone.localdate())


def _of_referral(one: ReferralShown, disclosure: Mapping[str, Any] | None) -> dict[str, Any]:
    if disclosure is None:
        raise Refused(_("Att lämna en hänvisning är ett utlämnande. Inget är ändrat. Fyll i utlämnandet."))
    fixed = {"receiver": one.data["receiver"], "receiver_kind": one.data["receiver_kind"]}
    return {**disclosure, **fixed}


def _disclose(
    writer: _Writer,
    held: tuple[RecordShown, ...],
    data: Mapping[str, Any],
    *,
    needs_basis: bool = False,
    record: UUID | None = None,
) -> UUID:
    if not needs_basis and not gives(data):
        return _withhold(writer, data, record)
    day = data.get("decided_on")
    ground = data.get("ground")
    if not isinstance(day, date) or not isinstance(ground, str):
        raise Refused(_("Skriv grunden och dagen för beslutet. Inget är sparat."))
    if ground == CONSENT and is_child(held):
        raise Refused(_child())
    rests_on = basis(held, receiver=str(data.get("receiver", "")), ground=ground, day=day)
    if rests_on is None and (needs_basis or ground == CONSENT):
        raise Refused(
            _(
                "Inget samtycke och ingen sekretessprövning gäller för den mottagaren. "
                "Inget är sparat. Skriv det först."
            )
        )
    made = {**data, "rests_on": str(rests_on.id)} if rests_on else dict(data)
    id = writer.write("disclosure", made, day, record)
    case = writer.case
    log(action="case.disclose", by=writer.by.pseudonym, object=str(case.id), team=case.team.kind)
    return id


def _withhold(writer: _Writer, data: Mapping[str, Any], record: UUID | None) -> UUID:
    day = data.get("decided_on")
    if not isinstance(day, date):
        raise Refused(_("Skriv dagen för beslutet. Inget är sparat."))
    id = writer.write("disclosure", data, day, record)
    case = writer.case
    log(action="case.withhold", by=writer.by.pseudonym, object=str(case.id), team=case.team.kind)
    return id


def _child() -> str:
    return _(
        "Personen är eller tros vara under 18. Gå till orosanmälan först. "
        "Samtycke är ingen grund. Inget är sparat."
    )


def _held(user: User, keys: Unlocked | None, id: UUID) -> tuple[_Writer, tuple[RecordShown, ...]]:
    """Who writes, and what the case's notes say now: the case is held until the transaction ends."""
    case = living(user, id)
    if not may_write(user, case.team):
        raise Http404
    check_seal(user, case)
    hers = pair(user, keys, case.team)
    case = Case.objects.select_for_update().select_related("team").get(pk=case.pk)
    shown = queries.shown(case, pairs(user, keys, case.team), NOTES)
    return _Writer(case, user, hers), shown.records
