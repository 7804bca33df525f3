"""Weeks of events against others: made of what is published alone, right whatever the rounding hides, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.mapping.methods.protected_findings import Rounded
from klarsyn.mapping.methods.protected_weeks import LEAST_COUNT, LEAST_WEEKS, compared
from smallcounts.counts import Count, CountTable
from smallcounts.rates.compare import rate_ratio


def table(busy: int | None = 8, calm: int | None = 44) -> CountTable:
    given = (("event", busy), ("other", calm))
    rows = [
        Count("0680", "arenas", "2024", 1, population=n, categories=(("during", during), ("place", place)))
        for during, n in given for place in ("hotel", "street") if n
    ]  # fmt: skip
    return CountTable("observations", "signs", tuple(rows))


def shown(event: int = 60, other: int = 150, off: int = 4) -> dict[str, Rounded]:
    sums = {"event": event, "other": other}
    return {f"2024|during={d}": Rounded(n, max(0, n - off), n + off) for d, n in sums.items()}


def test_the_ratio_is_of_published_sums_and_weeks() -> None:
    (found,), (step,) = compared(table(), shown(), "2024")
    assert found.code == "weeks_ratio" and found.get("ratio") == 2.2  # (60 / 8) / (150 / 44)
    assert (found.get("weeks_event"), found.get("weeks_other"), found.get("verdict")) == (8, 44, "above")
    assert step.result == f"2.20 ({found.get('lower'):.2f}–{found.get('upper'):.2f})"


@given(st.integers(5, 60), st.integers(5, 60), st.integers(2, 20), st.integers(2, 50), st.data())
def test_its_limits_hold_those_of_every_count_that_rounding_leaves_open(a, b, busy, calm, data) -> None:
    a, b = a * 5, b * 5
    drawn = [data.draw(st.integers(n - 4, n + 4)) for n in (a, b)]
    (found,), _steps = compared(table(busy, calm), shown(a, b), "2024")
    if found.code == "weeks_too_few":
        assert min(a, b) < LEAST_COUNT
        return
    true = rate_ratio(drawn[0], busy, drawn[1], calm, method="exact")
    assert found.get("lower") <= true.interval.lower and true.interval.upper <= found.get("upper")
    if found.get("verdict") != "not_shown":
        assert true.verdict == found.get(
            "verdict"
        )  # never said of published counts and wrong of the true ones


def test_the_same_published_numbers_say_the_same() -> None:
    """What is not published does not move it: the counts of the rows themselves are not read."""
    one = table()
    more = CountTable(
        "observations", "signs", tuple(Count("0680", "arenas", "2024", 99, population=c.population, categories=c.categories) for c in one.counts)
    )  # fmt: skip
    assert compared(one, shown(), "2024") == compared(more, shown(), "2024")


def outreach(**of: int | None) -> CountTable:
    rows = [
        Count("0680", "mika", "2024", 1, population=n, categories=(("during", during), ("place", "street")))
        for during, n in of.items()
    ]
    return CountTable("outreach_contacts", "contacts", tuple(rows))


def test_outreach_is_told_with_the_days_of_its_weeks_and_by_itself() -> None:
    (found,), _steps = compared(outreach(event=8, other=44), shown(), "2024")
    assert (found.code, found.get("ratio")) == ("outreach_weeks_ratio", 2.2)
    assert (found.get("days_event"), found.get("days_other")) == (56, 308)
    (few,), _steps = compared(outreach(event=8, other=44), shown(15), "2024")
    assert few.code == "outreach_weeks_too_few" and "ratio" not in dict(few.params)


def test_outreach_of_which_nobody_knows_the_week_is_not_compared_and_that_is_said() -> None:
    (found,), _steps = compared(outreach(event=None, other=None, unsaid=None), shown(), "2024")
    assert found.code == "outreach_weeks_unsaid"
    before = CountTable("outreach_contacts", "contacts", (Count("0680", "mika", "2024", 9),))
    assert compared(before, shown(), "2024") == ((), ())  # an edition from before the question says as it did


@pytest.mark.parametrize(
    ("weeks", "sums"),
    [((8, 44), (15, 150)), ((8, 44), (60, 15)), ((LEAST_WEEKS - 1, 51), (60, 150)), ((51, 1), (60, 150)), ((8, None), (60, 150))],
)  # fmt: skip
def test_too_few_are_refused_without_a_number(weeks, sums) -> None:
    (found,), _steps = compared(table(*weeks), shown(*sums), "2024")
    assert found.code == "weeks_too_few" and not {"ratio", "lower"} & dict(found.params).keys()


def test_a_hidden_sum_is_refused_and_counts_without_weeks_say_nothing() -> None:
    for hidden in shown():
        (found,), _steps = compared(table(), {k: v for k, v in shown().items() if k != hidden}, "2024")
        assert found.code == "weeks_too_few"
    assert compared(table(None, None), shown(), "2024") == ((), ())
    assert compared(table(), shown(), "2023") == ((), ())
