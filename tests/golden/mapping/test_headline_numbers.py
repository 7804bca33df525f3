"""The headline numbers of the mapping of 2019, written down once and compared.

Write anew with KLARSYN_GOLDEN=write, then read the difference before it is committed.
"""

import json
import os
from pathlib import Path

import pytest

from klarsyn.mapping import actions
from klarsyn.mapping.results import FrozenMapping
from klarsyn.sources.actions import load_snapshot

GOLDEN = Path(__file__).parent / "headline_numbers_2019.json"


@pytest.fixture
def frozen(db, home) -> FrozenMapping:
    load_snapshot(by="test")
    return actions.build(municipality="0680", year=2019, by="Disa")


def headline_numbers(frozen: FrozenMapping) -> dict[str, object]:
    """Every finding and warning, and the tables that people will quote."""
    quoted = {
        "rates",
        "ratios",
        "series",
        "regions",
        "change",
        "conflicts",
        "victims",
        "shares",
        "population",
    }
    return {
        figure.indicator.id: {
            "findings": [{"code": f.code, **dict(f.params)} for f in figure.findings],
            "warnings": list(figure.warnings),
            "tables": {t.name: t.to_rows() for t in figure.tables if t.name in quoted},
        }
        for figure in frozen.figures
    }


def test_the_headline_numbers_are_those_written_down(frozen):
    now = json.dumps(headline_numbers(frozen), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("KLARSYN_GOLDEN") == "write":
        GOLDEN.write_text(now, encoding="utf-8")
    assert json.loads(now) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_triple_of_2019_as_published(frozen):
    press = frozen.figure("convicted_press")
    triple = {
        r["name"]: (r["count"], r["population"], round(r["rate"], 2)) for r in press.table("rates").to_rows()
    }
    assert triple == {
        "Jönköping": (17, 141_081, 12.05),
        "Malmö": (22, 344_166, 6.39),
        "Göteborg": (22, 579_281, 3.80),
    }
    coverage = press.table("coverage").column("status")
    assert (len(coverage), coverage.count("observed"), coverage.count("unavailable")) == (290, 3, 287)


def test_three_hundred_a_year_is_less_than_one_in_most_municipalities(frozen):
    below = frozen.figure("expected_per_municipality").findings[0]
    assert (below.get("n"), below.get("total"), below.get("national")) == (214, 290, 300)
