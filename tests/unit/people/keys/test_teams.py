"""A team's key is where a member let it be, and nowhere else: life of a team, with a model beside it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Context, Key, KeyPair, Unopenable, open_key, seal_key
from klarsyn.people.keys import escrow, teams
from klarsyn.people.keys.accounts import make_keys
from klarsyn.people.models import EscrowPair, Team, TeamEpoch, TeamWrap
from tests.unit.people.keys.conftest import someone


def _team(kind: str = "mika"):
    founder, keys = someone(f"alva-{kind}")
    return (
        teams.create_team(kind=Team.Kind(kind), name=f"{kind} Jönköping", founder=founder, keys=keys),
        founder,
        keys,
    )


def test_a_member_opens_the_team_and_a_stranger_does_not() -> None:
    team, _alva, keys = _team()
    _bo, strange = someone("bo")
    assert teams.open_epoch(teams.active(team), keys).public == bytes(teams.active(team).public)
    with pytest.raises(Unopenable):
        teams.open_epoch(teams.active(team), strange)
    assert teams.open_teams(strange) == {} and set(teams.open_teams(keys)) == {team.id}


def test_a_member_lets_another_in_and_a_stranger_cannot() -> None:
    team, alva, keys = _team()
    cilla, her = someone("cilla")
    bo, strange = someone("bo")
    with pytest.raises(Unopenable):
        teams.add_member(team=team, member=cilla, by=bo, keys=strange)
    assert not TeamWrap.objects.filter(user=cilla).exists()
    teams.add_member(team=team, member=cilla, by=alva, keys=keys)
    assert teams.open_epoch(teams.active(team), her).seed == teams.open_epoch(teams.active(team), keys).seed
    acts = list(AuditEvent.objects.values_list("action", flat=True))
    assert acts == ["team.create", "team.add"]


def test_mika_and_kast_open_nothing_of_each_other() -> None:
    mika, _a, hers = _team("mika")
    kast, _b, his = _team("kast")
    for team, keys in ((mika, his), (kast, hers)):
        with pytest.raises(Unopenable):
            teams.open_epoch(teams.active(team), keys)
    stolen = TeamWrap.objects.get(epoch__team=kast)
    TeamWrap.objects.filter(epoch__team=mika).update(sealed=stolen.sealed, signature=stolen.signature)
    with pytest.raises(Unopenable):
        teams.open_epoch(teams.active(mika), hers)


def test_a_wrap_that_the_database_made_up_is_not_believed() -> None:
    """Whoever owns the database seals a pair of their own to Alva, to read what she writes: no colleague signed it."""
    team, alva, keys = _team()
    epoch, evil, intruder = teams.active(team), KeyPair.new(), someone("x")[1]
    place = teams._place(epoch, alva.uid)
    from_outside = teams.seal_to(keys.pair.public, evil.seed, place)
    signature = intruder.signer.sign(teams._message(place, from_outside, alva.uid))
    TeamEpoch.objects.filter(pk=epoch.pk).update(public=evil.public)
    made_up = {"sealed": from_outside, "signature": signature}
    for claimed in ({}, {"granted_by_public": intruder.signer.public}):
        TeamWrap.objects.filter(user=alva).update(**made_up, **claimed)
        with pytest.raises(Unopenable):
            teams.open_epoch(teams.active(team), keys)


def test_removal_takes_the_key_away_at_once_and_new_things_were_never_hers() -> None:
    team, alva, keys = _team()
    cilla, her = someone("cilla")
    teams.add_member(team=team, member=cilla, by=alva, keys=keys)
    old = teams.open_epoch(teams.active(team), her)
    new = teams.remove_member(team=team, member=cilla, by=alva, keys=keys, reason="slutar")
    assert new.epoch == 2 and not TeamWrap.objects.filter(user=cilla).exists()
    place = Context("i", str(team.id), "t", "c", uuid4(), uuid4(), 2, "p")
    later = seal_key(bytes(new.public), Key.new(), place)
    with pytest.raises(Unopenable):
        open_key(old, later, place)
    assert open_key(teams.open_epoch(new, keys), later, place)
    assert teams.drain(team=team, keys=keys) == 1
    assert [e.state for e in TeamEpoch.objects.all()] == ["destroyed", "active"]
    with pytest.raises(Unopenable):
        teams.open_epoch(TeamEpoch.objects.get(epoch=1), keys)


def test_nobody_removes_herself_or_leaves_a_team_without_a_key() -> None:
    team, alva, keys = _team()
    bo, his = someone("bo")
    for member, by, held in ((alva, alva, keys), (alva, bo, his)):
        with pytest.raises(Refused, match="annars kan ingen"):
            teams.remove_member(team=team, member=member, by=by, keys=held, reason="x")
    assert teams.open_epoch(teams.active(team), keys)


def test_a_forgotten_password_is_mended_by_a_colleague_who_is_a_member() -> None:
    team, alva, keys = _team()
    cilla, _her = someone("cilla")
    teams.add_member(team=team, member=cilla, by=alva, keys=keys)
    anew = make_keys(cilla, "ett annat långt lösenord")
    with pytest.raises(Unopenable):
        teams.open_epoch(teams.active(team), anew)
    teams.add_member(team=team, member=cilla, by=alva, keys=keys)
    assert teams.open_epoch(teams.active(team), anew)


def test_two_officers_bring_a_lost_team_back_and_one_alone_cannot() -> None:
    team, alva, keys = _team()
    (greta, a), (otto, b), (ny, new) = someone("greta"), someone("otto"), someone("ny")
    escrow.appoint(team=team, officers=[greta, otto], by=alva, keys=keys)
    assert EscrowPair.objects.count() == 2
    TeamWrap.objects.all().delete()  # no member left
    pair = EscrowPair.objects.get(officer_a=greta, officer_b=otto)
    with pytest.raises(Refused, match="inte lämnat över"):
        escrow.let_in(pair=pair, by=otto, keys=b, member=ny, reason="ingen kvar")
    with pytest.raises(Unopenable):
        escrow.hand_over(pair=pair, by=greta, keys=b, reason="ingen kvar")
    handed = escrow.hand_over(pair=pair, by=greta, keys=a, reason="ingen kvar")
    with pytest.raises(Unopenable):  # what A hands over A cannot open
        escrow.open_with(a.pair, bytes(handed.handed_over), escrow._layer(pair.epoch, otto, "inner"))
    escrow.let_in(pair=handed, by=otto, keys=b, member=ny, reason="ingen kvar")
    assert teams.open_epoch(teams.active(team), new).public == bytes(teams.active(team).public)
    assert [e.action for e in AuditEvent.objects.filter(action__startswith="escrow")] == [
        "escrow.appoint", "escrow.hand_over", "escrow.let_in",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["one", "member"])
def test_an_officer_is_no_member_and_never_alone(who: str) -> None:
    team, alva, keys = _team()
    greta, _a = someone("greta")
    with pytest.raises(Refused, match="Minst två"):
        escrow.appoint(team=team, officers=[greta] if who == "one" else [greta, alva], by=alva, keys=keys)


class WhoCanRead(RuleBasedStateMachine):
    """Random lives of two teams; a model says who must and who must not open what."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.people = [someone(f"p{i}") for i in range(4)]
        (p0, k0), (p1, k1) = self.people[:2]
        self.teams = [
            teams.create_team(kind=Team.Kind.MIKA, name="m", founder=p0, keys=k0),
            teams.create_team(kind=Team.Kind.KAST, name="k", founder=p1, keys=k1),
        ]
        self.members = [{0}, {1}]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(team=st.integers(0, 1), by=st.integers(0, 3), who=st.integers(0, 3))
    def add(self, team: int, by: int, who: int) -> None:
        (user, keys), (member, _k) = self.people[by], self.people[who]
        if TeamWrap.objects.filter(user=member, epoch__team=self.teams[1 - team]).exists():
            with pytest.raises(Refused, match="hålls isär"):
                teams.add_member(team=self.teams[team], member=member, by=user, keys=keys)
        elif by in self.members[team]:
            teams.add_member(team=self.teams[team], member=member, by=user, keys=keys)
            self.members[team].add(who)
        else:
            with pytest.raises(Unopenable):
                teams.add_member(team=self.teams[team], member=member, by=user, keys=keys)

    @rule(team=st.integers(0, 1), by=st.integers(0, 3), who=st.integers(0, 3))
    def remove(self, team: int, by: int, who: int) -> None:
        (user, keys), (member, _k) = self.people[by], self.people[who]
        allowed = by in self.members[team] and by != who
        if allowed:
            teams.remove_member(team=self.teams[team], member=member, by=user, keys=keys, reason="r")
            self.members[team].discard(who)
        else:
            with pytest.raises(Refused):
                teams.remove_member(team=self.teams[team], member=member, by=user, keys=keys, reason="r")

    @rule(team=st.integers(0, 1))
    def drain(self, team: int) -> None:
        keys = self.people[min(self.members[team])][1]
        teams.drain(team=self.teams[team], keys=keys)

    @rule(who=st.integers(0, 3))
    def forget_password(self, who: int) -> None:
        """New keys open nothing until a colleague lets the person in again; a team keeps a member who can."""
        if all(self.members[t] != {who} for t in (0, 1)):
            user, _old = self.people[who]
            self.people[who] = (user, make_keys(user, "nytt långt lösenord"))
            for members in self.members:
                members.discard(who)

    @invariant()
    def exactly_the_members_open_exactly_their_team(self) -> None:
        for at, team in enumerate(self.teams):
            epoch = teams.active(team)
            for who, (_user, keys) in enumerate(self.people):
                try:
                    opened = teams.open_epoch(epoch, keys).public == bytes(epoch.public)
                except Unopenable:
                    opened = False
                assert opened == (who in self.members[at]), (at, who)


@pytest.mark.slow
def test_who_can_read_what_through_random_lives_of_two_teams() -> None:
    many = settings(
        max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(WhoCanRead, settings=many)
