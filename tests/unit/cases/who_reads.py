"""A model of who reads which case: roles, epochs held, epochs cases are sealed to. Knows nothing of cryptography."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class TeamModel:
    """One team: who holds which living epoch, which is active, which has an escrow, who has the role."""

    holders: dict[int, set[int]]
    active: int = 1
    escrowed: set[int] = field(default_factory=set)
    roles: set[int] = field(default_factory=set)
    cases: dict[int, int] = field(default_factory=dict)  # a case's number -> the epoch it is sealed to

    def members(self) -> set[int]:
        return set().union(*self.holders.values())

    def holds_all(self, who: int) -> bool:
        return all(who in held for held in self.holders.values())

    def holds_active(self, who: int) -> bool:
        return who in self.holders[self.active]

    def stands_here(self, who: int) -> bool:
        return who in self.members() or who in self.roles

    def may_work(self, who: int) -> bool:
        return who in self.roles and self.holds_active(who)

    def add(self, who: int) -> None:
        for held in self.holders.values():
            held.add(who)

    def remove(self, who: int) -> None:
        rest = self.members() - {who}
        self.forget(who)
        self.active += 1
        self.holders[self.active] = rest

    def forget(self, who: int) -> None:
        for held in self.holders.values():
            held.discard(who)

    def drain(self) -> None:
        self.holders = {self.active: self.holders[self.active]}
        self.escrowed &= {self.active}
        self.cases = dict.fromkeys(self.cases, self.active)

    def has_key_of(self, who: int, case: int) -> bool:
        return case in self.cases and who in self.holders.get(self.cases[case], set())

    def reads(self, who: int, case: int) -> bool:
        return who in self.roles and self.has_key_of(who, case)
