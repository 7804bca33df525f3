"""Derived figures rest on protected values only, and are laid out with the tables."""

import pytest

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.deriving import derive
from smallcounts.disclosure.errors import ProgrammeError
from smallcounts.disclosure.layout import Sheet, sheets
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from smallcounts.disclosure.release import Protected, Symbol, Value
from tests.unit.smallcounts.disclosure.reference import KEY, SMALL, small_people

MORE = """
[[derived]]
name = "share"
kind = "percent"
table = "t"
of = ["district"]
decimals = 1
[[derived]]
name = "rate"
kind = "rate"
table = "t"
of = ["district"]
per = 1000
decimals = 2
[derived.population.2021]
a = 4000
b = 2000
c = 1000
ab = 6000
[[derived]]
name = "mean"
kind = "mean"
table = "t"
of = []
variable = "gender"
scores = { K = 1, M = 2.5 }
decimals = 2
"""
PROGRAMME = Programme.from_toml(SMALL + MORE)
COUNTS = {("2021", "a", "K"): 13, ("2021", "a", "M"): 8, ("2021", "b", "M"): 11, ("2021", "c", "K"): 9}


def protected(programme: Programme = PROGRAMME) -> Protected:
    prepared = prepare(programme, small_people(COUNTS), ledger=Ledger())
    return protect_by_rounding(prepared, KEY, release="r1", ledger=Ledger(), memory={})


def values(**changed: Value) -> dict[CellId, Value]:
    found = dict(zip(protected().cells, protected().values, strict=True))
    return {**found, **{CellId.parse(text.replace("__", "|")): value for text, value in changed.items()}}


def test_percentages_rates_and_means_come_from_the_rounded_values() -> None:
    given = values()
    made = {(d.name, d.cell.text): d.value for d in derive(PROGRAMME, ["2021"], given)}

    def count(text: str) -> int:
        return int(given[CellId.parse(text)])

    share = count("2021|district=a|gender=K") / count("2021|district=a") * 100
    assert made["share", "2021|district=a|gender=K"] == round(share, 1)
    assert made["share", "2021|area=rest|gender=K"] == 100
    assert made["rate", "2021|district=a"] == round(count("2021|district=a") / 4000 * 1000, 2)
    assert made["rate", "2021|area=ab"] == round(count("2021|area=ab") / 6000 * 1000, 2)
    men, women = count("2021|gender=M"), count("2021|gender=K")
    assert made["mean", "2021"] == round((women + 2.5 * men) / (women + men), 2)
    assert len(made) == (3 + 2) * 2 + 3 + 2 + 1


def test_the_same_rounded_values_give_the_same_figures_whatever_the_people() -> None:
    given = values()
    assert derive(PROGRAMME, ["2021"], given) == derive(PROGRAMME, ["2021"], dict(given))
    assert {d.value for d in protected().derived} == {d.value for d in derive(PROGRAMME, ["2021"], given)}


def test_nothing_is_derived_from_hidden_or_too_few() -> None:
    cell = CellId.parse("2021|district=a")
    hidden = {**values(), cell: Symbol.HIDDEN, CellId.parse("2021|district=b"): 0}
    made = {(d.name, d.cell.text): d.value for d in derive(PROGRAMME, ["2021"], hidden)}
    assert made["share", "2021|district=a|gender=K"] is None and made["rate", "2021|district=a"] is None
    assert made["share", "2021|district=b|gender=M"] is None
    few = {**values(), CellId.parse("2021|gender=K"): 5, CellId.parse("2021|gender=M"): 0}
    assert next(d.value for d in derive(PROGRAMME, ["2021"], few) if d.name == "mean") is None
    ten = {**few, CellId.parse("2021|gender=M"): 5}
    assert next(d.value for d in derive(PROGRAMME, ["2021"], ten) if d.name == "mean") == 1.75


def test_a_rate_without_a_population_is_refused() -> None:
    poor = Programme.from_toml(SMALL + MORE.replace("b = 2000\n", "").replace("ab = 6000\n", ""))
    sums = Programme.from_toml(SMALL + MORE.replace("ab = 6000\n", ""))
    assert derive(sums, ["2021"], values()) == derive(PROGRAMME, ["2021"], values())
    with pytest.raises(ProgrammeError, match="the rate 'rate' has no population for 'b' in 2021"):
        derive(poor, ["2021"], values())


def by_name(name: str) -> Sheet:
    return next(sheet for sheet in sheets(PROGRAMME, protected()) if sheet.name == name)


def test_tables_are_laid_out_with_margins_and_subtotals() -> None:
    sheet = by_name("t")
    assert [c.name for c in sheet.columns] == ["period", "district", "gender", "area", "count", "status"]
    given = values()
    rows = {(r["district"], r["area"], r["gender"]): r["count"] for r in sheet.rows}
    assert rows["a", None, "K"] == given[CellId.parse("2021|district=a|gender=K")]
    assert rows[None, "ab", "total"] == given[CellId.parse("2021|area=ab")]
    assert rows["total", "total", "total"] == given[CellId.parse("2021")]
    assert len(rows) == len(sheet.rows) == len(given) and {r["status"] for r in sheet.rows} == {"rounded"}


def test_derived_figures_are_laid_out_with_their_unit() -> None:
    sheet = by_name("rate")
    assert [(c.name, c.unit) for c in sheet.columns if c.unit] == [("value", "per 1000")]
    assert [r["district"] for r in sheet.rows] == ["a", "b", "c", None, None]
    assert by_name("share").columns[-2].kind == "percent" and len(by_name("mean").rows) == 1


def test_a_cell_that_cannot_exist_has_its_own_symbol() -> None:
    ruled = Programme.from_toml(SMALL + '[[impossible]]\ndistrict = "b"\ngender = "K"\n')
    found = protected(ruled)
    value = dict(zip(found.cells, found.values, strict=True))[CellId.parse("2021|district=b|gender=K")]
    assert value is Symbol.NOT_APPLICABLE and found.lost.cells == len(found.cells) - 1
    row = next(r for r in sheets(ruled, found)[0].rows if (r["district"], r["gender"]) == ("b", "K"))
    assert (row["count"], row["status"]) == (None, ".")


def test_a_release_tells_what_it_holds_and_how_it_was_made() -> None:
    found = protected()
    assert "Release r1: 18 cells, 0 hidden, status optimal" in found.summary()
    assert found.to_rows()[0] == {
        "period": "2021",
        "cell": "total",
        "value": found.values[0],
        "method": "rounded",
    }
    assert "multiples of 5" in found.explain()[0] and found.published().figures[0].base == 5
