"""What differs is named by figure, table, row and column."""

from dataclasses import replace

from klarsyn.mapping.compute import compute
from klarsyn.mapping.verification import differences
from tests.unit.mapping.build import counted, disagreeing_inputs, inputs, press_counts


def test_the_same_figures_do_not_differ():
    figures = compute(disagreeing_inputs())
    assert list(differences(figures, figures)) == []


def test_a_changed_count_is_named_with_both_values():
    then = compute(inputs(press_counts()))
    now = compute(inputs(press_counts(counted("0680", 18), counted("1480", 22), counted("1280", 22))))
    said = list(differences(then, now))
    assert "convicted_press, tabell rates, rad rates:0680:2019:sr, kolumn count: fryst 17, nu 18" in said
    assert "convicted_press, tabell coverage, rad coverage:0680, kolumn count: fryst 17, nu 18" in said
    assert not [s for s in said if "rates:1480" in s]


def test_a_row_a_table_and_a_figure_that_are_gone_are_named():
    then = compute(disagreeing_inputs())
    press, prevalence = then
    rates, *others = press.tables
    short = replace(press, tables=(replace(rates, rows=rates.rows[:-1]), *others[1:]))
    assert list(differences(then, (short,))) == [
        "convicted_press, tabell rates, rad rates:1280:2019:sr: finns bara i den frysta kartläggningen",
        "convicted_press, tabell ratios: finns i den frysta kartläggningen men räknas inte fram nu",
        "prevalence: figuren finns i den frysta kartläggningen men räknas inte fram nu",
    ]
    assert list(differences((press,), then)) == [
        "prevalence: figuren räknas fram nu men finns inte i den frysta kartläggningen"
    ]
    assert prevalence.indicator.id == "prevalence"


def test_rows_in_another_order_and_other_findings_are_named():
    (figure,) = compute(inputs(press_counts()))
    rates, *others = figure.tables
    turned = replace(figure, tables=(replace(rates, rows=rates.rows[::-1]), *others), findings=())
    assert list(differences((figure,), (turned,))) == [
        "convicted_press, tabell rates, raderna står i en annan ordning",
        "convicted_press: findings är inte desamma",
    ]
