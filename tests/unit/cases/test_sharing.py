"""What entries say together: child or not, consent, referral states; and what each form refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Entry, kind_of, new, rows_of
from klarsyn.cases.models import Compartment, RecordState
from klarsyn.cases.policy import REFERRAL, ReferralState, ReferralStep, can_move, check_move, referral_state
from klarsyn.cases.sharing import basis, consents, disclosures, is_child, referrals, standing
from klarsyn.cases.values import RecordShown

DAY, NOW = date(2026, 11, 1), datetime(2026, 11, 1, 9, tzinfo=UTC)
GIVEN = {"purpose": "referral", "receiver": "Boendet", "scope": "namn", "given_on": DAY}
TEST = {"receiver": "Boendet", "what": "namn", "ground": "osl_10_2_own_work", "harm": "inget", "outcome": "part",
        "decided_by": "Enhetschefen", "decided_on": DAY}  # fmt: skip
SENT = {"receiver": "Polisen", "receiver_kind": "police", "how": "own", "ground": "osl_10_23", "sent": "inget",
        "left_out": "allt annat", "decided_by": "Enhetschefen", "decided_on": DAY}  # fmt: skip
REFERRED = {"receiver": "Boendet", "receiver_kind": "civil", "reason": "Other", "what": "bo", "parts": ("name",),
            "expires_on": DAY + timedelta(days=10)}  # fmt: skip


def made(kind: str, data: Mapping[str, Any], reception: str = "mika") -> Entry:
    return new(kind_of(kind), reception=reception, data=data, event_day=DAY, now=NOW, author="p-alva")


def record(
    kind: str, data: Mapping[str, Any], *, state: RecordState = RecordState.LOCKED, by: UUID | None = None
) -> RecordShown:
    entry = Entry(kind, 1, DAY, NOW, "p-alva", dict(data))
    return RecordShown(uuid4(), Compartment.NOTES, DAY, "", state, 1, entry, None, by)


def test_the_latest_word_on_age_counts_and_not_knowing_is_no_word() -> None:
    assert not is_child([])
    assert is_child([record("age", {"age": "child"})])
    assert is_child([record("age", {"age": "child"}), record("age", {"age": "unknown"})])
    assert not is_child([record("age", {"age": "child"}), record("age", {"age": "adult"})])
    assert is_child([record("intake_mika", {"age": "15_17"}, state=RecordState.WORKING)])
    assert not is_child([record("age", {"age": "child"}, by=uuid4())])


@pytest.mark.parametrize(
    ("change", "day", "holds"),
    [
        ({}, DAY, True), ({}, DAY - timedelta(days=1), False), ({"valid_until": DAY}, DAY, True),
        ({"valid_until": DAY}, DAY + timedelta(days=1), False), ({"withdrawn_on": DAY}, DAY, False),
        ({"withdrawn_on": DAY + timedelta(days=1)}, DAY, True),
    ],
)  # fmt: skip
def test_a_consent_holds_its_days(change: dict[str, Any], day: date, holds: bool) -> None:
    records = [record("consent", GIVEN | change)]
    assert [found for _, found in consents(records, day)] == [holds]
    found = basis(records, receiver=" boendet ", ground="osl_10_1_consent", day=day)
    assert (found is not None) == holds
    assert basis(records, receiver="Polisen", ground="osl_10_1_consent", day=day) is None


def test_a_secrecy_test_lets_its_own_receiver_and_ground_and_a_no_is_a_no() -> None:
    records = [record("secrecy_test", TEST)]
    asked = {"receiver": "Boendet", "ground": "osl_10_2_own_work", "day": DAY}
    assert basis(records, **asked)
    assert basis(records, **asked | {"ground": "osl_10_23"}) is None
    assert basis(records, **asked | {"day": DAY - timedelta(days=1)}) is None
    assert basis([*records, record("secrecy_test", TEST | {"outcome": "none"})], **asked) is None


def test_what_was_corrected_stands_no_more_but_stays_in_the_ledger() -> None:
    later = record("disclosure", SENT)
    first = record("disclosure", SENT, by=later.id)
    assert [one.id for one in standing([first, later], "disclosure")] == [later.id]
    assert disclosures([first, later]) == [first, later]


STEPS = st.lists(st.sampled_from(ReferralStep), max_size=8)


@given(STEPS, st.integers(-3, 3))
def test_a_referral_never_leaves_its_table(steps: list[ReferralStep], late: int) -> None:
    state = referral_state(steps, DAY, DAY + timedelta(days=late))
    assert state in REFERRAL
    for step in ReferralStep:
        if can_move(state, step):
            check_move(state, step)
        else:
            with pytest.raises(Refused):
                check_move(state, step)
    if late > 0:
        assert state not in (ReferralState.DRAFT, ReferralState.SENT)


def test_every_state_is_in_the_table_and_reached() -> None:
    assert set(REFERRAL) == set(ReferralState)
    reached = {after for steps in REFERRAL.values() for after in steps.values()}
    assert reached | {ReferralState.DRAFT} == set(ReferralState)


def test_a_referral_is_read_from_its_steps() -> None:
    one = record("referral", REFERRED)
    sent = record("referral_step", {"referral": str(one.id), "step": "send"})
    other = record("referral_step", {"referral": str(uuid4()), "step": "revoke"})
    assert referrals([one], DAY)[0].moves == (ReferralStep.SEND, ReferralStep.REVOKE)
    (found,) = referrals([one, sent, other], DAY)
    assert found.state is ReferralState.SENT and found.steps[0].id == sent.id
    assert referrals([one, sent], DAY + timedelta(days=11))[0].state is ReferralState.EXPIRED


REFUSED = [
    ("disclosure", SENT | {"decided_on": date(2009, 1, 1)}, "gällde inte"),
    ("disclosure", SENT | {"ground": "osl_10_28_duty"}, "i vilken lag"),
    ("disclosure", SENT | {"ground": "law_2025_170_4"}, "bara en begäran"),
    ("disclosure", {k: v for k, v in SENT.items() if k != "left_out"}, "lämnades inte ut"),
    ("secrecy_test", TEST | {"ground": "osl_10_15a", "decided_on": date(2025, 11, 30)}, "gällde inte"),
    ("consent", GIVEN | {"withdrawn_on": DAY - timedelta(days=1)}, "slutar innan"),
    ("coordinator_asked", {"question": "Vad gör vi för Elena?"}, "kan vara ett namn"),
    ("safe_return", {"by": "iom", "safe": "syster"}, "egen vilja"),
    ("recovery", {"applied_on": DAY, "granted_on": DAY - timedelta(days=1)}, "innan den söks"),
    ("intervention", {"what": "support", "track": "with_test", "begun_on": DAY}, "beslutets nummer"),
    ("htcds", {"prs_Citizenship": "SWE"}, "Medborgarskap följer inte"),
    ("htcds_identity", {"prs_MobilePhone": "0701234567"}, "Mobiltelefon följer inte"),
    ("htcds", {"prs_FirstName": "Anna"}, "inget fält"),
    ("goals", {"goals": [{"title": "a", "expected": "b", "start": "0", "weight": 0}]}, "går inte att räkna"),
    ("goals", {"goals": [{"title": "a", "expected": "b", "start": "3"}]}, "Läget vid start"),
    ("goals_followed", {"goals": [{"title": "a", "start": "0"}]}, "Mål 1 är inte bedömt"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "words"), REFUSED)
def test_what_a_form_refuses(kind: str, data: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        made(kind, data)


def test_a_request_of_the_police_is_kept_with_its_number() -> None:
    asked = SENT | {"ground": "law_2025_170_4", "how": "requested", "reference": "K-1"}
    assert made("disclosure", asked).data["reference"] == "K-1"


def test_the_trafficking_route_is_mikas_and_age_and_goals_are_both() -> None:
    with pytest.raises(Refused, match="inget sådant formulär"):
        made("trafficking", {"noticed_on": DAY, "seen": "x"}, reception="kast")
    assert made("age", {"age": "child"}, reception="kast").data == {"age": "child"}


def test_goals_show_their_number_and_their_change() -> None:
    goals = [
        {"title": "Sova", "start": "-1", "now": "1"},
        {"title": "Bo", "start": "-1", "now": "0", "weight": 2},
    ]
    rows = rows_of(made("goals_followed", {"goals": goals}))
    said = {row.label: row.text for row in rows}
    assert said["Måluppfyllelse nu"].startswith("T = 54,0 ")
    assert said["Förändring"] == "+16,1 sedan start, 2 mål"
    assert "nu +1: något mer än förväntat" in said["Sova"]


def test_the_recovery_period_shows_its_last_day() -> None:
    rows = rows_of(made("recovery", {"granted_on": DAY}))
    assert rows[-1].text == "2026-11-30"
