"""Counting many crossings at once gives what counting each by hand gives."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from smallcounts.disclosure import counting
from smallcounts.disclosure.counting import Counted, count_tables
from smallcounts.disclosure.errors import PeopleError, ProgrammeError

SIZES = [3, 2, 5, 4, 1]


def register(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return np.stack([rng.integers(0, s, n) for s in SIZES], axis=1), rng.integers(0, 2**32, n)


def by_hand(codes: np.ndarray, keys: np.ndarray, table: tuple[int, ...]) -> tuple[Counter, Counter]:
    counts, sums = Counter(), Counter()
    for row, key in zip(codes.tolist(), keys.tolist(), strict=True):
        cell = tuple(row[c] for c in table)
        counts[cell] += 1
        sums[cell] += key
    return counts, sums


def agrees(found: Counted, counts: Counter, sums: Counter) -> bool:
    return all(
        found.counts[cell] == counts[cell] and found.key_sums[cell] == sums[cell]
        for cell in np.ndindex(found.counts.shape)
    )


@pytest.mark.parametrize("n", [0, 1, 7, 400])
def test_every_crossing_is_counted_with_its_keys(n: int) -> None:
    codes, keys = register(n)
    tables = [t for k in range(4) for t in combinations(range(5), k)] + [(2, 0), (3, 1, 0), (0, 2)]
    for table, found in zip(tables, count_tables(codes, SIZES, tables, keys=keys), strict=True):
        assert found.columns == tuple(table) and found.counts.shape == tuple(SIZES[c] for c in table)
        assert agrees(found, *by_hand(codes, keys, table))


def test_a_register_longer_than_a_chunk_is_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CHUNK", 64)
    codes, keys = register(200)
    found = count_tables(codes, SIZES, [(0, 2), ()], keys=keys)
    assert agrees(found[0], *by_hand(codes, keys, (0, 2)))
    assert int(found[1].counts[()]) == 200 and int(found[1].key_sums[()]) == int(keys.sum())


def test_large_keys_add_up_to_the_last_digit() -> None:
    codes, keys = np.zeros((300_000, 1), dtype=np.int64), np.full(300_000, 2**32 - 1)
    found = count_tables(codes, [1], [(0,)], keys=keys)[0]
    assert int(found.key_sums[0]) == 300_000 * (2**32 - 1)


def test_without_keys_there_are_no_sums() -> None:
    assert count_tables(register(9)[0], SIZES, [(0,)])[0].key_sums is None


def test_wrong_codes_name_their_row_and_column() -> None:
    codes, keys = register(9)
    codes[4, 2] = 5
    with pytest.raises(PeopleError, match="row 5 has category 5 in column 3, which goes from 0 to 4"):
        count_tables(codes, SIZES, [(0,)])
    with pytest.raises(PeopleError, match="one column a variable"):
        count_tables(codes[:, :4], SIZES, [(0,)])
    with pytest.raises(PeopleError, match="record keys"):
        count_tables(register(9)[0], SIZES, [(0,)], keys=keys - 2**33)


@pytest.mark.parametrize("table", [(0, 0), (7,), (-1,)])
def test_a_table_of_columns_that_are_not_there_is_refused(table: tuple[int, ...]) -> None:
    with pytest.raises(ProgrammeError, match="different columns"):
        count_tables(register(9)[0], SIZES, [table])


def test_a_crossing_too_large_to_count_is_refused() -> None:
    with pytest.raises(ProgrammeError, match="cross fewer"):
        count_tables(np.zeros((2, 3), dtype=np.int64), [1000, 1000, 1000], [(0, 1, 2)])
