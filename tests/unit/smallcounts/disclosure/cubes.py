"""Invented people in cubes of many shapes, for tests that must hold for more than the five years."""

from dataclasses import replace

import numpy as np

from smallcounts.disclosure.cells import System, build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme

SHAPES = ("reference", "flat", "deep", "three_way", "children", "periods")
PEOPLE = {"reference": 200, "flat": 120, "deep": 260, "three_way": 300, "children": 200, "periods": 90}
STAYS = 0.6  # share of the people who come back next year, as in the five years

REFERENCE = {
    "district_age": (("district", "age"), ("area",)),
    "area_gender": (("area", "gender"), ()),
    "area_form": (("area", "form"), ()),
    "form_reporter": (("form", "reporter"), ()),
    "age_gender": (("age", "gender"), ()),
    "area_reporter": (("area", "reporter"), ()),
}
LAYOUTS = {
    "reference": ({"district": 9, "age": 4, "gender": 3, "form": 4, "reporter": 5}, {"area": 3}, REFERENCE),
    "flat": (
        {"age": 5, "gender": 2, "form": 6},
        {},
        {"a": (("age", "gender"), ()), "b": (("age", "form"), ()), "c": (("form", "gender"), ())},
    ),
    "deep": (
        {"district": 12, "age": 3, "form": 3},
        {"area": 4, "side": 2},
        {"a": (("district", "age"), ("area", "side")), "b": (("area", "form"), ("side",))},
    ),
    "three_way": (
        {"age": 3, "gender": 2, "form": 4, "reporter": 3},
        {},
        {"a": (("age", "gender", "form"), ()), "b": (("form", "reporter"), ())},
    ),
}
LAYOUTS["children"] = LAYOUTS["reference"]
LAYOUTS["periods"] = LAYOUTS["flat"]


def programme(shape: str, *, group_disclosure: bool = True) -> Programme:
    """The programme of a shape.

    "children" has the threshold 10 in its first age group and a structural zero; "periods" three years and
    their sum.
    """
    sizes, levels, tables = LAYOUTS[shape]
    lines = [f'name = "{shape}"', "[rules]", f"group_disclosure = {str(group_disclosure).lower()}"]
    for name, size in sizes.items():
        lines += ["[[variables]]", f'name = "{name}"', f"categories = {_names(name, size)}"]
        if shape == "children" and name == "age":
            lines.append('children = ["age0"]')
        if name == "district" and levels:
            lines.append("may_coarsen = false")
            below = _names(name, size)
            for level, groups in levels.items():
                lines += [
                    "[[variables.levels]]",
                    f'name = "{level}"',
                    f"groups = {_groups(level, groups, below)}",
                ]
                below = _names(level, groups)
    for name, (variables, subtotals) in tables.items():
        lines += ["[[tables]]", f'name = "{name}"', f"variables = {list(variables)}"]
        lines += [f"subtotals = {list(subtotals)}"] if subtotals else []
        lines += ['periods = ["y0", "y1", "y2", "y0/y2"]'] if shape == "periods" else []
    if shape == "children":
        lines += ["[[impossible]]", 'age = "age0"', 'gender = "gender2"']
    return Programme.from_toml("\n".join(lines).replace("'", '"'))


def _names(name: str, size: int) -> list[str]:
    return [f"{name}{i}" for i in range(size)]


def _groups(level: str, groups: int, below: list[str]) -> str:
    """Neighbours in groups as equal as can be, as an inline table."""
    parts = np.array_split(np.array(below), groups)
    return "{ " + ", ".join(f"{level}{i} = {part.tolist()}" for i, part in enumerate(parts)) + " }"


def people(shape: str, seed: int, *, size: int | None = None) -> People:
    """Invented people: uneven categories, drawn one by one; in "periods" most of them return next year."""
    made = programme(shape)
    rng = np.random.default_rng([seed, SHAPES.index(shape)])
    years = 3 if shape == "periods" else 1
    shares = [rng.dirichlet(np.full(len(v.categories), 1.5)) for v in made.variables]
    many = size or PEOPLE[shape]
    period, codes, names = [], [], []
    for year in range(years):
        here = [
            (n, c)
            for n, c, y in zip(names, codes, period, strict=True)
            if y == year - 1 and rng.random() < STAYS
        ]
        fresh = many - len(here)
        here += [(f"p{year}-{i}", [int(rng.choice(len(s), p=s)) for s in shares]) for i in range(fresh)]
        for name, code in sorted(here):
            period.append(year)
            codes.append(code)
            names.append(name)
    found = People(
        tuple(f"y{i}" for i in range(years)), np.array(period), np.array(codes, dtype=np.int64),
        np.ones(len(names), dtype=np.int64), tuple(names),
    )  # fmt: skip
    return _possible(made, found)


def _possible(made: Programme, found: People) -> People:
    """Without the people of combinations that the programme declares impossible."""
    keep = np.ones(len(found), dtype=bool)
    for parts in made.impossible:
        bad = np.ones(len(found), dtype=bool)
        for name, category in parts:
            at = [v.name for v in made.variables].index(name)
            bad &= found.codes[:, at] == made.variables[at].categories.index(category)
        keep &= ~bad
    return found.only(keep)


def cube(shape: str, seed: int, *, size: int | None = None, group_disclosure: bool = True) -> System:
    """The linked tables of a shape over invented people of a seed."""
    return build_system(programme(shape, group_disclosure=group_disclosure), people(shape, seed, size=size))


def without_groups(made: Programme) -> Programme:
    """The programme with the rule on group disclosure switched off."""
    return replace(made, rules=replace(made.rules, group_disclosure=False))
