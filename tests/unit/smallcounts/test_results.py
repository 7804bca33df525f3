"""What every result of the rates shares: it cannot be changed, explains itself, and names true sources."""

import dataclasses
import json
import math
from typing import Any

import pytest

from smallcounts import rates
from smallcounts.counts import Count, CountTable
from smallcounts.rates.results import WORDS, aligned, show
from smallcounts.references import REFERENCES, reference

COUNTS = [0, 1, 2, 3, 4, 9, 1, 0, 2, 30, 5, 6]
TABLE = CountTable("reported", "crimes", (Count("0680", "Jönköping", "2019", 17, population=141_081),))
RESULTS: dict[str, Any] = {
    "rate": rates.rate(17, 141_081),
    "rates": rates.rates(TABLE),
    "rate_ratio": rates.rate_ratio(17, 141_081, 0, 344_166),
    "standardise": rates.standardise(3, 2.5, method="mid-p"),
    "shrink": rates.shrink(COUNTS, [4.0] * 12),
    "funnel": rates.funnel(COUNTS, [4.0] * 12, overdispersion="additive"),
    "pool": rates.pool({2018: 1, 2019: 40, 2021: 2}, dict.fromkeys(range(2018, 2022), 100)),
    "shrink_scattered": rates.shrink(COUNTS, [4.0] * 12, size=2.5),
    "pool_scattered": rates.pool(
        {2018: 1, 2019: 40, 2021: 2}, dict.fromkeys(range(2018, 2022), 100), size=2.5
    ),
    "scatter": rates.scatter([[*COUNTS[j : j + 3], 2] for j in range(9)] * 2, [[4.0] * 4] * 18),
    "change": rates.change(0, 10, 3, 10),
    "ranks": rates.ranks(rates.shrink(COUNTS, [4.0] * 12).draws(50, seed=1), top=2),
}
each = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())


@each
def test_a_result_cannot_be_changed(result: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.assumptions = ()


@each
def test_a_result_names_its_assumptions_warnings_and_sources_in_words(result: Any) -> None:
    assert result.assumptions and result.sources
    for code in (*result.assumptions, *result.warnings):
        assert code in WORDS
        assert WORDS[code] in result.summary()
    for key in result.sources:
        assert key in REFERENCES


@each
def test_rows_are_plain_and_a_table_can_hold_them(result: Any) -> None:
    rows = result.to_rows()
    assert rows and all(row.keys() == rows[0].keys() for row in rows)
    assert {type(value) for row in rows for value in row.values()} <= {str, int, float, type(None)}
    json.dumps(rows, allow_nan=False)


@each
def test_a_result_explains_itself_in_steps(result: Any) -> None:
    steps = result.explain()
    assert steps
    for step in steps:
        assert all(isinstance(part, str) and part for part in step)


def test_the_steps_of_a_rate_hold_the_numbers_put_in() -> None:
    first, second = RESULTS["rate"].explain()
    assert (first.numbers, first.result) == ("17 / 141081 · 100000", "12.05")
    assert "chi2" in second.formula and second.result == "7.02 to 19.29 (0.95, exact)"


def test_text_is_aligned_and_tells_nothing_from_nought() -> None:
    text = aligned([{"area": "A", "n": 0}, {"area": "Borås", "n": None}, {"area": "C", "n": 12}])
    assert text.splitlines() == ["area    n", "A       0", "Borås   –", "C      12"]
    assert aligned([]) == ""
    assert [show(math.inf), show(math.nan), show(0.00012345), show(12.345)] == [
        "∞",
        "–",
        "0.0001234",
        "12.35",
    ]


def test_each_source_stands_once_with_a_link() -> None:
    assert all(key == source.key for key, source in REFERENCES.items())
    assert len({source.citation for source in REFERENCES.values()}) == len(REFERENCES)
    assert all(source.link.startswith("https://") for source in REFERENCES.values())
    assert reference("garwood-1936").link.endswith("2333958")
    with pytest.raises(KeyError, match="no source has the key 'garwood'"):
        reference("garwood")


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    for name in rates.__all__:
        assert getattr(rates, name).__doc__, name
