"""One log-linear model as a method: number, interval and reasons."""

import pytest

from smallcounts.datasets import lists
from smallcounts.mse.log_linear import log_linear


@pytest.mark.parametrize("interval", ["profile", "wald"])
def test_the_method_gives_number_interval_and_reasons(interval: str) -> None:
    found = log_linear(lists.uk_2013_five().table, interval=interval)  # type: ignore[arg-type]
    assert found.method == "independence" and "lists_independent" in found.assumptions
    assert found.lower is not None and found.upper is not None and found.estimate is not None
    assert found.lower < found.estimate < found.upper
    assert found.details["bic"] == pytest.approx(253.281908395835)
    assert len(found.explain()) == 3 and "lauritzen-1996" in found.explain()[1].result
