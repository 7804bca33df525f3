"""The last door: only what is public already, or invented throughout, may leave."""

import pytest

from smallcounts.counts import Count, CountTable
from smallcounts.disclosure import DisclosureRefused, from_frozen, permit_public, to_payload
from smallcounts.results import Column, NotPermitted, SafeTable

COLUMNS = (Column("area", "area"), Column("count", "count", "persons"))
ROWS = [{"area": "0680", "count": 17, "more": "left out"}]


def counts(
    *, public: bool = True, invented: bool = False, sources: tuple[str, ...] = ("sr-2021",)
) -> CountTable:
    row = Count("0680", "Jönköping", "2019", 17, sources=sources)
    return CountTable("convicted_press", "persons", (row,), is_invented=invented, is_public=public)


def test_public_figures_leave_with_their_sources() -> None:
    table = permit_public("t", COLUMNS, ROWS, inputs=[counts()], sources=["scb-folkmangd"])
    assert table.rule == "already_public" and not table.is_invented
    assert table.sources == ("scb-folkmangd", "sr-2021")
    assert table.to_rows() == [{"area": "0680", "count": 17}]
    assert table.column("count") == [17] and table.row(area="0680")["count"] == 17


def test_what_is_not_public_stays() -> None:
    with pytest.raises(DisclosureRefused, match="not public"):
        permit_public("t", COLUMNS, ROWS, inputs=[counts(public=False)])
    with pytest.raises(DisclosureRefused, match="names no publication"):
        permit_public("t", COLUMNS, ROWS, inputs=[counts(sources=())])
    with pytest.raises(DisclosureRefused, match="no source is named"):
        permit_public("t", COLUMNS, ROWS, inputs=[])


def test_one_unpublished_input_keeps_the_whole_table() -> None:
    with pytest.raises(DisclosureRefused, match="not public"):
        permit_public("t", COLUMNS, ROWS, inputs=[counts(), counts(public=False)])


def test_invented_figures_never_mix_with_real_ones() -> None:
    invented = counts(public=False, invented=True)
    assert permit_public("t", COLUMNS, ROWS, inputs=[invented]).is_invented
    with pytest.raises(DisclosureRefused, match="invented and real"):
        permit_public("t", COLUMNS, ROWS, inputs=[counts(), invented])


def test_nobody_else_makes_a_safe_table() -> None:
    with pytest.raises(NotPermitted):
        SafeTable("t", COLUMNS, (), "already_public", ("x",), False, permit=object())


def test_freezing_and_thawing_gives_the_same_table() -> None:
    table = permit_public("t", COLUMNS, ROWS, inputs=[counts()])
    assert from_frozen(to_payload(table)) == table


def test_a_row_is_asked_for_by_what_is_one() -> None:
    table = permit_public("t", COLUMNS, [*ROWS, {"area": "1480", "count": 17}], inputs=[counts()])
    with pytest.raises(KeyError, match="2 rows"):
        table.row(count=17)
