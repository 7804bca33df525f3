"""The fewest cells to hide: a cover of the attacker's cuts, grown until no attack is left."""

from __future__ import annotations

import math
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from smallcounts.disclosure.errors import NoAnswer
from smallcounts.disclosure.solver import NODES
from smallcounts.disclosure.suppression.attacker import NEAR, WIDE, Attacker, Cut, new_solver
from smallcounts.disclosure.suppression.goals import Array, Flags, Goals, Ints

ROUNDS = 400
_ENDED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
)
PREFER = 0.01  # all preferences together weigh less than one cell


@dataclass(frozen=True, slots=True, eq=False)
class Hiding:
    """Which cells to hide. hidden (n,). status: "optimal", or "limit" when one ended the search.

    least: no solution hides fewer cells than this; gap: 1 - least / hidden. cuts: how many were needed.
    """

    hidden: Flags
    status: str
    least: int
    gap: float
    cuts: int


class Unprotected(Exception):
    """The cell that is given away even when everything that may be hidden is."""

    def __init__(self, cell: int) -> None:
        super().__init__(cell)
        self.cell = cell


class Search:
    """Search in one block of cells that no sum ties to any other; used once.

    forced (n,): hidden anyway. fixed (n,): must stay open. known: the least and the largest count of each
    cell that a reader knows beforehand, both (n,).
    """

    def __init__(
        self,
        matrix: csr_array,
        ties: csr_array,
        counts: Ints,
        goals: Goals,
        *,
        forced: Flags,
        fixed: Flags,
        known: tuple[Array, Array],
    ) -> None:
        self._attacker = Attacker(matrix, ties, counts, goals, known)
        self._goals, self._forced, self._fixed = goals, forced, fixed
        self._cells = len(counts)
        width = self._cells + goals.pairs
        # larger counts stay open where there is a choice; the preference never costs a cell
        self._cost = 1 + PREFER * counts / max(counts.sum(), 1)
        self._master = new_solver(
            csc_array((0, width)), np.r_[self._cost, np.zeros(goals.pairs)], np.zeros(0), np.zeros(0)
        )
        low = np.r_[forced, np.zeros(goals.pairs, dtype=bool)].astype(np.float64)
        high = np.r_[~fixed, np.ones(goals.pairs, dtype=bool)].astype(np.float64)
        self._master.changeColsBounds(width, np.arange(width, dtype=np.int32), low, high)
        # of a pair, 1 stands for the question asked first
        self._first = np.zeros(len(goals.row), dtype=bool)
        _, first = np.unique(goals.either, return_index=True)
        self._first[first] = True
        # questions of which one is enough, pair by pair; the rest one by one
        starts = np.flatnonzero(np.r_[True, (goals.either[1:] != goals.either[:-1]) | (goals.either[1:] < 0)])
        self._groups = [g for g in np.split(np.arange(len(goals.row)), starts[1:]) if len(g)]
        self._known: set[bytes] = set()
        self._best: Flags | None = None
        self._least = 0.0

    def run(self, seconds: float | None, rounds: int = ROUNDS) -> Hiding:
        """The fewest, or the best found when `seconds` of the solver's own time or `rounds` are over."""
        self._limit = math.inf if seconds is None else seconds
        self._rounds = rounds
        lost = self._first_attack(~self._fixed)
        if lost:
            raise Unprotected(int(self._goals.cell[self._goals.row[lost[0].question]]))
        self._relax()
        self._mend(self._last > 0.5)
        self._solve_whole()
        assert self._best is not None
        found = int(self._best.sum())
        least = min(max(math.ceil(self._least - PREFER), int(self._forced.sum())), found)
        status = "optimal" if least == found else "limit"
        return Hiding(self._best, status, least, 1 - least / max(found, 1), len(self._known))

    def _spent(self) -> bool:
        return float(self._master.getRunTime()) + self._attacker.seconds > self._limit

    def _relax(self) -> None:
        """Cuts until the relaxed cover, with cells hidden in part, withstands the attacker."""
        reach = float(np.abs(self._goals.target).max(initial=1.0))
        for _ in range(ROUNDS):
            self._step()
            cuts = self._violated(self._last, self._gates(), rise=reach)
            every = self._violated(self._last, np.ones(len(self._goals.row)), rise=reach)
            both = [c for c in _joined(every, self._goals) if c.weights @ self._last < 1 - 1e-4]
            if not self._add([*cuts, *both]) or self._spent():
                return

    def _solve_whole(self) -> None:
        """Cuts until the best cover withstands the attacker, or no better one than the best found can."""
        self._make_whole()
        for _ in range(self._rounds):
            if self._is_proved() or self._spent():
                return
            self._step()
            if self._is_proved():
                return
            hidden = self._last > 0.5
            cuts = self._violated(hidden.astype(np.float64), self._gates(), rise=WIDE, whole=True)
            if not cuts:
                self._keep(hidden)
                return
            self._add(cuts)
            self._mend(hidden)

    def _is_proved(self) -> bool:
        return self._best is not None and math.ceil(self._least - PREFER) >= int(self._best.sum())

    def _make_whole(self) -> None:
        width = self._cells + self._goals.pairs
        kinds = np.full(width, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._master.changeColsIntegrality(width, np.arange(width, dtype=np.int32), kinds)
        # covers of as many cells differ by less than this: the number is proved, not the preference
        gap = 1 - 2 * PREFER
        for name, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", gap), ("mip_max_nodes", NODES)):
            self._master.setOptionValue(name, value)

    def _step(self) -> None:
        """The next cover; `_least` rises to the new bound."""
        if self._limit < math.inf:
            left = self._limit - self._attacker.seconds
            self._master.setOptionValue("time_limit", max(left, 0.1))
        self._master.run()
        status, info = self._master.getModelStatus(), self._master.getInfo()
        if status not in _ENDED:
            words = self._master.modelStatusToString(status)
            raise NoAnswer(f"the solver answered {words!r} to the cover; run it again", code="solver")
        is_whole = info.mip_node_count >= 0
        bound = info.mip_dual_bound if is_whole else info.objective_function_value
        if status == highspy.HighsModelStatus.kOptimal or is_whole:
            self._least = max(self._least, float(bound))
        if info.primal_solution_status == highspy.kSolutionStatusFeasible:
            values = np.array(self._master.getSolution().col_value)
            self._last, self._choice = values[: self._cells], values[self._cells :]

    def _gates(self) -> Array:
        """(questions,): how far each must be answered; of a pair the choice of the cover says which."""
        gates = np.ones(len(self._goals.row))
        paired = self._goals.either >= 0
        choice = self._choice[self._goals.either[paired]]
        gates[paired] = np.where(self._first[paired], choice, 1 - choice)
        return gates

    def _violated(self, hidden: Array, gates: Array, *, rise: float, whole: bool = False) -> list[Cut]:
        """Cuts for the questions that these hidden cells leave unanswered."""
        attacker = self._attacker
        attacker.hide(hidden, rise=rise)
        done = gates < NEAR
        cuts = []
        for question in range(len(gates)):
            if done[question]:
                continue
            value, duals, point = attacker.ask(question)
            done |= attacker.answered(point, whole=whole)
            if done[question]:
                continue
            cut = self._cut(question, value, duals, hidden, whole=whole)
            if cut is not None and cut.weights @ hidden < gates[question] - 1e-4:
                cuts.append(cut)
        return cuts

    def _cut(self, question: int, value: float, duals: Array, hidden: Array, *, whole: bool) -> Cut | None:
        goals, attacker = self._goals, self._attacker
        wanted = goals.sign[question] * goals.target[question]
        if value < wanted - NEAR:
            cut = attacker.cut(question, duals, self._forced)
            if not whole or (cut is not None and cut.weights @ hidden < 1 - 1e-4):
                return cut
        elif not whole or attacker.ask_whole(question) > wanted - NEAR:
            return None
        # rounding spoilt the duals, or only whole people cannot do it: one more cell at least must be hidden
        return Cut(question, ((hidden < 0.5) & ~self._fixed).astype(np.float64))

    def _add(self, cuts: list[Cut]) -> int:
        """Hand new cuts to the cover; how many were new."""
        added = 0
        for cut in cuts:
            pair = -1 if cut.is_joint else int(self._goals.either[cut.question])
            weights = np.where(cut.weights > 1e-9, np.round(cut.weights, 9), 0.0)
            places = np.flatnonzero(weights)
            values, least = weights[places], 1.0
            if pair >= 0:  # binds only when the cover chose this question of the two
                is_first = self._first[cut.question]
                places = np.r_[places, self._cells + pair]
                values = np.r_[values, -1.0 if is_first else 1.0]
                least = 0.0 if is_first else 1.0
            key = places.astype(np.int64).tobytes() + values.tobytes()
            if key in self._known:
                continue
            self._known.add(key)
            self._master.addRow(least, math.inf, len(places), places.astype(np.int32), values)
            added += 1
        return added

    def _mend(self, hidden: Flags) -> None:
        """Hide more until no attack is left, then open what can be opened; keep it if it is the best."""
        hidden = hidden.copy()
        while cuts := self._open_attacks(hidden):
            if self._best is not None and hidden.sum() >= self._best.sum():
                return
            before = hidden.copy()
            for cut in cuts:
                # the larger weights of a pair may reach 1 where neither question's own do
                if (hidden == before).all() or cut.weights @ hidden < 1 - 1e-4:
                    room = np.where(hidden | self._fixed, -1.0, cut.weights / self._cost)
                    hidden[int(np.argmax(room))] = True
            if (hidden == before).all():
                raise NoAnswer(
                    "the solver contradicts itself about these tables; report the programme", code="solver"
                )
        self._trim(hidden)

    def _open_attacks(self, hidden: Flags) -> list[Cut]:
        """Cuts for what is unanswered; of a pair only where both are, and then their joint cut."""
        every = self._violated(
            hidden.astype(np.float64), np.ones(len(self._goals.row)), rise=WIDE, whole=True
        )
        both = _joined(every, self._goals)
        self._add([*every, *both])
        return [cut for cut in every if self._goals.either[cut.question] < 0] + both

    def _trim(self, hidden: Flags) -> None:
        order = np.flatnonzero(hidden & ~self._forced)
        for cell in order[np.argsort(-self._cost[order], kind="stable")]:
            if self._spent():
                break
            hidden[cell] = False
            attack = self._first_attack(hidden)
            self._add(attack)
            hidden[cell] = bool(attack)
        self._keep(hidden)

    def _first_attack(self, hidden: Flags) -> list[Cut]:
        """Nothing when every question is answered; else the cuts of the first that is not."""
        goals, attacker = self._goals, self._attacker
        attacker.hide(hidden.astype(np.float64), rise=WIDE)
        done = np.zeros(len(goals.row), dtype=bool)
        for asked in self._groups:
            cuts = []
            for question in asked:
                if done[asked].any():
                    break
                value, duals, point = attacker.ask(question)
                done |= attacker.answered(point, whole=True)
                if not done[question]:
                    cut = self._cut(question, value, duals, hidden.astype(np.float64), whole=True)
                    done[question] = cut is None
                    cuts += [cut] if cut is not None else []
            if not done[asked].any():
                return [*cuts, *_joined(cuts, goals)]
        return []

    def _keep(self, hidden: Flags) -> None:
        if self._best is None or hidden.sum() < self._best.sum():
            self._best = hidden


def _joined(cuts: list[Cut], goals: Goals) -> list[Cut]:
    """For each pair with two cuts one that holds whichever question is chosen: the larger of the weights."""
    first: dict[int, Cut] = {}
    joined = []
    for cut in cuts:
        pair = int(goals.either[cut.question])
        if pair in first:
            weights = np.maximum(first[pair].weights, cut.weights)
            joined.append(Cut(cut.question, weights, is_joint=True))
        elif pair >= 0:
            first[pair] = cut
    return joined
