"""Log-normal limits by hand."""

import pytest

from smallcounts.mse.lognormal import log_normal


def test_log_normal_limits() -> None:
    low, high = log_normal(100, 50, 20, 0.95)
    assert (low - 100) * (high - 100) == pytest.approx(50**2) and low > 100
    assert log_normal(100, 0, 20, 0.95) == (100, 100)
