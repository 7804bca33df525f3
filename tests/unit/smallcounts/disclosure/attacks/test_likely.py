"""People as they may be: they fit what is printed, and what decides about a release sees no others."""

from dataclasses import replace

import numpy as np
import pytest

from smallcounts.disclosure import front
from smallcounts.disclosure.attacks.cliques import build_space
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.attacks.knowledge import view
from smallcounts.disclosure.attacks.likely import joined_people, likely_people
from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.attacks.sampling import Sample, draw_tables
from smallcounts.disclosure.attacks.suite import Surroundings, audit
from smallcounts.disclosure.cells import CellId, build_system
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published
from tests.unit.smallcounts.disclosure import reference
from tests.unit.smallcounts.disclosure.attacks import scenes
from tests.unit.smallcounts.disclosure.test_front import COUNTS, ORDER

SMALL = Programme.from_toml(reference.SMALL)
CHAIN = Programme.from_toml("""
name = "chain"
[[variables]]
name = "part"
categories = ["n", "s", "w"]
levels = [{ name = "half", groups = { upper = ["n"], lower = ["s", "w"] } }]
[[variables]]
name = "gender"
categories = ["K", "M"]
[[variables]]
name = "age"
categories = ["young", "old"]
[[tables]]
name = "a"
variables = ["half", "gender"]
[[tables]]
name = "b"
variables = ["gender", "age"]
""")


def samples_of(programme: Programme, release: Published, steps: int = 20_000) -> list[Sample]:
    seen = view([release])
    return [draw_tables(seen, domain_of(programme, seen.cells), steps=steps)]


def printed(programme: Programme, people: People) -> Published:
    return scenes.print_as(build_system(programme, people), lambda n: 5 * round(n / 5))


def chain_people() -> People:
    rng = np.random.default_rng(3)
    codes = np.stack([rng.integers(0, k, size=90) for k in (3, 2, 2)], axis=1)
    return People(("2021",), np.zeros(90, dtype=np.int64), codes, np.ones(90, dtype=np.int64))


@pytest.mark.slow
def test_every_register_fits_what_is_printed_and_they_differ() -> None:
    release = printed(CHAIN, chain_people())
    made = likely_people(samples_of(CHAIN, release), CHAIN, ("2021",), are_named=False)
    seen = view([release])
    assert len({p.codes.tobytes() for p in made}) > 10
    for people in made:
        system = build_system(CHAIN, people)
        counts = system.counts[[system.index[cell] for cell in seen.cells]]
        assert (seen.low <= counts).all() and (counts <= seen.high).all()


@pytest.mark.slow
def test_two_tables_are_tied_where_they_meet_and_a_level_is_drawn_out_to_its_finest_categories() -> None:
    release = printed(CHAIN, chain_people())
    (sample,) = samples_of(CHAIN, release)
    joined = joined_people(sample.space, sample.space.cliques, sample.whole[0], np.random.default_rng(0))
    assert set(joined) >= {"half", "gender", "age"}
    for clique in sample.space.cliques:
        mine = np.stack([joined[v] for v in clique.variables], axis=1)
        counted = [int((mine == one).all(axis=1).sum()) for one in clique.combinations]
        assert counted == sample.whole[0][clique.first : clique.first + len(counted)].tolist()
    (people, *_rest) = likely_people([sample], CHAIN, ("2021",), are_named=True)
    assert set(people.codes[:, 0]) == {0, 1, 2} and len(set(people.pseudonyms)) == len(people)


def test_of_a_corrected_period_the_newest_version_is_drawn() -> None:
    cells = [CellId("2021", ()), CellId("2021 #2", ())]
    space = build_space(cells, domain_of(SMALL, cells))
    table = np.array([7, 4]) if space.cliques[0].period == "2021" else np.array([4, 7])
    seen = replace(view([]), cells=tuple(cells))
    sample = Sample(seen, np.zeros(2, dtype=np.int64), np.ones((2, 1)), 0.0, 1, space, table[None])
    (people,) = likely_people([sample], SMALL, ("2021",), are_named=False)
    assert len(people) == 4


def other_people() -> People:
    """Others in the same places, so that every cell can be printed alike."""
    moved = {("2021", "a", "K"): 54, ("2021", "a", "M"): 37, ("2021", "b", "M"): 12, ("2021", "c", "K"): 8}
    return reference.small_people(moved)


@pytest.mark.slow
def test_what_chooses_between_roundings_sees_the_printed_figures_and_not_the_people() -> None:
    """Two registers, one printed table: each attack that may ask for another attempt answers alike."""
    make = rounding_maker(SMALL, reference.KEY)
    release = make(reference.small_people(COUNTS), None)
    outcomes = []
    for people in (reference.small_people(COUNTS), other_people()):
        asked: list[bytes] = []

        def again(people: People, before: People | None, asked: list[bytes] = asked) -> Published:
            asked.append(people.codes.tobytes())
            return make(people, before)

        found = audit(
            [release], SMALL, people, again, around=Surroundings(agency=""), steps=50_000,
            attacks=(*front.CHEAP, *front.WHOLE, *front.AGAIN),
        )  # fmt: skip
        outcomes.append((asked, {v.attack: (v.passed, dict(v.numbers)) for v in found.verdicts}))
    assert outcomes[0] == outcomes[1] and len(outcomes[0][0]) > 10
    assert len(outcomes[0][1]) == 8 and outcomes[0][1]["A7"][1]["gender"]


def test_an_attack_that_looks_at_the_people_stops_a_rounding_and_chooses_no_other(monkeypatch) -> None:
    asked: list[tuple[str, ...]] = []

    def attacked(attacks: tuple[str, ...], *_: object, **__: object) -> tuple[Verdict, ...]:
        asked.append(attacks)
        return (Verdict(attacks[0], attacks != front.LAST, "known to an agency", ()),)

    monkeypatch.setattr(front, "attacked", attacked)
    with pytest.raises(DisclosureRefused, match="after 1 attempts, A0 break"):
        front.protect(SMALL, reference.small_people(COUNTS), front.Insiders(reference.KEY, {}), ORDER)
    assert asked == list(front.STAGES)
