"""Splitting, putting together and waiting, as laws."""

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klarsyn.sources.clients.errors import Scattered
from klarsyn.sources.clients.limits import Clock, Window
from klarsyn.sources.clients.selection import arrange, cells, expand, split
from klarsyn.sources.readers import Dimension, Observed
from smallcounts.counts import Status
from tests.servers.clock import FakeClock

shapes = st.lists(st.integers(1, 6), min_size=1, max_size=3)
busy = settings(deadline=None)  # the machine may be doing other things


def codes_of(shape):
    return {f"D{i}": tuple(f"{i}{j}" for j in range(size)) for i, size in enumerate(shape)}


@busy
@given(shapes, st.integers(1, 60))
def test_pieces_keep_the_limit_and_hold_every_cell_once(shape, limit):
    codes = codes_of(shape)
    pieces = split(codes, limit)
    assert all(cells(piece) <= limit for piece in pieces)
    found = [place for piece in pieces for place in product(*piece.values())]
    assert sorted(found) == sorted(product(*codes.values()))
    assert pieces == split(codes, limit)


@busy
@given(shapes, st.integers(1, 60))
def test_pieces_put_together_stand_in_row_major_order(shape, limit):
    codes = {**codes_of(shape), "Tid": ("2018", "2019")}
    dimensions = [Dimension(c, c, v, v, "time" if c == "Tid" else "") for c, v in codes.items()]
    order = {place: i for i, place in enumerate(product(*codes.values()))}
    pieces = split(codes, limit)
    observed = [one(place, codes, order[place]) for piece in pieces for place in product(*piece.values())]
    arranged = arrange(observed, dimensions, codes)
    assert [o.value for o in arranged] == list(range(prod(len(v) for v in codes.values())))


def one(place, codes, value=0):
    named = dict(zip(codes, place, strict=True))
    return Observed(
        "", "", named.pop("Tid"), tuple((c, v, v) for c, v in named.items()), value, Status.OBSERVED
    )


def test_a_cell_that_lacks_or_stands_twice_is_told():
    codes = {"A": ("1", "2"), "Tid": ("2019",)}
    dimensions = [
        Dimension("A", "a", ("1", "2"), ("1", "2")),
        Dimension("Tid", "t", ("2019",), ("2019",), "time"),
    ]
    whole = [one(place, codes) for place in product(*codes.values())]
    with pytest.raises(Scattered, match="saknar 1 av 2 uppgifter, först 2 2019"):
        arrange(whole[:1], dimensions, codes)
    with pytest.raises(Scattered, match="har 3 uppgifter; 2 begärdes"):
        arrange([*whole, whole[0]], dimensions, codes)


@busy
@given(st.integers(1, 6), st.floats(0.5, 20), st.lists(st.floats(0, 5), max_size=40))
def test_no_window_ever_holds_more_than_it_may(calls, length, pauses):
    fake = FakeClock()
    window = Window(calls, length, Clock(fake.seconds, fake.sleep, fake.now))
    times = []
    for pause in pauses:
        fake.sleep(pause)
        window.wait()
        times.append(fake.seconds())
        window.count()
    gaps = [later - sooner for sooner, later in zip(times, times[calls:], strict=False)]
    assert all(gap >= length - 1e-6 for gap in gaps)


def test_expressions_follow_the_tables_order_and_never_repeat():
    years = tuple(str(y) for y in range(2001, 2011))
    region = Dimension(
        "Region", "region", ("00", "06", "0680", "0682"), ("a", "b", "c", "d"), "area", is_optional=True
    )
    tid = Dimension("Tid", "år", years, years, "time")
    asked = {"Tid": ["top(2)", "2001", "range(2003,2002)", "TOP(1)"], "Region": ["0682", "06??"]}
    assert expand((region, tid), asked) == {
        "Region": ("0680", "0682"),
        "Tid": ("2001", "2002", "2003", "2009", "2010"),
    }
    assert expand((region, tid), {"Tid": ["bottom(1,1)", "to(2001)"]}) == {"Tid": ("2001", "2002")}
    assert expand((region, tid), {"Tid": ["*"], "Region": ["top(1)"]})["Region"] == ("00",)
