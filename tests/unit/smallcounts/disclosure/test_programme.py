"""A programme that contradicts itself is refused, and the message names the item."""

import pytest

from smallcounts.disclosure.errors import ProgrammeError
from smallcounts.disclosure.programme import Programme
from tests.unit.smallcounts.disclosure.reference import SMALL, programme

WRONG = [
    ("name = ", "= =", "no TOML.*line"),
    ('name = "small"', 'name = "small"\nyear = 1', "programme: 'year' is unknown here"),
    ('rest = ["c"]', 'rest = ["a"]', "'a' lies in both 'ab' and 'rest'"),
    (', rest = ["c"]', "", "the hierarchy has a hole: 'c' lies in no group"),
    ('rest = ["c"]', 'rest = ["d"]', "'rest' holds 'd', which is not on the level below"),
    ('["K", "M"]', '["K"]', "needs at least two"),
    ('["K", "M"]', '["K", "K"]', "names 'K' twice"),
    ('["K", "M"]', '["K", 3]', "holds 3, which is not a text"),
    ('["K", "M"]', '["K", "M|N"]', "rename it"),
    ('"gender"\ncat', '"area"\ncat', "two variables or levels are called 'area'"),
    ('["district", "gender"]', '["district", "sex"]', "tables.1. 't': 'sex' is no variable"),
    ('["district", "gender"]', '["district", "area"]', "levels of one hierarchy"),
    ('subtotals = ["area"]', 'subtotals = ["gender"]', "no coarser level"),
    ('subtotals = ["area"]', 'margins = [["age"]]', "names 'age', which the table does not cross"),
    ("[[tables]]", "[[table]]", "no table is declared"),
    ("[[tables]]", "[rules]\nbase = 4\n[[tables]]", "rules: 'base' is one of 3, 5, 10, not 4"),
    ("[[tables]]", "[rules]\nthreshold = true\n[[tables]]", "a whole number, not True"),
    ("[[tables]]", "[rules]\nthreshold = 12\n[[tables]]", "children are never protected less"),
    ("[[tables]]", "[rules]\ntreshold = 7\n[[tables]]", "'treshold' is unknown here"),
    ("[[tables]]", '[[impossible]]\ngender = "X"\n[[tables]]', "'X' is no category of 'gender'"),
    ("may_coarsen = false", "may_coarsen = 0", "must be true or false, not 0"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_wrong_programme_is_refused_by_item(old: str, new: str, message: str) -> None:
    assert old in SMALL
    with pytest.raises(ProgrammeError, match=message):
        Programme.from_toml(SMALL.replace(old, new, 1))


def waiver(people: str) -> str:
    return f'{SMALL}\n[rules]\n[[rules.waivers]]\ncell = "2021"\nreason = "total known"\npeople = {people}\n'


def test_nobody_waives_alone() -> None:
    assert Programme.from_toml(waiver('["Disa", "Greta"]')).rules.waived() == {"2021"}
    for people in ('["Disa"]', '["Disa", " disa"]', '["Disa", "Greta", "Bo"]'):
        with pytest.raises(ProgrammeError, match="two different people"):
            Programme.from_toml(waiver(people))


ACCEPTED = '[[rules.accepted]]\nattack = "A7"\ngain = 12\nreason = "asked"\npeople = ["Disa", "Greta"]\n'


def test_an_accepted_attack_names_its_gain_and_two_people_and_is_a7_alone() -> None:
    text = f"{SMALL}[rules]\n{ACCEPTED}"
    (one,) = Programme.from_toml(text).rules.accepted
    assert str(one) == "accepted up to 12 points by Disa and Greta: asked"
    for old, new, message in (
        ("A7", "A1", "only A7 can be accepted, not 'A1'"),
        ("gain = 12\n", "", "'gain' is missing"),
        ("gain = 12", "gain = 0", "'gain' must be at least 1"),
        ('reason = "asked"\n', "", "'reason' is missing"),
        ('"Greta"', '"disa "', "two different people"),
    ):
        with pytest.raises(ProgrammeError, match=message):
            Programme.from_toml(text.replace(old, new))


def test_the_method_is_one_of_three() -> None:
    assert Programme.from_toml(SMALL).rules.method == "rounded"
    with pytest.raises(ProgrammeError, match="'method' is one of rounded, suppressed, cell_key, not 'dots'"):
        Programme.from_toml(f'{SMALL}[rules]\nmethod = "dots"\n')


def test_the_plain_rules_are_those_of_the_method() -> None:
    rules = programme().rules
    assert (rules.threshold, rules.threshold_children, rules.base) == (5, 10, 5)
    assert (rules.minimum_population, rules.minimum_for_mean, rules.group_disclosure) == (30, 10, True)


def test_margins_can_be_chosen() -> None:
    text = SMALL.replace('subtotals = ["area"]', 'margins = [["gender"]]')
    assert Programme.from_toml(text).tables[0].shown_margins() == (("district", "gender"), ("gender",))
    assert programme().tables[1].shown_margins() == (("area", "gender"), ("area",), ("gender",), ())


DERIVED = '[[derived]]\nname = "d"\ntable = "t"\n'


def test_a_derived_figure_rests_on_margins_that_are_shown() -> None:
    good = Programme.from_toml(SMALL + DERIVED + 'kind = "percent"\nof = ["district"]\n')
    assert good.derived[0].of == ("district",)
    for text, message in (
        ('kind = "median"\nof = []\n', "'kind' is one of"),
        ('kind = "percent"\nof = ["age"]\n', "is not shown"),
        ('kind = "mean"\nof = ["gender"]\nvariable = "gender"\nscores = {K = 1, M = 2}\n', "the mean needs"),
        ('kind = "mean"\nof = ["district"]\nvariable = "gender"\nscores = {K = 1}\n', "'M' needs a number"),
    ):
        with pytest.raises(ProgrammeError, match=message):
            Programme.from_toml(SMALL + DERIVED + text)
