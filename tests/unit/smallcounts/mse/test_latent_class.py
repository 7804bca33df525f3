"""The latent-class sampler against posteriors that can be summed, and its refusals."""

import numpy as np
import pytest
from scipy.special import betaln, gammaln

from smallcounts.datasets import lists
from smallcounts.mse.latent_chain import new_chain
from smallcounts.mse.latent_class import draws, latent_class
from smallcounts.mse.latent_glide import from_line, level_of, slope, to_line
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import RateError

SMALL = CaptureTable.from_rows(
    [(1, 0, 0, 6), (0, 1, 0, 3), (0, 0, 1, 2), (1, 1, 0, 3), (1, 0, 1, 1), (1, 1, 1, 2)]
)
TINY = CaptureTable.from_rows([(1, 0, 1), (0, 1, 1), (1, 1, 1)])


def test_the_gradient_is_the_slope_of_the_posterior() -> None:
    table, alpha = lists.uk_2013_five().table, 0.7
    chain = new_chain(table, 4, 1, 1, 1)
    place, counts = np.random.default_rng(2).normal(size=23), chain.counts[0]
    rates, shares, parts = chain.rates[0], chain.log_shares[0], chain.parts[0]
    totals, scratch = np.empty(len(counts)), np.empty((3, len(counts)))

    def level(at: np.ndarray) -> float:
        from_line(at, chain.tree, rates, shares, parts, totals, np.empty(5))  # as many odds as lists
        return float(level_of(counts, at, alpha, 4, 5, totals))

    steps = 1e-5 * np.eye(23)
    numeric = np.array([(level(place + step) - level(place - step)) / 2e-5 for step in steps])
    level(place)
    found, back = np.empty(23), np.empty(23)
    slope(chain.tree, counts, place, rates, alpha, parts, totals, scratch[1], scratch[2], found)
    assert found == pytest.approx(numeric, abs=1e-5)
    to_line(rates, shares, back)
    assert back == pytest.approx(place, abs=1e-10)


def test_chances_of_patterns_come_out_of_the_tree() -> None:
    chain = new_chain(SMALL, 2, 1, 3, 1)
    for h in range(2):
        for i, pattern in enumerate(chain.patterns.tolist()):
            chances = [r if pattern >> j & 1 else 1 - r for j, r in enumerate(chain.rates[0, h])]
            assert chain.parts[0, h, i] == pytest.approx(np.prod(chances) / 2)
    assert chain.counts[0, 0] == SMALL.n == chain.counts[0, 1:].sum()


@pytest.mark.slow
@pytest.mark.parametrize("sampler", ["tempered", "plain"])
@pytest.mark.parametrize("table", [SMALL, TINY], ids=["small", "tiny"])
def test_one_class_gives_the_posterior_that_can_be_summed(table: CaptureTable, sampler: str) -> None:
    # one class is independence with uniform rates: p(N) ∝ (N-1)!/(N-n)! · prod B(1 + n_j, 1 + N - n_j)
    sweeps = 4000 if sampler == "tempered" else 20_000
    found = latent_class(table, classes=1, sweeps=sweeps, sampler=sampler, seed=3)  # type: ignore[arg-type]
    total = np.arange(table.n, 200_000)
    logs = gammaln(total) - gammaln(total - table.n + 1)
    logs += sum(betaln(1 + size, 1 + total - size) for size in table.sizes)
    below = np.cumsum(np.exp(logs - logs.max()))
    for share, value in found.details["pooled_quantiles"].items():
        exact = np.interp(value, total, below / below[-1])
        step = np.exp(logs - logs.max())[int(value) - table.n] / below[-1]
        assert exact - step - 0.015 <= float(share) <= exact + 0.015


def posterior_by_prior(classes: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Draws of the chance to be seen from the prior, and their weights: the likelihood of SMALL."""
    rng = np.random.default_rng(9)
    alpha = rng.gamma(0.25, 4.0, number)
    sticks = np.ones((number, classes))
    for h in range(classes - 1):
        sticks[:, h] = rng.beta(1.0, np.maximum(alpha, 1e-300))
    shares = sticks * np.cumprod(np.hstack([np.ones((number, 1)), 1 - sticks[:, :-1]]), axis=1)
    rates = rng.random((number, classes, 3))
    masks = np.arange(8)[:, None] >> np.arange(3) & 1
    chances = [(shares * np.where(m, rates, 1 - rates).prod(axis=2)).sum(axis=1) for m in masks]
    p = np.stack(chances)
    logs = (SMALL.cells[1:, None] * np.log(np.maximum(p[1:], 1e-300))).sum(axis=0) - SMALL.n * np.log1p(-p[0])
    return p[0], np.exp(logs - logs.max())


@pytest.mark.slow
@pytest.mark.parametrize("sampler", ["tempered", "plain"])
def test_three_classes_give_what_the_prior_weighed_by_the_likelihood_gives(sampler: str) -> None:
    absent, weights = posterior_by_prior(3, 400_000)
    unseen = np.random.default_rng(4).negative_binomial(SMALL.n, 1 - absent)
    order = np.argsort(unseen)
    below = np.cumsum(weights[order]) / weights.sum()
    found = latent_class(SMALL, classes=3, sweeps=4000 if sampler == "tempered" else 40_000, sampler=sampler)  # type: ignore[arg-type]
    for share, value in found.details["pooled_quantiles"].items():
        at = np.searchsorted(unseen[order], [value - SMALL.n - 0.5, value - SMALL.n + 0.5])
        low, high = below[np.maximum(at - 1, 0)]
        assert low - 0.03 <= float(share) <= high + 0.03


def test_the_same_seed_gives_the_same_answer_whatever_the_pieces() -> None:
    first, again = (latent_class(SMALL, sweeps=100, warm_up=50, classes=3, seed=4) for _ in range(2))
    other = latent_class(SMALL, sweeps=100, warm_up=50, classes=3, seed=5)
    assert first.details == again.details and first.details != other.details


def test_chains_that_disagree_give_no_number() -> None:
    found = latent_class(lists.uk_2013_five().table, sampler="plain", sweeps=1000, warm_up=100)
    assert found.state == "not_converged" and found.warnings[0] == "chains_disagree"
    assert found.estimate is found.lower is found.upper is found.unseen is None
    assert not found.details["effective"] >= 200 or found.details["r_hat"] > 1.05
    assert "–" in found.summary() and "No interval was made." in found.summary()


@pytest.mark.slow
def test_draws_beyond_twenty_times_those_seen_are_kept() -> None:
    """LCMCR throws them away, and its upper limit is then made by the cut."""
    sparse = CaptureTable.from_rows([(1, 0, 20), (0, 1, 15)])
    found = latent_class(sparse, classes=1, sampler="plain", chains=2, sweeps=3000, warm_up=200)
    assert found.details["share_beyond_20_n"] > 0.02
    assert found.details["pooled_quantiles"]["0.975"] > 21 * sparse.n


def test_a_level_without_data_is_the_prior() -> None:
    chain = new_chain(SMALL, 4, 3, 2, 0)
    chain.counts[1:] = 0.0
    chain.sweep(1000, travel=1.0, tune=True)
    rates, firsts, alphas = [], [], []
    for _ in range(10_000):  # shares near 1 are left slowly: the concentration spans many powers of ten
        chain.sweep(20, travel=1.0)
        at = chain.at[2]
        rates.append(chain.rates[at].copy())
        firsts.append(np.exp(chain.log_shares[at, 0]))
        alphas.append(chain.alphas[at])
    found = np.array(rates)
    assert found.mean() == pytest.approx(0.5, abs=0.005) and found.var() == pytest.approx(1 / 12, rel=0.012)
    drawn = np.random.default_rng(1).gamma(0.25, 4.0, 400_000)
    # the first share given the concentration has mean 1/(1 + a)
    assert np.mean(firsts) == pytest.approx((1 / (1 + drawn)).mean(), abs=0.03)
    assert np.median(alphas) == pytest.approx(np.median(drawn), rel=0.25)


def test_progress_is_told_and_can_stop_the_work() -> None:
    told: list[tuple[int, int]] = []
    latent_class(
        SMALL, classes=2, chains=2, sweeps=100, warm_up=100, progress=lambda *told_now: told.append(told_now)
    )
    assert told[-1][0] == told[-1][1] and [done for done, _ in told] == sorted(done for done, _ in told)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        latent_class(SMALL, classes=2, sweeps=100, warm_up=100, progress=stop)


def test_levels_trade_and_moves_are_accepted() -> None:
    found = latent_class(SMALL, classes=3, sweeps=250, warm_up=400)
    assert 0.6 < found.details["acceptance"] < 0.95
    assert len(found.details["trades"]) == 7 and min(found.details["trades"]) > 0.1


@pytest.mark.slow
def test_the_order_of_the_lists_matters_no_more_than_chance() -> None:
    here = draws(SMALL, 5, 4, 2000, "tempered", 500, 1)
    there = draws(SMALL.permuted([2, 0, 1]), 5, 4, 2000, "tempered", 500, 1)
    assert np.median(here.totals) == pytest.approx(np.median(there.totals), abs=1)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"classes": 0}, "classes"),
        ({"chains": 1}, "one chain"),
        ({"sweeps": 5}, "sweeps"),
        ({"warm_up": -1}, "warm_up"),
        ({"sampler": "nuts"}, "sampler"),
        ({"level": 0}, "level"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], named: str) -> None:
    with pytest.raises(RateError, match=named):
        latent_class(SMALL, **options)  # type: ignore[arg-type]


def test_more_than_a_million_persons_are_refused() -> None:
    with pytest.raises(RateError, match="at most 1,000,000"):
        latent_class(CaptureTable.from_rows([(1, 0, 999_999), (0, 1, 1), (1, 1, 1)]))
