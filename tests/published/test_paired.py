"""Change in pairs: numbers printed in books and by other programs come out of our code."""

from collections import Counter

import pytest

from smallcounts.change import mean_change, rank_change, share_change

# Hours of sleep gained on two drugs, ten patients: Student (1908), the data of R's help page of `t.test`.
SLEEP = Counter([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
# Depression scale of nine patients, first visit less second: Hollander & Wolfe, R's help page of `wilcox.test`.
FIRST = (1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
SECOND = (0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)
# Airway hyper-responsiveness before and after a transplant, 21 children: Bentur et al., in Fagerland et al. 2013.
AIRWAYS = {"both": 1, "gained": 7, "lost": 1, "neither": 12}
# Complete response before and after consolidation, 161 patients: Cavo et al., in Fagerland et al.'s programs.
RESPONSE = {"both": 59, "gained": 16, "lost": 6, "neither": 80}


def test_students_sleep_as_r_prints_it() -> None:
    found = mean_change(SLEEP, minimum=2)
    assert round(found.t, 4) == 4.0621 and round(found.p_value, 6) == 0.002833
    assert (found.interval.lower, found.interval.upper) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert round(found.effect, 2) == 1.28


def test_hollander_and_wolfes_depression_scale() -> None:
    moved = Counter(round(a - b, 6) for a, b in zip(FIRST, SECOND, strict=True))
    found = rank_change(moved, minimum=2)
    assert found.rank_sum_up == 40
    assert round(found.p_value / 2, 5) == 0.01953  # printed one-sided


def test_all_nine_that_changed_rose() -> None:
    assert rank_change(SLEEP, minimum=2).p_value == 2 / 2**9


def test_the_airways_of_fagerland() -> None:
    found = share_change(**AIRWAYS)
    assert (round(found.p_exact, 4), round(found.p_value, 4)) == (0.0703, 0.0391)
    assert (round(found.interval.lower, 3), round(found.interval.upper, 3)) == (0.026, 0.517)


def test_newcombes_method_10_as_fagerlands_programs_print_it() -> None:
    found = share_change(**RESPONSE, method="newcombe").interval
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.0046, 0.1186)


def test_tangos_score_as_rs_propcis_prints_it() -> None:
    found = share_change(both=0, gained=28, lost=25, neither=565, level=0.9).interval
    assert (round(found.lower, 4), round(found.upper, 4)) == (-0.0148, 0.0247)
