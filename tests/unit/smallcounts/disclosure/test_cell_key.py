"""The cell-key method: the ONS rule cell by cell, and the same noise for the same people."""

from itertools import combinations

import numpy as np
import pytest

from smallcounts.disclosure.cell_key import perturb, protect_by_cell_key, record_keys
from smallcounts.disclosure.cells import build_system
from smallcounts.disclosure.counting import count_tables
from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused
from smallcounts.disclosure.noise import make_ptable, read_ons_table
from smallcounts.disclosure.release import Method, Symbol
from tests.unit.smallcounts.disclosure.cubes import cube, people, programme
from tests.unit.smallcounts.disclosure.reference import KEY

SIZES = [2, 3, 4, 2, 5]


def ons_by_hand(
    rows: list[list[int]], keys: list[int], noise: dict[tuple[int, int], int], table: tuple[int, ...]
):
    """The rule in plain Python: count, add the keys up modulo 256, look up, hide below 10."""
    cells = {}
    for row, key in zip(rows, keys, strict=True):
        count, total = cells.get(tuple(row[c] for c in table), (0, 0))
        cells[tuple(row[c] for c in table)] = count + 1, total + key
    shown = {}
    for cell, (count, total) in cells.items():
        row = count if count <= 750 else (count - 1) % 250 + 501
        value = count + noise.get((row, total % 256), 0)
        shown[cell] = value if value >= 10 else None
    return shown


def ons_noise(seed: int) -> dict[tuple[int, int], int]:
    """A table in the form of the ONS, with other noise for every count and key."""
    rng = np.random.default_rng(seed)
    return {(n, k): int(rng.integers(-min(n, 7), 8)) for n in range(1, 751) for k in range(256)}


@pytest.mark.slow
@pytest.mark.parametrize("n", [30, 900, 6000])
def test_every_cell_is_as_the_ons_rule_says(n: int) -> None:
    rng = np.random.default_rng(n)
    codes = np.stack([rng.choice(s, n, p=rng.dirichlet(np.ones(s))) for s in SIZES], axis=1)
    keys, noise = rng.integers(0, 256, n), ons_noise(n)
    table = read_ons_table(["pcv,ckey,pvalue", *(f"{n},{k},{v}" for (n, k), v in noise.items())])
    crossings = [t for k in (1, 2, 3) for t in combinations(range(5), k)]
    for counted in count_tables(codes, SIZES, crossings, keys=keys):
        ours = perturb(counted, table, threshold=10)
        theirs = ons_by_hand(codes.tolist(), keys.tolist(), noise, counted.columns)
        for cell in np.ndindex(ours.values.shape):
            shown = None if ours.is_hidden[cell] else int(ours.values[cell])
            assert shown == theirs.get(cell)


def test_counts_above_750_use_the_last_250_rows_again() -> None:
    noise = {(501, 7): 3, (750, 7): -2, (600, 7): 5}
    table = read_ons_table(["pcv,ckey,pvalue", *(f"{n},{k},{v}" for (n, k), v in noise.items())])
    codes, keys = np.repeat([0, 1, 2, 3], [751, 1000, 1100, 501])[:, None], np.zeros(3352, dtype=np.int64)
    keys[[0, 751, 1751, 2851]] = 7
    counted = count_tables(codes, [4], [(0,)], keys=keys)[0]
    found = perturb(counted, table, threshold=754)
    assert found.values.tolist() == [754, 998, 1105, 504] and found.is_hidden.tolist() == [
        False,
        False,
        False,
        True,
    ]


def test_a_person_has_the_same_key_in_every_row_and_another_with_another_secret() -> None:
    first = record_keys(["Alva", "Bo", "Alva"], KEY)
    assert first[0] == first[2] != first[1] and first.max() < 2**32
    assert record_keys(["Alva"], KEY[::-1])[0] != first[0]
    with pytest.raises(DisclosureError, match="at least 32"):
        record_keys(["Alva"], b"short")


def test_the_same_people_get_the_same_noise_wherever_they_stand() -> None:
    system = cube("deep", 5)
    release = protect_by_cell_key(system, KEY, release="r", least_people=100)
    by_people: dict[tuple[str, ...], set[object]] = {}
    for who, value in zip(system.members(), release.values, strict=True):
        if who:
            by_people.setdefault(who, set()).add(value)
    assert len(by_people) < len(system.cells) and all(len(v) == 1 for v in by_people.values())
    assert release == protect_by_cell_key(system, KEY, release="r", least_people=100)
    assert release.values != protect_by_cell_key(system, KEY[::-1], release="r", least_people=100).values


def test_one_person_more_changes_only_cells_with_that_person() -> None:
    made, all_of_them = programme("flat"), people("flat", 6)
    fewer = all_of_them.only(np.arange(len(all_of_them)) != 17)
    before, after = (build_system(made, p) for p in (fewer, all_of_them))
    old, new = (protect_by_cell_key(s, KEY, release="r", least_people=100) for s in (before, after))
    extra = all_of_them.pseudonyms[17]
    same = [extra not in who for who in after.members()]
    assert [v for v, s in zip(old.values, same, strict=True) if s] == [
        v for v, s in zip(new.values, same, strict=True) if s
    ]


def test_a_release_says_how_far_its_noise_goes_and_shows_nothing_in_the_gap() -> None:
    system = cube("children", 5)
    noise = make_ptable(reach=6, variance=5.0, least_shown=5, zero_share=0.3)
    release = protect_by_cell_key(system, KEY, release="r", noise=noise, least_people=100)
    numbers = [v for v in release.values if not isinstance(v, Symbol)]
    assert release.lost.is_additive is False and release.lost.hidden == 0
    assert set(release.bases) == {6} and set(release.methods) == {Method.CELL_KEY}
    assert all(v == 0 or v >= 5 for v in numbers) and 0 < release.lost.max_error <= 6
    empty = [
        v
        for v, n, bad in zip(release.values, system.counts, system.is_impossible(), strict=True)
        if n == 0 and not bad
    ]
    assert 0 in empty and any(v != 0 for v in empty)
    assert release.values.count(Symbol.NOT_APPLICABLE) == int(system.is_impossible().sum()) > 0


def test_a_municipality_is_told_to_round_instead() -> None:
    with pytest.raises(DisclosureRefused, match=r"y0 holds 120 people; .* use rounding"):
        protect_by_cell_key(cube("flat", 1), KEY, release="r")


def test_a_table_counted_without_keys_gets_no_noise() -> None:
    counted = count_tables(np.zeros((3, 1), dtype=np.int64), [1], [(0,)])[0]
    with pytest.raises(DisclosureRefused, match="without keys"):
        perturb(counted, make_ptable(reach=3, variance=2.0))
