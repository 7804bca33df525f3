"""A package that is wrong is refused with a reason one can act on; a sound one is read as it was released."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.base.vault import SigningPair
from klarsyn.report.others import comparing, shown
from klarsyn.report.others.checking import Checked, Trusted, check
from klarsyn.report.signing import manifest
from tests.unit.report.others.hostile import CASES, opened, signed
from tests.unit.report.signing.build import GRANBY, package

TODAY = date(2026, 11, 26)


@cache
def sound() -> bytes:
    return package(Path(mkdtemp(prefix="klarsyn-package-")))


@cache
def resigned() -> tuple[SigningPair, bytes]:
    """The same by a pair the test holds."""
    pair = SigningPair.new()
    return pair, signed(opened(sound()), pair)


def judged(
    body: bytes, *, public: str = "", is_revoked: bool = False, home: str = "0680", invented: bool = True
) -> Checked:
    key = Trusted(public or resigned()[0].public.hex(), GRANBY, is_revoked)
    return check(
        body, trusted=lambda p: key if p == key.public else None, home=home, today=TODAY,
        indicators={"example_rates"}, takes_invented=invented,
    )  # fmt: skip


def test_a_sound_package_gives_the_municipalitys_own_row_and_nobody_elses() -> None:
    found = judged(resigned()[1])
    (figure,) = found.figures
    assert (figure.count, figure.population, figure.period) == (17, 141_081, "2024")
    assert figure.lower < figure.rate < figure.upper and figure.rate == pytest.approx(12.0498, abs=1e-4)
    assert found.said["municipality"] == GRANBY and found.vouched_by == ""


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_package_is_refused_with_its_reason(case: str) -> None:
    make, why = CASES[case]
    pair, body = resigned()
    with pytest.raises(Refused, match=why) as refused:
        judged(make(opened(body), pair))
    assert "har ändrats" in str(refused.value) and "\n" not in str(refused.value)


def test_revoked_own_and_invented_where_it_may_not_be() -> None:
    body = resigned()[1]
    for why, how in (
        ("spärrad", {"is_revoked": True}),
        ("egen kommuns", {"home": GRANBY}),
        ("påhittade", {"invented": False}),
    ):
        with pytest.raises(Refused, match=why):
            judged(body, **how)


def test_a_new_key_counts_by_the_word_of_the_trusted_one() -> None:
    old, new = resigned()[0], SigningPair.new()
    link = manifest.vouch(GRANBY, new.public, old, "2026-11-21")
    found = judged(signed(opened(sound()), new, [link]))
    assert (found.public, found.vouched_by) == (new.public.hex(), old.public.hex())
    with pytest.raises(Refused, match="spärrad"):
        judged(signed(opened(sound()), new, [link]), is_revoked=True)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_changed_byte_goes_unseen(data: st.DataObject) -> None:
    body = bytearray(resigned()[1])
    for _ in range(data.draw(st.integers(1, 3))):
        last = len(body) - 1  # the list of files at the end has no checksum of its own
        at = data.draw(st.one_of(st.integers(0, last), st.integers(last - 900, last)))
        kind = data.draw(st.sampled_from(("flip", "cut", "double")))
        if kind == "flip":
            body[at] ^= data.draw(st.integers(1, 255))
        elif kind == "cut":
            del body[at : at + data.draw(st.integers(1, 64))]
        else:
            body[at:at] = body[at : at + data.draw(st.integers(1, 64))]
    if bytes(body) == resigned()[1]:
        return
    with pytest.raises(Refused):
        judged(bytes(body))


def test_markup_from_another_municipality_stays_text_in_the_charts() -> None:
    tag = "<script>alert(1)</script>"
    (known,) = judged(resigned()[1]).figures
    broken = ({"on": "2023-07-01", "sv": tag, "en": tag},)
    figures = tuple(
        replace(known, period=p, breaks=broken, title={"sv": tag, "en": tag}) for p in ("2023", "2024")
    )
    held = comparing.Held(GRANBY, tag, 2024, 1, "https://exempel.invalid/", figures)
    (group,) = comparing.groups([held], {})
    made = shown.shown(group, "sv", invented=True)
    charts = [c for pair in (made.over_time, *(b.charts for b in made.blocks)) for c in pair]
    assert len(charts) == 6 and all("<script" not in c.svg and "&lt;script" in c.svg for c in charts)
