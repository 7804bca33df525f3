"""The gate: every attack on everything published, and a verdict that one failure decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from smallcounts.disclosure.attacks.artefacts import Artefact, search_files
from smallcounts.disclosure.attacks.averaging import attack_by_averaging
from smallcounts.disclosure.attacks.bounds import attack_bounds, bound_cells, narrowed
from smallcounts.disclosure.attacks.conformity import attack_rule
from smallcounts.disclosure.attacks.derived import Claim, read_backwards, wrong_derived
from smallcounts.disclosure.attacks.differencing import attack_differences
from smallcounts.disclosure.attacks.domain import AttackRefused, Domain, domain_of
from smallcounts.disclosure.attacks.faults import Workshop
from smallcounts.disclosure.attacks.inference import attack_one_property
from smallcounts.disclosure.attacks.insider import attack_as_agencies
from smallcounts.disclosure.attacks.integers import attack_integers
from smallcounts.disclosure.attacks.knowledge import Reading, View, as_versions, shows_zeros, view
from smallcounts.disclosure.attacks.likely import likely_people, several
from smallcounts.disclosure.attacks.linked import Neighbour, Side, attack_linked
from smallcounts.disclosure.attacks.making import Maker
from smallcounts.disclosure.attacks.posterior import attack_posterior
from smallcounts.disclosure.attacks.programs import NOTHING_FITS
from smallcounts.disclosure.attacks.results import Audit, Verdict, failed, verdict
from smallcounts.disclosure.attacks.sampling import STEPS, Prior, Sample, draw_tables, groups
from smallcounts.disclosure.attacks.singling import attack_by_singling_out
from smallcounts.disclosure.attacks.teeth import attack_with_faults
from smallcounts.disclosure.cells import System, build_system
from smallcounts.disclosure.errors import DisclosureError
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Method, Published

READERS: Final = ("A0", "A1", "A2", "A3", "A4", "A7", "A9")  # see no more than whoever has the releases
INSIDERS: Final = ("A5", "A6", "A8", "A10")  # need the people, or the release made again
LINKED: Final = "A11"  # needs what was published of the other programmes that count the same people
QUICK: Final = ("A0", "A1", "A4", "A9")
REACHES: Final = (0, 1, 2, 5)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the releases.

    corrections: ids of releases of changed people. claims: numbers seen in texts and charts. artefacts:
    finished files. allowed: numbers that belong to the words of the files. agency: the variable that names
    who reported; "" when the programme has none. neighbours: the other programmes that count these people.
    """

    corrections: frozenset[str] = frozenset()
    claims: tuple[Claim, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    allowed: tuple[float | int | str, ...] = ()
    agency: str | None = None
    neighbours: tuple[Neighbour, ...] = ()


def audit(
    published: Sequence[Published],
    programme: Programme,
    people: People | None = None,
    make: Maker | None = None,
    *,
    around: Surroundings | None = None,
    attacks: Iterable[str] = (*READERS, *INSIDERS),
    prior: Prior = "jeffreys",
    steps: int = STEPS,
    progress: Callable[[str], None] = lambda _: None,
) -> Audit:
    """Every attack on all releases together, the newest last.

    published: all that was ever printed (the ledger), the new release last. people: of the new release's
    periods, needed for A5 to A8 and A10. make: the release made again, needed for A5, A6 and A10 (see
    `release_maker`). An attack that cannot be carried through counts as failed; one whose means were not
    given is named in `left_out`. A11 goes with A1 wherever the programme or a neighbour says that it counts
    the same people. Deterministic. Run it before every release; a pass means that these
    attacks find nothing, not that no attack can.
    """
    scene = _Scene(published, programme, people, make, around or Surroundings(), prior, steps, progress)
    verdicts, left_out = [], []
    for attack in sorted(scene.asked(attacks), key=lambda a: int(a[1:])):
        if not scene.has_means(attack):
            left_out.append(attack)
            continue
        progress(f"{attack}: {len(scene.cells)} cells")
        verdicts.append(scene.run(attack))
    return Audit(len(scene.cells), tuple(verdicts), scene.mean_error(), tuple(left_out))


class _Scene:
    """What the attacks share, each made once and only when asked for; lives inside one audit."""

    def __init__(
        self, published: Sequence[Published], programme: Programme, people: People | None, make: Maker | None,
        around: Surroundings, prior: Prior, steps: int, progress: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.published, self.programme, self.make = published, programme, make
        self.people = people.one_by_one() if people is not None else None
        self.around, self._prior, self._steps, self._progress = around, prior, steps, progress
        self.cells = list(dict.fromkeys(f.cell for release in published for f in release.figures))
        self._samples: list[Sample] | None = None
        self._likely: tuple[People, ...] | None = None
        self._system: System | None = None
        self._reading: Reading | None = None
        self._methods: dict[str, Callable[[], Verdict]] = {
            "A0": self._a0, "A1": lambda: attack_bounds(*self.seen()), "A2": self._a2, "A3": self._a3,
            "A4": self._a4, "A5": self._a5, "A6": self._a6, "A7": self._a7, "A8": self._a8, "A9": self._a9,
            "A10": self._a10, LINKED: self._a11,
        }  # fmt: skip

    def asked(self, attacks: Iterable[str]) -> set[str]:
        """What is asked for, and always A11 beside A1 where another programme counts these people."""
        wanted = set(attacks)
        return wanted | {LINKED} if "A1" in wanted and self._is_linked() else wanted

    def _is_linked(self) -> bool:
        return bool(self.programme.within or self.around.neighbours)

    def has_means(self, attack: str) -> bool:
        if attack == LINKED:
            given = {n.programme.name for n in self.around.neighbours}
            return given.issuperset(one.programme for one in self.programme.within)
        if attack in ("A5", "A6", "A10"):
            return self.people is not None and self.make is not None
        if attack == "A7":
            return self.people is not None or self._is_rounded()
        return attack not in INSIDERS or self.people is not None

    def run(self, attack: str) -> Verdict:
        """The verdict of one attack; failed when it cannot be carried through."""
        try:
            return self._methods[attack]()
        except DisclosureError as error:
            return failed(attack, str(error))

    def domain(self) -> Domain:
        singles = self.people.periods if self.people is not None else ()
        return domain_of(self.programme, self.cells, singles)

    def reading(self) -> Reading:
        """The sharpest rule under which some table fits the figures, as an attacker would try."""
        if self._reading is None:
            latest = [f for release in self.published for f in release.figures]
            zeros = shows_zeros(latest, dict.fromkeys(self.cells, True))
            for reach in REACHES:
                self._reading = Reading(reach=reach, are_zeros_shown=zeros)
                if self._fits():
                    break
        assert self._reading is not None
        return self._reading

    def _fits(self) -> bool:
        try:
            seen, domain = self.seen()
            bound_cells(seen, domain, verdict_only=True)
        except AttackRefused as error:
            return not str(error).startswith(NOTHING_FITS)
        return True

    def seen(self) -> tuple[View, Domain]:
        versions, domain = as_versions(self.published, self.around.corrections, self.domain())
        return view(versions, self.reading()), domain

    def truth(self) -> System:
        """The system of the people, with the cells of the newest release."""
        if self.people is None:
            raise AttackRefused("the people are not given")
        if self._system is None:
            cells = [f.cell for f in self.published[-1].figures]
            self._system = build_system(self.programme, self.people, extra=cells)
        return self._system

    def side(self) -> Side:
        return Side(self.programme.name, self.programme.within, *self.seen())

    def newest(self) -> tuple[View, Domain]:
        return view(self.published[-1:], self.reading()), self.domain()

    def samples(self) -> tuple[list[Sample], Domain]:
        seen, domain = self.seen()
        if self._samples is None:
            self._samples = [
                draw_tables(part, domain, self.reading(), prior=self._prior, steps=self._steps)
                for part in groups(seen, domain)
            ]
        return self._samples, domain

    def likely(self) -> tuple[People, ...]:
        """Registers that fit what is printed; what chooses between roundings looks at them alone."""
        if self._likely is None:
            samples, domain = self.samples()
            newest = {s for f in self.published[-1].figures for s in domain.periods(f.cell.period)}
            periods = self.people.periods if self.people is not None else sorted(newest)
            are_named = self.people is not None and bool(self.people.pseudonyms)
            self._likely = likely_people(samples, self.programme, periods, are_named=are_named)
        return self._likely

    def _is_rounded(self) -> bool:
        """Whether the newest release is one of several roundings that the key could have given."""
        return any(f.method is Method.ROUNDED for f in self.published[-1].figures)

    def _subjects(self) -> People:
        """Of whom the release is made again; the largest register, since a programme has a minimum."""
        if self._is_rounded():
            return max(self.likely(), key=len)
        assert self.people is not None
        return self.people

    def as_system(self, people: People) -> System:
        """The system of people as they may be, with the cells of the newest release."""
        return build_system(self.programme, people, extra=[f.cell for f in self.published[-1].figures])

    def mean_error(self) -> float | None:
        if self.people is None:
            return None
        system = self.truth()
        index = system.index
        misses = [
            abs(f.value - int(system.counts[index[f.cell]]))
            for f in self.published[-1].figures
            if isinstance(f.value, int)
        ]
        return float(np.mean(misses)) if misses else None

    def _a0(self) -> Verdict:
        system = None if self.people is None else self.truth()
        return attack_rule(
            self.published, self.programme, self.domain(), system=system, reading=self.reading()
        )

    def _a2(self) -> Verdict:
        return attack_integers(*self.samples())

    def _a3(self) -> Verdict:
        return attack_posterior(*self.samples())

    def _a4(self) -> Verdict:
        return attack_differences(
            self.published, self.domain(), self.reading(), corrections=self.around.corrections
        )

    def _a5(self) -> Verdict:
        assert self.make is not None
        people = self._subjects()
        return attack_by_averaging(self.make, people, self.as_system(people))

    def _a6(self) -> Verdict:
        assert self.make is not None
        return attack_by_singling_out(self.make, self.programme, self._subjects())

    def _a7(self) -> Verdict:
        systems = (
            [self.as_system(p) for p in several(self.likely())] if self._is_rounded() else [self.truth()]
        )
        return attack_one_property(narrowed(*self.newest()), systems, reading=self.reading())

    def _a8(self) -> Verdict:
        variable = self.around.agency
        if variable == "":
            return verdict("A8", "no variable names an agency", (), {"agencies": 0})
        if variable is None:
            raise AttackRefused("name the variable that says who reported, or say that there is none ('')")
        seen, domain = self.newest()
        return attack_as_agencies(seen, domain, self.truth(), variable)

    def _a9(self) -> Verdict:
        around = self.around
        findings = wrong_derived(self.published, self.programme)
        if around.claims:
            findings += read_backwards(around.claims, self.newest()[0])
        findings += search_files(around.artefacts, self.published, self.domain(), around.allowed)
        made = sum(len(p.derived) for p in self.published)
        detail = f"{made} derived figures, {len(around.claims)} claims, {len(around.artefacts)} files"
        numbers = {"derived": made, "files": len(around.artefacts), "found": len(findings)}
        return verdict("A9", detail, findings, numbers)

    def _a10(self) -> Verdict:
        assert self.people is not None
        shop = Workshop(self.published[-1], self.truth(), self.people, self.make)
        return attack_with_faults(shop, progress=self._progress)

    def _a11(self) -> Verdict:
        sides = [self.side()]
        for one in self.around.neighbours:
            around = Surroundings(corrections=one.corrections)
            other = _Scene(
                one.published, one.programme, None, None, around, self._prior, self._steps, self._progress
            )
            sides.append(other.side())
        return attack_linked(sides)
