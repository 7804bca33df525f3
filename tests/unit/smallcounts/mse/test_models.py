"""Models by name and by code, and how many there are."""

import pytest

from smallcounts.mse import CaptureError
from smallcounts.mse.models import (
    all_models,
    coded_model,
    interactions,
    main_effects,
    model_name,
    model_of,
    pairs,
    parse_model,
    terms_of,
)


@pytest.mark.parametrize(
    ("k", "order", "count"),
    [(2, 2, 1), (3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024), (5, 3, 6212), (5, 4, 6893), (6, 2, 32768)],
)
def test_there_are_as_many_models_as_dedekind_counts(k: int, order: int, count: int) -> None:
    models = all_models(k, order)
    assert len(models) == count == len(set(models.tolist()))


@pytest.mark.slow
def test_six_lists_have_millions() -> None:
    assert len(all_models(6, 3)) == 3_702_013 and len(all_models(6, 5)) == 7_785_061


def test_a_name_and_a_model_are_the_same_thing() -> None:
    for code in all_models(4, 3).tolist():
        model = coded_model(code, interactions(4, 3), 4)
        assert parse_model(model_name(model), 4) == model
        assert len(terms_of(model)) == 5 + code.bit_count()
    assert parse_model("[12 123,3]", 4) == (0b111, 0b1000)
    assert model_name(model_of([0b11, 1 << 10], 11)).startswith("[1.2,3,4")
    assert parse_model("[1.2,10.11]", 11)[:2] == (0b11, 0b11 << 9)
    for masks in ([0b11], [1 << 10 | 1], [0b111 << 8, 0b1001]):
        model = model_of(masks, 11)
        assert parse_model(model_name(model), 11) == model


def test_terms_come_by_size_and_pairs_in_reading_order() -> None:
    assert terms_of(parse_model("[123,4]", 4)).tolist() == [0, 1, 2, 4, 8, 3, 5, 6, 7]
    assert pairs(4) == (3, 5, 9, 6, 10, 12)
    assert main_effects(3) == (1, 2, 4)


@pytest.mark.parametrize("name", ["[123]", "[15]", "[1x]", "[0]"])
def test_a_model_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(CaptureError):
        parse_model(name, 3)


def test_seven_lists_are_searched_not_listed() -> None:
    with pytest.raises(CaptureError, match="7 lists have too many models"):
        all_models(7, 2)
