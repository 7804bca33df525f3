"""Dots beside the ledger: what was told stays told, and what is not shown again costs nothing."""

import pytest

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import NoAnswer
from smallcounts.disclosure.hiding import known_limits
from smallcounts.disclosure.layout import explained, sheets
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.methods import Beside, protect_by_method
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Protected, Published, Symbol, Value
from smallcounts.disclosure.standing import remembered
from smallcounts.disclosure.suppression import suppress
from tests.unit.smallcounts.disclosure.reference import KEY, SMALL, small_people

COUNTS = {
    ("2021", "a", "K"): 53, ("2021", "a", "M"): 38, ("2021", "b", "K"): 3, ("2021", "b", "M"): 11,
    ("2021", "c", "K"): 9, ("2021", "c", "M"): 12,
}  # fmt: skip
BK = "2021|district=b|gender=K"
MADE = Programme.from_toml(f'{SMALL}[rules]\nmethod = "suppressed"\n')


def told(text: str, value: Value, method: Method, base: int, kind: str = "press_answer") -> Entry:
    figure = Figure(CellId.parse(text), value, method, base, 5)
    return Entry(kind, "2026-01-01", "x", Published(f"{text}{value}", (figure,)))


def dots(
    ledger: Ledger | None = None, who: People | None = None, made: Programme = MADE, **beside: object
) -> Protected:
    ledger, who = ledger or Ledger(), who or small_people(COUNTS)
    ready = prepare(made, who, ledger=ledger)
    return protect_by_method(ready, KEY, Beside("r", ledger, **beside))  # type: ignore[arg-type]


def value(found: Protected, text: str) -> Value:
    return found.values[found.cells.index(CellId.parse(text))]


def test_dots_are_explained_in_one_sentence_without_digits() -> None:
    found = dots()
    assert value(found, BK) is Symbol.HIDDEN and value(found, "2021") == 126
    words = explained(sheets(MADE, found))
    assert "..: hidden, so that nobody is recognised; it may stand for nobody" in words
    assert "suppressed: the count as it is" in words and not any(c.isdigit() for c in words)


def test_limits_of_one_cell_are_put_together_and_a_correction_starts_anew() -> None:
    system = prepare(MADE, small_people(COUNTS), ledger=Ledger()).system
    first = told(BK, 5, Method.ROUNDED, 5), told(BK, 0, Method.ROUNDED, 5)
    cell = CellId.parse(BK)
    assert known_limits(Ledger(first), system)[cell] == (1, 4)
    dot = told(BK, Symbol.HIDDEN, Method.SUPPRESSED, 1)
    assert known_limits(Ledger((dot,)), system)[cell] == (0, float("inf"))
    again = told("2021", 130, Method.ROUNDED, 5, "correction")
    assert known_limits(Ledger((*first, again)), system) == {CellId.parse("2021"): (126, 134)}


def test_what_is_told_already_leaves_no_dots_that_protect() -> None:
    both = Ledger((told(BK, 5, Method.ROUNDED, 5), told(BK, 0, Method.ROUNDED, 5)))
    with pytest.raises(NoAnswer, match=r"district=b.gender=K: what must stay open gives this"):
        dots(both)


def test_other_people_need_a_correction() -> None:
    first = dots()
    ledger = Ledger((Entry("table", "2026-01-01", MADE.digest, first.published()),))
    more = small_people({**COUNTS, ("2021", "a", "K"): 54})
    with pytest.raises(NoAnswer, match="publish a correction instead"):
        dots(ledger, more)
    memory = remembered(prepare(MADE, small_people(COUNTS), ledger=Ledger()).system, KEY, {})
    found = dots(ledger, more, memory=memory, is_correction=True)
    assert value(found, "2021") == 127 and value(found, BK) is Symbol.HIDDEN


def test_cells_of_an_earlier_programme_bind_and_are_not_shown() -> None:
    narrow = SMALL.replace('variables = ["district", "gender"]', 'variables = ["gender"]')
    text = narrow.replace('subtotals = ["area"]', "") + '[rules]\nmethod = "suppressed"\n'
    # were the 63 shown, all women but two would be in one district, and something had to be hidden
    many = {**COUNTS, ("2021", "a", "K"): 63, ("2021", "b", "K"): 2, ("2021", "c", "K"): 0}
    ledger = Ledger((told("2021|district=a|gender=K", 65, Method.ROUNDED, 5),))
    found = dots(ledger, small_people(many), Programme.from_toml(text))
    assert {c.text: v for c, v in zip(found.cells, found.values, strict=True)} == {
        "2021": 126, "2021|gender=K": 65, "2021|gender=M": 61,
    }  # fmt: skip
    assert (found.lost.cells, found.lost.hidden) == (3, 0)


def test_an_unpublished_cell_is_hidden_alone_unless_it_is_known() -> None:
    system = prepare(MADE, small_people({**COUNTS, ("2021", "b", "K"): 30}), ledger=Ledger()).system
    cell = CellId.parse("2021|district=a|gender=K")
    found = suppress(system, release="r", unpublished=[cell])
    assert found.lost.hidden == 1 and value(found, cell.text) is Symbol.HIDDEN
    known = suppress(system, release="r", unpublished=[cell], known={cell: (53.0, 53.0)})
    assert known.lost.hidden == 0
