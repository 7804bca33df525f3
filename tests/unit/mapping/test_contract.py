"""What the report may rely on: layouts, codes and keys agree with what the figures hold."""

import pytest

from klarsyn.mapping import actions
from klarsyn.mapping.findings import FINDINGS, WARNINGS, say
from klarsyn.mapping.tables import LAYOUTS, alphabetical, columns, row_id
from smallcounts import references

KINDS = {"area", "text", "period", "count", "population", "number", "percent", "status"}


@pytest.fixture
def figures(sources):
    return actions.build(municipality="0680", year=2019, by="Disa").figures


def test_every_table_finding_warning_and_step_keeps_the_contract(figures):
    for figure in figures:
        explained = {step.row for step in figure.steps}
        known = {row_id(t.name, r) for t in figure.tables for r in t.to_rows()} | set(LAYOUTS)
        assert explained <= known | {""}
        assert set(figure.warnings) <= set(WARNINGS)
        for table in figure.tables:
            assert table.columns == columns(table.name, per=figure.indicator.per)
            assert len({row_id(table.name, row) for row in table.to_rows()}) == len(table.rows)
            assert set(table.sources) <= {s.key for s in figure.sources}
        for finding in figure.findings:
            assert tuple(name for name, _ in finding.params) == FINDINGS[finding.code]


def test_every_reference_of_a_step_is_a_source_that_can_be_looked_up(figures):
    keys = {step.reference for figure in figures for step in figure.steps} - {""}
    assert keys
    assert keys <= set(references.REFERENCES)


def test_the_headlines_come_first(figures):
    heads = {f.indicator.id: f.findings[0].code for f in figures}
    assert heads["convicted_press"] == "home_summary"
    assert heads["expected_per_municipality"] == "below_one"
    assert heads["presumed_victims"] == "victims_last"


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_has_a_kind(name):
    assert {column.kind for column in columns(name, per=100_000)} <= KINDS
    assert set(LAYOUTS[name].key.split()) <= {c.name for c in columns(name, per=100_000)}


def test_a_finding_has_exactly_the_numbers_its_code_promises():
    with pytest.raises(KeyError, match="below_one"):
        say("below_one", n=1, total=2)


def test_the_swedish_alphabet_ends_in_aao():
    towns = ["Örebro", "Ånge", "Älmhult", "Zon", "Arboga"]
    assert sorted(towns, key=alphabetical) == ["Arboga", "Zon", "Ånge", "Älmhult", "Örebro"]
