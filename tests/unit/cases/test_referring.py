"""To give something out: consent or a secrecy test, a line in the ledger, then the file; in that order."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, exporting, referring
from klarsyn.cases.exporting import Form
from klarsyn.cases.models import RecordState, SealedRecord
from klarsyn.cases.policy import ReferralState, ReferralStep
from klarsyn.cases.sharing import disclosures, referrals
from klarsyn.cases.values import RecordShown
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika
from tests.unit.cases.operations import Who

CONSENT = "osl_10_1_consent"


@pytest.fixture
def alva(mika: Mika) -> Who:
    return Who(_counsellor(mika, mika.alva), mika.hers)


def _counsellor(mika: Mika, user: User) -> User:
    RoleHeld.objects.create(user=user, role="mika_counsellor", team=mika.team)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def case(mika: Mika, alva: Who) -> UUID:
    return access.open_case(alva.user, alva.keys, mika.team, summary="Första samtalet")


def write(who: Who, case: UUID, kind: str, **data: Any) -> UUID:
    today = timezone.localdate()
    return access.write_entry(who.user, who.keys, case, kind=kind, data=data, event_day=today)


def consent(who: Who, case: UUID, receiver: str = "Boendet", **more: Any) -> UUID:
    said = {"purpose": "referral", "receiver": receiver, "scope": "namn", "given_on": timezone.localdate()}
    return referring.write(who.user, who.keys, case, kind="consent", data=said | more)


def refer(who: Who, case: UUID, **more: Any) -> UUID:
    said = {
        "receiver": "Boendet", "receiver_kind": "civil", "reason": "Other", "what": "Bo där",
        "parts": ["name", "case"], "expires_on": timezone.localdate() + timedelta(days=5),
    }  # fmt: skip
    return write(who, case, "referral", **said | more)


def given_out(ground: str = CONSENT, day: date | None = None) -> dict[str, Any]:
    return {
        "receiver": "Boendet", "receiver_kind": "civil", "how": "own", "ground": ground, "sent": "namn",
        "left_out": "allt annat", "decided_by": "Alva", "decided_on": day or timezone.localdate(),
    }  # fmt: skip


def send(who: Who, case: UUID, referral: UUID, ground: str = CONSENT) -> None:
    data = given_out(ground)
    step = ReferralStep.SEND
    referring.move_referral(who.user, who.keys, case, referral, step, disclosure=data)


def read(who: Who, case: UUID) -> tuple[RecordShown, ...]:
    return access.read_case(who.user, who.keys, case, purpose="prov").records


def test_a_referral_goes_its_way_and_each_sending_has_its_line(alva: Who, case: UUID) -> None:
    held, one = consent(alva, case), refer(alva, case)
    send(alva, case, one)
    referring.move_referral(alva.user, alva.keys, case, one, ReferralStep.ACCEPT, comment="ja")
    referring.move_referral(alva.user, alva.keys, case, one, ReferralStep.FINISH)
    records = read(alva, case)
    (shown,) = referrals(records, timezone.localdate())
    (line,) = disclosures(records)
    assert shown.state is ReferralState.DONE
    assert shown.steps[0].data["disclosure"] == str(line.id)
    assert line.entry and line.entry.data["rests_on"] == str(held) and line.state == RecordState.LOCKED
    assert AuditEvent.objects.filter(action="case.disclose", object=str(case)).count() == 1


def test_nothing_is_sent_without_consent_or_a_secrecy_test(alva: Who, case: UUID) -> None:
    one, before = refer(alva, case), SealedRecord.objects.count()
    for ground in (CONSENT, "osl_10_2_own_work"):
        with pytest.raises(Refused, match="Inget samtycke och ingen sekretessprövning"):
            send(alva, case, one, ground)
    with pytest.raises(Refused, match="Fyll i utlämnandet"):
        referring.move_referral(alva.user, alva.keys, case, one, ReferralStep.SEND)
    assert SealedRecord.objects.count() == before


def test_a_withdrawn_consent_and_another_receivers_hold_nothing(alva: Who, case: UUID) -> None:
    one, today = refer(alva, case), timezone.localdate()
    consent(alva, case, receiver="Någon annan")
    first = consent(alva, case)
    referring.withdraw(alva.user, alva.keys, case, first, on=today)
    with pytest.raises(Refused, match="Inget samtycke"):
        send(alva, case, one)


def test_of_a_child_consent_is_no_ground(alva: Who, case: UUID) -> None:
    consent(alva, case)
    one = refer(alva, case)
    write(alva, case, "age", age="child")
    with pytest.raises(Refused, match="orosanmälan först"):
        send(alva, case, one)
    with pytest.raises(Refused, match="orosanmälan först"):
        consent(alva, case)
    with pytest.raises(Refused, match="orosanmälan först"):
        referring.disclose(alva.user, alva.keys, case, data=given_out())
    assert disclosures(read(alva, case)) == []


def test_a_step_twice_is_refused_and_nothing_is_written(alva: Who, case: UUID) -> None:
    consent(alva, case)
    one = refer(alva, case)
    send(alva, case, one)
    before = SealedRecord.objects.count()
    with pytest.raises(Refused, match="gått vidare"):
        send(alva, case, one)
    assert SealedRecord.objects.count() == before
    with pytest.raises(Http404):
        send(alva, case, uuid4())


def test_the_police_get_a_line_too_and_it_cannot_be_changed(alva: Who, case: UUID) -> None:
    said = given_out("osl_10_23") | {"receiver": "Polisen", "receiver_kind": "police"}
    line = referring.disclose(alva.user, alva.keys, case, data=said)
    with pytest.raises(Http404):
        access.revise_entry(
            alva.user, alva.keys, case, line, revision=1, kind="disclosure", data=said,
            event_day=timezone.localdate(),
        )  # fmt: skip
    with pytest.raises(Refused):
        access.drop_entry(alva.user, alva.keys, case, line)
    assert [one.id for one in disclosures(read(alva, case))] == [line]


@pytest.fixture
def sent(alva: Who, case: UUID) -> UUID:
    write(alva, case, "htcds", cas_Status="Active", vic_AgeWhenTrafficked=24.0, prs_Citizenship="RO",
          vic_MethodsOfControl=["DebtBondage"])  # fmt: skip
    write(alva, case, "htcds_identity", prs_FirstName="Påhittad", prs_MobilePhone="+46700000000")
    consent(alva, case)
    one = refer(alva, case)
    send(alva, case, one)
    return one


def rows_of(body: bytes) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    return {name: value for name, value in row.items() if value}


def test_the_file_holds_what_the_referral_names_and_nothing_else(alva: Who, case: UUID, sent: UUID) -> None:
    made = exporting.file_of_referral(alva.user, alva.keys, case, sent, form=Form.CSV, purpose="till boendet")
    assert rows_of(made.body) == {"prs_FirstName": "Påhittad", "cas_Status": "Active"}
    assert {x.field for x in made.losses} == {
        "prs_MobilePhone", "prs_Citizenship", "vic_AgeWhenTrafficked", "vic_MethodsOfControl",
    }  # fmt: skip
    assert AuditEvent.objects.filter(action="case.file", object=str(case)).count() == 1


@pytest.mark.parametrize("step", [None, ReferralStep.DECLINE, ReferralStep.REVOKE])
def test_no_file_of_a_draft_or_of_what_is_over(
    alva: Who, case: UUID, sent: UUID, step: ReferralStep | None
) -> None:
    one = refer(alva, case) if step is None else sent
    if step:
        referring.move_referral(alva.user, alva.keys, case, one, step)
    with pytest.raises(Refused, match="inte lämnad"):
        exporting.file_of_referral(alva.user, alva.keys, case, one, form=Form.CSV, purpose="prov")


def test_statistics_of_the_case_hold_no_name(alva: Who, case: UUID, sent: UUID) -> None:
    made = exporting.file_of_statistics(alva.user, alva.keys, case, form=Form.CSV, purpose="kartläggning")
    assert rows_of(made.body) == {
        "vic_MethodsOfControl": "DebtBondage", "cas_Status": "Active",
        "x_prs_CitizenshipBand": "EuropeanUnion", "x_vic_AgeWhenTraffickedBand": "18--24",
    }  # fmt: skip


def test_a_file_needs_role_and_key_each_by_itself(mika: Mika, alva: Who, case: UUID, sent: UUID) -> None:
    for who in (
        Who(mika.bo, mika.bos),
        Who(alva.user, None),
        Who(alva.user, mika.cillas),
        Who(mika.cilla, mika.cillas),
    ):
        with pytest.raises(Http404):
            exporting.file_of_referral(who.user, who.keys, case, sent, form=Form.CSV, purpose="prov")
        with pytest.raises(Http404):
            exporting.file_of_statistics(who.user, who.keys, case, form=Form.CSV, purpose="prov")
        with pytest.raises(Http404):
            referring.disclose(who.user, who.keys, case, data=given_out("osl_10_23"))
        with pytest.raises(Http404):
            send(who, case, sent)
