"""The rules of disclosure control as data: thresholds, rounding bases, least populations, waivers."""

from __future__ import annotations

from dataclasses import dataclass

from smallcounts.disclosure.toml_items import Item

BASES = (3, 5, 10)
METHODS = ("rounded", "suppressed", "cell_key")
ACCEPTABLE = ("A7",)  # the one attack that two named people may let through, up to a gain they name
BASE_3_POPULATION = 100  # base 3 only for tables with more people than this and no sensitive variable,
BASE_3_THRESHOLD = 4  # and of no larger threshold: a printed 3 means 1 to 5, and 1 to 4 with 92 % probability


@dataclass(frozen=True, slots=True)
class Waiver:
    """Two named people answer for publishing one cell as it is.

    `cell` is the text of a CellId ("2021|area=Nord"); `people` are two different people.
    """

    cell: str
    reason: str
    people: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Two named people answer for a release that an attack breaks, up to `gain` points in any property."""

    attack: str
    gain: int
    reason: str
    people: tuple[str, str]

    def __str__(self) -> str:
        return f"accepted up to {self.gain} points by {' and '.join(self.people)}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as small, and how far it is rounded. All counts are of people.

    threshold: a cell of 1 to threshold-1 people is small. threshold_children: the same for cells of
    children and of places. base: rounding base. minimum_population: areas and tables with fewer people are
    merged upward or refused. minimum_for_mean: no mean of fewer. group_disclosure: whether a cell is
    sensitive when all but a few of a published group are in it. method: how cells are protected. accepted:
    attacks that two named people let through.
    """

    threshold: int = 5
    threshold_children: int = 10
    base: int = 5
    minimum_population: int = 30
    minimum_for_mean: int = 10
    group_disclosure: bool = True
    waivers: tuple[Waiver, ...] = ()
    method: str = METHODS[0]
    accepted: tuple[Acceptance, ...] = ()

    def waived(self) -> frozenset[str]:
        """The texts of the waived cells."""
        return frozenset(w.cell for w in self.waivers)


def smallest_base(threshold: int) -> int:
    """The least base that protects a threshold, since a value b is read as 1 to 2b-1: 2b-1 >= threshold."""
    return next((base for base in BASES if 2 * base - 1 >= threshold), BASES[-1])


def read_rules(item: Item) -> Rules:
    """The table [rules] of a programme; ProgrammeError that names what is wrong."""
    plain = Rules()
    rules = Rules(
        threshold=item.number("threshold", plain.threshold, least=2),
        threshold_children=item.number("threshold_children", plain.threshold_children, least=2),
        base=item.number("base", plain.base),
        minimum_population=item.number("minimum_population", plain.minimum_population),
        minimum_for_mean=item.number("minimum_for_mean", plain.minimum_for_mean, least=2),
        group_disclosure=item.flag("group_disclosure", plain.group_disclosure),
        waivers=tuple(_waiver(one) for one in item.items("waivers")),
        method=item.text("method", plain.method),
        accepted=tuple(_acceptance(one) for one in item.items("accepted")),
    )
    item.finish()
    if rules.method not in METHODS:
        raise item.wrong(f"'method' is one of {', '.join(METHODS)}, not {rules.method!r}")
    if rules.base not in BASES:
        raise item.wrong(f"'base' is one of {', '.join(map(str, BASES))}, not {rules.base}")
    if rules.threshold_children < rules.threshold:
        raise item.wrong("'threshold_children' is below 'threshold'; children are never protected less")
    if max(rules.threshold, rules.threshold_children) > 2 * BASES[-1] - 1:
        raise item.wrong(f"a threshold above {2 * BASES[-1] - 1} cannot be kept by rounding to {BASES[-1]}")
    return rules


def _waiver(item: Item) -> Waiver:
    cell, reason, people = item.text("cell"), item.text("reason"), _two_people(item)
    item.finish()
    return Waiver(cell, reason, people)


def _acceptance(item: Item) -> Acceptance:
    found = Acceptance(
        item.text("attack"), item.number("gain", 0, least=1), item.text("reason"), _two_people(item)
    )
    item.finish()
    if not found.gain:
        raise item.wrong("'gain' is missing; give the greatest gain over the prior, in points")
    if found.attack not in ACCEPTABLE:
        raise item.wrong(f"only {', '.join(ACCEPTABLE)} can be accepted, not {found.attack!r}; mend the rest")
    return found


def _two_people(item: Item) -> tuple[str, str]:
    people = item.texts("people")
    names = {" ".join(name.split()).casefold() for name in people}
    if len(people) != 2 or len(names) != 2:
        raise item.wrong("'people' must name two different people; nobody decides this alone")
    return people[0], people[1]
