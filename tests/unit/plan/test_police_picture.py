"""The shared picture shows what the slot holds: each value with its interval, a hidden one with its reason."""

from datetime import date

import pytest
from django.utils import translation

from klarsyn.base.released import Quantity, ReleasedFigure, ReleasedRow, Why, Words
from klarsyn.plan.police import picture

TITLE = Words("Titel", "Title")


def row(label: str, **given: object) -> ReleasedRow:
    first = {
        "cell": f"x|work={label}", "period": "2024", "labels": (("work", label),), "words": Words(label, label),
        "value": 10.0, "low": 6.0, "high": 14.0,
    }  # fmt: skip
    return ReleasedRow(**first | given)  # type: ignore[arg-type]


def figure(key: str, *rows: ReleasedRow, **given: object) -> ReleasedFigure:
    first = {
        "key": key, "series": "work.count", "title": TITLE, "says_not": Words("Inte omfattning.", "Not extent."),
        "year": 2024, "edition": 1, "released_on": date(2025, 3, 1), "address": Words("/a/", "/en/a/"),
        "measure": "reception_work", "quantity": Quantity.COUNT, "unit": "count", "rows": rows, "breaks": (),
        "sources": ("Mika",), "protection": Words("Avrundat.", "Rounded."), "is_invented": False,
    }  # fmt: skip
    return ReleasedFigure(**first | given)  # type: ignore[arg-type]


def shown(monkeypatch: pytest.MonkeyPatch, *held: ReleasedFigure) -> dict[str, picture.Section]:
    monkeypatch.setattr(picture, "released_figures", lambda key: tuple(f for f in held if f.key == key))
    return {one.title: one for one in picture.sections()}


def test_without_anything_released_every_heading_is_empty(monkeypatch) -> None:
    found = shown(monkeypatch)
    assert len(found) >= 4 and not any(one.figures for one in found.values())


def test_cards_alone_are_shown_of_a_receptions_work_and_each_reception_by_itself(monkeypatch) -> None:
    hidden = row("card_call", value=None, low=None, high=None, why=Why("too_few", Words("för få", "too few")))
    mika = figure("mika_work", row("card_made"), hidden, row("consultation_school"))
    found = shown(monkeypatch, mika, figure("kast_work", row("card_made", value=5.0)))
    (cards,), (others,) = found["Mikas kontaktkort"].figures, found["KAST:s kontaktkort"].figures
    assert [(r.label, r.value, r.interval) for r in cards.rows] == [
        ("card_made", "10", "6–14"),
        ("card_call", "för få", ""),
    ]
    assert [r.value for r in others.rows] == ["5"] and cards.says_not == "Inte omfattning."


def test_the_newest_real_edition_stands_before_an_invented_one(monkeypatch) -> None:
    old, new = figure("joint_work", row("a"), year=2023), figure("joint_work", row("b"))
    example = figure("joint_work", row("c"), year=2025, is_invented=True)
    with translation.override("en"):
        (one,) = shown(monkeypatch, example, new, old)["Joint work"].figures
        assert (one.rows[0].label, one.is_invented, one.address) == ("b", False, "/en/a/")
        (only,) = shown(monkeypatch, example)["Joint work"].figures
        assert only.is_invented


def test_a_rate_stands_with_its_count_its_population_and_its_interval(monkeypatch) -> None:
    rate = {"value": 12.05, "low": 7.0, "high": 19.3, "level": 0.95, "count": 17.0, "population": 141_081.0}
    many = [row(f"m{n}", **rate, is_default=n == 3) for n in range(20)]
    press = figure("convicted_press", *many, series="rates.rate", quantity=Quantity.RATE)
    other = figure("convicted_press", *many, series="shrunken.rate", quantity=Quantity.RATE)
    (one,) = shown(monkeypatch, press, other)["Det polisen och domstolarna har registrerat"].figures
    (home,) = one.rows  # of many municipalities its own
    assert (home.label, home.value, home.count) == ("m3", "12,05", "17") and one.is_rate
    assert home.interval.startswith("7,00–19,30") and "141" in home.population
