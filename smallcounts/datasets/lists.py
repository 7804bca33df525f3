"""Published tables of overlapping lists, and one made up, to learn and test the hidden number with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from smallcounts.mse.reading import rows_of_text
from smallcounts.mse.strata import StrataTable
from smallcounts.mse.table import CaptureTable


@dataclass(frozen=True, slots=True)
class PublishedLists:
    """A table with what it counts, where it is from and what to beware of.

    `known`: the true number where something else than the lists has told it, else None.
    """

    title: str
    table: CaptureTable
    sources: tuple[str, ...]
    beware: str = ""
    known: int | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class StratifiedLists:
    """As `PublishedLists`, with the persons also by age, sex, region or year."""

    title: str
    table: StrataTable
    sources: tuple[str, ...]
    beware: str = ""
    is_invented: bool = False


def _text(name: str) -> str:
    return (files("smallcounts.datasets") / name).read_text(encoding="utf-8")


def _table(name: str) -> CaptureTable:
    lists, rows = rows_of_text(_text(name), name)
    return CaptureTable.from_rows([(*pattern, *count) for _, pattern, count in rows], lists)


@cache
def uk_2013() -> PublishedLists:
    """Potential victims of trafficking met in the United Kingdom in 2013, six lists, 2,744 persons.

    LA local authorities, NG non-governmental organisations, PF police forces, GO government
    organisations, GP general public, NCA National Crime Agency.
    """
    return PublishedLists(
        "Potential victims of trafficking, United Kingdom 2013",
        _table("uk_2013.csv"),
        ("silverman-2014", "bales-2015"),
        "only 252 of 2,744 persons are on two lists or more; published as 10,000 to 13,000",
    )


@cache
def uk_2013_five() -> PublishedLists:
    """The same with police and National Crime Agency made one list, PFNCA, as in most publications."""
    six = uk_2013()
    merged = six.table.merged("PF", "NCA")
    table = CaptureTable.from_masks(("LA", "NG", "PFNCA", "GO", "GP"), merged.patterns, merged.counts)
    return PublishedLists(f"{six.title}, five lists", table, (*six.sources, "silverman-2020"), six.beware)


@cache
def uk_2013_four() -> PublishedLists:
    """The five lists without the general public, whose 316 of 336 persons are on no other list."""
    five = uk_2013_five()
    table = five.table.without("GP")
    return PublishedLists(five.title.replace("five", "four"), table, five.sources, five.beware)


@cache
def kosovo() -> PublishedLists:
    """Killings in Kosovo, March to June 1999: exhumations and three sets of interviews, 4,400 victims."""
    return PublishedLists(
        "Killings in Kosovo, March to June 1999", _table("kosovo.csv"), ("ball-2002",), "published as 10,356"
    )


@cache
def korea() -> PublishedLists:
    """Korean women held by the Japanese military at Palembang, three lists, 123 women."""
    return PublishedLists(
        "Korean women held at Palembang",
        _table("korea.csv"),
        ("ball-2018", "silverman-2024"),
        "one overlap is empty: some models have no bound",
    )


@cache
def artificial_three() -> PublishedLists:
    """Three lists made up to show models without an estimate."""
    return PublishedLists(
        "Three lists made to show what cannot be estimated",
        _table("artificial_three.csv"),
        ("chan-2021",),
        is_invented=True,
    )


@cache
def hepatitis_a() -> PublishedLists:
    """Hepatitis A at a college in Taiwan 1995: serum tests P, hospitals Q, epidemiologists E, 271 students.

    A later test of everyone's blood found about 545 infected: the nearest thing to a truth there is.
    """
    return PublishedLists(
        "Hepatitis A at a college in Taiwan 1995",
        _table("hepatitis_a.csv"),
        ("chao-2001",),
        "most methods give far fewer than the 545 that the later blood tests found",
        known=545,
    )


@cache
def hare() -> PublishedLists:
    """Snowshoe hares in six trappings, 68 hares."""
    return PublishedLists("Snowshoe hares", _table("hare.csv"), ("cormack-1989", "agresti-1994"))


@cache
def duck() -> PublishedLists:
    """Eider ducks in six years, 896 ducks: an open population, for arithmetic only."""
    return PublishedLists(
        "Eider ducks",
        _table("duck.csv"),
        ("coulson-1984", "cormack-1989"),
        "ducks die and are born meanwhile",
    )


@cache
def spina_bifida() -> StratifiedLists:
    """Spina bifida in upstate New York 1969 to 1974: births S1, deaths S2, rehabilitation S3, by `eth`."""
    table = StrataTable.from_csv_text(_text("spina_bifida.csv"), ("S1", "S2", "S3"))
    return StratifiedLists("Spina bifida, New York 1969–1974", table, ("hook-1980", "madigan-york-1997"))


@cache
def scotland_drugs() -> StratifiedLists:
    """People who inject drugs, Scotland 2006, four lists, 5,670 persons, by region, gender and age.

    S1 social enquiry reports, S2 hospital records, S3 drug misuse database, S4 hepatitis C diagnoses.
    """
    table = StrataTable.from_csv_text(_text("scotland_drugs.csv"), ("S1", "S2", "S3", "S4"))
    return StratifiedLists(
        "People who inject drugs, Scotland 2006",
        table,
        ("king-2013", "overstall-2014"),
        "persons on S4 alone need not inject any more: that cell is an upper bound",
    )


@cache
def simulated_years() -> StratifiedLists:
    """Four invented lists R1 to R4 over four years Y, with four traits X1 to X4; 1,043 persons."""
    table = StrataTable.from_csv_text(_text("simulated_years.csv"), ("R1", "R2", "R3", "R4"))
    return StratifiedLists("Four invented lists over four years", table, ("cruyff-2017",), is_invented=True)
