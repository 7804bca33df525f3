"""Protected figures: rounded together, joined to the ledger, never with a number that was not published."""

import json
from dataclasses import replace

import pytest

from klarsyn.mapping import codec, freeze, publishing
from klarsyn.mapping.auditing import audit_of
from klarsyn.mapping.compute import compute, compute_with_insight
from klarsyn.mapping.inputs import Inputs
from klarsyn.mapping.methods.protected_people import people_of, published_under
from smallcounts.counts import Count, CountTable, Status
from smallcounts.disclosure.attacks.bounds import attack_bounds
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.attacks.knowledge import view
from smallcounts.disclosure.errors import DisclosureError, PeopleError
from smallcounts.disclosure.ledger import Ledger, append, read
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from tests.unit.mapping.protected import CELLS, KEY, LEVELS, PROGRAMME, counts, mapped

OTHER = bytes(range(1, 33))


def one(inputs: Inputs, key: bytes = KEY):
    (figure,) = compute(inputs, key)
    return figure


def values(inputs: Inputs, key: bytes = KEY) -> dict[tuple[str, ...], int]:
    rows = one(inputs, key).table("part_gender").to_rows()
    return {(r["period"], r["part"], r["gender"]): r["count"] for r in rows}


def audited(inputs: Inputs):
    made = compute_with_insight(inputs, KEY)
    return audit_of(inputs, made.protected, KEY)


def test_every_count_is_a_multiple_near_the_true_one_and_the_sums_agree():
    found = values(mapped())
    for (part, gender), n in CELLS.items():
        assert found["2019", part, gender] % 5 == 0
        assert abs(found["2019", part, gender] - n) < 5
    for part in ("north", "south"):
        assert found["2019", part, "total"] == sum(found["2019", part, g] for g in ("women", "men"))
    assert found["2019", "total", "total"] % 5 == 0


def test_the_same_people_and_key_give_the_same_bytes_and_another_key_other_roundings():
    first, again = (freeze.results_bytes(compute(mapped(), KEY)) for _ in range(2))
    assert first == again
    middling = dict(zip(CELLS, (82, 13, 98, 37), strict=True))
    many = [values(mapped(*counts(middling)), bytes([n]) * 32) for n in range(6)]
    assert len({tuple(v.items()) for v in many}) > 1


def test_no_unpublished_number_stands_in_the_frozen_results():
    figure = one(mapped())
    rows = [cell for table in figure.tables for row in table.rows for cell in row]
    said = [value for f in figure.findings for _, value in f.params] + [s.numbers for s in figure.steps]
    assert not {83, 4, 91, 34, 87, 174, 38, 212} & set(rows)
    assert all(str(n) not in json.dumps(codec.encode(said)) for n in (83, 91, 87, 174, 212))


def test_findings_claim_no_difference_that_rounding_can_make():
    said = {f.code: f for f in one(mapped()).findings}
    assert said["protected_total"].get("lower") == said["protected_total"].get("count") - 4
    assert said["protected_most"].get("category") == "women"
    assert said["protected_how"].params == (("error", 4), ("hidden", 0))
    even = {("north", "women"): 60, ("north", "men"): 41, ("south", "women"): 43, ("south", "men"): 62}
    assert "protected_most" not in {f.code for f in one(mapped(*counts(even))).findings}


def test_the_audit_holds_before_and_after_what_was_lost_and_each_attack():
    (figure,) = audited(mapped()).figures
    by_name = {c.cell: c for c in figure.cells()}
    assert by_name["2019|gender=men|part=north"].before == 4
    assert by_name["2019|gender=men|part=north"].after in (0, 5)
    assert {a.code: a.is_passed for a in figure.attacks}["A1"]
    assert figure.lost.is_additive and figure.lost.max_error < 5
    assert all(c.before is None for c in audited(mapped()).without_truth().figures[0].cells())
    assert audited(mapped()).without_truth().figures[0].marks == ()


def released(inputs: Inputs) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The ledger and the marks after the inputs' figure was released."""
    (figure,) = audited(inputs).figures
    entry = publishing.published(figure, "x@1/liten")
    text = append(inputs.ledger, publishing.Entry("table", "2020-01-01", figure.digest, entry))
    return text, tuple(sorted({**dict(inputs.marks), **dict(figure.marks)}.items()))


def test_parts_with_too_few_people_are_merged_upward_and_attacked_as_they_are_published():
    text = PROGRAMME.replace('"south"]', '"south", "west"]')
    text = text.replace('[[variables]]\nname = "gender"', f'{LEVELS}[[variables]]\nname = "gender"')
    programme = Programme.from_toml(text)
    table = mapped(*counts({**CELLS, ("west", "women"): 8, ("west", "men"): 2})).figures[0].tables[0]
    prepared = prepare(programme, people_of(programme, table), ledger=Ledger())
    made = protect_by_rounding(prepared, KEY, release="x", ledger=Ledger(), memory={})
    parts = {category for c in made.cells for name, category in c.parts if name == "part"}
    assert "west" not in parts and any("west" in part.split(" & ") for part in parts)
    assert attack_bounds(view([made.published()]), domain_of(prepared.system.programme, made.cells)).passed


def test_what_was_published_stays_while_its_people_stay():
    text, marks = released(mapped())
    later = values(mapped(*counts(CELLS, "2019", "2020"), ledger=text, marks=marks), OTHER)
    assert {k: v for k, v in later.items() if k[0] == "2019"} == values(mapped())


def test_the_ledger_of_another_programme_does_not_bind_this_one():
    text, marks = released(mapped())
    people = people_of(Programme.from_toml(PROGRAMME), mapped().figures[0].tables[0])
    assert published_under("liten", text, people.periods).figures()
    assert not published_under("annan", text, people.periods).figures()
    assert read(text).entries[0].published.release == "x@1/liten" and marks


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((Count("east", "east", "2019", 3, sources=("own",), categories=(("gender", "women"),)),),
         "'east' is no category of 'part'"),
        ((Count("north", "north", "2019", 3, sources=("own",)),), "the variables part, gender are not given"),
        ((*counts(), *counts(source="other")), "counts of several sources"),
        ((Count("north", "north", "2019", None, Status.WITHHELD, sources=("own",),
                categories=(("gender", "women"),)),), "there is no number"),
    ],
    ids=["unknown", "missing variable", "two sources", "no number"],
)  # fmt: skip
def test_counts_that_do_not_fit_are_told_with_their_cell(rows, said):
    table = CountTable("simulated", "persons", rows, is_invented=True)
    with pytest.raises(PeopleError, match=said):
        people_of(Programme.from_toml(PROGRAMME), table)


def test_too_few_people_are_not_protected_but_refused():
    few = dict.fromkeys(CELLS, 3)
    with pytest.raises(DisclosureError, match="fewer than 30"):
        compute(mapped(*counts(few)), KEY)


def test_nobody_to_count_is_a_figure_without_tables():
    made = mapped()
    empty = replace(made.figures[0], tables=(CountTable("simulated", "persons", (), is_invented=True),))
    figure = one(replace(made, figures=(empty,)))
    assert (figure.tables, figure.warnings) == ((), ("no_data",))
