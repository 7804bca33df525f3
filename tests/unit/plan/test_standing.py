"""What may be said of a measure against its target, and what may not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from klarsyn.base.released import Quantity, Why, Words
from klarsyn.plan.indicators.standing import IndicatorStanding, Verdict, standing
from klarsyn.plan.indicators.words import MARKS, told
from tests.unit.plan.figures import LAW, SERIES, Aim, figure, row

V = Verdict


def of(aim: Aim, *figures) -> IndicatorStanding:
    found = standing(aim, figures)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("direction", "target", "verdict"),
    [("up", 56, V.MET), ("up", 57, V.COVERS), ("up", 64, V.COVERS), ("up", 65, V.NOT_MET),
     ("down", 64, V.MET), ("down", 63, V.COVERS), ("down", 56, V.COVERS), ("down", 55, V.NOT_MET)],
)  # fmt: skip
def test_a_target_is_met_only_when_the_whole_interval_is_on_its_side(direction, target, verdict) -> None:
    aim = Aim(direction=direction, target=Decimal(target))
    assert of(aim, figure(row("2025", 60))).verdict is verdict


@pytest.mark.parametrize(
    ("held", "verdict"),
    [(row("2025", None), V.TOO_FEW), (row("2025", None, why=Why("unavailable", Words("x", "x"))), V.NOT_KNOWN),
     (row("2025", 90, None), V.NO_INTERVAL), (row("2025", 90, is_approximate=True), V.NO_INTERVAL)],
)  # fmt: skip
def test_what_cannot_be_told_is_not_told(held, verdict) -> None:
    assert of(Aim(), figure(row("2023", 20), held)).verdict is verdict


def test_a_hidden_year_is_never_passed_over_for_an_older_one_that_is_seen() -> None:
    found = of(Aim(), figure(row("2024", 90), row("2025", None)))
    assert (found.verdict, found.now and found.now.row.period) == (V.TOO_FEW, "2025")


def test_a_part_that_is_merged_away_is_not_told_from_an_older_year_that_shows_it() -> None:
    young, old = "age.count|age=0-17", "age.count|age=0-17 & 18-24"
    together = {"labels": (("age", "0-17 & 18-24"),), "words": Words("Under 25 år", "Under 25")}
    series = figure(row("2024", 90, cell=young), row("2025", 120, cell=old, **together), row("2025", 300))
    found = of(Aim(indicator_cell=young), series)
    assert (found.verdict, found.now and found.now.row.period) == (V.NOT_APART, "2025")
    assert [p.row.value for p in found.series] == [90, None]
    with translation.override("sv"):
        shown = told(found, "")
    assert shown is not None and shown.now is not None and shown.now.value == "visas inte för sig"
    assert shown.what == "Under 25 år"


def test_two_sources_that_disagree_are_both_kept_and_neither_is_judged() -> None:
    found = of(Aim(), figure(row("2025", 90, publisher="A"), row("2025", 80, publisher="B")))
    assert found.verdict is V.DISAGREE and found.now is not None
    assert [r.publisher for r in (found.now.row, *found.now.others)] == ["A", "B"]


@pytest.mark.parametrize(
    ("baseline", "verdict"), [(2023, V.BROKEN), (2024, V.BROKEN), (2025, V.MET), (None, V.MET)]
)
def test_a_break_between_the_baseline_and_now_stops_the_comparison(baseline, verdict) -> None:
    series = figure(row("2023", 20), row("2024", 70), row("2025", 90), breaks=(LAW,))
    found = of(Aim(baseline_year=baseline), series)
    assert found.verdict is verdict and found.breaks == (LAW,)


def test_no_figure_no_target_and_no_indicator_are_three_things() -> None:
    assert standing(Aim(indicator=""), [figure(row("2025", 60))]) is None
    assert of(Aim()).verdict is V.NO_FIGURE
    assert of(Aim(indicator_cell="way.count|way=phone"), figure(row("2025", 60))).verdict is V.NO_FIGURE
    assert of(Aim(target=None), figure(row("2025", 60))).verdict is V.NO_TARGET


def test_invented_and_real_never_stand_for_each_other() -> None:
    assert of(Aim(is_invented=False), figure(row("2025", 60))).verdict is V.NO_FIGURE
    assert of(Aim(), figure(row("2025", 60), is_invented=False)).verdict is V.NO_FIGURE


def test_a_period_comes_from_the_newest_edition_and_another_unit_does_not_join() -> None:
    new, old = figure(row("2025", 60), row("2024", 50)), figure(row("2024", 45), row("2023", 40), year=2024)
    found = of(Aim(), new, old)
    assert [(p.row.period, p.row.value) for p in found.series] == [("2023", 40), ("2024", 50), ("2025", 60)]
    for other in (replace(old, unit="visits"), replace(old, measure="contacts"),
                  replace(old, quantity=Quantity.RATE), replace(old, series="way.count")):  # fmt: skip
        assert [p.row.period for p in of(Aim(), new, other).series] == ["2024", "2025"]


def test_a_sum_of_years_is_no_year_and_the_targets_own_year_is_judged() -> None:
    series = figure(row("2025/2026", 200), row("2026", 60), row("2027", 10), row("2025", 50))
    found = of(Aim(target=Decimal(50)), series)
    assert (found.now and found.now.row.period, found.verdict, found.is_due) == ("2026", V.MET, True)
    assert [p.row.period for p in found.series] == ["2025", "2026", "2027"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_word_a_shape_and_a_reason(verdict: Verdict, language: str) -> None:
    with translation.override(language):
        shown = told(IndicatorStanding(verdict), "Människor")
    assert shown is not None and shown.word and shown.shape and shown.why and shown.title == "Människor"
    assert len({str(word) for _s, _t, word in MARKS.values()}) == len(Verdict)


def test_a_number_never_stands_without_its_limits_or_the_words_for_none() -> None:
    with translation.override("sv"):
        shown = told(of(Aim(), figure(row("2023", None), row("2025", 45), breaks=(LAW,))), "")
    assert shown is not None and shown.now is not None
    assert (shown.now.value, shown.now.interval) == ("45", "avrundat; det rätta talet ligger i 41–49")
    assert [p.value for p in shown.points] == ["för få för att kunna sägas", "45"]
    assert (shown.target, shown.says_not, shown.word) == (
        "minst 60 år 2026", "Inte hur många de är.", "Serien är bruten",
    )  # fmt: skip
    assert 'class="p-break"' in shown.picture and 'class="p-hidden"' in shown.picture


def test_a_rate_is_written_with_its_interval_in_either_language() -> None:
    held = row("2025", 12.0498, None, low=7.0194, high=19.2929, level=0.95, method="exact")
    rates = figure(held, quantity=Quantity.RATE, unit="per_100000", series=SERIES)
    for language, words in (("sv", "95 % intervall 7,02–19,29"), ("en", "95% interval 7.02–19.29")):
        with translation.override(language):
            shown = told(of(Aim(), rates), "")
        assert shown is not None and shown.now is not None
        assert shown.now.interval.replace("\u00a0", " ") == words


def test_before_the_targets_year_nothing_is_called_met_or_missed() -> None:
    for value, word in ((90, "På rätt sida om målet än så länge"), (20, "Inte framme vid målet än")):
        with translation.override("sv"):
            early = told(of(Aim(), figure(row("2025", value))), "")
            due = told(of(Aim(), figure(row("2026", value))), "")
        assert early is not None and due is not None
        assert (
            early.word == word and "2026" in early.why and due.word in ("Målet är nått", "Målet är inte nått")
        )
