"""What other rooms may read of the report: released figures alone, of the edition in force."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from klarsyn.base.released import StageCode, editions, known_indicators, released_figures
from klarsyn.mapping.models import Mapping
from klarsyn.report import actions, telling
from klarsyn.report.models import Edition
from klarsyn.sources.values import Measure
from smallcounts.rates import rate
from tests.people import person

PRESS = "convicted_press"


def test_a_draft_and_what_is_in_check_have_no_figure(in_check: Edition) -> None:
    assert released_figures() == ()
    (stage,) = editions()
    assert (stage.newest, stage.edition, stage.address.sv) == (StageCode.SUBMITTED, 1, "")
    assert not stage.stage(StageCode.CHECKED).is_reached


def test_two_approvals_are_not_a_release(approved: Edition) -> None:
    assert released_figures() == ()
    assert editions()[0].newest is StageCode.CHECKED


def test_a_released_rate_stands_with_its_interval_and_all_it_does_not_say(out: Edition) -> None:
    (figure,) = released_figures(PRESS)
    assert (figure.year, figure.edition, figure.series, figure.unit) == (2019, 1, "rates.rate", "per_100000")
    assert figure.measure == Measure.PRESS_COUNT_CONVICTED and not figure.is_invented
    assert figure.address.sv == "/kartlaggning/2019/utgava-1/#figur-convicted_press"
    assert figure.address.en.startswith("/en/kartlaggning/") and figure.says_not.en.startswith("The rate")
    home = next(row for row in figure.rows if row.is_default)
    again = rate(int(home.count or 0), home.population or 0)
    assert (home.words.sv, home.cell, home.period) == ("Jönköping", "rates.rate|area=0680", "2019")
    assert home.value == pytest.approx(again.value)
    assert (home.low, home.high) == pytest.approx((again.interval.lower, again.interval.upper))
    assert (home.level, home.method) == (again.interval.level, again.interval.method)
    assert home.publisher


def test_every_value_has_its_words_and_every_gap_its_reason(out: Edition) -> None:
    figures = released_figures()
    assert len({(f.key, f.series) for f in figures}) == len(figures) > 5
    for figure in figures:
        assert figure.says_not.sv and figure.says_not.en and figure.measure and figure.sources, figure.key
        for row in figure.rows:
            assert (row.value is None) == bool(row.why.code) == bool(row.why.words.en), row
            assert row.low is None or row.low <= (row.value or 0) <= (row.high or 0), row


def test_sources_that_disagree_stand_as_two_rows_of_one_cell(out: Edition) -> None:
    figure = next(f for f in released_figures("reported_regions") if f.series == "regions.rate")
    same = [(r.cell, r.period) for r in figure.rows]
    assert len(set(same)) < len(same)


def test_a_correction_takes_the_figures_place_once(corrected: Callable[[], Edition]) -> None:
    corrected()
    assert [figure.edition for figure in released_figures(PRESS)] == [2]
    new, old = editions()
    assert (new.edition, new.newest, old.newest) == (2, StageCode.RELEASED, StageCode.CORRECTED)
    days = [old.stage(code).on for code in (StageCode.FROZEN, StageCode.CHECKED, StageCode.CORRECTED)]
    assert all(isinstance(day, date) for day in days)


def test_a_frozen_mapping_without_an_edition_is_seen_by_those_who_work(mapping: Mapping) -> None:
    (stage,) = editions()
    assert (stage.edition, stage.newest, released_figures()) == (0, StageCode.FROZEN, ())
    actions.draft(municipality="0680", year=2019, by=person("disa"))
    assert [one.newest for one in editions()] == [StageCode.DRAFT]


def test_damaged_files_give_no_figure_and_a_line_in_the_log(
    out: Edition, mapping: Mapping, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    results = home / mapping.folder / "results.json"
    results.write_bytes(results.read_bytes().replace(b"17", b"18", 1))
    assert released_figures(PRESS) == () and "cannot be read" in caplog.text


def test_every_indicator_file_is_known_whether_released_or_not(db: None, home: Path) -> None:
    known = {one.key: one for one in known_indicators()}
    assert known["training_coverage"].title.en and known[PRESS].measure == Measure.PRESS_COUNT_CONVICTED
    assert known["example_rates"].is_invented and len(known) == len(telling.Telling().indicators())
