"""Laws of the canonical form: one value, one way of writing it."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.mapping.canonical import NotCanonical, plain, rounded, sha256, to_bytes
from klarsyn.mapping.codec import Unreadable, decode, encode
from klarsyn.mapping.inputs import Facts, Inputs
from klarsyn.sources.values import Share
from tests.unit.mapping.build import inputs, press_counts

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_reading_back_and_writing_again_gives_the_same_bytes(value):
    written = to_bytes(value)
    assert to_bytes(json.loads(written)) == written


@given(NUMBERS)
def test_rounding_twice_is_rounding_once(value):
    once = rounded(value)
    assert rounded(once) == once
    assert math.isclose(once, value, rel_tol=1e-8, abs_tol=1e-300)


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_in_which_keys_came_does_not_matter(value):
    assert to_bytes(dict(reversed(value.items()))) == to_bytes(value)


@given(st.lists(st.binary()), st.lists(st.binary()))
def test_parts_of_a_hash_cannot_run_together(a, b):
    assert (sha256(*a) == sha256(*b)) == (a == b)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, {1: 2}, {"a": object()}, b"x"])
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(NotCanonical):
        to_bytes(value)


def test_whole_floats_are_written_as_whole_numbers():
    assert plain({"b": 12.0, "a": (0.1 + 0.2, -0.0)}) == {"a": [0.3, 0], "b": 12}


@given(st.text(), st.none() | st.floats(0, 100), st.none() | st.integers(0, 10**6))
def test_facts_of_any_kind_come_back_as_they_were(text, percent, asked):
    share = Share(
        text, "2017", text, text, None if percent is None else rounded(percent), None, None, asked, "k", text
    )
    made = inputs(press_counts(), facts=Facts(shares=(share,)))
    assert decode(Inputs, json.loads(to_bytes(encode(made)))) == made


def test_what_is_not_of_its_type_is_told_with_its_place():
    raw = json.loads(to_bytes(encode(inputs(press_counts()))))
    raw["figures"][0]["tables"][0]["counts"][1]["value"] = "22"
    with pytest.raises(Unreadable, match=r"Inputs\.figures\[0\]\.tables\[0\]\.counts\[1\]\.value: '22'"):
        decode(Inputs, raw)


@pytest.mark.parametrize("change", [{"year": 2018}, {"municipality": "0681"}, {"borders": ()}])
def test_any_change_of_the_inputs_changes_the_bytes(change):
    made = inputs(press_counts())
    assert to_bytes(encode(replace(made, **change))) != to_bytes(encode(made))
