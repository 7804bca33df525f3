"""A0, A10 and the gate: what passes, what is refused, and that every seeded fault is caught."""

from dataclasses import replace

import pytest

from smallcounts.disclosure.attacks import suite
from smallcounts.disclosure.attacks.artefacts import Artefact
from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.faults import Workshop, seeded
from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.attacks.suite import QUICK, Audit, Surroundings, audit
from smallcounts.disclosure.attacks.teeth import attack_with_faults, caught
from smallcounts.disclosure.cells import CellId, build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published, Symbol
from tests.unit.smallcounts.disclosure import reference
from tests.unit.smallcounts.disclosure.attacks import scenes
from tests.unit.smallcounts.disclosure.attacks.test_insiders import SMALL, small

MAKE = rounding_maker(SMALL, reference.KEY)


def good() -> Published:
    return MAKE(small(), None)


def quick(*releases: Published, programme: Programme = SMALL, **around) -> Audit:
    return audit(releases, programme, small(), around=Surroundings(**around), attacks=QUICK)


def with_figure(**parts) -> Published:
    """The good release with its third figure changed."""
    figures = list(good().figures)
    figures[2] = replace(figures[2], **parts)
    return Published("r1", tuple(figures))


def test_a_good_release_passes_and_says_so() -> None:
    found = quick(good())
    assert found.passed, found.summary()
    answer = found.to_json()
    assert (answer["cells"], answer["exact"], answer["surely_small"], answer["additive"]) == (18, 0, 0, True)
    assert list(answer["attacks"]) == ["A0", "A1", "A4", "A9"]
    assert 0 < answer["mean_abs_error"] <= 1.65
    assert "the release is safe" in found.summary()


def test_nothing_attacked_is_not_passed() -> None:
    assert not audit([good()], SMALL, attacks=()).passed
    outside = audit([good()], SMALL, attacks=("A5", "A8", "A10"))
    assert outside.left_out == ("A5", "A8", "A10")
    assert not outside.passed


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"value": 7}, "no multiple of 5"),
        ({"base": 4, "value": 8}, "too small"),
        ({"threshold": 3}, "the programme asks 5"),
        ({"method": Method.WAIVED, "value": 8, "base": 1}, "no two people waived it"),
        ({"value": Symbol.NOT_APPLICABLE}, "people can be there"),
        ({"value": Symbol.MISSING}, "print '..'"),
        ({"value": -5}, "below zero"),
        ({"value": 60}, "further from the truth"),
    ],
)
def test_a_figure_that_breaks_its_rule_is_named(parts, words: str) -> None:
    found = quick(with_figure(**parts))
    assert not found.passed
    assert words in found.summary()
    assert good().figures[2].cell.text in found.summary()


def test_cells_rounded_apart_do_not_add_up() -> None:
    figure = good().figures[2]
    true = int(build_system(SMALL, small()).counts[2])
    other = 5 * (true // 5) if figure.value != 5 * (true // 5) else 5 * (true // 5) + 5
    found = quick(with_figure(value=other))
    assert "rounded apart" in found.summary()
    assert found.to_json()["additive"] is False


def test_a_solver_that_fails_is_a_failed_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    # an unbounded program is what HiGHS answers to a wrong model; nothing but "Optimal" may pass
    def no_answer(*_) -> None:
        raise AttackRefused("the solver answered 'Time limit reached', not 'Optimal'")

    monkeypatch.setattr(suite, "attack_bounds", no_answer)
    found = quick(good())
    assert not found.passed
    assert "A1 FAILED" in found.summary()
    assert found.to_json()["exact"] is None


def test_an_unnamed_agency_is_a_failed_audit_until_somebody_decides() -> None:
    assert "name the variable" in audit([good()], SMALL, small(), attacks=("A8",)).summary()
    none = audit([good()], SMALL, small(), around=Surroundings(agency=""), attacks=("A8",))
    assert none.passed


def test_a_correction_is_another_version_and_not_a_contradiction() -> None:
    cell = CellId("2021", ())
    old, new = (Published(r, (Figure(cell, v, Method.ROUNDED, 5, 5),)) for r, v in (("r1", 40), ("r2", 60)))
    clash = audit([old, new], SMALL, attacks=("A1",))
    assert "exclude each other" in clash.summary()
    assert audit(
        [old, new], SMALL, around=Surroundings(corrections=frozenset({"r2"})), attacks=("A1",)
    ).passed


def test_values_two_bases_off_are_read_with_a_longer_reach() -> None:
    a, rest = (CellId("2021", (("area", n),)) for n in ("ab", "rest"))
    figures = [Figure(c, v, Method.ROUNDED, 5, 5) for c, v in ((CellId("2021", ()), 60), (a, 30), (rest, 45))]
    assert audit([Published("r1", tuple(figures))], SMALL, attacks=("A1",)).passed


def test_files_beside_the_tables_are_searched() -> None:
    found = quick(good(), artefacts=(Artefact("a.html", b"<p>37 people</p>"),))
    assert [v.attack for v in found.verdicts if not v.passed] == ["A9"]


def test_faults_of_a_small_release_are_all_caught() -> None:
    shop = Workshop(good(), build_system(SMALL, small()), small())
    missed = [f.name for f in list(seeded(shop))[::4] if caught(shop, f) is None]
    assert missed == []


@pytest.mark.slow
def test_every_seeded_fault_of_a_year_is_caught() -> None:
    people = reference.people(("2021",))
    make = rounding_maker(reference.programme(), reference.KEY)
    shop = Workshop(make(people, None), scenes.year("2021"), people, make)
    found = attack_with_faults(shop)
    assert found.passed, str(found)
    assert found.numbers["faults"] >= 100


@pytest.mark.slow
def test_five_years_rounded_jointly_withstand_readers_and_agencies() -> None:
    make = rounding_maker(reference.programme(), reference.KEY)
    people = reference.people(reference.YEARS)
    found = audit(
        [make(people, None)], reference.programme(), people,
        around=Surroundings(agency="reporter"), attacks=("A0", "A1", "A2", "A3", "A4", "A8", "A9"),
    )  # fmt: skip
    assert found.passed, found.summary()
    assert (found.cells, found.number("A1", "exact"), found.number("A1", "surely_small")) == (725, 0, 0)
    assert found.number("A3", "small") <= 0.9
    assert found.number("A3", "exact") <= 0.8


def blind(people: People, before: People | None) -> Published:
    """A protection that does nothing."""
    return scenes.print_as(build_system(SMALL, people), lambda n: n, method=Method.SUPPRESSED)


def test_a_release_that_is_at_fault_itself_shows_no_teeth() -> None:
    shop = Workshop(blind(small(), None), build_system(SMALL, small()), small())
    small_one = next(f for f in shop.good.figures if f.value == 4)
    found = attack_with_faults(replace(shop, good=Published("r1", (small_one,))))
    assert "finds it at fault itself" in found.findings[0].detail
    assert "faults can be seeded" in found.findings[-1].detail
