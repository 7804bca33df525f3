"""A code: found by six digits, kept by eighteen, guarded against slips by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.base.codes import DIGITS, Code, Mistyped, is_last, luhn, read

CODE = "123456789012345678901234"


def code() -> Code:
    return Code(CODE + luhn(CODE))


def test_the_check_digit_is_the_published_one() -> None:
    assert luhn("7992739871") == "3"  # the standard's own example


def test_a_code_says_nothing_when_it_is_printed() -> None:
    assert CODE not in repr(code()) and code().shown.count(" ") == 4 and len(code().digits) == DIGITS


@given(st.integers(0, 10**24 - 1), st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_one_wrong_digit_is_seen(number: int, at: int, more: int) -> None:
    body = f"{number:024d}"
    right = body + luhn(body)
    wrong = right[:at] + str((int(right[at]) + more) % 10) + right[at + 1 :]
    assert read(right).digits == right
    with pytest.raises(Mistyped):
        read(wrong)


@given(st.integers(0, 10**24 - 1), st.integers(0, DIGITS - 2))
def test_two_swapped_neighbours_are_seen_but_for_nought_and_nine(number: int, at: int) -> None:
    body = f"{number:024d}"
    right = body + luhn(body)
    swapped = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    if swapped == right or {right[at], right[at + 1]} == {"0", "9"}:
        return
    with pytest.raises(Mistyped):
        read(swapped)


@pytest.mark.parametrize("form", ["{}", " {} ", "\u200f{}", "{}\n"])
def test_a_code_is_read_however_it_is_written(form: str) -> None:
    assert read(form.format(code().shown)) == read(code().digits) == code()
    assert read(code().shown.replace(" ", "-")) == code()


def test_arabic_and_thai_digits_are_ours() -> None:
    for zero in (0x0660, 0x06F0, 0x0E50):
        assert read(code().digits.translate({48 + n: zero + n for n in range(10)})) == code()


@pytest.mark.parametrize(
    "typed", ["", "abc", CODE, CODE * 2, "1" * 10_000_000, "\0" + CODE, "①" * 25, "½" * 25]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped):
        read(typed)


def test_the_last_four_are_asked_back() -> None:
    last = code().last
    assert is_last(last, f" {last[:2]} {last[2:]}") and last == code().digits[-4:]
    assert not is_last(last, "x") and not is_last(last, "") and not is_last(last, last[:3])
