"""JSON-stat 2 as PxWeb writes it, as the standard allows it, and as it must not be."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klarsyn.sources.readers import Meaning, ReadError, SymbolMap, jsonstat
from klarsyn.sources.readers.symbols import DEFAULT_SYMBOLS
from smallcounts.counts import Status


def dataset(values, status=None, regions=("0680", "0180"), years=("2018", "2019"), **more):
    """A dataset over regions and years with the given values."""
    whole = {
        "version": "2.0",
        "class": "dataset",
        "id": ["Region", "Tid"],
        "size": [len(regions), len(years)],
        "role": {"geo": ["Region"], "time": ["Tid"]},
        "dimension": {
            "Region": {"category": {"index": {c: i for i, c in enumerate(regions)}}},
            "Tid": {"category": {"index": list(years)}},
        },
        "value": values,
        **more,
    }
    return json.dumps(whole if status is None else {**whole, "status": status}).encode()


def cells(body, **how):
    return [(o.value, o.status.value, o.symbol) for o in jsonstat.read(body, **how)]


GAP = (None, "unavailable", "")


def test_a_sparse_object_leaves_the_rest_unavailable():
    assert cells(dataset({"0": 5, "3": 0})) == [(5, "observed", ""), GAP, GAP, (0, "observed", "")]


@pytest.mark.parametrize(
    "status", [{"1": "..", "2": "x", "3": "-"}, ["", "..", "x", "-"], [None, "..", "x", "-"]]
)
def test_status_as_object_and_as_array(status):
    assert cells(dataset([5, None, None, None], status)) == [
        (5, "observed", ""),
        (None, "unavailable", ".."),
        (None, "withheld", "x"),
        (0, "observed", "-"),
    ]


@pytest.mark.parametrize("status", ["..", [".."]])
def test_one_status_holds_for_every_cell(status):
    assert set(cells(dataset([None] * 4, status))) == {(None, "unavailable", "..")}


def test_the_four_kinds_of_nothing_stay_apart():
    found = cells(dataset([None] * 4, ["-", "..", ".", "..C"]))
    assert [status for _, status, _ in found] == ["observed", "unavailable", "not_applicable", "withheld"]
    assert [value for value, _, _ in found] == [0, None, None, None]


def test_a_flag_beside_a_number_is_kept_and_the_number_counts():
    assert cells(dataset([5, 6, 7, 8], {"1": "p"}))[1] == (6, "observed", "p")


def test_a_table_may_declare_its_own_marks():
    own = DEFAULT_SYMBOLS.declaring({"q": Meaning.WITHHELD, "..": Meaning.NOT_APPLICABLE})
    found = cells(dataset([1, 2, None, None], {"2": "q", "3": ".."}), symbols=own)
    assert found[2:] == [(None, "withheld", "q"), (None, "not_applicable", "..")]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (dataset([1, 2, 3]), "ska ha 4 värden enligt size, men value har 3"),
        (dataset([1, 2, 3, 4], ["", ""]), "men status har 2"),
        (dataset({"4": 1}), "platsen ”4”, men tabellen har bara plats 0–3"),
        (dataset([1, 2, 3, 4], {"x1": ".."}), "platsen ”x1”"),
        (dataset([1, 2, 3, 4], size=[2, 3]), "Tid har 2 värden men size säger 3"),
        (dataset([1, 2, 3, 4], size=[4]), "2 dimensioner i id men 1 storlekar"),
        (dataset([1, 2, 3, 4], id=["Region", "Region"]), "en dimension två gånger"),
        (dataset([None, 2, 3, 4], {"0": "?!"}), "Tecknet ”?!” för 0680 2018 är okänt"),
        (dataset([7, 2, 3, 4], {"0": ".."}), "Värdet 7 för 0680 2018 har tecknet ”..”"),
        (dataset([7, 2, 3, 4], {"0": "-"}), "Värdet 7 för 0680 2018 har tecknet ”-”"),
        (dataset([True, 2, 3, 4]), "är inget tal"),
        (dataset([1, 2, 3, 4]).replace(b"[1,", b"[NaN,"), "NaN där ett tal ska stå"),
        (dataset([1, 2], years=("idag",)), "Tiden ”idag”"),
        (dataset([1] * 4, role={"time": [], "geo": ["Region", "Tid"]}), "flera variabler för område"),
        (dataset([1] * 4, **{"class": "collection"}), "inte en tabell i formatet JSON-stat 2"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(body, named):
    with pytest.raises(ReadError) as refused:
        jsonstat.read(body)
    assert named in str(refused.value)
    assert "Inget är inläst" in str(refused.value)


marks = st.sampled_from(["..", ".", "x", "-", "..C"])
figures = st.one_of(st.integers(0, 10**9), st.floats(0, 1e6, allow_nan=False), marks)


@settings(deadline=None)
@given(st.data(), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_row_major_order_survives_the_round_trip(data, sizes):
    cube = data.draw(st.lists(figures, min_size=(n := _size(sizes)), max_size=n))
    names = [f"D{i}" for i in range(len(sizes))] + ["Tid"]
    body = {
        "version": "2.0", "class": "dataset", "id": names, "size": [*sizes, 1], "role": {"time": ["Tid"]},
        "dimension": {
            name: {"category": {"index": {f"v{j}" if name != "Tid" else "2019": j for j in range(size)}}}
            for name, size in zip(names, [*sizes, 1], strict=True)
        },
        "value": [None if isinstance(c, str) else c for c in cube],
        "status": {str(i): c for i, c in enumerate(cube) if isinstance(c, str)},
    }  # fmt: skip
    observed = jsonstat.read(json.dumps(body).encode())
    assert [o.symbol if o.symbol else o.value for o in observed] == cube
    places = product(*(range(size) for size in sizes))
    assert [[int(code[1:]) for _, code, _ in o.categories] for o in observed] == [list(p) for p in places]
    assert all((o.value is None) == (o.status is not Status.OBSERVED) for o in observed)


def _size(sizes):
    total = 1
    for size in sizes:
        total *= size
    return total


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_in_another_way_than_saying_so(body):
    with pytest.raises(ReadError):
        jsonstat.read(body)


def test_marks_are_never_guessed():
    with pytest.raises(ReadError, match="okänt"):
        jsonstat.read(dataset([None, 1, 2, 3], {"0": ".."}), symbols=SymbolMap(()))
