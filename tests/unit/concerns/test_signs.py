"""The list of signs: whole, in both languages, with days, and no name for a thing twice."""

import re
from datetime import date

import pytest
from django.utils import translation

from klarsyn.concerns.observations.policy import months
from klarsyn.concerns.observations.signs import FILE, catalogue, open_on, read

ONE = '[[signs]]\nkey = "a"\ngroup = "g"\nvalid_from = 2026-01-01\nsv = "A"\nen = "B"\n'
PLACE = '[[places]]\nkey = "p"\nvalid_from = 2026-01-01\nvalid_to = 2026-06-30\nsv = "P"\nen = "Q"\n'


def test_every_sign_has_both_languages_a_source_and_a_place_of_its_own() -> None:
    known = catalogue()
    every = [*known.signs.values(), *known.places.values()]
    assert all(one.sv and one.en and one.sv != one.en for one in every)
    assert all(one.source for one in known.signs.values()) and len({one.sv for one in every}) == len(every)
    assert all(re.fullmatch(r"[a-z_]{1,20}", one.key) for one in every)
    named = re.findall(r"\b([A-Z]{2,3}) = ", FILE.read_text(encoding="utf-8"))
    assert {s for one in known.signs.values() for s in one.source.split(", ")} == set(named)


def test_what_holds_on_a_day_may_be_chosen_and_the_rest_keeps_its_words() -> None:
    known = read(ONE + PLACE)
    assert [one.key for one in open_on(known.places, date(2026, 6, 30))] == ["p"]
    assert open_on(known.places, date(2026, 7, 1)) == [] == open_on(known.signs, date(2025, 12, 31))
    with translation.override("en"):
        assert str(known.places["p"]) == "Q"
    assert str(known.places["p"]) == "P"


@pytest.mark.parametrize("text", [ONE + ONE + PLACE, ONE.replace('group = "g"\n', "") + PLACE])
def test_a_list_at_fault_says_which_entry(text: str) -> None:
    with pytest.raises(ValueError, match=r"signs\.toml: a"):
        read(text)


def test_the_months_in_reach_cross_the_new_year() -> None:
    assert months(date(2027, 1, 31)) == [(2027, 1), (2026, 12), (2026, 11)]
