"""The front door: nothing leaves that breaks a rule or an attack."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaln

from smallcounts.disclosure import Insiders, Order, Release, front, protect
from smallcounts.disclosure.attacks.posterior import MOST_SMALL
from smallcounts.disclosure.attacks.results import Finding, Verdict
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused, ProgrammeError
from smallcounts.disclosure.layout import Sheet
from smallcounts.disclosure.ledger import Entry, Ledger, append, read
from smallcounts.disclosure.preparing import Prepared, prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from smallcounts.disclosure.release import Figure, Method, Published
from smallcounts.disclosure.rules import BASE_3_THRESHOLD
from smallcounts.disclosure.safe import from_frozen, permit_attacked, to_payload
from smallcounts.results import Column
from tests.unit.smallcounts.disclosure import reference
from tests.unit.smallcounts.disclosure.reference import KEY, SMALL, small_people

COUNTS = {("2021", "a", "K"): 53, ("2021", "a", "M"): 38, ("2021", "b", "M"): 11, ("2021", "c", "K"): 9}
ORDER = Order("r1", "2026-03-31", ("small-2021",))


def made() -> Release:
    return protect(Programme.from_toml(SMALL), small_people(COUNTS), Insiders(KEY, {}), ORDER)


@pytest.mark.slow
def test_tables_that_withstood_the_attacks_leave_with_their_source_and_rule() -> None:
    release = made()
    (table,) = release.tables
    assert (table.name, table.rule, table.sources) == ("t", "rounded_5", ("small-2021",))
    assert from_frozen(to_payload(table)) == table and not table.is_invented
    assert [v.attack for v in release.verdicts] == [*front.CHEAP, *front.WHOLE, *front.AGAIN, *front.LAST]
    assert front.refusals(release.verdicts) == ()
    assert append("", made().entry) == append("", release.entry)
    assert read(append("", release.entry)).published()[0] == release.protected.published()
    assert set(release.memory) == {cell.text for cell in release.protected.cells}


def test_a_release_that_an_attack_breaks_is_refused_by_cell_and_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    finding = Finding("2021|district=b", "A1", "is surely 1 to 4", "merge it with its neighbour")
    monkeypatch.setattr(front, "attacked", lambda *_, **__: (Verdict("A1", False, "1 small", (finding,)),))
    with pytest.raises(DisclosureRefused, match=r"2021\|district=b: is surely 1 to 4; merge it"):
        protect(
            Programme.from_toml(SMALL), small_people(COUNTS), Insiders(KEY, {}), ORDER, progress=said.append
        )
    assert sum("rounding" in line for line in said) > 1  # other numbers were tried


ACCEPTED = """
[rules]
[[rules.accepted]]
attack = "A7"
gain = 40
reason = "dots are demanded"
people = ["Disa", "Greta"]
"""


def test_attribute_inference_refuses_with_its_figure_unless_two_people_accept_the_gain() -> None:
    found = Verdict("A7", False, "mean gain +39.7%", (), {"mean": 0.397})
    one = front.accepted((found,), Programme.from_toml(SMALL).rules)
    assert front.refusals(one) == (found,)
    two = front.accepted((found,), Programme.from_toml(SMALL + ACCEPTED).rules)
    assert two[0].passed and "accepted up to 40 points by Disa and Greta: dots are demanded" in str(two[0])
    more = replace(found, numbers={"mean": 0.401})
    assert front.refusals(front.accepted((more,), Programme.from_toml(SMALL + ACCEPTED).rules)) == (more,)
    other = Verdict("A1", False, "1 small", (), {"mean": 0.0})
    assert front.refusals(front.accepted((other,), Programme.from_toml(SMALL + ACCEPTED).rules)) == (other,)


@pytest.mark.slow
def test_dots_are_refused_by_attribute_inference_and_the_remedy_is_named() -> None:
    order = replace(ORDER, method="suppressed")
    counts = {**COUNTS, ("2021", "b", "K"): 3, ("2021", "c", "M"): 12}
    with pytest.raises(
        DisclosureRefused, match=r"(?s)A7 break it.*A7 variable.*two named people accept it.*gain = \d"
    ):
        protect(Programme.from_toml(SMALL), small_people(counts), Insiders(KEY, {}), order)


def test_the_next_attempt_is_made_when_an_attack_breaks_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = Verdict("A1", True, "fine"), Verdict("A7", False, "gain", (), {"mean": 0.2})
    asked: list[tuple[str, ...]] = []

    def attacked(attacks: tuple[str, ...], *_: object, **__: object) -> tuple[Verdict, ...]:
        asked.append(attacks)
        return (bad if len(asked) < 2 else good,)

    monkeypatch.setattr(front, "attacked", attacked)
    release = made()
    assert asked == [front.CHEAP, *front.STAGES] and front.refusals(release.verdicts) == ()


SHEET = Sheet("t", (Column("count", "count"),), ({"count": 5},))


def test_no_sheet_leaves_without_attack_or_source() -> None:
    good, bad = Verdict("A1", True, "fine"), Verdict("A4", False, "found")
    for verdicts, sources, message in (
        ([], ["x"], "was never attacked"),
        ([good, bad], ["x"], "the attack A4 breaks it"),
        ([good], [], "no source is named"),
    ):
        with pytest.raises(DisclosureRefused, match=message):
            permit_attacked(SHEET, verdicts=verdicts, rule="r", sources=sources, is_invented=False)
    assert permit_attacked(SHEET, verdicts=[good], rule="r", sources=["x"], is_invented=True).is_invented


def prepared(text: str = SMALL, *, base: int | None = None, many: int = 53) -> Prepared:
    people = small_people({**COUNTS, ("2021", "a", "K"): many})
    return prepare(Programme.from_toml(text), people, ledger=Ledger(), base=base)


def test_base_3_is_for_many_people_and_no_sensitive_variable() -> None:
    assert prepared(base=3).base == 3
    sensitive = SMALL.replace('name = "gender"\ncat', 'name = "gender"\nis_sensitive = true\ncat')
    with pytest.raises(DisclosureError, match="base 3 is not for the sensitive variable 'gender'"):
        prepared(sensitive, base=3)
    with pytest.raises(DisclosureError, match="2021: base 3 needs more than 100 people, not 100"):
        prepared(base=3, many=42)
    with pytest.raises(DisclosureError, match="the base is one of"):
        prepared(base=7)


def test_a_method_is_of_the_three_and_has_no_base_but_for_rounding() -> None:
    one = Programme.from_toml(f'{SMALL}[rules]\nmethod = "suppressed"\n')
    ready = prepare(one, small_people(COUNTS), ledger=Ledger())
    assert (ready.method, ready.base) == (Method.SUPPRESSED, 1)
    assert prepare(one, small_people(COUNTS), ledger=Ledger(), method="rounded").base == 5
    with pytest.raises(DisclosureError, match="a base is for rounding alone"):
        prepare(one, small_people(COUNTS), ledger=Ledger(), base=5)
    with pytest.raises(DisclosureError, match="the method is one of rounded, suppressed, cell_key"):
        prepare(one, small_people(COUNTS), ledger=Ledger(), method="swapped")


def test_cell_key_noise_is_not_for_a_municipality() -> None:
    with pytest.raises(DisclosureRefused, match=r"2021 holds 111 people.*10,000 and more, use rounding"):
        protect(
            Programme.from_toml(SMALL), small_people(COUNTS), Insiders(KEY, {}),
            replace(ORDER, method="cell_key"),
        )  # fmt: skip


def test_children_need_the_larger_base() -> None:
    text = SMALL.replace('categories = ["K", "M"]', 'categories = ["K", "M"]\nchildren = ["M"]')
    with pytest.raises(DisclosureError, match=r"base 5 cannot protect a threshold of 10.*use base 10"):
        prepared(text)
    assert prepared(text, base=10).base == 10


def waiver(cell: str) -> str:
    rules = f'[rules]\n[[rules.waivers]]\ncell = "{cell}"\nreason = "known"\npeople = ["Disa", "Greta"]\n'
    return f"{SMALL}\n{rules}"


def test_a_waived_cell_is_shown_as_it_is_and_said_so() -> None:
    found = protect_by_rounding(prepared(waiver("2021")), KEY, release="r1", ledger=Ledger(), memory={})
    at = found.cells.index(CellId("2021", ()))
    assert (found.values[at], found.methods[at]) == (111, Method.WAIVED)
    assert "Shown as it is: 2021 (known; Disa and Greta)." in found.explain()
    with pytest.raises(ProgrammeError, match=r"waiver names '2021.district=z'"):
        prepared(waiver("2021|district=z"))


def test_the_ledger_must_be_of_known_variables() -> None:
    other = Programme.from_toml(SMALL.replace('"gender"', '"sex"'))
    figure = Figure(CellId("2021", (("sex", "K"),)), 5, Method.ROUNDED, 5, 5)
    ledger = Ledger((Entry("press_answer", "2026-01-01", other.digest, Published("r0", (figure,))),))
    with pytest.raises(ProgrammeError, match="sex=K is not in the programme; declare"):
        prepare(Programme.from_toml(SMALL), small_people(COUNTS), ledger=ledger)


def test_a_printed_3_is_fewer_than_5_by_92_percent_and_so_base_3_leaves_with_a_threshold_of_4_at_most() -> (
    None
):
    """The chances of 1 to 5 to be rounded to 3, times Jeffreys' prior: A3's bar is 0.9."""
    count = np.arange(1, 6)
    weight = (1 - abs(count - 3) / 3) * np.exp(gammaln(count + 0.5) - gammaln(count + 1))
    share = np.cumsum(weight) / weight.sum()
    assert share[3] == pytest.approx(0.92, abs=0.005) and share[2] == pytest.approx(0.73, abs=0.005)
    assert share[BASE_3_THRESHOLD - 2] < MOST_SMALL < share[BASE_3_THRESHOLD - 1]
    with pytest.raises(
        DisclosureError, match=r"threshold of 5: a printed 3 means 1 to 5.*use base 5"
    ) as told:
        protect(Programme.from_toml(SMALL), small_people(COUNTS), Insiders(KEY, {}), replace(ORDER, base=3))
    assert told.value.code == "base_3_threshold"


@pytest.mark.slow
def test_base_3_leaves_through_every_attack_where_it_is_allowed() -> None:
    """Areas by gender and by form in 2021, nobody who reported, a threshold of 4."""
    made = reference.programme()
    coarse = tuple(t for t in made.tables if t.name in ("area_gender", "area_form"))
    allowed = replace(made, agency="", tables=coarse, rules=replace(made.rules, threshold=4))
    release = protect(
        allowed, reference.people(("2021",)), Insiders(KEY, {}), replace(ORDER, release="b", base=3)
    )
    assert {v.attack for v in release.verdicts} == {f"A{n}" for n in range(10)}
    assert release.protected.lost.mean_error <= 0.95 and release.protected.lost.max_error <= 2
    assert release.protected.lost.is_additive
