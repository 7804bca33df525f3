"""Random lives of two teams with cases: exactly who the model says reads, by role and by key, at every moment."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction
from django.http import Http404
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from klarsyn.base.errors import Refused
from klarsyn.base.vault import Unopenable
from klarsyn.cases import access, queries
from klarsyn.cases.models import Case, Compartment
from klarsyn.people import actions as staff
from klarsyn.people.keys import escrow, teams
from klarsyn.people.keys.accounts import Unlocked, unlock
from klarsyn.people.models import EscrowPair, RoleHeld, Team, User
from tests.unit.cases.conftest import someone
from tests.unit.cases.who_reads import TeamModel

PEOPLE, TEAM = st.integers(0, 3), st.integers(0, 1)
# Who acts: as often somebody who holds the team's key as just anybody, else lives are short of events.
ACTORS = st.integers(0, 7)
PASSWORD = "nordanvind-och-klar-luft"
KINDS = ("mika", "kast")


class WhoReads(RuleBasedStateMachine):
    """Every act either does what the model does, or is refused as the model says and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone._from_testcase = True  # reads of the log count as outermost
        self.undone.__enter__()
        self.people = [someone(f"p{i}") for i in range(4)]
        self.officers = [someone(f"officer{i}") for i in range(2)]
        self.teams = [self._found(i) for i in (0, 1)]
        self.model = [TeamModel({1: {0}}, roles={0}), TeamModel({1: {1}}, roles={1})]
        for i in (0, 1):
            staff.give_role(user=self.people[i][0], role=f"{KINDS[i]}_counsellor", team=self.teams[i])
        self.cases: list[tuple[int, UUID]] = []
        self.seen = ""
        for i in (0, 1):
            self.add(team=i, by=i, who=2 + i)
            self.give_the_role(team=i, who=2 + i)
            self.open_case(team=i, who=i)

    def _found(self, i: int) -> Team:
        founder, keys = self.people[i]
        return teams.create_team(kind=Team.Kind(KINDS[i]), name=KINDS[i], founder=founder, keys=keys)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def _fresh(self, who: int) -> tuple[User, Unlocked]:
        user, keys = self.people[who]
        return User.objects.get(pk=user.pk), keys

    def _apart(self, team: int, who: int) -> bool:
        return not self.model[1 - team].stands_here(who)

    def _actor(self, team: int, drawn: int) -> int:
        holders = sorted(self.model[team].holders[self.model[team].active])
        return drawn if drawn < 4 else holders[drawn % len(holders)] if holders else drawn - 4

    @rule(team=TEAM, by=ACTORS, who=PEOPLE)
    def add(self, team: int, by: int, who: int) -> None:
        by = self._actor(team, by)
        (user, keys), (member, _k) = self.people[by], self.people[who]
        words = {"team": self.teams[team], "member": member, "by": user, "keys": keys}
        if not self._apart(team, who):
            with pytest.raises(Refused, match="hålls isär"):
                teams.add_member(**words)
        elif self.model[team].holds_all(by):
            teams.add_member(**words)
            self.model[team].add(who)
        else:
            with pytest.raises(Unopenable):
                teams.add_member(**words)

    @rule(team=TEAM, by=ACTORS, who=PEOPLE)
    def remove(self, team: int, by: int, who: int) -> None:
        by = self._actor(team, by)
        (user, keys), (member, _k) = self.people[by], self.people[who]
        words = {"team": self.teams[team], "member": member, "by": user, "keys": keys, "reason": "r"}
        model = self.model[team]
        if by == who or by not in model.members() - {who}:
            with pytest.raises(Refused):
                teams.remove_member(**words)
        elif model.holds_active(by):
            teams.remove_member(**words)
            model.remove(who)
        else:
            with pytest.raises(Unopenable):
                teams.remove_member(**words)

    @rule(team=TEAM, by=ACTORS)
    def drain(self, team: int, by: int) -> None:
        by = self._actor(team, by)
        model, keys = self.model[team], self.people[by][1]
        if model.holds_all(by):
            teams.drain(team=self.teams[team], keys=keys)
            model.drain()
        elif len(model.holders) > 1 and not model.holds_active(by):
            with pytest.raises(Unopenable), transaction.atomic():
                teams.drain(team=self.teams[team], keys=keys)

    @rule(who=PEOPLE)
    def forget_the_password(self, who: int) -> None:
        user = self.people[who][0]
        staff.new_keys(user=user, password=PASSWORD)
        found = unlock(user.username, PASSWORD)
        assert found is not None
        self.people[who] = found
        for model in self.model:
            model.forget(who)

    @rule(team=TEAM, who=PEOPLE)
    def give_the_role(self, team: int, who: int) -> None:
        words = {"user": self.people[who][0], "role": f"{KINDS[team]}_counsellor", "team": self.teams[team]}
        if self._apart(team, who):
            staff.give_role(**words)
            self.model[team].roles.add(who)
        else:
            with pytest.raises(Refused, match="hålls isär"):
                staff.give_role(**words)

    @rule(team=TEAM, who=PEOPLE)
    def take_the_role(self, team: int, who: int) -> None:
        for row in RoleHeld.objects.filter(user=self.people[who][0], team=self.teams[team]):
            staff.take_role(row=row)
        self.model[team].roles.discard(who)

    @rule(team=TEAM, by=ACTORS)
    def appoint_officers(self, team: int, by: int) -> None:
        by = self._actor(team, by)
        model, (user, keys) = self.model[team], self.people[by]
        words = {
            "team": self.teams[team],
            "officers": [o for o, _k in self.officers],
            "by": user,
            "keys": keys,
        }
        if model.holds_active(by):
            escrow.appoint(**words)
            model.escrowed.add(model.active)
        else:
            with pytest.raises(Unopenable):
                escrow.appoint(**words)

    @rule(team=TEAM, who=PEOPLE)
    def bring_back(self, team: int, who: int) -> None:
        """Two officers let somebody in to every epoch they have a key for, when nobody else is left."""
        (a, hers), (b, his) = self.officers
        pairs = list(EscrowPair.objects.filter(epoch__team=self.teams[team], officer_a=a))
        assert {pair.epoch.epoch for pair in pairs} == self.model[team].escrowed
        if self.model[team].members():
            for pair in pairs:
                with pytest.raises(Refused, match="fortfarande nyckeln"):
                    escrow.hand_over(pair=pair, by=a, keys=hers, reason="r")
            return
        for pair in [escrow.hand_over(pair=pair, by=a, keys=hers, reason="r") for pair in pairs]:
            words = {"pair": pair, "by": b, "keys": his, "member": self.people[who][0], "reason": "r"}
            if self._apart(team, who):
                escrow.let_in(**words)
                self.model[team].holders[pair.epoch.epoch].add(who)
            else:
                with pytest.raises(Refused, match="hålls isär"):
                    escrow.let_in(**words)

    @rule(team=TEAM, who=PEOPLE)
    def open_case(self, team: int, who: int) -> None:
        model, (user, keys) = self.model[team], self._fresh(who)
        if not model.may_work(who):
            with pytest.raises(Http404):
                access.open_case(user, keys, self.teams[team], summary="Samtal")
        elif len(self.cases) < 3:
            made = access.open_case(user, keys, self.teams[team], summary="Samtal")
            access.write_record(user, keys, made, compartment=Compartment.NOTES, text="Hemligt")
            self.cases.append((team, made))
            model.cases[len(self.cases) - 1] = model.active

    @rule(number=st.integers(0, 2), who=PEOPLE)
    def erase(self, number: int, who: int) -> None:
        if number >= len(self.cases):
            return
        (team, id), (user, keys) = self.cases[number], self._fresh(who)
        if self.model[team].may_work(who) and number in self.model[team].cases:
            access.erase_case(user, keys, id)
            del self.model[team].cases[number]
        else:
            with pytest.raises(Http404):
                access.erase_case(user, keys, id)

    @invariant()
    def everybody_reads_exactly_what_the_model_says(self) -> None:
        if self.seen == repr(self.model):  # nothing has changed since everybody was asked
            return
        self.seen = repr(self.model)
        for number, (team, id) in enumerate(self.cases):
            for who in range(len(self.people)):
                user, keys = self._fresh(who)
                model = self.model[team]
                assert _reads(user, keys, id) == model.reads(who, number), (number, who)
                assert _opens(keys, id) == model.has_key_of(who, number), (number, who)


def _reads(user: User, keys: Unlocked, id: UUID) -> bool:
    try:
        shown = access.read_case(user, keys, id, purpose="prov")
    except Http404:
        return False
    return [record.text for record in shown.records] == ["Hemligt"]


def _opens(keys: Unlocked, id: UUID) -> bool:
    """By the key alone, past every permission."""
    case = Case.objects.get(pk=id)
    epochs = teams.open_teams(keys).get(case.team_id, {})
    try:
        return bool(queries.shown(case, epochs, frozenset({Compartment.NOTES})).records)
    except (Unopenable, KeyError):
        return False


@pytest.mark.slow
def test_a_life_with_everything_in_it(settings) -> None:
    """One life by hand, so that the rare turns are there in every run; a number is a person, Mika is team 0."""
    settings.CASES_AN_HOUR, life = 10_000, WhoReads()
    turns = (
        lambda: life.appoint_officers(team=0, by=0),
        lambda: life.remove(team=0, by=0, who=2),  # the old key drains, and has officers
        lambda: life.open_case(team=0, who=0),  # the first with the new key
        lambda: life.bring_back(team=0, who=2),  # refused: somebody is left
        lambda: life.forget_the_password(who=0),  # now nobody is
        lambda: life.bring_back(team=0, who=2),  # to the old key alone
        lambda: life.drain(team=0, by=2),
        lambda: life.bring_back(team=0, who=1),  # stands in KAST: refused
        lambda: life.add(team=1, by=1, who=0),  # still has Mika's role: refused
        lambda: life.take_the_role(team=0, who=0),
        lambda: life.add(team=1, by=1, who=0),
        lambda: life.give_the_role(team=1, who=0),
        lambda: life.remove(team=1, by=1, who=3),
        lambda: life.drain(team=1, by=1),
        lambda: life.remove(team=1, by=1, who=0),  # whose only key is the newest
        lambda: life.erase(number=1, who=1),
    )
    try:
        for turn in turns:
            turn()
            life.everybody_reads_exactly_what_the_model_says()
        mika, kast = life.model
        assert (mika.holders, mika.cases) == ({1: {2}, 2: set()}, {0: 1, 2: 2})
        assert (kast.holders, kast.cases) == ({2: {1}, 3: {1}}, {})
    finally:
        life.teardown()


@pytest.mark.slow
def test_who_reads_what_through_random_lives_of_two_teams_with_cases() -> None:
    many = settings(
        max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    with override_settings(CASES_AN_HOUR=10_000):
        run_state_machine_as_test(WhoReads, settings=many)
