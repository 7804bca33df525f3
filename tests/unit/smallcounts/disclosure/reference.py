"""The five invented years and small programmes for the tests of disclosure control."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from smallcounts.disclosure.cells import System, build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.reading import read_people

DATA = Path(__file__).parents[3] / "published" / "data" / "disclosure"
YEARS = ("2021", "2022", "2023", "2024", "2025")
KEY = bytes(range(32))

SMALL = """
name = "small"
[[variables]]
name = "district"
categories = ["a", "b", "c"]
may_coarsen = false
[[variables.levels]]
name = "area"
groups = { ab = ["a", "b"], rest = ["c"] }
[[variables]]
name = "gender"
categories = ["K", "M"]
[[tables]]
name = "t"
variables = ["district", "gender"]
subtotals = ["area"]
"""


@cache
def programme() -> Programme:
    """The programme of the five years, 145 cells a year."""
    return Programme.from_toml((DATA / "programme.toml").read_text(encoding="utf-8"))


@cache
def people(years: Sequence[str] = YEARS) -> People:
    """The people of these years."""
    files = [
        (f"micro_{year}.csv", (DATA / f"micro_{year}.csv").read_text(encoding="utf-8")) for year in years
    ]
    return read_people(programme(), files)


@cache
def system(years: Sequence[str] = YEARS) -> System:
    return build_system(programme(), people(years))


def small_people(counts: dict[tuple[str, str, str], int]) -> People:
    """People of the programme SMALL from {(period, district, gender): how many}."""
    lines = ["pid,period,district,gender"]
    for (period, district, gender), many in counts.items():
        lines += [f"{district}{gender}{i},{period},{district},{gender}" for i in range(many)]
    return read_people(Programme.from_toml(SMALL), [("micro.csv", "\n".join(lines) + "\n")])
