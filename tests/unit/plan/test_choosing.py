"""What a keeper may choose for a measure, what is refused in words, and that invented and real never mix."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from klarsyn.base.errors import Refused
from klarsyn.base.released import KnownIndicator, Quantity, ReleasedFigure, Words
from klarsyn.plan.indicators import choosing
from tests.unit.plan.figures import KEY, SERIES, figure, row

YOUNG = f"{SERIES}|age=0-17"
PHONE = "way.count|way=phone"
FIGURES = (
    figure(row("2024", 50), row("2025", 60), row("2025", 10, cell=YOUNG, is_default=False)),
    figure(row("2025", 5, cell=PHONE, is_default=False), key="ways", series="way.count"),
    figure(
        row("2025", 9, labels=(("area", "0680"),), cell="rates.rate|area=0680"),
        row("2025", 9, labels=(("area", "1480"),), cell="rates.rate|area=1480", is_default=False),
        key="real", series="rates.rate", is_invented=False, quantity=Quantity.PERCENT,
    ),
)  # fmt: skip


def _known(key: str, *, invented: bool = False) -> KnownIndicator:
    return KnownIndicator(
        key, Words(key, key), Words("Inte hur många de är.", "Not how many."), "m", invented
    )


@pytest.fixture(autouse=True)
def released(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Figures made by hand in the slot, in Swedish."""
    known = (_known(KEY), _known("ways"), _known("real"), _known("later"), _known("example", invented=True))

    def figures(key: str | None = None) -> tuple[ReleasedFigure, ...]:
        return tuple(one for one in FIGURES if key in (None, one.key))

    monkeypatch.setattr(choosing, "known_indicators", lambda: known)
    monkeypatch.setattr(choosing, "released_figures", figures)
    with translation.override("sv"):
        yield


def test_released_figures_are_offered_first_and_invented_ones_only_to_invented_measures() -> None:
    invented = [[key for key, _title in group] for _name, group in choosing.indicator_choices(invented=True)]
    real = [[key for key, _title in group] for _name, group in choosing.indicator_choices(invented=False)]
    assert invented == [[KEY, "ways"], ["real", "later", "example"]]
    assert real == [["real"], [KEY, "ways", "later"]]


def test_a_part_is_one_of_ones_own_and_never_another_municipality() -> None:
    assert [cell for cell, _words in choosing.cell_choices(KEY, invented=True)] == ["", SERIES, YOUNG]
    assert [cell for cell, _words in choosing.cell_choices("real", invented=False)] == [
        "", "rates.rate|area=0680",
    ]  # fmt: skip
    assert choosing.cell_choices("", invented=True) == choosing.cell_choices("later", invented=True)


def test_what_a_figure_says_and_does_not_say_is_shown_before_it_is_chosen() -> None:
    found = choosing.offered(KEY, "", invented=True)
    assert found is not None and found.is_invented and found.says_not == "Inte hur många de är."
    assert [(period, value) for period, value, _limits in found.years] == [("2024", "50"), ("2025", "60")]
    waiting = choosing.offered("later", "", invented=True)
    assert waiting is not None and waiting.years == () and waiting.unit == ""
    assert choosing.offered("nothing", "", invented=True) is None
    assert choosing.offered("example", "", invented=False) is None


@pytest.mark.parametrize(
    ("key", "cell", "said"),
    [("nothing", "", "finns inte"), (KEY, "age.count|age=99", "den delen"), ("ways", "", "för alla"),
     (KEY, PHONE, "den delen"), ("", YOUNG, "den delen")],
)  # fmt: skip
def test_a_choice_that_is_not_there_is_refused(key: str, cell: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        choosing.check_choice(key, cell, invented=True)
    choosing.check_choice(KEY, YOUNG, invented=True)
    choosing.check_choice("", "", invented=True)


@pytest.mark.parametrize(
    ("key", "aim", "said"),
    [("", {"baseline_year": 2024}, "indikator"), (KEY, {"baseline_year": 2025, "target_year": 2025}, "efter"),
     (KEY, {"target": Decimal(-1)}, "aldrig"), ("real", {"target": Decimal(101), "invented": False}, "aldrig"),
     (KEY, {"baseline_year": 2019}, "2024, 2025")],
)  # fmt: skip
def test_an_aim_that_could_never_be_held_against_the_figure_is_refused(key, aim, said) -> None:
    blank: dict[str, Any] = {"target": None, "target_year": None, "baseline_year": None, "invented": True}
    with pytest.raises(Refused, match=said):
        choosing.check_aim((key, ""), **(blank | aim))
    right = {"target": Decimal(70), "target_year": 2027, "baseline_year": 2024}
    choosing.check_aim((KEY, ""), **(blank | right))
    choosing.check_aim(("later", ""), **(blank | right))  # nothing is released yet: any year may be named
