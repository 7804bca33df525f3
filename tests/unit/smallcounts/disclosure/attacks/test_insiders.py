"""A5 to A8: the release made again, singling out, one missing property, an agency's own counts."""

import numpy as np
import pytest

from smallcounts.disclosure.attacks import inference, singling
from smallcounts.disclosure.attacks.averaging import attack_by_averaging, differing
from smallcounts.disclosure.attacks.inference import attack_one_property
from smallcounts.disclosure.attacks.insider import attack_as_agencies, known_counts, subtract
from smallcounts.disclosure.attacks.knowledge import view
from smallcounts.disclosure.attacks.making import rounding_maker, without
from smallcounts.disclosure.attacks.singling import attack_by_singling_out, better, chosen, judged
from smallcounts.disclosure.cells import build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published
from tests.unit.smallcounts.disclosure import reference
from tests.unit.smallcounts.disclosure.attacks import scenes

COUNTS = {
    ("2021", "a", "K"): 13, ("2021", "a", "M"): 8, ("2021", "b", "K"): 7, ("2021", "b", "M"): 11,
    ("2021", "c", "K"): 22, ("2021", "c", "M"): 4,
}  # fmt: skip
SMALL = Programme.from_toml(reference.SMALL)


def small() -> People:
    return reference.small_people(COUNTS)


def exact(people: People, before: People | None) -> Published:
    """A release of the truth."""
    system = build_system(SMALL, people)
    return scenes.print_as(system, lambda count: count, method=Method.SUPPRESSED)


def test_a_keyed_release_is_the_same_every_time_and_one_person_changes_only_her_cells() -> None:
    make = rounding_maker(SMALL, reference.KEY)
    found = attack_by_averaging(make, small(), build_system(SMALL, small()), runs=4, persons=4)
    assert found.passed, str(found)
    assert found.numbers["runs"] == 4


@pytest.mark.slow
def test_a_hundred_runs_give_identical_bytes() -> None:
    make = rounding_maker(SMALL, reference.KEY)
    system = build_system(SMALL, small())
    assert attack_by_averaging(make, small(), system, runs=100, persons=20).passed


def test_noise_drawn_anew_is_caught() -> None:
    rng = np.random.default_rng(1)

    def make(people: People, before: People | None) -> Published:
        return scenes.print_as(build_system(SMALL, people), lambda n: 5 * (n // 5 + int(rng.integers(2))))

    found = attack_by_averaging(make, small(), build_system(SMALL, small()), runs=2, persons=0)
    assert "made again" in str(found)


def test_a_change_where_the_new_person_is_not_is_caught() -> None:
    good = rounding_maker(SMALL, reference.KEY)

    def make(people: People, before: People | None) -> Published:
        made = good(people, before)
        other = Figure(made.figures[-1].cell, len(people) % 2, Method.ROUNDED, 5, 5)
        return Published(made.release, (*made.figures[:-1], other))

    found = attack_by_averaging(make, small(), build_system(SMALL, small()), runs=1, persons=6)
    assert "changed when a person came" in str(found)
    fewer = without(small(), 0)
    assert len(fewer) == len(small()) - 1
    assert differing(make(fewer, None), make(small(), None))


def test_printing_the_truth_singles_people_out() -> None:
    people = scenes.year("2025").people
    programme = reference.programme()

    def truth(part: People, before: People | None) -> Published:
        return scenes.print_as(build_system(programme, part), lambda n: n, method=Method.SUPPRESSED)

    found = attack_by_singling_out(truth, programme, people, splits=3)
    assert "cells of several" in [f.cell for f in found.findings]
    assert found.numbers["several, gain"] > 0.4


@pytest.mark.slow
@pytest.mark.parametrize("year", ["2021", "2025"])
def test_keyed_rounding_to_five_singles_out_no_more_than_a_guess(year: str) -> None:
    make = rounding_maker(reference.programme(), reference.KEY)
    assert attack_by_singling_out(make, reference.programme(), reference.people((year,))).passed


@pytest.mark.parametrize(("looks", "passed"), [([0.2, 0.0], True), ([0.2, 0.2], False)])
def test_what_the_luck_of_the_halves_finds_must_be_found_again_in_others(monkeypatch, looks, passed) -> None:
    """One honest release in twenty fails the first look; twice as many fresh halves decide, and they alone."""
    asked, gains = [], iter(looks)

    def rates(_make, _programme, _people, splits, _rng):
        asked.append(splits)
        gain = next(gains)
        return {"several": [(0.5 + gain + 0.01 * (-1) ** at, 0.5, np.nan) for at in range(splits)]}

    monkeypatch.setattr(singling, "_rates", rates)
    assert attack_by_singling_out(exact, SMALL, small(), splits=12).passed is passed
    assert asked == [12, 24]


@pytest.mark.parametrize(("fewest", "most"), [(0, 91), (110, 110), (150, 121)])
def test_the_halves_are_equal_unless_the_base_asks_for_more(fewest: int, most: int) -> None:
    people = scenes.year("2025").people
    assert len(people) == 182
    assert chosen(people, np.random.default_rng(1), fewest=fewest).sum() == most


def test_the_better_baseline_counts() -> None:
    gain = better([(0.5, 0.1, 0.5), (0.6, 0.1, 0.5), (0.4, 0.1, np.nan)])
    assert gain.baseline == pytest.approx(0.5)
    assert gain.success - gain.baseline == pytest.approx(0.05)


def test_kinds_of_cells_are_judged_together_at_95_percent() -> None:
    """False alarms of the whole attack, were nothing to be found: 12 splits of each of 6 kinds of cells."""
    rng = np.random.default_rng(1)
    alarms = {"judged": 0, "each alone": 0}
    for _ in range(100):
        table = rng.normal(size=(6, 12, 3))
        table[:, :, 2] = np.nan  # one baseline: the other would hide alarms
        rates = {str(kind): [(a, b, c) for a, b, c in rows] for kind, rows in enumerate(table)}
        alarms["judged"] += any(g.low > 0 for g in judged(rates).values())
        alarms["each alone"] += any(better(rows).low > 0 for rows in rates.values())
    assert alarms["judged"] <= 5 < 10 <= alarms["each alone"]
    assert judged({"one": rates["0"]})["one"] == better(rates["0"])


def test_who_knows_all_others_reads_the_truth_from_exact_tables() -> None:
    system = build_system(SMALL, small())
    printed = scenes.print_as(system, lambda n: n, method=Method.SUPPRESSED)
    found = attack_one_property(view([printed]), [system])
    assert not found.passed
    assert found.findings[0].cell == "variable gender"
    assert "100% of the people" in str(found)


def test_hidden_tables_add_nothing_to_prior_knowledge() -> None:
    system = build_system(SMALL, small())
    wide = scenes.print_as(system, lambda n: 0, base=1_000)
    assert attack_one_property(view([wide]), [system]).numbers["mean"] == pytest.approx(0, abs=1e-9)


def test_an_agency_subtracts_its_own() -> None:
    system = scenes.year("2021")
    own = known_counts(system, "reporter", "mika")
    by_hand = [c.parts == (("reporter", "mika"),) for c in system.cells].index(True)
    total = [c.parts == () for c in system.cells].index(True)
    assert own[total] == own[by_hand] == system.counts[by_hand]
    seen = view([scenes.print_as(system, scenes.alone(5, 1))])
    rest = subtract(seen, own)
    assert (rest.low <= system.counts - own).all()
    assert (system.counts - own <= rest.high).all()


def test_what_an_agency_knows_opens_what_outsiders_cannot() -> None:
    system = build_system(SMALL, small())
    # 4 of the 11 are known to nobody but the agency of M; rounding to 3 leaves 10 to 14
    seen = view([scenes.print_as(system, lambda n: 3 * round(n / 3), base=3)])
    found = attack_as_agencies(seen, scenes.domain(system), system, "gender")
    assert found.numbers["agencies"] == 2
    exact_seen = view([exact(small(), None)])
    found = attack_as_agencies(exact_seen, scenes.domain(system), system, "gender")
    assert "K knows 22 of them and sees that surely 4 to 4 others" in str(found)


def test_the_only_person_of_her_kind_is_found_though_the_other_half_offers_nobody_to_compare() -> None:
    """Whoever is alone stands in one half only: then 1/e is the baseline, and one sure guess is far above."""
    counts = {key: 1 if key == ("2021", "a", "K") else 60 for key in COUNTS}
    found = attack_by_singling_out(exact, SMALL, reference.small_people(counts))
    assert not found.passed
    assert found.numbers["several, low"] == pytest.approx(1 - np.exp(-1))


@pytest.mark.parametrize(("gain", "passed"), [(0.14, True), (0.16, False)])
def test_one_property_may_gain_15_points_though_the_mean_is_within_10(monkeypatch, gain, passed) -> None:
    rates = iter([(0.3, 0.3 + gain), (0.3, 0.3), (0.3, 0.3), (0.3, 0.3)])
    monkeypatch.setattr(inference, "success", lambda *_: next(rates))
    system = scenes.year("2021")
    found = attack_one_property(view([scenes.print_as(system, lambda n: 5 * (n // 5))]), [system])
    assert found.passed is passed and found.numbers["mean"] == pytest.approx(gain / 4)
    assert passed or "gain = 16" in str(found)
