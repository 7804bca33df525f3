"""Who may do what to an edition, and when."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.mapping.audit import AttackResult, FigureAudit, LostToProtection, Outcome
from klarsyn.report import policy
from klarsyn.report.policy import State, Step, Verdict

DISA, GRETA, CILLA = 1, 2, 3


def test_disa_may_not_vote_on_what_she_wrote() -> None:
    with pytest.raises(Refused, match="Du skrev utgåvan"):
        policy.check_vote(State.IN_CHECK, DISA, [], DISA)
    assert not policy.can_vote(State.IN_CHECK, DISA, [], DISA)


def test_greta_may_vote_once() -> None:
    policy.check_vote(State.IN_CHECK, DISA, [], GRETA)
    with pytest.raises(Refused, match="redan röstat"):
        policy.check_vote(State.IN_CHECK, DISA, [GRETA], GRETA)


@pytest.mark.parametrize("state", [s for s in State if s is not State.IN_CHECK])
def test_nobody_votes_outside_the_check(state: State) -> None:
    with pytest.raises(Refused):
        policy.check_vote(state, DISA, [], GRETA)
    assert not policy.can_vote(state, DISA, [], GRETA)


def test_a_third_vote_is_not_needed() -> None:
    with pytest.raises(Refused, match="Två personer"):
        policy.check_vote(State.IN_CHECK, DISA, [GRETA, CILLA], 4)


def test_votes_are_unseen_until_both_are_in() -> None:
    assert not policy.sees_votes([])
    assert not policy.sees_votes([GRETA])
    assert policy.sees_votes([GRETA, CILLA])


@pytest.mark.parametrize(
    ("verdicts", "may"),
    [
        ([], False),
        ([Verdict.APPROVE], False),
        ([Verdict.APPROVE, Verdict.REJECT], False),
        ([Verdict.APPROVE, Verdict.APPROVE], True),
    ],
)
def test_only_two_approvals_release(verdicts: list[Verdict], may: bool) -> None:
    assert policy.can_release(State.IN_CHECK, verdicts, Outcome()) is may
    assert not policy.can_release(State.DRAFT, verdicts, Outcome())


TWO = [Verdict.APPROVE, Verdict.APPROVE]
LOST = LostToProtection(1, 0, 0.0, 0, True, 0, 0, ())
LEAK = AttackResult("A1", False, "lies from 1 to 4", ("2024|age=0-17",), "publish by area")


def test_what_an_attack_breaks_is_not_released_whoever_approved() -> None:
    with pytest.raises(
        Refused, match=r"A1 lyckas mot 2024, under 18 år, .* Slå ihop cellens kategorier.* Bygg"
    ):
        policy.check_release(State.IN_CHECK, TWO, Outcome(failed=(LEAK,)))
    assert not policy.can_release(State.IN_CHECK, TWO, Outcome(failed=(LEAK,)))


def test_what_is_told_to_the_checker_does_not_stop_by_itself() -> None:
    told = AttackResult("A7", False, "gain 12%", (), "", is_told=True)
    audit = FigureAudit("f", "p", "", (), (), LOST, "optimal", 0.0, (told, LEAK))
    assert audit.failed == (LEAK,)


def test_what_was_published_since_the_audit_asks_for_a_new_one() -> None:
    with pytest.raises(Refused, match=r"Något annat har publicerats .* Bygg kartläggningen på nytt"):
        policy.check_release(State.IN_CHECK, TWO, Outcome(is_ledger_changed=True))
    assert not policy.can_release(State.IN_CHECK, TWO, Outcome(is_ledger_changed=True))
    policy.check_release(State.IN_CHECK, TWO, Outcome())


def test_what_two_approved_goes_back_only_when_it_may_not_be_published() -> None:
    policy.check_send_back(State.IN_CHECK, TWO, Outcome(is_ledger_changed=True))
    with pytest.raises(Refused, match="kan publiceras"):
        policy.check_send_back(State.IN_CHECK, TWO, Outcome())
    assert not policy.can_send_back(State.IN_CHECK, TWO[:1], Outcome(is_ledger_changed=True))


def test_nothing_leads_back_from_a_released_edition() -> None:
    assert set(policy.TRANSITIONS[State.RELEASED]) == {Step.SUPERSEDE}
    assert policy.TRANSITIONS[State.SUPERSEDED] == {}
    with pytest.raises(Refused, match="Ingenting har ändrats"):
        policy.check_step(State.RELEASED, Step.SUBMIT)


def test_a_correction_says_what_it_changes() -> None:
    with pytest.raises(Refused, match="tre ord"):
        policy.check_correction(State.RELEASED, "fel tal")
    policy.check_correction(State.RELEASED, "Malmös folkmängd var fel")
    assert not policy.can_correct(State.SUPERSEDED)
