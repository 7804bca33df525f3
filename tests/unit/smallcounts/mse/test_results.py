"""The result says its number, its interval, its state and its reasons, in text, rows and JSON."""

import json
from typing import Any

import numpy as np
import pytest

from smallcounts.mse import MethodResult
from smallcounts.mse.words import ASSUMPTIONS, REASONS, WARNINGS, WORDS

RESULT: dict[str, Any] = {
    "method": "stepwise",
    "model": "[12,3]",
    "state": "interior",
    "observed": 123,
    "unseen": 145.8,
    "estimate": 268.8,
    "lower": 123.3,
    "upper": 440.5,
    "level": 0.95,
    "interval_method": "bca",
    "warnings": ("few_overlaps",),
    "assumptions": ("closed_population",),
    "details": {"path": [(3, np.float64(0.01))], "limits": {0.95: (1.0, float("inf"))}, "z0": np.nan},
}


def test_the_summary_holds_number_interval_and_reasons() -> None:
    text = MethodResult(**RESULT).summary()
    assert "stepwise [12,3], interior" in text and "persons unseen" in text
    assert "0.95 interval: 123 to 440 (bca)" in text
    assert "Warning: fewer than 30 persons" in text and "Assumes: nobody enters or leaves" in text


def test_no_number_is_shown_where_there_is_none() -> None:
    refused = {**RESULT, "state": "refused", "unseen": None, "estimate": None, "lower": None, "upper": None}
    assert "No interval was made." in MethodResult(**refused).summary()
    endless = MethodResult(
        **{**RESULT, "state": "unbounded", "estimate": float("inf"), "upper": float("inf")}
    )
    assert "∞" in endless.summary() and endless.to_rows()[0]["estimate"] is None


def test_json_holds_the_row_the_warnings_and_the_methods_own() -> None:
    told = json.loads(json.dumps(MethodResult(**RESULT).to_json(), allow_nan=False))
    assert told["estimate"] == 268.8 and told["warnings"] == ["few_overlaps"]
    assert told["path"] == [[3, 0.01]] and told["limits"] == {"0.95": [1.0, None]} and told["z0"] is None


def test_a_notebook_shows_the_summary_with_its_signs_made_safe() -> None:
    shown = MethodResult(**{**RESULT, "method": "<b>"})._repr_html_()
    assert shown.startswith("<pre>&lt;b&gt; [12,3]")


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_sentence_ends_without_a_full_stop_and_belongs_to_one_kind(code: str) -> None:
    assert not WORDS[code].endswith(".")
    assert sum(code in kind for kind in (ASSUMPTIONS, WARNINGS, REASONS)) == 1
