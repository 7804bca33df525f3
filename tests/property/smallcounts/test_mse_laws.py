"""Laws of the hidden number that hold for any lists."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smallcounts.mse import CaptureError, CaptureTable
from smallcounts.mse.branch import branch, descend
from smallcounts.mse.decomposable import decomposable_unseen, is_decomposable
from smallcounts.mse.fits import existence, fit_model
from smallcounts.mse.model_space import fit_models, model_space
from smallcounts.mse.models import all_models, coded_model, interactions, lists_of, main_effects, model_of
from smallcounts.mse.profile import profile_limits
from smallcounts.mse.stepwise import stepwise

QUICK = settings(max_examples=60, deadline=None)


@st.composite
def tables(draw: st.DrawFn, least: int = 0, most: int = 40, lists: tuple[int, int] = (3, 4)) -> CaptureTable:
    k = draw(st.integers(*lists))
    counts = draw(st.lists(st.integers(least, most), min_size=2**k - 1, max_size=2**k - 1))
    try:
        return CaptureTable.from_masks([f"L{j}" for j in range(k)], range(1, 2**k), counts)
    except CaptureError:
        assume(False)
        raise


@st.composite
def with_model(draw: st.DrawFn) -> tuple[CaptureTable, tuple[int, ...]]:
    table = draw(tables())
    codes = all_models(table.k, table.k - 1)
    code = int(codes[draw(st.integers(0, len(codes) - 1))])
    return table, coded_model(code, interactions(table.k, table.k - 1), table.k)


@given(with_model(), st.randoms(use_true_random=False))
@QUICK
def test_the_order_of_the_lists_changes_nothing(
    given_: tuple[CaptureTable, tuple[int, ...]], random: object
) -> None:
    table, model = given_
    order = list(range(table.k))
    random.shuffle(order)  # type: ignore[attr-defined]
    place = {old: new for new, old in enumerate(order)}
    moved = model_of((sum(1 << place[j] for j in lists_of(m)) for m in model), table.k)
    here, there = fit_model(table, model), fit_model(table.permuted(order), moved)
    assert (here.state, here.existence.code) == (there.state, there.existence.code)
    assert here.log_likelihood == pytest.approx(there.log_likelihood, rel=1e-9)
    if math.isfinite(here.unseen):
        assert here.unseen == pytest.approx(there.unseen, rel=1e-7)


@given(tables(most=30), st.permutations(["är", "b c", "9", "count."]))
@QUICK
def test_what_the_lists_are_called_changes_nothing(table: CaptureTable, names: list[str]) -> None:
    other = CaptureTable.from_masks(names[: table.k], table.patterns, table.counts)
    here, there = (stepwise(one, draws=0) for one in (table, other))
    assert (here.state, here.model, here.estimate) == (there.state, there.model, there.estimate)


@given(with_model(), st.integers(2, 50))
@QUICK
def test_many_times_the_persons_are_many_times_the_number(
    given_: tuple[CaptureTable, tuple[int, ...]], times: int
) -> None:
    table, model = given_
    more = CaptureTable.from_masks(table.lists, table.patterns, table.counts * times)
    here, there = fit_model(table, model), fit_model(more, model)
    assert here.existence == there.existence
    if 0 < here.unseen < math.inf:
        assert there.unseen == pytest.approx(times * here.unseen, rel=1e-6)
        assert there.error_log_unseen == pytest.approx(here.error_log_unseen / math.sqrt(times), rel=1e-5)


@given(with_model())
@QUICK
def test_the_fit_has_the_margins_of_the_table(given_: tuple[CaptureTable, tuple[int, ...]]) -> None:
    table, model = given_
    fit, every = fit_model(table, model), np.arange(2**table.k)
    assume(fit.state != "not_converged")
    for mask in fit.coefficients:
        holds = (every & mask == mask) & (every > 0)
        assert fit.means[holds].sum() == pytest.approx(table.cells[holds].sum(), rel=1e-5, abs=1e-4)


@given(with_model())
@QUICK
def test_the_closed_form_is_newton_where_there_is_one(given_: tuple[CaptureTable, tuple[int, ...]]) -> None:
    table, model = given_
    assume(is_decomposable(model))
    fit = fit_model(table, model)
    assume(fit.existence.code == 0)
    assert decomposable_unseen(table, model) == pytest.approx(fit.unseen, rel=1e-6)


@given(tables(least=1))
@QUICK
def test_one_more_overlap_lowers_and_one_more_alone_raises_the_unseen(table: CaptureTable) -> None:
    unseen = decomposable_unseen(table, main_effects(table.k))
    cells = table.cells
    cells[-1] += 1
    assert decomposable_unseen(table.with_cells(cells), main_effects(table.k)) < unseen
    cells[-1] -= 1
    cells[1] += 1
    assert decomposable_unseen(table.with_cells(cells), main_effects(table.k)) > unseen


@given(tables())
@QUICK
def test_a_larger_model_never_has_less_likelihood(table: CaptureTable) -> None:
    fitted = fit_models(table, model_space(table.k, table.k - 1))
    level, parents = fitted.log_likelihood, fitted.space.parents
    sound = np.isfinite(level[1:]) & np.isfinite(level[parents[1:]])
    assert (level[1:] - level[parents[1:]])[sound].min() > -1e-5


@given(tables())
@QUICK
def test_branch_and_bound_never_misses_the_best(table: CaptureTable) -> None:
    fitted = fit_models(table, model_space(table.k, table.k - 1))
    ranked, found = fitted.ranked(), branch(table, table.k - 1, slack=4.0)
    near = ranked[fitted.bic[ranked] <= fitted.bic[ranked[:1]].min(initial=math.inf) + 4.0]
    assert [one.bic for one in found.candidates] == pytest.approx(fitted.bic[near].tolist(), rel=1e-7)


@given(tables())
@QUICK
def test_the_downhill_search_stops_where_no_neighbour_is_better(table: CaptureTable) -> None:
    fitted = fit_models(table, model_space(table.k, table.k - 1))
    assume(fitted.is_admitted[0])
    names = [fitted.space.name(row) for row in range(len(fitted.space.codes))]
    here = names.index(descend(table, table.k - 1)[0])
    steps = np.bitwise_count(fitted.space.codes ^ fitted.space.codes[here]) == 1
    assert fitted.bic[steps & fitted.is_admitted].min(initial=math.inf) > fitted.bic[here] - 1e-6


@given(tables())
@QUICK
def test_profile_limits_hold_their_top_and_persons_seen_stay_seen(table: CaptureTable) -> None:
    fit = fit_model(table)
    assume(fit.state == "interior" and fit.unseen > 0)
    top, lower, upper = profile_limits(table, fit)
    assert table.n <= lower <= top <= upper


@given(tables())
@QUICK
def test_the_search_ends_at_a_number_or_says_why_not(table: CaptureTable) -> None:
    found = stepwise(table, draws=0)
    assert found.estimate is not None and found.estimate >= table.n
    assert (found.state == "unbounded") == math.isinf(found.estimate)
    assert existence(table, found.model).code == 0 or found.unseen in (0.0, math.inf)


@given(tables(lists=(4, 4)), st.permutations(range(4)))
@QUICK
def test_merging_keeps_persons_and_may_be_done_in_any_order(table: CaptureTable, order: list[int]) -> None:
    i, j = order[:2]
    merged = table.merged(i, j)
    assert merged.n == table.n and merged.overlaps <= table.overlaps
    other = table.permuted(order).merged(0, 1)
    assert sorted(merged.counts.tolist()) == sorted(other.counts.tolist())
